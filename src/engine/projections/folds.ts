import { LRUCache } from 'lru-cache';
import { evolveHolder } from '../../domain/access/evolve.js';
import { type Holder, NO_HOLDER } from '../../domain/access/holder.js';
import {
  type ChronicleEvent,
  isOfAccess,
  isOfLog,
  isOfOrganisation,
  isOfPerson,
  isOfPlan,
} from '../../domain/chronicle.js';
import { evolve } from '../../domain/evolve.js';
import type { LogEvent } from '../../domain/log/events.js';
import { evolveOrganisation } from '../../domain/organisation/evolve.js';
import { NO_ORGANISATION, type Organisation } from '../../domain/organisation/organisation.js';
import type { PersonEvent } from '../../domain/person/events.js';
import type { PlanEvent } from '../../domain/plan/catalogue.js';
import { type ExistingPlan, NO_PLAN, type Plan } from '../../domain/plan.js';
import type { AnyChange, AnyState } from '../../projections/model.js';
import { pagesOf } from '../eventstore/batches.js';
import { fromStore, narrowed, type Recorded } from '../eventstore/envelope.js';
import type { EventStore, StoredEvent } from '../eventstore/port.js';

/** A change with its state, and what only the runner needs to know of it. */
export interface FoldedChange {
  readonly change: AnyChange;
  readonly state: AnyState;
  /**
   * True for an event of an import before its `PlanImported`. Only the audit trail records it, once the import is
   * complete.
   */
  readonly ofImport: boolean;
}

/** The state of a stream up to a revision. */
interface Fold {
  readonly revision: number;
  /** When the first event was recorded; empty before it. */
  readonly begunAt: string;
  readonly plan: Plan;
  readonly organisation: Organisation;
  readonly holder: Holder;
  /** Events of an import in progress. They are projected only when the import is complete. */
  readonly waiting: readonly Recorded<PlanEvent>[];
}

const NOTHING: Fold = {
  revision: -1,
  begunAt: '',
  plan: NO_PLAN,
  organisation: NO_ORGANISATION,
  holder: NO_HOLDER,
  waiting: [],
};

/** Most activities and sections in all cached folds together. Limits memory. */
const MAX_KEPT = 30_000;

/** Folds streams event by event. Missing history is read from the event store, never from a read model. */
export class Folds {
  readonly #folds = new LRUCache<string, Fold>({ maxSize: MAX_KEPT, sizeCalculation: ({ plan }) => sizeOf(plan) });

  constructor(private readonly events: EventStore) {}

  /**
   * Returns the changes of an event: none during an import, all changes of the import with its last event.
   *
   * @throws UnreadableEvent, ImpossibleEvent
   */
  async changes(stored: StoredEvent): Promise<Iterable<FoldedChange>> {
    const { stream, revision } = stored;
    const known = this.#folds.get(stream);
    const fold = known?.revision === revision - 1 ? known : await this.#replayed(stream, revision);
    const { after, told } = step(fold, stored);
    this.#folds.set(stream, after);
    return told;
  }

  /** Drops all cached folds, as after a failure. */
  clear(): void {
    this.#folds.clear();
  }

  async #replayed(stream: string, upTo: number): Promise<Fold> {
    let fold = NOTHING;
    for await (const page of pagesOf(this.events, stream)) {
      for (const stored of page) {
        if (stored.revision >= upTo) return fold;
        fold = step(fold, stored).after;
      }
    }
    return fold;
  }
}

/** Returns a function that folds the events of one stream from the first event on. */
export function foldAlone(): (stored: StoredEvent) => Iterable<FoldedChange> {
  let fold = NOTHING;
  return (stored) => {
    const { after, told } = step(fold, stored);
    fold = after;
    return told;
  };
}

function sizeOf(plan: Plan): number {
  return plan.status === 'ABSENT' ? 1 : 1 + plan.activities.size + plan.sections.size;
}

interface Step {
  readonly after: Fold;
  readonly told: Iterable<FoldedChange>;
}

