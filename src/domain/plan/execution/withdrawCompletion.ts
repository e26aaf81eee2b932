import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { reasonGiven } from '../checks.js';
import { withActivity } from '../updates.js';
import { decideOnPoint } from './targets.js';

interface WithdrawCompletion {
  readonly activityId: string;
  /** May be null if the activity has one point. */
  readonly pointId: string | null;
}

/** Withdraws a completion, with a reason. */
export const withdrawCompletion: PlanCapability<
  { CompletionWithdrawn: { readonly activityId: string; readonly pointId: string } },
  { withdrawCompletion: WithdrawCompletion }
> = {
  events: {
    CompletionWithdrawn: {
      evolve: (plan, { activityId, pointId }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          completions: Object.fromEntries(Object.entries(activity.completions).filter(([id]) => id !== pointId)),
        })),
      sentence: (_, row) => [`Отметка о выполнении отменена: ${row}`, `Completion withdrawn: ${row}`],
    },
  },
  commands: {
    withdrawCompletion: {
      givenBy: EXECUTORS,
      inStatus: ['APPROVED'],
      fitsActivity: ({ completions }) => Object.keys(completions).length > 0,
      decide(plan, command, given) {
        return decideOnPoint(plan, command, (activity, point) => {
          if (!activity.completions[point.id]) return refuse('NOT_COMPLETED', 'pointId');
          const data = { activityId: activity.id, pointId: point.id };
          return reasonGiven(given) ?? accept({ type: 'CompletionWithdrawn', data });
        });
      },
    },
  },
};
