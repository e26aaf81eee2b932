import { activitiesOf } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { changeableActivity, isChangeable } from '../rows.js';
import { withActivity } from '../updates.js';
import { orderBehind, type RowPlace, resolvedPlace } from './places.js';

/** The command to move an activity to a place in a section. */
export interface MoveActivity {
  readonly activityId: string;
  readonly sectionId: string;
  readonly after: RowPlace;
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
      fitsActivity: isChangeable,
      decide(plan, { activityId, sectionId, after: place }) {
        const activity = changeableActivity(plan, activityId);
        if ('kind' in activity) return activity;
        if (!plan.sections.has(sectionId)) return refuse('SECTION_NOT_FOUND', 'sectionId');
        const after = resolvedPlace(plan, sectionId, place, activityId);
        const order = after === activityId ? undefined : orderBehind(plan, sectionId, after, activityId);
        if (order === undefined) return refuse('ACTIVITY_NOT_FOUND', 'place.after');
        const rows = activitiesOf(plan, activity.sectionId);
        const stays = sectionId === activity.sectionId && rows[rows.indexOf(activity) - 1]?.id === (after ?? undefined);
        return stays
          ? refuse('NOTHING_CHANGES')
          : accept({ type: 'ActivityMoved', data: { activityId, sectionId, order } });
      },
    },
  },
};
