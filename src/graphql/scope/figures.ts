import { type Scope as AccessScope, isWithin } from '../../access/principal.js';
import type { Circle } from '../../application/districtFacts.js';
import {
  type OrganisationFigures,
  organisationFigures,
  organisationsUnder,
} from '../../application/organisationFigures.js';
import { type AsOf, planAsOf } from '../../application/past.js';
import { type LocalDate, localDay } from '../../domain/dates.js';
import type { FiguresScope } from '../../domain/indicators/scope.js';
import type { FigureSums } from '../../domain/indicators/sums.js';
import { fromStore } from '../../domain/recorded.js';
import type { StoredEvent } from '../../engine/eventstore/port.js';
import { type MonitoringBody, monitoring, monitoringBody } from '../../projections/monitoring.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { historyOf } from './plans.js';
import { unscoped } from './unscoped.js';

/**
 * Returns an organisation and all organisations under it, within the caller's scope; with `isAlone` the organisation
 * only. Without an organisation returns the whole scope.
 */
export async function circleOf(context: Context, organisationId: string | null, isAlone: boolean): Promise<Circle> {
  const services = unscoped(context);
  if (organisationId === null) return restrictedCircle(context.scope, null);
  await context.fresh();
  if (!isWithin(context.scope, organisationId)) return new Set();
  if (isAlone) return new Set([organisationId]);
  return restrictedCircle(context.scope, new Set((await organisationsUnder(services, organisationId)).keys()));
}

/** Returns the figures rows of the plans in a circle that the caller sees. */
export async function figureContributions(context: Context, circle: Circle): Promise<readonly MonitoringBody[]> {
  await context.fresh();
  context.health.noteRead(monitoring);
  const all = await unscoped(context).facts.all();
  return [...all.values()].filter((body) => isCounted(context, circle, body));
}

/** Returns true when a plan is in the circle and in the caller's scope. In the scope `published`: only if in force. */
export function isCounted({ scope }: Context, circle: Circle, { organisationId, facts }: MonitoringBody): boolean {
  const seen = restrictedCircle(scope, circle);
  if (scope === 'published' && facts.standing !== 'IN_FORCE') return false;
  return seen === null || (organisationId !== null && seen.has(organisationId));
}

/** Returns the precomputed sums of a circle. There are none for callers who may see only published plans. */
export async function sumsOf(context: Context, circle: Circle): Promise<FigureSums> {
  demandWhole(context);
  return unscoped(context).facts.sumsOf(restrictedCircle(context.scope, circle));
}

/** Returns the precomputed sums of each organisation that the caller sees. */
export async function sumsByOrganisation(
  context: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FigureSums>> {
  demandWhole(context);
  return unscoped(context).facts.sumsByOrganisation(ids.filter((id) => isWithin(context.scope, id)));
}

/** Returns the figures rows of plans in a past state, without plans that the caller does not see. */
export async function pastContributions(
  context: Context,
  planIds: readonly string[],
  past: AsOf,
): Promise<readonly MonitoringBody[]> {
  const { events } = unscoped(context);
  const bodies = await Promise.all(
    planIds.map(async (planId) => {
      const plan = (await context.seesPlan(planId))
        ? await planAsOf(historyOf(events, planId), planId, past)
        : undefined;
      return plan ? [monitoringBody(planId, plan)] : [];
    }),
  );
  await context.names.learn(bodies);
  return bodies.flat();
}

/**
 * Returns the local day of a past state. The day of a position is public: /checkpoint shows how the log grows.
 *
 * @throws GraphQLError BAD_USER_INPUT for a revision that the plan does not have, or of a plan that the caller does not
 * see.
 */
export async function dayOfPast(context: Context, past: AsOf, planId: string | null): Promise<LocalDate | null> {
  const { events, timeZone } = unscoped(context);
  const dayIn = (stored: StoredEvent | undefined) => (stored ? localDay(fromStore(stored).recordedAt, timeZone) : null);
  switch (past.kind) {
    case 'at':
      return localDay(past.at, timeZone);
    case 'position':
      return dayIn(await events.eventAt(past.position));
    case 'revision': {
      const isSeen = planId !== null && (await context.seesPlan(planId));
      const [stored] = isSeen ? await events.readStream(`plan-${planId}`, { from: past.revision, limit: 1 }) : [];
      if (!stored) throw apiError('BAD_USER_INPUT', `The plan has no revision ${past.revision} yet.`);
      return dayIn(stored);
    }
    case 'effectiveOn':
    case 'knownOn':
      return past.day;
  }
}

/**
 * Returns the figures of a period for an organisation that the caller sees and all organisations under it.
 *
 * @throws GraphQLError NOT_FOUND; READ_MODEL_BEHIND when the read models do not reach the last event in time
 */
export async function reportFigures(
  context: Context,
  organisationId: string,
  period: FiguresScope,
): Promise<OrganisationFigures> {
  if (!isWithin(context.scope, organisationId)) throw apiError('NOT_FOUND', 'There is no such organisation.');
  const { events, ...sources } = unscoped(context);
  // A report that is issued stays as it is, so its figures include everything that was recorded before.
  context.freshness.atLeastNative(await events.head());
  await context.freshness.wait();
  return organisationFigures(sources, organisationId, period);
}

/**
 * Returns the organisations of a circle that are in the scope. The scope `published` does not restrict organisations.
 */
function restrictedCircle(scope: AccessScope, circle: Circle): Circle {
  if (scope === null || scope === 'published') return circle;
  return circle === null ? scope : new Set([...circle].filter((id) => scope.has(id)));
}

function demandWhole({ scope }: Context): void {
  if (scope === 'published') throw new Error('figures of published plans are not summed in advance');
}
