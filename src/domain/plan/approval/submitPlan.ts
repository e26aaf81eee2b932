import type { StoredData } from '../../../engine/eventstore/eventTypes.js';
import type { RouteStep } from '../../approval.js';
import type { ExistingPlan } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { type Check, firstOf, optionalLine, requiredLine } from '../checks.js';

/** Maximum number of steps of a route. */
const MAX_ROUTE_STEPS = 20;

/** Submits a plan to its route of agreement. */
export const submitPlan: PlanCapability<
  { PlanSubmitted: { readonly route: readonly RouteStep[] } },
  { submitPlan: { readonly route: readonly RouteStep[] } }
> = {
  events: {
    PlanSubmitted: {
      // In version 1 each step was a separate stage, and no step was a council.
      upcasters: [(data) => ({ ...data, route: routeOfVersion1(data) })],
      evolve: (plan, { route }) => ({ ...plan, status: 'ON_AGREEMENT', route, agreedSteps: [], remarks: null }),
      sentence: () => ['План направлен на согласование', 'Plan submitted'],
    },
  },
  commands: {
    submitPlan: {
      givenBy: KEEPERS,
      inStatus: ['DRAFT'],
      decide(plan, { route }) {
        const unread = [...plan.activities.values()].find(({ timeframe }) => timeframe.confidence === 'unknown');
        return (
          firstOf(
            submittable(plan),
            unread &&
              refuse('UNREAD_WORDING', 'activities', {
                text: unread.timeframe.text,
                number: unread.number ?? unread.id,
              }),
            route.length > MAX_ROUTE_STEPS ? refuse('ROUTE_TOO_LONG', 'route', { max: MAX_ROUTE_STEPS }) : undefined,
            ...route.flatMap((step, index) => [
              requiredLine(`route.${index}.post`, step.post),
              optionalLine(`route.${index}.organisation`, step.organisation),
              isNextStage(step.stage, route[index - 1]?.stage ?? 0)
                ? undefined
                : refuse('STAGES_OUT_OF_ORDER', `route.${index}.stage`),
            ]),
          ) ?? accept({ type: 'PlanSubmitted', data: { route } })
        );
      },
    },
  },
};

/** Refuses a plan that cannot be agreed to: it has no period, or no activities. */
export function submittable(plan: ExistingPlan): Check {
  if (plan.details.period === null) return refuse('PERIOD_REQUIRED', 'period');
  return plan.activities.size === 0 ? refuse('NOTHING_PLANNED') : undefined;
}

/** Returns true when `stage` equals `before` or is greater by one: stages count from 1 without gaps. */
function isNextStage(stage: number, before: number): boolean {
  return stage === before + 1 || (stage === before && before > 0);
}

function routeOfVersion1({ route }: StoredData): unknown {
  return Array.isArray(route)
    ? route.map((step: object, index) => ({ ...step, stage: index + 1, isCouncil: false }))
    : route;
}
