import type { ExistingPlan } from '../../domain/plan.js';
import type { EventStore } from '../../engine/eventstore/port.js';
import { visibilityOf } from '../../projections/visibility.js';
import { isOwn } from '../accessScope.js';
import type { Context } from '../context.js';
import { unscoped } from './unscoped.js';

/** A plan that the caller may see, with a reader that reads only its stream. */
export interface SeenPlan {
  readonly plan: ExistingPlan;
  readonly events: Pick<EventStore, 'readStream'>;
}

/** Returns a plan folded from its events; undefined when it does not exist or the caller does not see it. */
export async function seenPlan(context: Context, planId: string): Promise<SeenPlan | undefined> {
  const { planOf, events } = unscoped(context);
  const plan = await planOf(planId);
  if (!plan || !isOwn(visibilityOf(plan), context.scope)) return undefined;
  await context.names.learn(plan);
  return { plan, events: historyOf(events, planId) };
}

/** Returns the plan of {@link seenPlan} without the reader. */
export async function visiblePlan(context: Context, planId: string): Promise<ExistingPlan | undefined> {
  return (await seenPlan(context, planId))?.plan;
}

/** Returns a reader that reads only the stream of one plan. */
export function historyOf(events: EventStore, planId: string): Pick<EventStore, 'readStream'> {
  return {
    readStream: async (stream, options) => (stream === `plan-${planId}` ? events.readStream(stream, options) : []),
  };
}
