import type { PersonSearch, Traces } from '../../application/persons/traces.js';
import type { Context } from '../context.js';
import { unscoped } from './unscoped.js';

// Records that no organisation restricts. Each function checks the permission itself, so that no field can omit it.

/** Returns the log of refused commands and readings. @throws GraphQLError FORBIDDEN */
export function refusalLog(context: Context) {
  context.demand('refusals');
  const { refusals } = unscoped(context);
  return { find: refusals.find.bind(refusals), count: refusals.count.bind(refusals) };
}

/** Returns the log of sign-ins and sign-outs. @throws GraphQLError FORBIDDEN */
export function sessionLogOf(context: Context) {
  context.demand('access');
  const { sessionLog } = unscoped(context);
  return { find: sessionLog.find.bind(sessionLog), count: sessionLog.count.bind(sessionLog) };
}

/** Records a refusal in the security log. The request continues if that fails. */
export function recordRefusal(context: Context, field: string, code: string, stream: string | null = null): void {
  const { refusals, clock, unnoted } = unscoped(context);
  const { id: actorId, role } = context.principal;
  void refusals.record({ at: clock(), actorId, role, field, code, stream }).catch(unnoted);
}

/** Returns the log of readings of names. @throws GraphQLError FORBIDDEN */
export function readingLog(context: Context) {
  context.demand('nameReadings');
  const { readings } = unscoped(context);
  return { find: readings.find.bind(readings), count: readings.count.bind(readings) };
}

/** Returns the queued deliveries of webhooks. @throws GraphQLError FORBIDDEN */
export function waitingDeliveries(context: Context) {
  context.demand('access');
  const { deliveries } = unscoped(context);
  return {
    find: deliveries.find.bind(deliveries),
    count: deliveries.count.bind(deliveries),
    get: deliveries.get.bind(deliveries),
  };
}

/** Returns the time of the last use of each access, by holder. @throws GraphQLError FORBIDDEN */
export async function lastUses(context: Context, holderIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  context.demand('access');
  return unscoped(context).uses.lastUses(holderIds);
}

/** Returns where the data of a person occurs. @throws GraphQLError FORBIDDEN */
export function personTraces(context: Context, sought: PersonSearch): Promise<Traces> {
  context.demand('persons');
  return unscoped(context).persons.tracesOf(sought);
}
