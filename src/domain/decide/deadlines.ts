import type { Given } from '../actor.js';
import { localDay } from '../dates.js';
import type { PlanEvent } from '../events.js';
import type { ExistingPlan } from '../plan.js';
import { pointsOf } from '../points.js';
import { accept, type Decision, refuse } from '../refusal.js';

/** A notice for each control point whose due day has passed on the local day without the work, once a due day. */
export function noticeMissedDeadlines(plan: ExistingPlan, given: Given): Decision {
  const today = localDay(given.now, plan.details.timeZone);
  const events = [...plan.activities.values()].flatMap((activity) =>
    pointsOf(plan, activity).flatMap(({ id, noticeOn }): PlanEvent[] =>
      noticeOn !== null && noticeOn < today
        ? [{ type: 'DeadlineMissed', data: { activityId: activity.id, pointId: id, dueOn: noticeOn } }]
        : [],
    ),
  );
  return events.length === 0 ? refuse('NOTHING_CHANGES') : accept(...events);
}
