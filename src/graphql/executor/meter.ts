import { GraphQLError } from 'graphql';
import { apiError } from '../errors.js';
import type { Deadline } from './deadline.js';
import type { Turns } from './turns.js';

/** Values that are written before the time slice is looked at: below that a request never stops in the middle of a list. */
const VALUES = 2_000;

/** What a request's work is measured by. */
export interface MeterParts {
  readonly turns: Turns;
  /** Whose turns it waits for. */
  readonly owner: string;
  readonly deadline: Deadline | undefined;
  /** Most characters of the answer. */
  readonly maxAnswer: number;
  /** Waits until an answer that has grown to so many characters may grow on. */
  readonly room?: ((characters: number) => Promise<void> | undefined) | undefined;
}

/** Counts an answer while it is built, and ends it at the limit: of size, or of time. */
export class Meter {
  #characters = 0;
  #values = 0;
  #ended: GraphQLError | undefined;

  constructor(private readonly parts: MeterParts) {}

  /** Why the request was ended in the middle; undefined while it goes on. */
  get ended(): GraphQLError | undefined {
    return this.#ended;
  }

  get characters(): number {
    return this.#characters;
  }

  /** Counts a value of the answer. @throws GraphQLError ANSWER_TOO_LARGE */
  add(characters: number): void {
    this.#characters += characters;
    this.#values += 1;
    if (this.#characters > this.parts.maxAnswer) throw this.end(tooLarge(this.parts.maxAnswer));
  }

  /** True when others are to get their turn before this goes on. */
  isDue(): boolean {
    if (this.#ended) throw this.#ended;
    if (this.#values < VALUES) return false;
    this.#values = 0;
    return this.parts.turns.isOver() || this.parts.room?.(this.#characters) !== undefined;
  }

  /** Waits until this may go on. @throws GraphQLError why it was ended meanwhile. */
  async turn(): Promise<void> {
    await this.parts.turns.next(this.parts.owner);
    await this.parts.room?.(this.#characters);
    if (this.#ended) throw this.#ended;
    try {
      this.parts.deadline?.check();
    } catch (error) {
      throw error instanceof GraphQLError ? this.end(error) : error;
    }
  }

  /** Ends the request: whatever is still under way for it ends at its next step. */
  end(reason: GraphQLError): GraphQLError {
    this.#ended ??= reason;
    return this.#ended;
  }
}

function tooLarge(max: number): GraphQLError {
  return apiError('ANSWER_TOO_LARGE', `The answer has more than ${max} characters: ask for smaller pages.`);
}
