import { type LocalDate, localDay } from '../../dates.js';
import { isPastDue, pointsOf } from '../../points.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import type { Timeframe } from '../../schedule.js';
import type { PlanCapability } from '../capability.js';
import { reasonGiven } from '../checks.js';
import { enteredTimeframe, validTimeframe } from '../content/content.js';
import { rescheduleTo } from '../content/rescheduleActivity.js';
import type { TimeframeEntry } from '../entries.js';
import { changeableActivity, isChangeable } from '../rows.js';
import { withActivity } from '../updates.js';

interface RescheduleRequested {
  readonly activityId: string;
  readonly requestId: string;
  readonly timeframe: Timeframe;
  readonly requestedOn: LocalDate;
  /** True for a request made after a due day of the activity had passed. */
  readonly late: boolean;
  /** Id of the actor. */
  readonly requestedBy: string;
}

/**
 * Requests another timeframe (просьба о переносе срока), with a reason. An activity has one open request at a time. A
 * request that could not be granted is refused at once.
 */
export const requestReschedule: PlanCapability<
  { RescheduleRequested: RescheduleRequested },
  { requestReschedule: { readonly activityId: string; readonly timeframe: TimeframeEntry } }
> = {
  events: {
    RescheduleRequested: {
      evolve: (plan, { activityId, requestId, ...request }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          requests: [...activity.requests, { id: requestId, status: 'OPEN', ...request }],
        })),
      sentence({ timeframe: { text }, late }, row) {
        const [ru, en] = late ? [' (после срока)', ' (after the due day)'] : ['', ''];
        return [`Просят перенести на «${text}»${ru}: ${row}`, `Asked to move to «${text}»${en}: ${row}`];
      },
    },
  },
  commands: {
    requestReschedule: {
      givenBy: EXECUTORS,
      usesOwnReadings: true,
      inStatus: ['APPROVED'],
      fitsActivity: (activity) => isChangeable(activity) && activity.requests.every(({ status }) => status !== 'OPEN'),
      decide(plan, { activityId, timeframe: entry }, given) {
        const activity = changeableActivity(plan, activityId);
        if ('kind' in activity) return activity;
        const open = activity.requests.find(({ status }) => status === 'OPEN');
        if (open) return refuse('REQUEST_PENDING', 'activityId', { request: open.id });
        const refused = reasonGiven(given) ?? validTimeframe(entry);
        if (refused) return refused;
        const timeframe = enteredTimeframe(plan, activity, entry, given);
        const granted = rescheduleTo(plan, activity, timeframe, null);
        if (granted.kind === 'refused') return granted;
        const today = localDay(given.now, plan.details.timeZone);
        return accept({
          type: 'RescheduleRequested',
          data: {
            activityId,
            requestId: `${activityId}.q${activity.requests.length + 1}`,
            timeframe,
            requestedOn: today,
            late: pointsOf(plan, activity).some((point) => isPastDue(point, today)),
            requestedBy: given.actor.id,
          },
        });
      },
    },
  },
};
