import { type Activity, activityIdOf, type ExistingPlan, type RescheduleRequest } from '../../plan.js';
import { type Refused, refuse } from '../../refusal.js';

/** Returns an open request for another timeframe, or a refusal. */
export function openRequest(
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
