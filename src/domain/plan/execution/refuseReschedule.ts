import { accept } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { reasonGiven } from '../checks.js';
import { withActivity, withRequestStatus } from '../updates.js';
import { openRequest } from './requests.js';

/** Refuses a request for another timeframe, with a reason. */
export const refuseReschedule: PlanCapability<
  { RescheduleRefused: { readonly activityId: string; readonly requestId: string } },
  { refuseReschedule: { readonly requestId: string } }
> = {
  events: {
    RescheduleRefused: {
      evolve: (plan, { activityId, requestId }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          requests: withRequestStatus(activity, requestId, 'REFUSED'),
        })),
      sentence: (_, row) => [`В переносе срока отказано: ${row}`, `Another term refused: ${row}`],
    },
  },
  commands: {
    refuseReschedule: {
      givenBy: APPROVERS,
      inStatus: ['APPROVED'],
      fitsRequest: ({ status }) => status === 'OPEN',
      decide(plan, { requestId }, given) {
        const found = openRequest(plan, requestId);
        if ('kind' in found) return found;
        const data = { activityId: found.activity.id, requestId };
        return reasonGiven(given) ?? accept({ type: 'RescheduleRefused', data });
      },
    },
  },
};
