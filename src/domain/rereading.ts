import { type ReadingOrganisation, readAgain } from './organisation/ownWordings.js';
import { type ExistingPlan } from './plan.js';
import { sameSchedule, type Timeframe } from './schedule.js';

/** A timeframe that would be read otherwise now than it was when it was stored. */
export interface Rereading {
  readonly activityId: string;
  readonly number: string | null;
  readonly stored: Timeframe;
  readonly now: Timeframe;
}

/**
 * Returns the timeframes of a plan that the present rules, school terms and confirmed wordings of its organisation read
 * differently. Meanings that a person has confirmed are left out. Nothing stored is changed.
 */
export function rereadings(plan: ExistingPlan, organisation: ReadingOrganisation | null): Rereading[] {
  return [...plan.activities.values()].flatMap(({ id, number, sectionId, timeframe: stored }): Rereading[] => {
    if (stored.rules === 'stated') return [];
    const now = readAgain(organisation, stored, plan.details.period, plan.sections.get(sectionId)?.title);
    return sameSchedule(now.schedule, stored.schedule) ? [] : [{ activityId: id, number, stored, now }];
  });
}
