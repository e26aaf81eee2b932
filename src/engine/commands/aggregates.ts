import { LRUCache } from 'lru-cache';
import { type AnyEvent, UnreadableEvent } from '../eventstore/envelope.js';
import type { EventStore, ExpectedRevision, StoredEvent } from '../eventstore/port.js';
import { type Hash, leafHash, NO_HASH } from '../log/merkle.js';
import type { ProductTypes, RecordedOf, StateOf, StreamDefinition } from './stream.js';

/** The record of an earlier command of a stream, which answers a repeat of the command. */
export interface PastCommand {
  readonly fingerprint: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Number of events that it has stored, so that further events get new ids. */
  readonly events: number;
  /** True if the command has not appended all its events: a repeat resumes it. */
  readonly isOpen: boolean;
}

/** A folded state with the data of its stream that command handling needs. */
export interface Aggregate<State> {
  readonly state: State;
  readonly revision: ExpectedRevision;
  /** Time of the first event (`begunAt`) and of the last event of the stream; empty before them. */
  readonly begunAt: string;
  readonly lastRecordedAt: string;
  /** Leaf hash of the last event, which the next event refers to. */
  readonly leaf: Hash;
  /** Revision of the last event not written by the system: callers compare their expectedRevision with it. */
  readonly lastHumanRevision: number;
  readonly commands: Map<string, PastCommand>;
}

/** An aggregate with the last events that were read for it. */
export interface LoadedAggregate<State, Recorded> {
  readonly aggregate: Aggregate<State>;
  readonly tail: readonly Recorded[];
}

/** Maximum size of the cache of all aggregates in rows (ten commands count as one). */
const MAX_CACHED_AGGREGATES = 30_000;

/** Number of events per read: small enough for the deadline of one call. */
const EVENTS_PER_FOLD = 500;

/** Folds streams and caches the aggregates. A cached aggregate catches up by reading the tail of its stream. */
export class Aggregates<
  Product extends ProductTypes,
  Present extends { readonly status: string },
  Event extends AnyEvent,
  Command,
