import type { Activity, ExistingPlan } from '../../plan.js';
import { pointsOf } from '../../points.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { sameSchedule, type Timeframe } from '../../schedule.js';
import type { PlanCapability } from '../capability.js';
import type { PlanDecision } from '../catalogue.js';
import type { TimeframeEntry } from '../entries.js';
import { changeableActivity, isChangeable } from '../rows.js';
import { withActivity, withRequestStatus } from '../updates.js';
import { enteredTimeframe, understoodInForce, validTimeframe } from './content.js';

/** The command to change the timeframe of an activity. */
export interface RescheduleActivity {
  readonly activityId: string;
  readonly timeframe: TimeframeEntry;
}

interface ActivityRescheduled {
  readonly activityId: string;
  readonly timeframe: Timeframe;
  /** The request that this event grants; null for none. */
  readonly requestId: string | null;
}

/** Changes the timeframe of an activity (перенос срока). */
export const rescheduleActivity: PlanCapability<
  { ActivityRescheduled: ActivityRescheduled },
  { rescheduleActivity: RescheduleActivity }
> = {
  events: {
    ActivityRescheduled: {
      // Version 1 was written before there were requests for another timeframe.
      upcasters: [(data) => ({ ...data, requestId: null })],
      amendsAs: 'RESCHEDULE',
      evolve: withTimeframe,
      sentence: ({ timeframe }, row) => [
        `Новый срок «${timeframe.text}»: ${row}`,
        `Rescheduled to «${timeframe.text}»: ${row}`,
      ],
    },
  },
  commands: {
    rescheduleActivity: {
      givenBy: EXECUTORS,
      usesOwnReadings: true,
      inStatus: ['DRAFT', 'APPROVED'],
      fitsActivity: isChangeable,
      decide(plan, { activityId, timeframe }, given) {
        const activity = changeableActivity(plan, activityId);
        if ('kind' in activity) return activity;
        return (
          validTimeframe(timeframe) ??
          rescheduleTo(plan, activity, enteredTimeframe(plan, activity, timeframe, given), null)
        );
      },
    },
  },
};

/** Decides on another timeframe for an activity. `requestId`: the request that it grants. */
export function rescheduleTo(
  plan: ExistingPlan,
  activity: Activity,
  timeframe: Timeframe,
  requestId: string | null,
): PlanDecision {
  const { timeframe: present } = activity;
  const isSame =
    timeframe.text === present.text &&
    timeframe.confidence === present.confidence &&
    sameSchedule(timeframe.schedule, present.schedule);
  if (isSame) return refuse('NOTHING_CHANGES');
  const notUnderstood = understoodInForce(plan, timeframe);
  if (notUnderstood) return notUnderstood;
  const data = { activityId: activity.id, timeframe, requestId };
  const lost = lostPoint(activity, withTimeframe(plan, data));
  return lost
    ? refuse('POINT_HAS_EVIDENCE', 'timeframe', { point: lost })
    : accept({ type: 'ActivityRescheduled', data });
}

function withTimeframe(plan: ExistingPlan, { activityId, timeframe, requestId }: ActivityRescheduled): ExistingPlan {
  const isApproved = plan.status === 'APPROVED';
  return withActivity(plan, activityId, (activity) => ({
    ...activity,
    timeframe,
    irregularities: activity.irregularities.filter(({ field }) => field !== 'timeframe'),
    requests: withRequestStatus(activity, requestId, 'GRANTED'),
    approvedSchedules: isApproved ? [...activity.approvedSchedules, timeframe.schedule] : activity.approvedSchedules,
  }));
}

/** Returns the first point with a completion or a report that the changed plan no longer has. */
function lostPoint(activity: Activity, changed: ExistingPlan): string | undefined {
  const after = changed.activities.get(activity.id);
  const kept = new Set((after ? pointsOf(changed, after) : []).map(({ id }) => id));
  const reported = activity.reports
    .filter(({ status }) => status !== 'WITHDRAWN')
    .flatMap(({ points }) => points.map(({ pointId }) => pointId));
  return [...Object.keys(activity.completions), ...reported].find((id) => !kept.has(id));
}
