import { Field, ID, InputType } from 'type-graphql';
import type { Circle } from '../../application/districtFacts.js';
import type { AsOf } from '../../application/past.js';
import type { FactPlace, PlanFacts } from '../../domain/indicators/facts.js';
import type { FiguresScope } from '../../domain/indicators/scope.js';
import { FigureSums } from '../../domain/indicators/sums.js';
import { ownValue } from '../../domain/objects.js';
import { partyIdOfKey } from '../../projections/model.js';
import { type MonitoringBody, monitoring } from '../../projections/monitoring.js';
import { organisations } from '../../projections/organisations.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { namedPlans, PlansPart } from '../filterParts.js';
import { optionalUuid, parseId } from '../ids.js';
import { DateScalar } from '../scalars.js';
import { get } from '../scope/documents.js';
import {
  circleOf,
  dayOfPast,
  figureContributions,
  isCounted,
  pastContributions,
  sumsByOrganisation,
  sumsOf,
} from '../scope/figures.js';

@InputType({ description: 'Which plans are counted, and for which period.' })
export class MonitoringFilter extends PlansPart {
  @Field(() => ID, { nullable: true, description: 'Of this organisation and of those under it.' })
  override organisationId?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Only own plans of `organisationId`, without those of the organisations under it. Without `organisationId`: only plans of no organisation.',
  })
  ownPlansOnly?: boolean | null;
  @Field(() => ID, { nullable: true, description: 'Of this section.' })
  sectionId?: string | null;
  @Field(() => ID, { nullable: true, description: 'For which this party is accountable.' })
  accountableId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Due on this day or later.' })
  dueFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Due on this day or earlier.' })
  dueTo?: string | null;
}

/** Maximum number of plans whose past states are folded for one answer. */
export const MAX_PAST = 50;

/** The selected plans with the facts that match the filter, for a day and a period. */
export interface SelectedPlans {
  readonly scope: FiguresScope;
  readonly bodies: readonly MonitoringBody[];
  /** The organisations of the filter, within the scope of the caller. */
  readonly circle: Circle;
  /** True when the filter contains no plan, section or party: it selects by organisation, or everything. */
  readonly isOfOrganisations: boolean;
  readonly factsOf: (body: MonitoringBody) => PlanFacts;
  /** Returns the key of the party into which the organisation of the plan has merged a printed one. */
  readonly meant: (body: MonitoringBody, key: string) => string;
  /** Returns the sums over all selected plans. */
  readonly sums: () => Promise<FigureSums>;
  /** Returns the sums by organisation; key null for plans without one. */
  readonly sumsByOrganisation: () => Promise<ReadonlyMap<string | null, FigureSums>>;
}

/** Returns the selection of a filter, at present or in a past state. */
export async function selected(
  context: Context,
  filter: MonitoringFilter | null | undefined,
  on: string | null | undefined,
  past: AsOf | null,
): Promise<SelectedPlans> {
  if (filter?.dueFrom && filter.dueTo && filter.dueFrom > filter.dueTo) {
    throw apiError('BAD_USER_INPUT', `dueFrom ${filter.dueFrom} is after dueTo ${filter.dueTo}: exchange them.`);
  }
  const named = namedPlans(filter ?? {});
  const planId = optionalUuid(filter?.planId, 'plan');
  const dayThen = past && (await dayOfPast(context, past, planId));
  const scope: FiguresScope = {
    on: context.day(on ?? dayThen),
    from: filter?.dueFrom ?? null,
    to: filter?.dueTo ?? null,
  };
  const organisationId = optionalUuid(filter?.organisationId, 'organisation');
  const isAlone = filter?.ownPlansOnly === true;
  const circle = await circleOf(context, organisationId, isAlone);
  const isOfNoOrganisation = isAlone && organisationId === null;
  const seen = await presentBodies(context, named, filter?.sectionId, circle);
  const present = isOfNoOrganisation ? seen.filter((body) => body.organisationId === null) : seen;
  const bodies = past === null ? present : await pastBodies(context, present, past);
  const meant = await meantParties(context, bodies);
  const isOfOrganisations = named === null && !filter?.sectionId && !filter?.accountableId && !isOfNoOrganisation;
  const isWhole = past === null && context.scope !== 'published' && isOfOrganisations;
  const factsIn = factsFilter(filter, meant);
  const summed = async (some: readonly MonitoringBody[]) => {
    const sums = new FigureSums();
    for (const body of some) {
      await context.turn();
      sums.add(factsIn(body));
    }
    return sums;
  };
  let whole: Promise<FigureSums> | undefined;
  return {
    scope,
    bodies,
    circle,
    isOfOrganisations,
    factsOf: factsIn,
    meant,
    sums: () => {
      whole ??= isWhole ? sumsOf(context, circle) : summed(bodies);
      return whole;
    },
    sumsByOrganisation: async () => {
      const groups = new Map<string | null, MonitoringBody[]>();
      for (const body of bodies) {
        const group = groups.get(body.organisationId);
        if (group) group.push(body);
        else groups.set(body.organisationId, [body]);
      }
      const ids = isWhole ? [...groups.keys()].filter((id) => id !== null) : [];
      const known = isWhole ? await sumsByOrganisation(context, ids) : new Map<string, FigureSums>();
      const found = new Map<string | null, FigureSums>();
      for (const [id, own] of groups) found.set(id, known.get(id ?? '') ?? (await summed(own)));
      return found;
    },
  };
}

