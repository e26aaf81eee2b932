import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { type Schedule, sameSchedule } from '../../schedule.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, validSchedule } from '../checks.js';
import { changeableActivity } from '../rows.js';
import { withActivity } from '../updates.js';

interface ResolveWording {
  readonly activityId: string;
  /**
   * Index of a reading: the proposed one (0) or an alternative (from 1). Otherwise a schedule that the person states.
   */
  readonly reading: number | Schedule;
}

/**
 * Settles the meaning of a timeframe; its wording stays. In an approved plan only the proposed reading can be
 * confirmed, because another one would require an amendment.
 */
export const resolveWording: PlanCapability<
  { WordingResolved: { readonly activityId: string; readonly schedule: Schedule } },
  { resolveWording: ResolveWording }
> = {
  events: {
    WordingResolved: {
      evolve: (plan, { activityId, schedule }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          timeframe: {
            ...activity.timeframe,
            schedule,
            confidence: 'certain',
            alternatives: [],
            flags: [],
            rules: 'stated',
          },
          irregularities: activity.irregularities.filter(({ field }) => field !== 'timeframe'),
        })),
      sentence: (_, row) => [`Уточнено, как понимать срок: ${row}`, `Settled what the term means: ${row}`],
    },
  },
  commands: {
    resolveWording: {
      givenBy: EXECUTORS,
      inStatus: ['DRAFT', 'APPROVED'],
      decide(plan, { activityId, reading }) {
        const activity = changeableActivity(plan, activityId);
        if ('kind' in activity) return activity;
        const { schedule: proposed, confidence, alternatives, flags, text } = activity.timeframe;
        const schedule = typeof reading === 'number' ? [proposed, ...alternatives][reading] : reading;
        if (schedule === undefined) return refuse('READING_NOT_FOUND', 'reading', { max: alternatives.length });
        const isProposed = sameSchedule(schedule, proposed);
        return (
          firstOf(
            schedule.kind === 'unknown' ? refuse('UNREAD_WORDING', 'schedule', { text }) : undefined,
            validSchedule('schedule', schedule),
            isProposed && confidence === 'certain' && flags.length === 0 ? refuse('NOTHING_CHANGES') : undefined,
            plan.status === 'APPROVED' && !isProposed ? refuse('READING_IN_FORCE', 'reading', { text }) : undefined,
          ) ?? accept({ type: 'WordingResolved', data: { activityId, schedule } })
        );
      },
    },
  },
};
