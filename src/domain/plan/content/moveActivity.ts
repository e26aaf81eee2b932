import { activitiesOf } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { changeableActivity } from '../rows.js';
import { withActivity } from '../updates.js';
import { orderBehind } from './places.js';

/**
 * The command to move an activity. `after`: the activity before its new place; null for the first place in the section.
 */
export interface MoveActivity {
  readonly activityId: string;
  readonly sectionId: string;
  readonly after: string | null;
}

interface ActivityMoved {
  readonly activityId: string;
  readonly sectionId: string;
  readonly order: string;
}

/** Moves an activity within its section or to another one. */
export const moveActivity: PlanCapability<{ ActivityMoved: ActivityMoved }, { moveActivity: MoveActivity }> = {
  events: {
    ActivityMoved: {
      amendsAs: 'MOVE',
      evolve: (plan, { activityId, ...place }) =>
        withActivity(plan, activityId, (activity) => ({ ...activity, ...place })),
      sentence: (_, row) => [`Перемещено: ${row}`, `Moved: ${row}`],
    },
  },
  commands: {
    moveActivity: {
      givenBy: EXECUTORS,
      inStatus: ['DRAFT', 'APPROVED'],
      decide(plan, { activityId, sectionId, after }) {
        const activity = changeableActivity(plan, activityId);
        if ('kind' in activity) return activity;
        if (!plan.sections.has(sectionId)) return refuse('SECTION_NOT_FOUND', 'sectionId');
        const order = after === activityId ? undefined : orderBehind(plan, sectionId, after, activityId);
        if (order === undefined) return refuse('ACTIVITY_NOT_FOUND', 'after');
        const rows = activitiesOf(plan, activity.sectionId);
        const stays = sectionId === activity.sectionId && rows[rows.indexOf(activity) - 1]?.id === (after ?? undefined);
        return stays
          ? refuse('NOTHING_CHANGES')
          : accept({ type: 'ActivityMoved', data: { activityId, sectionId, order } });
      },
    },
  },
};
