import { LRUCache } from 'lru-cache';
import type { StateOf, Subject } from '../../application/subjects.js';
import type { ChronicleEvent } from '../../domain/chronicle.js';
import type { Recorded } from '../eventstore/envelope.js';
import type { EventStore, ExpectedRevision, StoredEvent } from '../eventstore/port.js';
import { type Hash, leafHash, NO_HASH } from '../log/merkle.js';

/** The record of an earlier command of a stream, for answering a repeat of it. */
export interface PastCommand {
  readonly fingerprint: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Number of events that it has stored, so that further events get new ids. */
  readonly events: number;
  /** True if the command began an import that is not complete: a repeat resumes it. */
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
export interface Loaded<State, Event> {
  readonly aggregate: Aggregate<State>;
  readonly tail: readonly Recorded<Event>[];
}

/** Maximum size of the cache of all aggregates in activities (ten commands count as one). */
const MAX_KEPT = 30_000;

/** Number of events per read: small enough for the deadline of one call. */
const PAGE = 500;

/** Folds streams and caches the aggregates. A cached aggregate catches up by reading the tail of its stream. */
export class Aggregates<Present extends { readonly status: string }, Event extends ChronicleEvent, Command> {
  readonly #folds = new LRUCache<string, Aggregate<StateOf<Present>>>({
    maxSize: MAX_KEPT,
    sizeCalculation: ({ state, commands }) => 1 + Math.ceil(commands.size / 10) + this.subject.sizeOf(state),
  });

  readonly #replays = new Map<string, Promise<Loaded<StateOf<Present>, Event>>>();

  constructor(
    private readonly store: EventStore,
    private readonly subject: Subject<Present, Event, Command>,
  ) {}

  /** Returns the cached aggregate, which may be behind the store; undefined if there is none. */
  known(stream: string): Aggregate<StateOf<Present>> | undefined {
    return this.#folds.get(stream);
  }

  /** Returns the aggregate after events that were just appended at its revision, and caches it. */
  extend(
    stream: string,
    aggregate: Aggregate<StateOf<Present>>,
    stored: readonly StoredEvent[],
  ): Loaded<StateOf<Present>, Event> {
    const loaded = this.#extended(aggregate, stored);
    this.#folds.set(stream, loaded.aggregate);
    return loaded;
  }

  /** Returns the aggregate at the present end of its stream, with the last events that were read for it. */
  async load(stream: string): Promise<Loaded<StateOf<Present>, Event>> {
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
      state: this.subject.nothing,
      revision: 'noStream',
      begunAt: '',
      lastRecordedAt: '',
      leaf: NO_HASH,
      lastHumanRevision: -1,
      commands: new Map(),
    };
  }

  async #broughtUp(stream: string, known: Aggregate<StateOf<Present>>): Promise<Loaded<StateOf<Present>, Event>> {
    let aggregate = known;
    for (;;) {
      const from = aggregate.revision === 'noStream' ? 0 : aggregate.revision + 1;
      const stored = await this.store.readStream(stream, { from, limit: PAGE });
      const loaded = this.#extended(aggregate, stored);
      aggregate = loaded.aggregate;
      // Cache after each page, so that a retry after a failure continues from there.
      this.#folds.set(stream, aggregate);
      if (stored.length < PAGE) return loaded;
    }
  }

  #extended(aggregate: Aggregate<StateOf<Present>>, stored: readonly StoredEvent[]): Loaded<StateOf<Present>, Event> {
    const tail = stored.map((event) => this.subject.read(event));
    const [last, lastStored] = [tail.at(-1), stored.at(-1)];
    return {
      aggregate: last && lastStored ? this.#after(aggregate, tail, last, leafHash(lastStored.body)) : aggregate,
      tail,
    };
  }

  #after(
    aggregate: Aggregate<StateOf<Present>>,
    events: readonly Recorded<Event>[],
    last: Recorded<Event>,
    leaf: Hash,
  ): Aggregate<StateOf<Present>> {
    // One map per stream is extended in place: copying it for each command would cost more with each command.
    const { commands } = aggregate;
    for (const recorded of events) {
      const { commandId } = recorded;
      commands.set(commandId, afterEvent(commands.get(commandId), recorded));
    }
    const human = events.findLast(({ actor }) => actor.role !== 'system');
    return {
      state: events.reduce<StateOf<Present>>((state, { event }) => this.subject.evolve(state, event), aggregate.state),
      revision: last.revision,
      // A restarted import begins at its latest first event.
      begunAt: events.findLast(({ event }) => begins(event))?.recordedAt ?? aggregate.begunAt,
      lastRecordedAt: last.recordedAt,
      leaf,
      lastHumanRevision: human?.revision ?? aggregate.lastHumanRevision,
      commands,
    };
  }
}

function begins({ type }: ChronicleEvent): boolean {
  return type === 'PlanDrafted' || type === 'OrganisationRegistered' || type === 'AccessIssued';
}

function afterEvent(past: PastCommand | undefined, recorded: Recorded): PastCommand {
  const { fingerprint, revision, event } = recorded;
  // Concurrent loads may extend the same map with the same events.
  if (past && past.lastRevision >= revision) return past;
  return {
    fingerprint,
    // A restarted import returns only the events stored since the restart.
    firstRevision: begins(event) ? revision : (past?.firstRevision ?? revision),
    lastRevision: revision,
    events: (past?.events ?? 0) + 1,
    isOpen:
      event.type === 'PlanDrafted'
        ? event.data.importing !== null
        : event.type !== 'PlanImported' && past?.isOpen === true,
  };
}
