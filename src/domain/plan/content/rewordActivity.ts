import type { CitedDocument } from '../../documents.js';
import type { Activity } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { MAX_LONG, MAX_NUMBER } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, optionalLine } from '../checks.js';
import { changeableActivity, isChangeable } from '../rows.js';
import { withActivity } from '../updates.js';
import { validWording, wordingOf } from './content.js';
import { freeNumber } from './numbers.js';

/** The command to restate an activity. An omitted field does not change. */
export interface RewordActivity {
  readonly activityId: string;
  readonly number?: string | null;
  readonly title?: string;
  readonly subItems?: readonly string[];
}

interface ActivityReworded {
  readonly activityId: string;
  readonly number: string | null;
  readonly title: string;
  readonly text: string;
  readonly subItems: readonly string[];
  readonly references: readonly CitedDocument[];
}

/** Restates an activity («изложить в редакции»): its title, sub-items or number. */
export const rewordActivity: PlanCapability<
  { ActivityReworded: ActivityReworded },
  { rewordActivity: RewordActivity }
> = {
  events: {
    ActivityReworded: {
      amendsAs: 'RESTATE',
      evolve: (plan, { activityId, ...wording }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          ...wording,
          irregularities: activity.irregularities.filter(({ field }) => !isRestated(field, activity, wording)),
        })),
      sentence: (_, row) => [`Изложено в новой редакции: ${row}`, `Reworded: ${row}`],
    },
  },
  commands: {
    rewordActivity: {
      givenBy: EXECUTORS,
      inStatus: ['DRAFT', 'APPROVED'],
      fitsActivity: isChangeable,
      needsBasis: true,
      decide(plan, command) {
        const activity = changeableActivity(plan, command.activityId);
        if ('kind' in activity) return activity;
        const number = command.number === undefined ? activity.number : command.number;
        const title = command.title ?? activity.title;
        const subItems = command.subItems ?? activity.subItems;
        const onlyNumber = command.title === undefined && command.subItems === undefined;
        const { text, references } = activity;
        const wording = onlyNumber ? { title, text, subItems, references } : wordingOf(title, subItems);
        return (
          firstOf(
            validWording(title, subItems),
            optionalLine('title', command.title, MAX_LONG),
            optionalLine('number', command.number, MAX_NUMBER),
            number === activity.number && wording.text === activity.text ? refuse('NOTHING_CHANGES') : undefined,
            freeNumber(plan, activity.sectionId, number, activity.id),
          ) ?? accept({ type: 'ActivityReworded', data: { activityId: activity.id, number, ...wording } })
        );
      },
    },
  },
};

/** Returns true if a question on the field is answered, because the field was restated. */
function isRestated(
  field: string,
  before: Pick<Activity, 'number' | 'text'>,
  after: Pick<ActivityReworded, 'number' | 'text'>,
): boolean {
  if (field === 'number') return after.number !== before.number;
  return (field === 'title' || field === 'subItems') && after.text !== before.text;
}
