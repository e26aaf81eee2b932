import { LRUCache } from 'lru-cache';
import { replay } from '../domain/evolve.js';
import { NO_PLAN, type Plan } from '../domain/plan.js';
import { fromStore, type Recorded } from '../eventstore/envelope.js';
import type { EventStore, ExpectedRevision } from '../eventstore/port.js';

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

/** A plan's fold with what command handling must know of its stream. */
export interface Aggregate {
  readonly plan: Plan;
  readonly revision: ExpectedRevision;
  /** When the plan was begun and its last event was recorded; empty before them. */
  readonly begunAt: string;
  readonly lastRecordedAt: string;
  /** Last revision that a person or program wrote: the one a caller may pin. */
  readonly lastHumanRevision: number;
  readonly commands: Map<string, PastCommand>;
}

/** A fold, and the last of the events that brought it up to date. */
export interface Loaded {
  readonly aggregate: Aggregate;
  readonly tail: readonly Recorded[];
}

const EMPTY: Aggregate = {
  plan: NO_PLAN,
  revision: 'noStream',
  begunAt: '',
  lastRecordedAt: '',
  lastHumanRevision: -1,
  commands: new Map(),
};

/** Activities in all folds that are kept together (ten commands count as one): a bound of memory. */
const MAX_KEPT = 30_000;

/** Events read at once: far less than a deadline allows for. */
const PAGE = 500;

/** Folds streams and keeps the folds, each brought up to date by reading the tail of its stream. */
export class Aggregates {
  readonly #folds = new LRUCache<string, Aggregate>({
    maxSize: MAX_KEPT,
    sizeCalculation: ({ plan, commands }) =>
      1 + Math.ceil(commands.size / 10) + (plan.status === 'ABSENT' ? 0 : plan.activities.size),
  });

  readonly #replays = new Map<string, Promise<Loaded>>();

  constructor(private readonly store: EventStore) {}

  /** The fold as it was when it was last looked at here; the store may have more. */
  known(stream: string): Aggregate | undefined {
    return this.#folds.get(stream);
  }

  /** The fold with events that were just appended to it: nobody else's can lie between. */
  extend(stream: string, aggregate: Aggregate, tail: readonly Recorded[]): Loaded {
    const after = extended(aggregate, tail);
    this.#folds.set(stream, after);
    return { aggregate: after, tail };
  }

  /** The fold of a stream as it stands in the store now, with the last of the events that were read for it. */
  async load(stream: string): Promise<Loaded> {
    const known = this.#folds.get(stream);
    if (known) return this.#broughtUp(stream, known);
    // Many may ask for a stream that nobody has asked for yet: it is replayed once. What came since each reads for itself.
    const running = this.#replays.get(stream);
    const replay = running ?? this.#broughtUp(stream, EMPTY).finally(() => this.#replays.delete(stream));
    if (running === undefined) this.#replays.set(stream, replay);
    const loaded = await replay;
    return running === undefined ? loaded : this.#broughtUp(stream, loaded.aggregate);
  }

  async #broughtUp(stream: string, known: Aggregate): Promise<Loaded> {
    let aggregate = known;
    for (;;) {
      const from = aggregate.revision === 'noStream' ? 0 : aggregate.revision + 1;
      const events = await this.store.readStream(stream, { from, limit: PAGE });
      const tail = events.map(fromStore);
      aggregate = extended(aggregate, tail);
      // Page by page, so that what fails on its way goes on from there.
      this.#folds.set(stream, aggregate);
      if (events.length < PAGE) return { aggregate, tail };
    }
  }
}

function afterEvent(past: PastCommand | undefined, { fingerprint, revision, event }: Recorded): PastCommand {
  // Two loads at once may extend the same map by the same events.
  if (past && past.lastRevision >= revision) return past;
  const begins = event.type === 'PlanDrafted';
  return {
    fingerprint,
    // An import begun anew answers with what it stored since.
    firstRevision: begins ? revision : (past?.firstRevision ?? revision),
    lastRevision: revision,
    events: (past?.events ?? 0) + 1,
    isOpen:
      event.type === 'PlanDrafted'
        ? event.data.importing !== null
        : event.type !== 'PlanImported' && past?.isOpen === true,
  };
}

function extended(aggregate: Aggregate, events: readonly Recorded[]): Aggregate {
  const last = events.at(-1);
  if (!last) return aggregate;
  // Of one stream there is one map, which grows: a copy for each command would cost more with each command.
  const commands = aggregate === EMPTY ? new Map<string, PastCommand>() : aggregate.commands;
  for (const recorded of events) {
    const { commandId } = recorded;
    commands.set(commandId, afterEvent(commands.get(commandId), recorded));
  }
  const human = events.findLast(({ actor }) => actor.role !== 'system');
  return {
    plan: replay(
      events.map(({ event }) => event),
      aggregate.plan,
    ),
    revision: last.revision,
    // An import that was begun anew counts from then.
    begunAt: events.findLast(({ event }) => event.type === 'PlanDrafted')?.recordedAt ?? aggregate.begunAt,
    lastRecordedAt: last.recordedAt,
    lastHumanRevision: human?.revision ?? aggregate.lastHumanRevision,
    commands,
  };
}
