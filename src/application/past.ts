import { isOfPlan } from '../domain/chronicle.js';
import { type LocalDate, localDay } from '../domain/dates.js';
import { evolve } from '../domain/evolve.js';
import { type ExistingPlan, NO_PLAN, type Plan, visible } from '../domain/plan.js';
import { fromStore, narrowed } from '../eventstore/envelope.js';
import type { EventStore } from '../eventstore/port.js';

const PAGE = 500;

/**
 * A plan as it was known at the end of a local day in its own zone: folded from what was recorded by then. Undefined when
 * there was none to see yet.
 */
export async function planAsKnownOn(
  events: EventStore,
  planId: string,
  day: LocalDate,
): Promise<ExistingPlan | undefined> {
  let plan: Plan = NO_PLAN;
  for (let from = 0; ; from += PAGE) {
    const page = await events.readStream(`plan-${planId}`, { from, limit: PAGE });
    for (const stored of page) {
      const { event, recordedAt } = narrowed(fromStore(stored), isOfPlan);
      const after: ExistingPlan = evolve(plan, event);
      if (localDay(recordedAt, after.details.timeZone) > day) return visible(plan);
      plan = after;
    }
    if (page.length < PAGE) return visible(plan);
  }
}
