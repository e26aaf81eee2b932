import { LRUCache } from 'lru-cache';
import { type Hash, leafHash, NO_HASH } from '../audit/log/merkle.js';
import type { ChronicleEvent } from '../domain/chronicle.js';
import type { Recorded } from '../eventstore/envelope.js';
import type { EventStore, ExpectedRevision, StoredEvent } from '../eventstore/port.js';
import type { StateOf, Subject } from './subjects.js';

/** What an earlier command of this stream left behind, to answer a repeat of it. */
export interface PastCommand {
  readonly fingerprint: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** How many events it has stored, so that the ids of further ones are new. */
  readonly events: number;
  /** It began an import that is not whole: a repeat goes on with it. */
  readonly isOpen: boolean;
}

/** A fold with what command handling must know of its stream. */
export interface Aggregate<State> {
  readonly state: State;
  readonly revision: ExpectedRevision;
  /** When the stream was begun and its last event was recorded; empty before them. */
  readonly begunAt: string;
  readonly lastRecordedAt: string;
  /** The leaf of its last event, which the next one names. */
  readonly leaf: Hash;
  /** Last revision that a person or program wrote: the one a caller may pin. */
  readonly lastHumanRevision: number;
  readonly commands: Map<string, PastCommand>;
}

/** A fold, and the last of the events that brought it up to date. */
export interface Loaded<State, Event> {
  readonly aggregate: Aggregate<State>;
  readonly tail: readonly Recorded<Event>[];
}

/** Activities in all folds that are kept together (ten commands count as one): a bound of memory. */
const MAX_KEPT = 30_000;

/** Events read at once: far less than a deadline allows for. */
const PAGE = 500;

/** Folds streams and keeps the folds, each brought up to date by reading the tail of its stream. */
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

  /** The fold as it was when it was last looked at here; the store may have more. */
  known(stream: string): Aggregate<StateOf<Present>> | undefined {
    return this.#folds.get(stream);
  }

  /** The fold with events that were just appended to it: nobody else's can lie between. */
  extend(
    stream: string,
    aggregate: Aggregate<StateOf<Present>>,
    stored: readonly StoredEvent[],
  ): Loaded<StateOf<Present>, Event> {
    const loaded = this.#extended(aggregate, stored);
    this.#folds.set(stream, loaded.aggregate);
    return loaded;
  }

  /** The fold of a stream as it stands in the store now, with the last of the events that were read for it. */
  async load(stream: string): Promise<Loaded<StateOf<Present>, Event>> {
    const known = this.#folds.get(stream);
    if (known) return this.#broughtUp(stream, known);
    // Many may ask for a stream that nobody has asked for yet: it is replayed once. What came since each reads for itself.
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
      // Page by page, so that what fails on its way goes on from there.
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
    // Of one stream there is one map, which grows: a copy for each command would cost more with each command.
    const { commands } = aggregate;
    for (const recorded of events) {
      const { commandId } = recorded;
      commands.set(commandId, afterEvent(commands.get(commandId), recorded));
    }
    const human = events.findLast(({ actor }) => actor.role !== 'system');
    return {
      state: events.reduce<StateOf<Present>>((state, { event }) => this.subject.evolve(state, event), aggregate.state),
      revision: last.revision,
      // An import that was begun anew counts from then.
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
  // Two loads at once may extend the same map by the same events.
  if (past && past.lastRevision >= revision) return past;
  return {
    fingerprint,
    // An import begun anew answers with what it stored since.
    firstRevision: begins(event) ? revision : (past?.firstRevision ?? revision),
    lastRevision: revision,
    events: (past?.events ?? 0) + 1,
    isOpen:
      event.type === 'PlanDrafted'
        ? event.data.importing !== null
        : event.type !== 'PlanImported' && past?.isOpen === true,
  };
}
