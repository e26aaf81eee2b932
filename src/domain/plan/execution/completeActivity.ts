import { dayText, type LocalDate } from '../../dates.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { MAX_LONG } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, optionalText } from '../checks.js';
import { withActivity } from '../updates.js';
import { decideOnPoint, notExcluded, validActualDate } from './targets.js';

interface CompleteActivity {
  readonly activityId: string;
  /** May be null if the activity has one point. */
  readonly pointId: string | null;
  readonly actualOn: LocalDate;
  /** Required for a quota. */
  readonly count: number | null;
  readonly note: string | null;
}

interface ActivityCompleted {
  readonly activityId: string;
  readonly pointId: string;
  readonly actualOn: LocalDate;
  readonly count: number | null;
  readonly note: string | null;
  /** The due day in force when the completion was recorded. */
  readonly dueOn: LocalDate | null;
}

/** Marks the work of a control point as done. */
export const completeActivity: PlanCapability<
  { ActivityCompleted: ActivityCompleted },
  { completeActivity: CompleteActivity }
> = {
  events: {
    ActivityCompleted: {
      evolve: (plan, { activityId, pointId, ...completion }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          completions: { ...activity.completions, [pointId]: completion },
        })),
      sentence: ({ actualOn }, row) => [`Выполнено ${dayText(actualOn)}: ${row}`, `Completed on ${actualOn}: ${row}`],
    },
  },
  commands: {
    completeActivity: {
      givenBy: EXECUTORS,
      inStatus: ['APPROVED'],
      fitsActivity: ({ excluded, pointCount, evidence, completions }) =>
        !excluded &&
        Object.keys(completions).length < pointCount &&
        evidence !== 'ACCEPTED' &&
        !(evidence === 'RETURNED' && pointCount === 1),
      decide(plan, command, given) {
        return decideOnPoint(plan, command, (activity, point) => {
          const { actualOn, count, note } = command;
          const isDone = activity.completions[point.id] !== undefined || point.evidence === 'ACCEPTED';
          const isQuota = activity.timeframe.schedule.kind === 'quota';
          const data = { activityId: activity.id, pointId: point.id, actualOn, count, note, dueOn: point.dueOn };
          return (
            firstOf(
              notExcluded(activity),
              point.evidence === 'RETURNED' ? refuse('REPORT_RETURNED', 'pointId') : undefined,
              isDone ? refuse('ALREADY_COMPLETED', 'pointId') : undefined,
              validActualDate(plan, [point], actualOn, given),
              optionalText('note', note, MAX_LONG),
              isQuota && count === null ? refuse('COUNT_REQUIRED', 'count', { target: point.target }) : undefined,
              count !== null && !(Number.isInteger(count) && count >= point.target)
                ? refuse('COUNT_BELOW_TARGET', 'count', { target: point.target })
                : undefined,
            ) ?? accept({ type: 'ActivityCompleted', data })
          );
        });
      },
    },
  },
};