async function presentBodies(
  context: Context,
  named: readonly string[] | null,
  sectionId: string | null | undefined,
  circle: Circle,
): Promise<readonly MonitoringBody[]> {
  // A section belongs to one plan, so with another plan in the filter nothing matches.
  const ofSection = optionalUuid(sectionId, 'section');
  const plans = ofSection === null ? named : (named ?? [ofSection]).filter((plan) => plan === ofSection);
  if (plans === null) return figureContributions(context, circle);
  const bodies = await get(context, monitoring, [...new Set(plans)]);
  return bodies.flatMap((body) => (body && isCounted(context, circle, body) ? [body] : []));
}

async function pastBodies(
  context: Context,
  present: readonly MonitoringBody[],
  past: AsOf,
): Promise<readonly MonitoringBody[]> {
  if (present.length > MAX_PAST) {
    throw apiError(
      'BAD_USER_INPUT',
      `${present.length} plans: the past of at most ${MAX_PAST} is told at once. Name a plan or an organisation; for more plans read the period reports of their organisations.`,
    );
  }
  const planIds = present.map(({ planId }) => planId);
  return pastContributions(context, planIds, past);
}

/**
 * Returns the filter that selects the facts within a plan. With a section, the plan is that of the section: see
 * `presentBodies`.
 */
function factsFilter(
  filter: MonitoringFilter | null | undefined,
  meant: SelectedPlans['meant'],
): (body: MonitoringBody) => PlanFacts {
  const section = filter?.sectionId ? parseId(filter.sectionId, 'section').local : null;
  const party = optionalUuid(filter?.accountableId, 'party');
  if (section === null && party === null) return ({ facts }) => facts;
  return (body) =>
    factsWhere(
      body.facts,
      ({ sectionId, accountable }) =>
        (section === null || sectionId === section) &&
        // The id of a merged wording matches that wording only; the id of the party matches all its wordings.
        (party === null || partyIdOfKey(meant(body, accountable)) === party || partyIdOfKey(accountable) === party),
    );
}

/** Returns the facts of a plan that belong to the selected places. */
export function factsWhere(
  { points, activities, reports, moves, requests, ...rest }: PlanFacts,
  fits: (place: FactPlace) => boolean,
): PlanFacts {
  return {
    ...rest,
    points: points.filter(fits),
    activities: activities.filter(fits),
    reports: reports.filter(fits),
    moves: moves.filter(fits),
    requests: requests.filter(fits),
  };
}

async function meantParties(context: Context, bodies: readonly MonitoringBody[]): Promise<SelectedPlans['meant']> {
  const ids = [...new Set(bodies.flatMap(({ organisationId }) => organisationId ?? []))];
  const found = await get(context, organisations, ids);
  const merged = new Map(ids.map((id, index) => [id, found[index]?.merged ?? {}]));
  return ({ organisationId }, key) => ownValue(merged.get(organisationId ?? '') ?? {}, key) ?? key;
}