> {
  readonly #folds = new LRUCache<string, Aggregate<StateOf<Present>>>({
    maxSize: MAX_CACHED_AGGREGATES,
    sizeCalculation: ({ state, commands }) =>
      1 + Math.ceil(commands.size / 10) + (this.definition.sizeOf?.(state) ?? 1),
  });

  readonly #replays = new Map<string, Promise<LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>>>>();

  constructor(
    private readonly store: EventStore,
    private readonly definition: StreamDefinition<Product, Present, Event, Command>,
  ) {}

  /** Returns the cached aggregate, which may be behind the store; undefined if there is none. */
  known(stream: string): Aggregate<StateOf<Present>> | undefined {
    return this.#folds.get(stream);
  }

  /**
   * Returns the aggregate after events that were just appended at its revision, and caches it. `leaf`: leaf hash of the
   * last one, if it is known.
   */
  extend(
    stream: string,
    aggregate: Aggregate<StateOf<Present>>,
    stored: readonly StoredEvent[],
    leaf: Hash | undefined,
  ): LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>> {
    const loaded = this.#extended(aggregate, stored, leaf);
    this.#folds.set(stream, loaded.aggregate);
    return loaded;
  }

  /** Returns the aggregate at the present end of its stream, with the last events that were read for it. */
  async load(stream: string): Promise<LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>>> {
    const known = this.#folds.get(stream);
    if (known) return this.#broughtUp(stream, known);
    // Concurrent loads of an uncached stream share one replay. Then each reads the later events itself.
    const running = this.#replays.get(stream);
    const replay = running ?? this.#broughtUp(stream, this.#empty()).finally(() => this.#replays.delete(stream));
    if (running === undefined) this.#replays.set(stream, replay);
    const loaded = await replay;
    return running === undefined ? loaded : this.#broughtUp(stream, loaded.aggregate);
  }

  #empty(): Aggregate<StateOf<Present>> {
    return {
      state: this.definition.nothing,
      revision: 'noStream',
      begunAt: '',
      lastRecordedAt: '',
      leaf: NO_HASH,
      lastHumanRevision: -1,
      commands: new Map(),
    };
  }

  async #broughtUp(
    stream: string,
    known: Aggregate<StateOf<Present>>,
  ): Promise<LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>>> {
    let aggregate = known;
    for (;;) {
      const from = aggregate.revision === 'noStream' ? 0 : aggregate.revision + 1;
      const stored = await this.store.readStream(stream, { from, limit: EVENTS_PER_FOLD });
      const loaded = this.#folded(stream, aggregate, stored);
      aggregate = loaded.aggregate;
      // Cache after each page, so that a retry after a failure continues from there.
      this.#folds.set(stream, aggregate);
      if (stored.length < EVENTS_PER_FOLD) return loaded;
    }
  }

  /**
   * Returns the aggregate after events that were read from the store.
   *
   * @throws UnreadableEvent also when an event cannot follow on those before it: then some are missing or changed.
   */
  #folded(
    stream: string,
    aggregate: Aggregate<StateOf<Present>>,
    stored: readonly StoredEvent[],
  ): LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>> {
    try {
      return this.#extended(aggregate, stored);
    } catch (cause) {
      if (cause instanceof UnreadableEvent) throw cause;
      const from = stored[0]?.revision ?? 0;
      throw new UnreadableEvent(`the events of ${stream} from ${from} on do not follow on each other`, { cause });
    }
  }

  #extended(
    aggregate: Aggregate<StateOf<Present>>,
    stored: readonly StoredEvent[],
    leaf?: Hash,
  ): LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>> {
    const tail = stored.map((event) => this.definition.read(event));
    const [last, lastStored] = [tail.at(-1), stored.at(-1)];
    return {
      aggregate: last && lastStored ? this.#after(aggregate, tail, last, leaf ?? leafHash(lastStored.body)) : aggregate,
      tail,
    };
  }

  #after(
    aggregate: Aggregate<StateOf<Present>>,
    events: readonly RecordedOf<Product, Event>[],
    last: RecordedOf<Product, Event>,
    leaf: Hash,
  ): Aggregate<StateOf<Present>> {
    // The map of a stream is extended in place, because copying it would cost more with each command.
    const { commands } = aggregate;
    for (const recorded of events) {
      const { commandId } = recorded;
      commands.set(commandId, this.#afterEvent(commands.get(commandId), recorded));
    }
    const human = events.findLast(({ actor }) => !this.definition.isSystem?.(actor));
    return {
      state: events.reduce<StateOf<Present>>(
        (state, { event }) => this.definition.evolve(state, event),
        aggregate.state,
      ),
      revision: last.revision,
      // A stream that was begun again begins at its latest first event.
      begunAt: events.findLast((recorded) => this.#begins(recorded))?.recordedAt ?? aggregate.begunAt,
      lastRecordedAt: last.recordedAt,
      leaf,
      lastHumanRevision: human?.revision ?? aggregate.lastHumanRevision,
      commands,
    };
  }

  #begins({ event, revision }: RecordedOf<Product, Event>): boolean {
    return this.definition.begins?.(event) ?? revision === 0;
  }

  #afterEvent(past: PastCommand | undefined, recorded: RecordedOf<Product, Event>): PastCommand {
    const { fingerprint, revision, event } = recorded;
    // Concurrent loads may extend the same map with the same events.
    if (past && past.lastRevision >= revision) return past;
    return {
      fingerprint,
      // After a new beginning, only the events stored since are returned.
      firstRevision: this.#begins(recorded) ? revision : (past?.firstRevision ?? revision),
      lastRevision: revision,
      events: (past?.events ?? 0) + 1,
      isOpen: this.definition.leavesOpen?.(event, past?.isOpen ?? false) ?? false,
    };
  }
}
