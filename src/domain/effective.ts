import { earlier, type LocalDate } from './dates.js';
import { evolve } from './evolve.js';
import { ImpossibleEvent } from './impossible.js';
import type { PlanEvent } from './plan/catalogue.js';
import { NO_PLAN, type Plan } from './plan.js';

/** An event of a plan with two local days in the time zone of the plan. */
export interface DatedEvent {
  readonly event: PlanEvent;
  readonly recordedOn: LocalDate;
  /** Day from which the event takes effect; null when not stated. */
  readonly effectiveOn: LocalDate | null;
}

/**
 * Returns the events of a plan that are in effect on a day, in their recorded order. An event takes effect on its
 * `effectiveOn`, else on the day it was recorded. An approval without `effectiveOn` takes effect on the day of its
 * stamp. Events of a draft take effect with the approval at the latest, even if it is entered long after the paper was
 * signed. An event that depends on an omitted event is omitted as well.
 */
export function eventsInEffectOn<Event extends DatedEvent>(history: readonly Event[], day: LocalDate): Event[] {
  const approval = history.findIndex(({ event }) => stampedOn(event) !== undefined);
  const approved = history[approval];
  let plan: Plan = NO_PLAN;
  return history.filter((dated, index) => {
    const own = countsFrom(dated);
    const from = approved && index <= approval ? earlier(own, countsFrom(approved)) : own;
    const after = from <= day ? afterPossible(plan, dated.event) : undefined;
    plan = after ?? plan;
    return after !== undefined;
  });
}

function countsFrom({ event, effectiveOn, recordedOn }: DatedEvent): LocalDate {
  return effectiveOn ?? stampedOn(event) ?? recordedOn;
}

/** Returns the day on the stamp of an approval, null when it states none; undefined for any other event. */
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

function afterPossible(plan: Plan, event: PlanEvent): Plan | undefined {
  try {
    return evolve(plan, event);
  } catch (error) {
    if (error instanceof ImpossibleEvent) return undefined;
    throw error;
  }
}
