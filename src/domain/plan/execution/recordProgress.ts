import { dayText, type LocalDate, localDay } from '../../dates.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { MAX_QUOTA } from '../../schedule.js';
import { MAX_LONG } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { fewEnough, firstOf, optionalText, validDate } from '../checks.js';
import { withActivity } from '../updates.js';
import { decideOnPoint, notExcluded, validActualDate } from './targets.js';

/** Maximum number of entries of progress of one activity. */
const MAX_PROGRESS = 1_000;

/** The command to record progress. At least one of `count`, `subItem`, `expectedOn` and `note` must be given. */
interface RecordProgress {
  readonly activityId: string;
  /** May be null if the activity has one point. */
  readonly pointId: string | null;
  readonly actualOn: LocalDate;
  readonly count: number | null;
  /** Place of the sub-item that is done, from 1. */
  readonly subItem: number | null;
  /** The day by which the executor expects to be done. */
  readonly expectedOn: LocalDate | null;
  readonly note: string | null;
}

interface ProgressRecorded extends RecordProgress {
  readonly progressId: string;
  readonly pointId: string;
}

/** Records a part of the work: one of a quota, a sub-item, or a note. It never closes a control point. */
export const recordProgress: PlanCapability<
  { ProgressRecorded: ProgressRecorded },
  { recordProgress: RecordProgress }
> = {
  events: {
    ProgressRecorded: {
      upcasters: [(data) => ({ ...data, expectedOn: null })],
      evolve: (plan, { activityId, progressId, ...progress }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          progress: [...activity.progress, { id: progressId, ...progress }],
        })),
      sentence({ actualOn, count, subItem }, row) {
        const much = count === null ? '' : ` (${count})`;
        const [ru, en] = subItem === null ? ['', ''] : [`, подпункт ${subItem}`, `, sub-item ${subItem}`];
        return [`Сделано ${dayText(actualOn)}${much}${ru}: ${row}`, `Progress on ${actualOn}${much}${en}: ${row}`];
      },
    },
  },
  commands: {
    recordProgress: {
      givenBy: EXECUTORS,
      inStatus: ['APPROVED'],
      fitsActivity: ({ excluded, pointCount, evidence }) => !excluded && pointCount > 0 && evidence !== 'ACCEPTED',
      decide(plan, command, given) {
        return decideOnPoint(plan, command, (activity, point) => {
          const { actualOn, count, subItem, expectedOn } = command;
          const note = command.note?.trim() || null;
          const isQuota = activity.timeframe.schedule.kind === 'quota';
          const progressId = `${activity.id}.p${activity.progress.length + 1}`;
          const part = { actualOn, count, subItem, expectedOn, note };
          return (
            firstOf(
              notExcluded(activity),
              point.evidence === 'ACCEPTED' ? refuse('ALREADY_ACCEPTED', 'pointId', { point: point.id }) : undefined,
              validActualDate(plan, [point], actualOn, given),
              optionalText('note', note, MAX_LONG),
              isQuota && count === null ? refuse('COUNT_REQUIRED', 'count', { target: point.target }) : undefined,
              count !== null && !(Number.isInteger(count) && count >= 1 && count <= MAX_QUOTA)
                ? refuse('OUT_OF_BOUNDS', 'count', { min: 1, max: MAX_QUOTA })
                : undefined,
              subItem !== null && activity.subItems[subItem - 1] === undefined
                ? refuse('SUB_ITEM_NOT_FOUND', 'subItem', { count: activity.subItems.length })
                : undefined,
              validDate('expectedOn', expectedOn),
              expectedOn !== null && expectedOn < localDay(given.now, plan.details.timeZone)
                ? refuse('EXPECTED_DATE_PAST', 'expectedOn', { date: expectedOn })
                : undefined,
              count === null && subItem === null && note === null && expectedOn === null
                ? refuse('REQUIRED', 'note')
                : undefined,
              fewEnough('progress', activity.progress, MAX_PROGRESS),
            ) ??
            accept({
              type: 'ProgressRecorded',
              data: { activityId: activity.id, progressId, pointId: point.id, ...part },
            })
          );
        });
      },
    },
  },
};
