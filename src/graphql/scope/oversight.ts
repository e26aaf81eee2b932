import type { Sought, Traces } from '../../application/persons/traces.js';
import type { ScopedRequest } from './request.js';
import { unscoped } from './unscoped.js';

// Records over all organisations. Each function demands the reading that opens them, so that no field can forget its guard.

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

/** Returns what waits to be sent to webhooks. @throws GraphQLError FORBIDDEN */
export function waitingDeliveries(context: ScopedRequest) {
  context.demand('access');
  const { deliveries } = unscoped(context);
  return { first: deliveries.first.bind(deliveries), count: deliveries.count.bind(deliveries) };
}

/** Returns when access was last used, by holder. @throws GraphQLError FORBIDDEN */
export async function lastUses(
  context: ScopedRequest,
  holderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  context.demand('access');
  return unscoped(context).uses.lastUses(holderIds);
}

/** Returns what is known of a person. @throws GraphQLError FORBIDDEN */
export function personTraces(context: ScopedRequest, sought: Sought): Promise<Traces> {
  context.demand('persons');
  return unscoped(context).persons.tracesOf(sought);
}
