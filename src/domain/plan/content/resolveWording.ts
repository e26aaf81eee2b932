import type { Irregularity } from '../../irregularities.js';
import { accept, type Refused, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { type Schedule, sameSchedule, type Timeframe } from '../../schedule.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, validSchedule } from '../checks.js';
import { changeableActivity, isChangeable } from '../rows.js';
import { withActivity } from '../updates.js';

/**
 * The reading that a person has chosen: the index of the proposed reading (0) or of an alternative (from 1), or a
 * schedule that the person entered.
 */
export type ChosenReading = number | Schedule;

interface ResolveWording {
  readonly activityId: string;
  readonly reading: ChosenReading;
}

/**
 * Records the meaning of a timeframe. Its wording does not change. In an approved plan only the proposed reading can be
 * confirmed; another reading requires an amendment.
 */
export const resolveWording: PlanCapability<
  { WordingResolved: { readonly activityId: string; readonly schedule: Schedule } },
  { resolveWording: ResolveWording }
> = {
  events: {
    WordingResolved: {
      evolve: (plan, { activityId, schedule }) =>
        withActivity(plan, activityId, (activity) => withMeaning(activity, schedule)),
      sentence: (_, row) => [`Уточнено, как понимать срок: ${row}`, `Settled what the term means: ${row}`],
    },
  },
  commands: {
    resolveWording: {
      givenBy: EXECUTORS,
      inStatus: ['DRAFT', 'APPROVED'],
      fitsActivity: (activity, status) =>
        isChangeable(activity) && (status === 'DRAFT' || !isCertain(activity.timeframe)),
      decide(plan, { activityId, reading }) {
        const activity = changeableActivity(plan, activityId);
        if ('kind' in activity) return activity;
        const { schedule: proposed, text } = activity.timeframe;
        const schedule = scheduleChosen(activity.timeframe, reading);
        if (schedule.kind === 'refused') return schedule;
        const isProposed = sameSchedule(schedule, proposed);
        return (
          firstOf(
            isProposed && isCertain(activity.timeframe) ? refuse('NOTHING_CHANGES') : undefined,
            plan.status === 'APPROVED' && !isProposed ? refuse('READING_IN_FORCE', 'reading', { text }) : undefined,
          ) ?? accept({ type: 'WordingResolved', data: { activityId, schedule } })
        );
      },
    },
  },
};

function isCertain({ confidence, flags }: Timeframe): boolean {
  return confidence === 'certain' && flags.length === 0;
}

/** Returns the schedule of a reading, or a refusal of the field `reading` or `schedule`. */
export function scheduleChosen(
  { schedule: proposed, alternatives, text }: Timeframe,
  reading: ChosenReading,
): Schedule | Refused {
  const schedule = typeof reading === 'number' ? [proposed, ...alternatives][reading] : reading;
  if (schedule === undefined) return refuse('READING_NOT_FOUND', 'reading', { max: alternatives.length });
  if (schedule.kind === 'unknown') return refuse('UNREAD_WORDING', 'schedule', { text });
  return validSchedule('schedule', schedule) ?? schedule;
}

/** Returns a row whose timeframe has the meaning that a person has chosen. Its wording does not change. */
export function withMeaning<
  Row extends { readonly timeframe: Timeframe; readonly irregularities: readonly Irregularity[] },
>(row: Row, schedule: Schedule): Row {
  return {
    ...row,
    timeframe: { ...row.timeframe, schedule, confidence: 'certain', alternatives: [], flags: [], rules: 'stated' },
    irregularities: row.irregularities.filter(({ field }) => field !== 'timeframe'),
  };
}
