import { GraphQLError } from 'graphql';
import { apiError } from '../errors.js';
import type { Deadline } from './deadline.js';
import type { EventLoopTurns, TurnTask } from './turns.js';

/**
 * Values written between two checks of the time slice. A shorter answer never yields in the middle, so that its parts
 * read each collection in one batch.
 */
const VALUES = 5_000;

/** The limits of a {@link Meter}. */
export interface MeterParts {
  readonly turns: Pick<EventLoopTurns, 'isOver' | 'next'>;
  /** The request whose answer is measured. */
  readonly task: TurnTask;
  readonly deadline: Deadline | undefined;
  /** Largest answer, in characters. */
  readonly maxAnswer: number;
  /** Returns a promise that resolves when an answer of this size may grow; undefined when it may grow now. */
  readonly room?: ((characters: number) => Promise<void> | undefined) | undefined;
}

/** Measures an answer while it is built, and aborts the execution at the size limit or the time limit. */
export class Meter {
  #characters = 0;
  #values = 0;
  #turn: Promise<void> | undefined;
  #ended: GraphQLError | undefined;

  constructor(private readonly parts: MeterParts) {}

  /** Why the execution was aborted; undefined while it runs. */
  get ended(): GraphQLError | undefined {
    return this.#ended;
  }

  get characters(): number {
    return this.#characters;
  }

  /** Adds a value to the size of the answer. @throws GraphQLError ANSWER_TOO_LARGE */
  add(characters: number): void {
    this.#characters += characters;
    this.#values += 1;
    if (this.#characters > this.parts.maxAnswer) throw this.end(tooLarge(this.parts.maxAnswer));
  }

  /** Returns true when the execution must yield to others. Throws the reason if it was aborted. */
  isDue(): boolean {
    if (this.#ended) throw this.#ended;
    if (this.#values < VALUES) return false;
    // Until the next turn every check returns true, so that other parts of the answer do not continue instead.
    if (this.parts.turns.isOver() || this.parts.room?.(this.#characters) !== undefined) return true;
    this.#values = 0;
    return false;
  }

  /**
   * Waits for room and for the next turn. All waiting parts of the answer continue together, so that their reads stay in
   * one batch; each part then checks {@link isDue} again.
   *
   * @throws GraphQLError the reason if the execution was aborted meanwhile.
   */
  turn(): Promise<void> {
    this.#turn ??= this.#next().finally(() => {
      this.#turn = undefined;
    });
    return this.#turn;
  }

  async #next(): Promise<void> {
    // All work that waited for the budget continues at the same time, so it takes turns afterwards.
    await this.parts.room?.(this.#characters);
    await this.parts.turns.next(this.parts.task);
    this.#values = 0;
    if (this.#ended) throw this.#ended;
    try {
      this.parts.deadline?.check();
    } catch (error) {
      throw error instanceof GraphQLError ? this.end(error) : error;
    }
  }

  /** Aborts the execution: pending resolvers stop at their next step. Returns the reason of the first call. */
  end(reason: GraphQLError): GraphQLError {
    this.#ended ??= reason;
    return this.#ended;
  }
}

function tooLarge(max: number): GraphQLError {
  return apiError('ANSWER_TOO_LARGE', `The answer has more than ${max} characters: ask for smaller pages.`);
}
