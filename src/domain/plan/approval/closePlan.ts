import { localDay } from '../../dates.js';
import type { ClosingOutcome, ExistingPlan } from '../../plan.js';
import { type ControlPoint, pointsOf } from '../../points.js';
import { accept, refuse } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import { MAX_LONG } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { fewEnough, firstOf, requiredText } from '../checks.js';

interface Outcomes {
  readonly outcomes: readonly ClosingOutcome[];
}

/** Maximum number of points that one command may name. */
const MAX_OUTCOMES = 20_000;

/**
 * Closes a plan whose period is over. Each open firm point needs an outcome with an explanation. Soft points may be
 * omitted.
 */
export const closePlan: PlanCapability<{ PlanClosed: Outcomes }, { closePlan: Outcomes }> = {
  events: {
    PlanClosed: {
      changesActivities: true,
      evolve: (plan, { outcomes }) => ({
        ...plan,
        status: 'CLOSED',
        outcomes: Object.fromEntries(outcomes.map((outcome) => [outcome.pointId, outcome])),
      }),
      sentence: () => ['План закрыт', 'Plan closed'],
    },
  },
  commands: {
    closePlan: {
      givenBy: APPROVERS,
      inStatus: ['APPROVED'],
      decide(plan, { outcomes }, given) {
        const { period, timeZone } = plan.details;
        if (period === null || localDay(given.now, timeZone) <= period.end) {
          return refuse('PERIOD_NOT_OVER', null, { end: period?.end ?? '' });
        }
        const open = [...plan.activities.values()]
          .flatMap((activity) => pointsOf(plan, activity))
          .filter(({ timing }) => timing.settled === null);
        const openIds = new Set(open.map(({ id }) => id));
        const named = new Set(outcomes.map(({ pointId }) => pointId));
        const missing = open.filter(({ id, firm }) => firm && !named.has(id));
        const stray = outcomes.findIndex(({ pointId }) => !openIds.has(pointId));
        return (
          firstOf(
            fewEnough('outcomes', outcomes, MAX_OUTCOMES),
            named.size < outcomes.length ? refuse('TOO_MANY', 'outcomes', { max: open.length }) : undefined,
            stray >= 0 ? refuse('POINT_NOT_OPEN', `outcomes.${stray}.pointId`) : undefined,
            missing.length > 0
              ? refuse('OPEN_POINTS', 'outcomes', {
                  ...openPointParams(plan, missing.slice(0, 50)),
                  count: missing.length,
                })
              : undefined,
            ...outcomes.map(({ explanation }, index) =>
              requiredText(`outcomes.${index}.explanation`, explanation, MAX_LONG),
            ),
          ) ?? accept({ type: 'PlanClosed', data: { outcomes } })
        );
      },
    },
  },
};

/** Returns the ids of points, and the numbers of their activities for people; the title of one without a number. */
function openPointParams(plan: ExistingPlan, points: readonly ControlPoint[]) {
  const rows = points.map(({ activityId }) => {
    const activity = plan.activities.get(activityId);
    return activity?.number ?? `«${activity?.title ?? activityId}»`;
  });
  return { points: points.map(({ id }) => id).join(', '), rows: [...new Set(rows)].join(', ') };
}
