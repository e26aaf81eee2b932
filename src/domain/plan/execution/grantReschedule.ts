import { refuse } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { amend } from '../content/amendPlan.js';
import { rescheduleTo } from '../content/rescheduleActivity.js';
import { openRequest } from './requests.js';

/** Grants a request for another timeframe, with the schedule that was read when it was made. Makes an amendment. */
export const grantReschedule: PlanCapability<
  Readonly<Record<never, never>>,
  { grantReschedule: { readonly requestId: string } }
> = {
  events: {},
  commands: {
    grantReschedule: {
      givenBy: APPROVERS,
      inStatus: ['APPROVED'],
      fitsRequest: ({ status }, { excluded }) => status === 'OPEN' && !excluded,
      decide(plan, { requestId }, given, catalogue) {
        const found = openRequest(plan, requestId);
        if ('kind' in found) return found;
        const { activity, request } = found;
        if (activity.excluded) {
          return refuse('ACTIVITY_EXCLUDED', 'requestId', { number: activity.number ?? activity.id });
        }
        const step = (amended: typeof plan) => rescheduleTo(amended, activity, request.timeframe, requestId);
        return amend(plan, [step], given, { catalogue, needsBasis: false });
      },
    },
  },
};
