import { accept, refuse } from '../../refusal.js';
import { rereadings } from '../../rereading.js';
import { KEEPERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import type { PlanEvent } from '../catalogue.js';

interface ReadTimeframesAgain {
  /** Only these activities; null: all. */
  readonly activityIds: readonly string[] | null;
}

/**
 * Reads the timeframes of a draft again, with the present rules, school terms and confirmed wordings of the
 * organisation, and stores the readings that differ.
 */
export const readTimeframesAgain: PlanCapability<
  Readonly<Record<never, never>>,
  { readTimeframesAgain: ReadTimeframesAgain }
> = {
  events: {},
  commands: {
    readTimeframesAgain: {
      givenBy: KEEPERS,
      usesOwnReadings: true,
      inStatus: ['DRAFT'],
      decide(plan, { activityIds }, { organisation }) {
        if (activityIds?.some((id) => !plan.activities.has(id))) return refuse('ACTIVITY_NOT_FOUND', 'activityIds');
        const found = rereadings(plan, organisation)
          .filter(({ activityId }) => activityIds === null || activityIds.includes(activityId))
          .map(
            ({ activityId, now }): PlanEvent => ({
              type: 'ActivityRescheduled',
              data: { activityId, timeframe: now, requestId: null },
            }),
          );
        return found.length === 0 ? refuse('NOTHING_CHANGES') : accept(...found);
      },
    },
  },
};
