import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { withFreed } from '../updates.js';

/** The command to remove an activity. The activity leaves no trace in print. */
export interface RemoveActivity {
  readonly activityId: string;
}

/** Removes an activity from a draft. After approval an activity is excluded instead, and keeps its number. */
export const removeActivity: PlanCapability<{ ActivityRemoved: RemoveActivity }, { removeActivity: RemoveActivity }> = {
  events: {
    ActivityRemoved: {
      evolve: (plan, { activityId }) => ({
        ...plan,
        activities: plan.activities.without(activityId),
        freedExternalIds: withFreed(plan.freedExternalIds, plan.activities.get(activityId)),
      }),
      sentence: (_, row) => [`Удалено из проекта: ${row}`, `Removed from the draft: ${row}`],
    },
  },
  commands: {
    removeActivity: {
      givenBy: KEEPERS,
      inStatus: ['DRAFT'],
      fitsActivity: () => true,
      decide: (plan, { activityId }) =>
        plan.activities.has(activityId)
          ? accept({ type: 'ActivityRemoved', data: { activityId } })
          : refuse('ACTIVITY_NOT_FOUND', 'activityId'),
    },
  },
};
