import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Principal } from '../../access/principal.js';
import type { NativePosition } from '../../eventstore/port.js';
import type { Context } from '../context.js';
import type { CheckedOperation } from '../request/document.js';
import { executeForItem, type SerializedResult } from './operation.js';
import type { Reader } from './source.js';

/** Where the results of one subscription go. */
export interface Sink {
  /** Sends results, in one go: at once, or at the end of this turn with what is still to come. */
  send(results: readonly SerializedResult[], when: 'now' | 'soon'): void;
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

/** How somebody stops being told with the others: to go on alone behind a position, or because of an error. */
type End = { readonly position: NativePosition } | { readonly error: unknown };

interface Seat {
  readonly sink: Sink;
  leave(end: End): void;
}

/** Members who came by the same access: what they see and may is looked at once for all of them. */
interface Row {
  readonly context: Context;
  /** What they saw and might when they came. */
  readonly sight: Sight;
  readonly seats: Set<Seat>;
}

/** What somebody sees and may. */
type Sight = Pick<Context, 'role' | 'scope' | 'principal'>;

function sightOf({ role, scope, principal }: Context): Sight {
  return { role, scope, principal };
}

/** Whether somebody sees and may what they did before; each change of what they were granted makes another scope. */
function isSame({ role, scope, principal }: Sight, context: Context): boolean {
  return context.principal === principal || (context.role === role && context.scope === scope);
}

/** The last result of a state, and up to where it holds. */
export interface LatestState {
  readonly result: SerializedResult;
  readonly position: NativePosition;
}

/** What a group reads and executes by. */
export interface GroupParts {
  readonly operation: CheckedOperation;
  readonly context: Context;
  readonly reader: Reader;
  readonly log: Logger;
  /** Does some work within the budget of the caller who began the group. */
  readonly admit: Admit;
  /** Called once nobody is in the group any more, or it cannot go on. */
  readonly dissolved: () => void;
}

/** Does some work as soon as it is the turn of whoever it is for. */
export type Admit = <T>(work: () => Promise<T>) => Promise<T>;

/** Those who are told the same, and have been told everything up to the same position: each result is made once for all of them. */
export class Group {
  readonly #rows = new Map<Principal, Row>();
  /** Who was told more than the others when they came, and how far: few, and only until the others have been told it too. */
  readonly #ahead = new Map<Seat, NativePosition>();
  readonly #empty = new AbortController();
  readonly #sight: Sight;
  #position: NativePosition;

  #latest: LatestState | undefined;

  constructor(
    private readonly parts: GroupParts,
    start: NativePosition,
    latest: LatestState | undefined,
  ) {
    this.#position = start;
    this.#latest = latest;
    this.#sight = sightOf(parts.context);
    void this.#tell();
  }

  /** The last result of a source of states. */
  get latest(): LatestState | undefined {
    return this.#latest;
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
    let ended: End | undefined;
    const seat: Seat = {
      sink: member.sink,
      leave(end) {
        ended = end;
        left.abort();
      },
    };
    const { principal } = member.context;
    const row = this.#rows.get(principal) ?? this.#newRow(principal, member.context);
    row.seats.add(seat);
    if (member.position > this.#position) this.#ahead.set(seat, member.position);
    await aborted(AbortSignal.any([signal, left.signal]));
    const end: End = ended ?? { position: this.#toldTo(seat) };
    row.seats.delete(seat);
    this.#ahead.delete(seat);
    if (row.seats.size === 0 && this.#rows.get(principal) === row) this.#rows.delete(principal);
    if (this.#rows.size === 0) this.#dissolve();
    if ('error' in end) throw end.error;
    return end.position;
  }

  /** Up to where a seat was told everything, as long as it is taken. */
  #toldTo(seat: Seat): NativePosition {
    return this.#ahead.get(seat) ?? this.#position;
  }

  #newRow(principal: Principal, context: Context): Row {
    const row = { context, sight: sightOf(context), seats: new Set<Seat>() };
    this.#rows.set(principal, row);
    return row;
  }

  #dissolve(): void {
    this.#empty.abort();
    this.parts.dissolved();
  }

  async #tell(): Promise<void> {
    const { signal } = this.#empty;
    const { operation, context, reader, log, admit } = this.parts;
    try {
      while (!signal.aborted) {
        await reader.wait(this.#position, signal);
        if (signal.aborted) return;
        const { results, upTo } = await admit(async () => {
          const page = await reader.read(this.#position);
          const made: SerializedResult[] = [];
          for (const item of page.items) made.push(await executeForItem(operation, context, item, log));
          await context.settle();
          return { results: made, upTo: page.upTo };
        });
        const last = results.at(-1);
        if (this.#latest && last) this.#latest = { result: last, position: upTo };
        this.#broadcast(results, upTo);
      }
    } catch (error) {
      this.#dissolve();
      for (const { seats } of this.#rows.values()) for (const seat of seats) seat.leave({ error });
    }
  }

  /** In one piece, so that whoever joins has been told either all of these results or none. */
  #broadcast(results: readonly SerializedResult[], upTo: NativePosition): void {
    const isStillSeen = isSame(this.#sight, this.parts.context);
    for (const { context, sight, seats } of this.#rows.values()) {
      const areSame = isStillSeen && isSame(sight, context);
      for (const seat of seats) {
        if (areSame && !seat.sink.isFull) this.#tellSeat(seat, results);
        else {
          // At once: what is told next is not for whoever reads on by themselves.
          seats.delete(seat);
          seat.leave({ position: this.#toldTo(seat) });
        }
      }
    }
    for (const [seat, position] of this.#ahead) if (position <= upTo) this.#ahead.delete(seat);
    if (isStillSeen) this.#position = upTo;
    else this.#dissolve();
  }

  #tellSeat(seat: Seat, results: readonly SerializedResult[]): void {
    const ahead = this.#ahead.get(seat);
    const due = ahead === undefined ? results : results.filter(({ position }) => position > ahead);
    if (due.length > 0) seat.sink.send(due, 'now');
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
