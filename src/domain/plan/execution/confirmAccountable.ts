import { type ConfirmedAccountable, partyKey } from '../../parties.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { withActivity } from '../updates.js';

interface ConfirmAccountable {
  readonly activityId: string;
  /** Place of the party among the responsible parties, from 1; null for the unit that keeps the plan. */
  readonly place: number | null;
}

/** Confirms the accountable party of an activity. Until then it is assumed, see `accountableFor`. */
export const confirmAccountable: PlanCapability<
  { AccountableConfirmed: { readonly activityId: string; readonly accountable: ConfirmedAccountable } },
  { confirmAccountable: ConfirmAccountable }
> = {
  events: {
    AccountableConfirmed: {
      evolve: (plan, { activityId, accountable }) =>
        withActivity(plan, activityId, (activity) => ({ ...activity, accountable })),
      sentence: (_, row) => [`Подтверждено, кто отчитывается: ${row}`, `Accountable party confirmed: ${row}`],
    },
  },
  commands: {
    confirmAccountable: {
      givenBy: EXECUTORS,
      inStatus: ['DRAFT', 'APPROVED'],
      fitsActivity: () => true,
      decide(plan, { activityId, place }) {
        const activity = plan.activities.get(activityId);
        if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
        const { parties } = activity.responsible;
        const party = place === null ? undefined : parties[place - 1];
        if (place !== null && !party) return refuse('PARTY_NOT_FOUND', 'place', { count: parties.length });
        const accountable: ConfirmedAccountable = party ? { by: 'party', key: partyKey(party) } : { by: 'owner' };
        return JSON.stringify(accountable) === JSON.stringify(activity.accountable)
          ? refuse('NOTHING_CHANGES')
          : accept({ type: 'AccountableConfirmed', data: { activityId, accountable } });
      },
    },
  },
};
