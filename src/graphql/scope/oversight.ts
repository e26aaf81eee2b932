import type { Sought, Traces } from '../../application/persons/traces.js';
import type { ScopedRequest } from './request.js';
import { unscoped } from './unscoped.js';

// Records that no organisation restricts. Each function checks the permission itself, so that no field can omit it.

/** Returns the log of refused commands and readings. @throws GraphQLError FORBIDDEN */
export function refusalLog(context: ScopedRequest) {
  context.demand('refusals');
  const { refusals } = unscoped(context);
  return { find: refusals.find.bind(refusals), count: refusals.count.bind(refusals) };
}

/** Returns the log of who read which names. @throws GraphQLError FORBIDDEN */
export function readingLog(context: ScopedRequest) {
  context.demand('nameReadings');
  const { readings } = unscoped(context);
  return { find: readings.find.bind(readings), count: readings.count.bind(readings) };
}

/** Returns the queued deliveries of webhooks. @throws GraphQLError FORBIDDEN */
export function waitingDeliveries(context: ScopedRequest) {
  context.demand('access');
  const { deliveries } = unscoped(context);
  return {
    find: deliveries.find.bind(deliveries),
    count: deliveries.count.bind(deliveries),
    get: deliveries.get.bind(deliveries),
  };
}

/** Returns the time of the last use of each access, by holder. @throws GraphQLError FORBIDDEN */
export async function lastUses(
  context: ScopedRequest,
  holderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  context.demand('access');
  return unscoped(context).uses.lastUses(holderIds);
}

/** Returns where the data of a person occurs. @throws GraphQLError FORBIDDEN */
export function personTraces(context: ScopedRequest, sought: Sought): Promise<Traces> {
  context.demand('persons');
  return unscoped(context).persons.tracesOf(sought);
}
