import { earlier, type LocalDate } from './dates.js';
import { evolve } from './evolve.js';
import { ImpossibleEvent } from './impossible.js';
import type { PlanEvent } from './plan/catalogue.js';
import { NO_PLAN, type Plan } from './plan.js';

/** An event of a plan with its two days, both local in the plan's zone. */
export interface DatedEvent {
  readonly event: PlanEvent;
  readonly recordedOn: LocalDate;
  /** From when it counts; null: nothing was said of it. */
  readonly effectiveOn: LocalDate | null;
}

/**
 * The events of a plan that count on a day, in their recorded order. One of which nothing was said counts from the day on
 * which it was recorded, an approval from the day of its stamp; a draft counts with its approval, also where that is entered
 * long after the paper was signed. What builds on something that is left out is left out with it.
 */
export function countedOn<Event extends DatedEvent>(history: readonly Event[], day: LocalDate): Event[] {
  const approval = history.findIndex(({ event }) => stampedOn(event) !== undefined);
  const approved = history[approval];
  let plan: Plan = NO_PLAN;
  return history.filter((dated, index) => {
    const own = countsFrom(dated);
    const from = approved && index <= approval ? earlier(own, countsFrom(approved)) : own;
    const after = from <= day ? followed(plan, dated.event) : undefined;
    plan = after ?? plan;
    return after !== undefined;
  });
}

function countsFrom({ event, effectiveOn, recordedOn }: DatedEvent): LocalDate {
  return effectiveOn ?? stampedOn(event) ?? recordedOn;
}

/** The day on the stamp of an approval, null for none; undefined for any other event. */
function stampedOn(event: PlanEvent): LocalDate | null | undefined {
  switch (event.type) {
    case 'PlanApproved':
      return event.data.stamp.date;
    case 'PrintedApprovalConfirmed':
      return event.data.date;
    default:
      return undefined;
  }
}

function followed(plan: Plan, event: PlanEvent): Plan | undefined {
  try {
    return evolve(plan, event);
  } catch (error) {
    if (error instanceof ImpossibleEvent) return undefined;
    throw error;
  }
}
