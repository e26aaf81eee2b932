import { evolveHolder } from '../domain/access/evolve.js';
import { type Holder, NO_HOLDER } from '../domain/access/holder.js';
import {
  type ChronicleEvent,
  isOfAccess,
  isOfLog,
  isOfOrganisation,
  isOfPerson,
  isOfPlan,
} from '../domain/chronicle.js';
import { evolve } from '../domain/evolve.js';
import type { LogEvent } from '../domain/log/events.js';
import { evolveOrganisation } from '../domain/organisation/evolve.js';
import { NO_ORGANISATION, type Organisation } from '../domain/organisation/organisation.js';
import type { PersonEvent } from '../domain/person/events.js';
import type { PlanEvent } from '../domain/plan/catalogue.js';
import { type ExistingPlan, NO_PLAN, type Plan } from '../domain/plan.js';
import { fromStore, type Recorded } from '../domain/recorded.js';
import { narrowed } from '../engine/eventstore/envelope.js';
import type { StoredEvent } from '../engine/eventstore/port.js';
import type { FoldedChange, Folding, FoldStep } from '../engine/projections/readModel.js';
import type { AnyChange, AnyState } from './model.js';
import { begunByKey } from './plans.js';

/** The state of a stream up to an event. */
interface Fold {
  /** When the first event was recorded; empty if there is none yet. */
  readonly begunAt: string;
  /** The command that began a plan; empty for other streams. */
  readonly begunBy: string;
  readonly plan: Plan;
  readonly organisation: Organisation;
  readonly holder: Holder;
  /** Events of an import in progress. They are projected only when the import is complete. */
  readonly waiting: readonly Recorded<PlanEvent>[];
}

type PlanBegun = Pick<Fold, 'begunAt' | 'begunBy'>;
type Step = FoldStep<Fold, AnyChange, AnyState>;
type Told = FoldedChange<AnyChange, AnyState>;

/** How the streams of the chronicle are folded into changes. An import becomes visible with its last event. */
export const FOLDING: Folding<Fold, AnyChange, AnyState> = {
  nothing: { begunAt: '', begunBy: '', plan: NO_PLAN, organisation: NO_ORGANISATION, holder: NO_HOLDER, waiting: [] },
  step,
  sizeOf: ({ plan }) => (plan.status === 'ABSENT' ? 1 : 1 + plan.activities.size + plan.sections.size),
};

function step(fold: Fold, stored: StoredEvent): Step {
  if (stored.stream.startsWith('org-')) return ofOrganisation(fold, stored);
  if (stored.stream.startsWith('access-')) return ofHolder(fold, stored);
  return stored.stream.startsWith('plan-') ? ofPlan(fold, stored) : foldPlain(fold, stored);
}

function ofOrganisation(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isOfOrganisation);
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
  return { after: { ...fold, begunAt, organisation }, told: [{ change, state, beforeMark: false }] };
}

function ofHolder(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isOfAccess);
  const holder = evolveHolder(fold.holder, recorded.event);
  const begunAt = fold.begunAt || recorded.recordedAt;
  const holderId = stored.stream.slice('access-'.length);
  const change = { of: 'holder', holderId, before: fold.holder, after: holder, recorded } as const;
  const state = { of: 'holder', holderId, holder, begunAt, last: recorded } as const;
  return { after: { ...fold, begunAt, holder }, told: [{ change, state, beforeMark: false }] };
}

function foldPlain(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isPlain);
  const change = { of: 'plain', recorded } as const;
  const after = { ...fold, begunAt: fold.begunAt || recorded.recordedAt };
  return { after, told: [{ change, state: { of: 'plain' }, beforeMark: false }] };
}

function isPlain(event: ChronicleEvent): event is PersonEvent | LogEvent {
  return isOfPerson(event) || isOfLog(event);
}

function ofPlan(fold: Fold, stored: StoredEvent): Step {
  const recorded = narrowed(fromStore(stored), isOfPlan);
  const { event, recordedAt, actor, commandId } = recorded;
  const plan = evolve(fold.plan, event);
  const begins = event.type === 'PlanDrafted';
  const begunAt = begins ? recordedAt : fold.begunAt;
  const begunBy = begins ? begunByKey(actor.id, commandId) : fold.begunBy;
  const waits = plan.presence === 'IMPORTING';
  const waiting = waits ? (begins ? [recorded] : [...fold.waiting, recorded]) : [];
  const after = { ...fold, begunAt, begunBy, plan, waiting };
  return { after, told: publishedChanges(fold, plan, { begunAt, begunBy }, recorded) };
}

function* publishedChanges(
  fold: Fold,
  after: ExistingPlan,
  begun: PlanBegun,
  recorded: Recorded<PlanEvent>,
): Generator<Told> {
  if (after.presence !== 'WHOLE') return;
  const wasImporting = fold.plan.status !== 'ABSENT' && fold.plan.presence === 'IMPORTING';
  if (wasImporting) yield* ofImport(fold, begun);
  const appears = fold.plan.status === 'ABSENT' || wasImporting;
  yield foldedPlan(fold.plan, after, recorded, { appears, begun, beforeMark: false });
}

function* ofImport({ waiting }: Fold, begun: PlanBegun): Generator<Told> {
  // The import starts from no plan, even when an abandoned import of the same plan came before it.
  let before: Plan = NO_PLAN;
  for (const recorded of waiting) {
    const after = evolve(before, recorded.event);
    yield foldedPlan(before, after, recorded, { appears: false, begun, beforeMark: true });
    before = after;
  }
}

function foldedPlan(
  before: Plan,
  after: ExistingPlan,
  recorded: Recorded<PlanEvent>,
  {
    appears,
    begun,
    beforeMark,
  }: { readonly appears: boolean; readonly begun: PlanBegun; readonly beforeMark: boolean },
): Told {
  const planId = recorded.stream.slice('plan-'.length);
  return {
    change: { of: 'plan', planId, before, after, recorded, appears },
    state: { of: 'plan', planId, plan: after, ...begun, last: recorded },
    beforeMark,
  };
}