function step(fold: Fold, stored: StoredEvent): Step {
  if (stored.stream.startsWith('org-')) return ofOrganisation(fold, stored);
  if (stored.stream.startsWith('access-')) return ofHolder(fold, stored);
  return stored.stream.startsWith('plan-') ? ofPlan(fold, stored) : plain(fold, stored);
}

function ofOrganisation(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isOfOrganisation);
  const { revision } = recorded;
  const organisation = evolveOrganisation(fold.organisation, recorded.event);
  const begunAt = fold.begunAt || recorded.recordedAt;
  const organisationId = stored.stream.slice('org-'.length);
  const change = {
    of: 'organisation',
    organisationId,
    before: fold.organisation,
    after: organisation,
    recorded,
  } as const;
  const state = { of: 'organisation', organisationId, organisation, begunAt, last: recorded } as const;
  return { after: { ...fold, revision, begunAt, organisation }, told: [{ change, state, ofImport: false }] };
}

function ofHolder(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isOfAccess);
  const { revision } = recorded;
  const holder = evolveHolder(fold.holder, recorded.event);
  const begunAt = fold.begunAt || recorded.recordedAt;
  const holderId = stored.stream.slice('access-'.length);
  const change = { of: 'holder', holderId, before: fold.holder, after: holder, recorded } as const;
  const state = { of: 'holder', holderId, holder, begunAt, last: recorded } as const;
  return { after: { ...fold, revision, begunAt, holder }, told: [{ change, state, ofImport: false }] };
}

function plain(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isPlain);
  const change = { of: 'plain', recorded } as const;
  const after = { ...fold, revision: recorded.revision, begunAt: fold.begunAt || recorded.recordedAt };
  return { after, told: [{ change, state: { of: 'plain' }, ofImport: false }] };
}

function isPlain(event: ChronicleEvent): event is PersonEvent | LogEvent {
  return isOfPerson(event) || isOfLog(event);
}

function ofPlan(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isOfPlan);
  const { event, revision, recordedAt } = recorded;
  const plan = evolve(fold.plan, event);
  const begins = event.type === 'PlanDrafted';
  const begunAt = begins ? recordedAt : fold.begunAt;
  const waits = plan.presence === 'IMPORTING';
  const waiting = waits ? (begins ? [recorded] : [...fold.waiting, recorded]) : [];
  const after = { ...fold, revision, begunAt, plan, waiting };
  return { after, told: told(fold, plan, begunAt, recorded) };
}

function* told(
  fold: Fold,
  after: ExistingPlan,
  begunAt: string,
  recorded: Recorded<PlanEvent>,
): Generator<FoldedChange> {
  if (after.presence !== 'WHOLE') return;
  const wasImporting = fold.plan.status !== 'ABSENT' && fold.plan.presence === 'IMPORTING';
  if (wasImporting) yield* ofImport(fold, begunAt);
  const appears = fold.plan.status === 'ABSENT' || wasImporting;
  yield folded(fold.plan, after, recorded, { appears, begunAt, ofImport: false });
}

function* ofImport({ waiting }: Fold, begunAt: string): Generator<FoldedChange> {
  // The import starts from no plan, even when an abandoned import of the same plan came before it.
  let before: Plan = NO_PLAN;
  for (const recorded of waiting) {
    const after = evolve(before, recorded.event);
    yield folded(before, after, recorded, { appears: false, begunAt, ofImport: true });
    before = after;
  }
}

function folded(
  before: Plan,
  after: ExistingPlan,
  recorded: Recorded<PlanEvent>,
  { appears, begunAt, ofImport }: { readonly appears: boolean; readonly begunAt: string; readonly ofImport: boolean },
): FoldedChange {
  const planId = recorded.stream.slice('plan-'.length);
  return {
    change: { of: 'plan', planId, before, after, recorded, appears },
    state: { of: 'plan', planId, plan: after, begunAt, last: recorded },
    ofImport,
  };
}
