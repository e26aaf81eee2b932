import { once } from 'node:events';
import type { Principal } from '../../access/principal.js';
import type { NativePosition } from '../../eventstore/port.js';
import type { Context } from '../context.js';
import type { Report } from '../unavailable.js';
import { type Operation, type Told, told } from './operation.js';
import type { Reader } from './source.js';

/** Where the results of one subscription go. */
export interface Sink {
  /** Sends results, in one go: at once, or at the end of this turn with what is still to come. */
  send(results: readonly Told[], when: 'now' | 'soon'): void;
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

/** Those who are told the same, and have been told everything up to the same position: each result is made once for all of them. */
export class Group {
  readonly #rows = new Map<Principal, Row>();
  /** Who was told more than the others when they came, and how far: few, and only until the others have been told it too. */
  readonly #ahead = new Map<Seat, NativePosition>();
  readonly #empty = new AbortController();
  readonly #sight: Sight;
  #position: NativePosition;

  constructor(
    private readonly what: { readonly operation: Operation; readonly report: Report },
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
    this.dissolved();
  }

  async #tell(): Promise<void> {
    const { signal } = this.#empty;
    const { operation, report } = this.what;
    try {
      while (!signal.aborted) {
        await this.reader.wait(this.#position, signal);
        if (signal.aborted) return;
        const { items, upTo } = await this.reader.read(this.#position);
        const results: Told[] = [];
        for (const item of items) results.push(await told(operation, this.context, item, report));
        await this.context.settle();
        this.#broadcast(results, upTo);
      }
    } catch (error) {
      this.#dissolve();
      for (const { seats } of this.#rows.values()) for (const seat of seats) seat.leave({ error });
    }
  }

  /** In one piece, so that whoever joins has been told either all of these results or none. */
  #broadcast(results: readonly Told[], upTo: NativePosition): void {
    const isStillSeen = isSame(this.#sight, this.context);
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

  #tellSeat(seat: Seat, results: readonly Told[]): void {
    const ahead = this.#ahead.get(seat);
    const due = ahead === undefined ? results : results.filter(({ position }) => position > ahead);
    if (due.length > 0) seat.sink.send(due, 'now');
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
