import type { Given } from '../actor.js';
import type { PlanCommandOf } from '../commands.js';
import { localDay } from '../dates.js';
import { type Activity, activityIdOf, type ExistingPlan, type RescheduleRequest } from '../plan.js';
import { isPastDue, pointsOf } from '../points.js';
import { accept, type Decision, type Refused, refuse } from '../refusal.js';
import { amend } from './amendment.js';
import { reasonGiven } from './checks.js';
import { rescheduleTo, timeframeOf, validTimeframe } from './content.js';

/**
 * The executor asks for another term (field notes 2.2 no. 5): with a reason, one request at a time, and marked when a due
 * day had passed already. What cannot be granted is refused at once.
 */
export function requestReschedule(
  plan: ExistingPlan,
  { activityId, timeframe: entry }: PlanCommandOf<'requestReschedule'>,
  given: Given,
): Decision {
  const activity = plan.activities.get(activityId);
  if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
  if (activity.excluded) return refuse('ACTIVITY_EXCLUDED', 'activityId', { number: activity.number ?? activity.id });
  const open = activity.requests.find(({ status }) => status === 'OPEN');
  if (open) return refuse('REQUEST_PENDING', 'activityId', { request: open.id });
  const refused = reasonGiven(given) ?? validTimeframe(entry);
  if (refused) return refused;
  const timeframe = timeframeOf(plan, activity.sectionId, entry);
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
}

/** Granted as it was asked for: the wording as it was understood then, in an amendment of one. */
export function grantReschedule(
  plan: ExistingPlan,
  { requestId }: PlanCommandOf<'grantReschedule'>,
  given: Given,
): Decision {
  const found = openRequest(plan, requestId);
  if ('kind' in found) return found;
  const { activity, request } = found;
  if (activity.excluded) return refuse('ACTIVITY_EXCLUDED', 'requestId', { number: activity.number ?? activity.id });
  return amend(plan, [(amended) => rescheduleTo(amended, activity, request.timeframe, request.id)], given);
}

export function refuseReschedule(
  plan: ExistingPlan,
  { requestId }: PlanCommandOf<'refuseReschedule'>,
  given: Given,
): Decision {
  const found = openRequest(plan, requestId);
  if ('kind' in found) return found;
  return (
    reasonGiven(given) ??
    accept({ type: 'RescheduleRefused', data: { activityId: found.activity.id, requestId: found.request.id } })
  );
}

function openRequest(
  plan: ExistingPlan,
  requestId: string,
): { readonly activity: Activity; readonly request: RescheduleRequest } | Refused {
  const activity = plan.activities.get(activityIdOf(requestId));
  const request = activity?.requests.find(({ id }) => id === requestId);
  if (!activity || !request) return refuse('REQUEST_NOT_FOUND', 'requestId');
  return request.status === 'OPEN'
    ? { activity, request }
    : refuse('REQUEST_DECIDED', 'requestId', { status: request.status });
}
