import { ImpossibleEvent } from './impossible.js';
import { PLAN_EVENTS, type PlanEvent, type PlanEventOf, type PlanEventType } from './plan/catalogue.js';
import { planAfterDrafting } from './plan/drafting/draftPlan.js';
import { type ExistingPlan, NO_PLAN, type Plan } from './plan.js';

/**
 * Returns the plan after an event. Accepts every event that `decide` produces.
 *
 * @throws ImpossibleEvent when the event cannot follow the plan.
 */
export function evolve(plan: Plan, event: PlanEvent): ExistingPlan {
  if (plan.status === 'ABSENT') {
    if (event.type !== 'PlanDrafted') throw new ImpossibleEvent(`${event.type} before PlanDrafted`);
    return planAfterDrafting(event.data);
  }
  const after =
    plan.presence === 'ABANDONED' && event.type === 'PlanDrafted'
      ? planAfterDrafting(event.data)
      : withAmendedRow(plan, evolvedPlan(plan, event), event);
  return { ...after, eventCount: plan.eventCount + 1 };
}

/** Returns the plan after a history of events. */
export function replay(events: Iterable<PlanEvent>, from: Plan = NO_PLAN): Plan {
  let plan = from;
  for (const event of events) plan = evolve(plan, event);
  return plan;
}

function evolvedPlan<T extends PlanEventType>(plan: ExistingPlan, event: PlanEventOf<T>): ExistingPlan {
  return PLAN_EVENTS[event.type].evolve(plan, event.data);
}

/** Adds a content change of an approved plan to the last amendment, with the row before and after it. */
function withAmendedRow(before: ExistingPlan, after: ExistingPlan, event: PlanEvent): ExistingPlan {
  const amendment = after.amendments.at(-1);
  const kind = PLAN_EVENTS[event.type].amendsAs;
  if (!kind || after.status !== 'APPROVED' || !amendment || !('activityId' in event.data)) return after;
  const { activityId } = event.data;
  const row = after.activities.get(activityId);
  if (!row) return after;
  const rows = [...amendment.rows, { kind, before: before.activities.get(activityId) ?? null, after: row }];
  return { ...after, amendments: [...after.amendments.slice(0, -1), { ...amendment, rows }] };
}
