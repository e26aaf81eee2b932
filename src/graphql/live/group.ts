import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Principal } from '../../access/principal.js';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { Context } from '../context.js';
import type { CheckedOperation } from '../request/document.js';
import { executeForItem, type SerializedResult } from './operation.js';
import type { Reader } from './source.js';

/** The transport of one subscriber. */
export interface Sink {
  /** Sends results in one write: at once, or at the end of this turn of the event loop together with later ones. */
  send(results: readonly SerializedResult[], when: 'now' | 'soon'): void;
  /** True while the client does not keep up: nothing more should be sent. */
  readonly isFull: boolean;
  /** Waits until there is room again, or the signal aborts. */
  room(signal: AbortSignal): Promise<void>;
}

/** A subscriber of a group. */
export interface Member {
  readonly context: Context;
  readonly sink: Sink;
  /** Position up to which everything was delivered. */
  readonly position: NativePosition;
}

/** Why a subscriber leaves a group: to catch up alone after a position, or because of an error. */
type End = { readonly position: NativePosition } | { readonly error: unknown };

/** A subscriber while it belongs to the group. */
interface Seat {
  readonly sink: Sink;
  leave(end: End): void;
}

/** Subscribers with the same principal. Their access is compared once for all of them. */
interface Row {
  readonly context: Context;
  /** Their access when they joined. */
  readonly sight: Sight;
  readonly seats: Set<Seat>;
}

/** The access of a principal. */
type Sight = Pick<Context, 'role' | 'scope' | 'principal'>;

function sightOf({ role, scope, principal }: Context): Sight {
  return { role, scope, principal };
}

/** Returns true when the access has not changed. Each change of grants creates another scope object. */
function isSame({ role, scope, principal }: Sight, context: Context): boolean {
  return context.principal === principal || (context.role === role && context.scope === scope);
}

/** The last result of a state subscription, and the position up to which it is valid. */
export interface LatestState {
  readonly result: SerializedResult;
  readonly position: NativePosition;
}

/** The parts of a group. */
export interface GroupParts {
  readonly operation: CheckedOperation;
  readonly context: Context;
  readonly reader: Reader;
  readonly log: Logger;
  /** Runs work within the budget of the caller who created the group. */
  readonly admit: Admit;
  /** Called when the last subscriber has left, or the group cannot continue. */
  readonly dissolved: () => void;
}

/** Runs work within the budget of a caller. */
export type Admit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Subscribers of the same operation at the same position. Each result is executed and serialized once for all of them.
 */
export class Group {
  readonly #rows = new Map<Principal, Row>();
  /** Subscribers that joined with a later position than the group. Results up to it are not sent to them again. */
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

  /** The last result of a state subscription. */
  get latest(): LatestState | undefined {
    return this.#latest;
  }

  /** Position of the group. A subscriber at an earlier one must catch up before it joins. */
  get position(): NativePosition {
    return this.#position;
  }

  /**
   * Delivers results to a subscriber until the signal aborts, the subscriber falls behind, or its access changes. Its
   * position must not be before that of the group.
   *
   * @returns the position up to which everything was delivered.
   * @throws the error that stopped the group.
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

  /** Returns the position up to which everything was delivered to a present subscriber. */
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

  /** Synchronous, so that a subscriber that joins has received either all of these results or none. */
  #broadcast(results: readonly SerializedResult[], upTo: NativePosition): void {
    const isStillSeen = isSame(this.#sight, this.parts.context);
    for (const { context, sight, seats } of this.#rows.values()) {
      const areSame = isStillSeen && isSame(sight, context);
      for (const seat of seats) {
        if (areSame && !seat.sink.isFull) this.#tellSeat(seat, results);
        else {
          // Removed at once: later broadcasts are not for a subscriber that catches up alone.
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
