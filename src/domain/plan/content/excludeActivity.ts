import { accept } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { changeableActivity, isChangeable } from '../rows.js';
import { withActivity } from '../updates.js';

interface ExcludeActivity {
  readonly activityId: string;
}

/** Excludes an activity from an approved plan. It keeps its number and is printed as «исключено». */
export const excludeActivity: PlanCapability<
  { ActivityExcluded: ExcludeActivity },
  { excludeActivity: ExcludeActivity }
> = {
  events: {
    ActivityExcluded: {
      amendsAs: 'EXCLUDE',
      evolve: (plan, { activityId }) => withActivity(plan, activityId, (activity) => ({ ...activity, excluded: true })),
      sentence: (_, row) => [`Исключено из плана: ${row}`, `Excluded from the plan: ${row}`],
    },
  },
  commands: {
    excludeActivity: {
      givenBy: APPROVERS,
      inStatus: ['APPROVED'],
      fitsActivity: isChangeable,
      needsBasis: true,
      decide(plan, { activityId }) {
        const activity = changeableActivity(plan, activityId);
        return 'kind' in activity ? activity : accept({ type: 'ActivityExcluded', data: { activityId } });
      },
    },
  },
};
