import { type Responsible, sameResponsible } from '../../parties.js';
import type { PersonalText } from '../../personal.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { changeableActivity, isChangeable } from '../rows.js';
import { withActivity } from '../updates.js';
import { enteredResponsible, validResponsible } from './content.js';

/** The command to change the responsible parties of an activity. */
export interface ReassignActivity<Person = PersonalText> {
  readonly activityId: string;
  readonly responsible: Responsible<Person>;
}

/**
 * Changes the responsible parties of an activity. Resets a confirmed accountable party, because it may not be among the
 * new parties.
 */
export const reassignActivity: PlanCapability<
  { ActivityReassigned: ReassignActivity },
  { reassignActivity: ReassignActivity }
> = {
  events: {
    ActivityReassigned: {
      amendsAs: 'REASSIGN',
      evolve: (plan, { activityId, responsible }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          responsible,
          accountable: null,
          irregularities: activity.irregularities.filter(({ field }) => field !== 'responsible'),
        })),
      sentence: (_, row) => [`Изменены ответственные: ${row}`, `Responsible parties changed: ${row}`],
    },
  },
  commands: {
    reassignActivity: {
      givenBy: EXECUTORS,
      usesOwnReadings: true,
      inStatus: ['DRAFT', 'APPROVED'],
      fitsActivity: isChangeable,
      decide(plan, { activityId, responsible: entry }, { organisation }) {
        const activity = changeableActivity(plan, activityId);
        if ('kind' in activity) return activity;
        const responsible = enteredResponsible(entry, organisation);
        const refused = validResponsible(responsible);
        if (refused) return refused;
        return sameResponsible(responsible, activity.responsible)
          ? refuse('NOTHING_CHANGES')
          : accept({ type: 'ActivityReassigned', data: { activityId, responsible } });
      },
    },
  },
};
