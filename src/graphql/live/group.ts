import { once } from 'node:events';
import type { NativePosition } from '../../eventstore/port.js';
import type { Context } from '../context.js';
import { type Operation, type Told, told } from './operation.js';
import type { Reader } from './source.js';

/** Where the results of one subscription go. */
export interface Sink {
  /** Sends results, in one go. */
  send(results: readonly Told[]): void;
  /** True while the reader does not keep up: nothing more is to be sent then. */
  readonly isFull: boolean;
  /** Waits until there is room again; ends when the signal aborts. */
  room(signal: AbortSignal): Promise<void>;
}

/** One of those who are told the same. */
export interface Member {
  readonly context: Context;
  readonly sink: Sink;
  /** Everything up to here was told. */
  readonly position: NativePosition;
}

interface Seat {
  readonly member: Member;
  /** What the member saw and might when they came. */
  readonly sight: Sight;
  /** Everything up to here was told. */
  position: NativePosition;
  leave(error?: unknown): void;
}

type Sight = Pick<Context, 'role' | 'scope'>;

function sightOf({ role, scope }: Context): Sight {
  return { role, scope };
}

/** Whether somebody sees and may what they did before; each change of what they were granted makes another scope. */
function isSame({ role, scope }: Sight, context: Context): boolean {
  return context.role === role && context.scope === scope;
}

/** Those who are told the same, and have been told everything up to the same position: each result is made once for all of them. */
export class Group {
  readonly #seats = new Set<Seat>();
  readonly #empty = new AbortController();
  readonly #sight: Sight;
  #position: NativePosition;

  constructor(
    private readonly operation: Operation,
    private readonly context: Context,
    private readonly reader: Reader,
    start: NativePosition,
    private readonly dissolved: () => void,
  ) {
    this.#position = start;
    this.#sight = sightOf(context);
    void this.#tell();
  }

  /** Who has been told less than this must catch up by themselves first. */
  get position(): NativePosition {
    return this.#position;
  }

  /**
   * Tells a member on, who has been told at least as much as the group, until the signal aborts or they must go on by themselves: they
   * do not keep up, or what they see has changed.
   *
   * @returns up to where everything was told.
   * @throws whatever keeps the group from reading on.
   */
  async stay(member: Member, signal: AbortSignal): Promise<NativePosition> {
    const left = new AbortController();
    let failure: { readonly error: unknown } | undefined;
    const seat: Seat = {
      ...{ member, sight: sightOf(member.context), position: member.position },
      leave(error) {
        if (error !== undefined) failure = { error };
        left.abort();
      },
    };
    this.#seats.add(seat);
    await aborted(AbortSignal.any([signal, left.signal]));
    this.#seats.delete(seat);
    if (this.#seats.size === 0) this.#dissolve();
    if (failure) throw failure.error;
    return seat.position;
  }

  #dissolve(): void {
    this.#empty.abort();
    this.dissolved();
  }

  async #tell(): Promise<void> {
    const { signal } = this.#empty;
    try {
      while (!signal.aborted) {
        await this.reader.wait(this.#position, signal);
        if (signal.aborted) return;
        const { items, upTo } = await this.reader.read(this.#position);
        const results: Told[] = [];
        for (const item of items) results.push(await told(this.operation, this.context, item));
        await this.context.settle();
        this.#broadcast(results, upTo);
      }
    } catch (error) {
      this.#dissolve();
      for (const seat of this.#seats) seat.leave(error);
    }
  }

  /** In one piece, so that whoever joins has been told either all of these results or none. */
  #broadcast(results: readonly Told[], upTo: NativePosition): void {
    const isStillSeen = isSame(this.#sight, this.context);
    for (const seat of this.#seats) {
      const { context, sink } = seat.member;
      if (!isStillSeen || !isSame(seat.sight, context) || sink.isFull) {
        // At once: what is told next is not for whoever reads on by themselves.
        this.#seats.delete(seat);
        seat.leave();
        continue;
      }
      const due =
        seat.position === this.#position ? results : results.filter(({ position }) => position > seat.position);
      if (due.length > 0) sink.send(due);
      if (upTo > seat.position) seat.position = upTo;
    }
    if (isStillSeen) this.#position = upTo;
    else this.#dissolve();
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
