import { type AsOf, eventsAsOf, momentOfPast, type PastEvent } from '../../application/past.js';
import { visible } from '../../domain/plan.js';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { CollectionSpec } from '../../engine/readstore/port.js';
import { fillWithPast } from '../../projections/past.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { historyOf } from './plans.js';
import { unscoped } from './unscoped.js';

/**
 * Number of rows for which an event counts: the rows that it leaves in the read models of the past state, and its fold.
 */
const ROWS_PER_EVENT = 2;
/** Number of events that are folded before the request waits until it may use more memory. */
const EVENTS_PER_STEP = 10;

/**
 * Returns a context over read models of one plan in a past state; undefined if the plan did not exist or the caller may
 * not see it. All rows in that context belong to the plan, so they are not restricted further.
 *
 * @throws GraphQLError BAD_USER_INPUT for a revision that the plan has not reached, or a day in the future.
 */
export async function openPast(context: Context, planId: string, asOf: AsOf): Promise<Context | undefined> {
  if (!(await context.seesPlan(planId))) return undefined;
  const services = unscoped(context);
  const past: PastEvent[] = [];
  for await (const each of eventsAsOf(historyOf(services.events, planId), planId, asOf)) {
    past.push(each);
    context.holdRows(ROWS_PER_EVENT);
    if (past.length % EVENTS_PER_STEP === 0) await context.fresh();
  }
  const last = past.at(-1);
  if (!last || !visible(last.plan)) return undefined;
  if (asOf.kind === 'revision' && last.recorded.revision < asOf.revision) {
    throw apiError('BAD_USER_INPUT', `The plan has revisions 0 to ${last.recorded.revision}.`);
  }
  if (asOf.kind === 'knownOn' && asOf.day > context.day(null, last.plan.details.timeZone)) {
    throw apiError('BAD_USER_INPUT', `${asOf.day} is still to come: leave asOf out for the present.`);
  }
  const store = await services.openScratch();
  await context.pasts.atEnd(() => store.close());
  await fillWithPast(
    store,
    past.map(({ stored }) => stored),
  );
  const moment = momentOfPast(asOf, last);
  const planOf = async (id: string) => (id === planId ? services.planOf(id) : undefined);
  return context.overPast({ ...services, planOf, store, runner: AT_REST, clock: () => moment }, pastKeyOf(asOf, last));
}

/** Returns the part of global ids that names a past state; `pastFromKey` reads it. */
function pastKeyOf(asOf: AsOf, { recorded }: PastEvent): string {
  switch (asOf.kind) {
    case 'at':
      return asOf.at;
    case 'effectiveOn':
      return asOf.day;
    case 'knownOn':
      return `${asOf.day}T24:00`;
    case 'revision':
    case 'position':
      return String(recorded.revision);
  }
}

/** A runner of complete read models that never change. */
const AT_REST = {
  position: '' satisfies NativePosition,
  live: (spec: CollectionSpec) => spec,
  waitFor: async () => true,
  waitPast: async () => false,
  quarantine: { version: 0, staleSince: () => null, staleness: () => [] },
};
