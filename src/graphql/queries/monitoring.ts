import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { organisationsUnder, plansUnder } from '../../application/organisationFigures.js';
import { planAsKnownOn } from '../../application/past.js';
import type { IndicatorCode } from '../../domain/indicators/codes.js';
import type { Place, PlanFacts, PointFact } from '../../domain/indicators/facts.js';
import { type Counted, eachCounted, Tally, tallied } from '../../domain/indicators/figures.js';
import type { Scope } from '../../domain/indicators/scope.js';
import { type Evidence, type Timing, timingOn } from '../../domain/timing.js';
import { partyIdOfKey } from '../../projections/model.js';
import { type MonitoringBody, monitoring, monitoringBody } from '../../projections/monitoring.js';
import { organisations } from '../../projections/organisations.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId, parseId } from '../ids.js';
import { connectionOf, type NamedOrder, pageOfList } from '../paging.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import { Activity, activityType, ControlPointType, pointType, ReportType, reportType } from '../types/activity.js';
import { EvidenceEnum, GroupByEnum, IndicatorEnum, TimingEnum } from '../types/enums.js';
import { FiguresType, figuresType } from '../types/figures.js';
import { FRESH, RootPageArguments } from './args.js';

@InputType({ description: 'Which plans are counted, and for which period.' })
class MonitoringFilter {
  @Field(() => ID, { nullable: true, description: 'Of this plan; left out: of all.' })
  planId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of this organisation and of those under it.' })
  organisationId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of this section.' })
  sectionId?: string | null;
  @Field(() => ID, { nullable: true, description: 'For which this party is accountable.' })
  accountableId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Due on this day or later.' })
  dueFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Due on this day or earlier.' })
  dueTo?: string | null;
}

@ObjectType({ description: 'How many points have a timing.' })
class TimingCount {
  @Field(() => TimingEnum, { description: 'The timing.' })
  timing!: string;
  @Field(() => Int, { description: 'How many points have it.' })
  count!: number;
}

@ObjectType({ description: 'How many points have an evidence.' })
class EvidenceCount {
  @Field(() => EvidenceEnum, { description: 'The evidence.' })
  evidence!: string;
  @Field(() => Int, { description: 'How many points have it.' })
  count!: number;
}

@ObjectType({ description: 'Figures of one group of control points.' })
class MonitoringGroup extends FiguresType {
  @Field(() => String, { description: 'What the group is of: an id, or a month YYYY-MM; empty for all or for none.' })
  key!: string;
  @Field(() => String, { description: 'Its name for people.' })
  label!: string;
  @Field(() => Int, { description: 'All points.' })
  total!: number;
  @Field(() => Int, { description: 'Firm points, which can be overdue.' })
  firm!: number;
  @Field(() => Int, { description: 'Open points past their due day, soft ones too.' })
  pastDue!: number;
  @Field(() => [TimingCount], { description: 'By timing; left out where zero.' })
  byTiming!: TimingCount[];
  @Field(() => [EvidenceCount], { description: 'By evidence; left out where zero.' })
  byEvidence!: EvidenceCount[];
}

@ObjectType('Monitoring', { description: 'Figures of control points on a day.' })
class MonitoringType {
  @Field(() => DateScalar, { description: 'The day.' })
  on!: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'What was recorded after this day is left out; null: nothing.',
  })
  asKnownOn!: string | null;
  @Field(() => Int, { description: 'How many plans are counted.' })
  plans!: number;
  @Field(() => MonitoringGroup, { description: 'All together.' })
  total!: MonitoringGroup;
  @Field(() => [MonitoringGroup], { description: 'Group by group.' })
  groups!: MonitoringGroup[];
}

@ObjectType({ description: 'One thing that an indicator counts.' })
class CountedItem {
  @Field(() => Float, { description: 'Its part of the numerator.' })
  numerator!: number;
  @Field(() => Float, { description: 'Its part of the denominator.' })
  denominator!: number;
  @Field(() => ID, { description: 'Id of the activity; its history tells who did what.' })
  activityId!: string;
  activityKey!: string;
  pointKey!: string | null;
  reportId!: string | null;
  on!: string | null;
}

const CountedConnection = connectionOf(() => CountedItem, 'CountedItem');
const AS_COUNTED: NamedOrder = { name: 'COUNTED', terms: [] };

/** Most plans whose past is folded for one answer, and most that one answer of monitoring sums. */
const MAX_PAST = 50;
const MAX_PLANS = 20_000;
/** After so many plans others get their turn. */
const TURN = 200;

const AS_KNOWN = {
  nullable: true,
  description: `Leave out what was recorded after this day; for at most ${MAX_PAST} plans.`,
} as const;

@Resolver()
export class MonitoringQueries {
  @Query(() => MonitoringType, { description: 'Figures by timing, evidence and every indicator on a day.' })
  async monitoring(
    @Ctx() context: Context,
    @Arg('filter', () => MonitoringFilter, { nullable: true, description: 'Left out: all.' })
    filter?: MonitoringFilter | null,
    @Arg('groupBy', () => GroupByEnum, {
      nullable: true,
      defaultValue: 'PLAN',
      description: 'By what groups are made.',
    })
    groupBy?: string | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Default today.' }) on?: string | null,
    @Arg('asKnownOn', () => DateScalar, AS_KNOWN) asKnownOn?: string | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<MonitoringType> {
    context.demand('monitoring');
    await context.atLeast(atLeast);
    const scope = scopeOf(context, filter, on);
    const bodies = await counted(context, filter, asKnownOn ?? null);
    const total = new Group({ key: '', label: '' }, scope);
    const groups = new Map<string, Group>();
    const label = await groupLabels(context, groupBy ?? 'PLAN', bodies);
    const meant = await meantParties(context, bodies);
    for (const [index, body] of bodies.entries()) {
      if (index % TURN === TURN - 1) await nextTurn();
      const groupOf = (fact: Counted['fact']): Group | undefined => {
        const key = groupKey(body, fact, groupBy ?? 'PLAN', meant);
        if (key === undefined) return undefined;
        let group = groups.get(key);
        if (!group) {
          group = new Group(label(body, fact, key), scope);
          groups.set(key, group);
        }
        return group;
      };
      count(ofFilter(body, filter, meant), scope, total, groupOf);
    }
    return {
      on: scope.on,
      asKnownOn: asKnownOn ?? null,
      plans: bodies.length,
      total: total.result(),
      groups: [...groups.values()].map((group) => group.result()),
    };
  }

  @Query(() => CountedConnection, { description: 'What stands behind an indicator: every thing that it counts.' })
  async indicatorItems(
    @Ctx() context: Context,
    @Arg('indicator', () => IndicatorEnum, { description: 'Which indicator.' }) indicator: IndicatorCode,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => MonitoringFilter, { nullable: true, description: 'As in `monitoring`.' })
    filter?: MonitoringFilter | null,
    @Arg('hits', () => Boolean, {
      nullable: true,
      description: 'True: what is in the numerator; false: what is only in the denominator; left out: both.',
    })
    hits?: boolean | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Default today.' }) on?: string | null,
    @Arg('asKnownOn', () => DateScalar, AS_KNOWN) asKnownOn?: string | null,
  ) {
    context.demand('monitoring');
    await context.atLeast(atLeast);
    const scope = scopeOf(context, filter, on);
    const found: { readonly planId: string; readonly item: Counted }[] = [];
    const bodies = await counted(context, filter, asKnownOn ?? null);
    const meant = await meantParties(context, bodies);
    for (const body of bodies) {
      eachCounted(indicator, ofFilter(body, filter, meant), scope, (fact, numerator, denominator) => {
        if (hits == null || hits === numerator > 0) {
          found.push({ planId: body.planId, item: { fact, numerator, denominator } });
        }
      });
    }
    const { edges, ...rest } = pageOfList(found, AS_COUNTED, page);
    return {
      ...rest,
      edges: edges.map(({ node: { planId, item }, cursor }) => ({ node: itemType(planId, item, on), cursor })),
    };
  }
}

function scopeOf(context: Context, filter: MonitoringFilter | null | undefined, on: string | null | undefined): Scope {
  return { on: context.day(on), from: filter?.dueFrom ?? null, to: filter?.dueTo ?? null };
}

/** The contributions asked for, by plan id; those of the past are folded from the chronicle. */
async function counted(
  context: Context,
  filter: MonitoringFilter | null | undefined,
  asKnownOn: string | null,
): Promise<readonly MonitoringBody[]> {
  const present = await standing(context, filter);
  if (asKnownOn === null) return present;
  if (present.length > MAX_PAST) {
    throw apiError(
      'BAD_USER_INPUT',
      `${present.length} plans: the past of at most ${MAX_PAST} is told at once. Name a plan or an organisation.`,
    );
  }
  const past = await Promise.all(
    present.map(async ({ planId }) => {
      const plan = await planAsKnownOn(context.services.events, planId, asKnownOn);
      return plan ? [monitoringBody(planId, plan)] : [];
    }),
  );
  const bodies = past.flat();
  await context.services.vault.learn(bodies);
  return bodies;
}

async function standing(
  context: Context,
  filter: MonitoringFilter | null | undefined,
): Promise<readonly MonitoringBody[]> {
  const planId = planOf(filter);
  if (planId !== null) {
    const [body] = await context.get(monitoring, [planId]);
    return body ? [body] : [];
  }
  await context.fresh();
  context.looksAt(monitoring);
  const { services } = context;
  const organisationId = filter?.organisationId ? parseId(filter.organisationId, 'organisation').uuid : null;
  const bodies =
    organisationId === null
      ? [...(await services.facts.all()).values()].sort((a, b) => (a.planId < b.planId ? -1 : 1))
      : await plansUnder(services, await organisationsUnder(services, organisationId));
  if (bodies.length > MAX_PLANS) {
    throw apiError('BAD_USER_INPUT', `More than ${MAX_PLANS} plans: name an organisation in the filter.`);
  }
  return bodies;
}

function planOf(filter: MonitoringFilter | null | undefined): string | null {
  const section = filter?.sectionId ? parseId(filter.sectionId, 'section').uuid : null;
  return filter?.planId ? parseId(filter.planId, 'plan').uuid : section;
}

/** The facts of a plan that the filter is about. */
function ofFilter(body: MonitoringBody, filter: MonitoringFilter | null | undefined, meant: Meant): PlanFacts {
  const section = filter?.sectionId ? parseId(filter.sectionId, 'section').local : null;
  const party = filter?.accountableId ? parseId(filter.accountableId, 'party').uuid : null;
  if (section === null && party === null) return body.facts;
  const fits = ({ sectionId, accountable }: Place) =>
    (section === null || sectionId === section) && (party === null || partyIdOfKey(meant(body, accountable)) === party);
  const { points, activities, reports, moves, requests, ...rest } = body.facts;
  return {
    ...rest,
    points: points.filter(fits),
    activities: activities.filter(fits),
    reports: reports.filter(fits),
    moves: moves.filter(fits),
    requests: requests.filter(fits),
  };
}

/** What things of one group have in common; undefined: this one belongs to no group. */
function groupKey(body: MonitoringBody, fact: Counted['fact'], groupBy: string, meant: Meant): string | undefined {
  const { planId, organisationId } = body;
  switch (groupBy) {
    case 'SECTION':
      return `${planId}.${fact.sectionId}`;
    case 'ACCOUNTABLE':
      return meant(body, fact.accountable);
    case 'MONTH':
      return monthOf(fact);
    case 'ORGANISATION':
      return organisationId ?? '';
    default:
      return planId;
  }
}

function monthOf(fact: Counted['fact']): string | undefined {
  if ('pointId' in fact) return fact.due?.slice(0, 7) ?? '';
  if ('reportId' in fact) return fact.submittedOn.slice(0, 7);
  // An activity as a whole has no month.
  return 'on' in fact ? fact.on.slice(0, 7) : undefined;
}

/** The key of the party that a printed one means, as the organisation that keeps the plan has it. */
type Meant = (body: MonitoringBody, key: string) => string;

async function meantParties(context: Context, bodies: readonly MonitoringBody[]): Promise<Meant> {
  const ids = [...new Set(bodies.flatMap(({ organisationId }) => organisationId ?? []))];
  const found = await context.get(organisations, ids);
  const merged = new Map(ids.map((id, index) => [id, found[index]?.merged ?? {}]));
  return ({ organisationId }, key) => merged.get(organisationId ?? '')?.[key] ?? key;
}

interface Named {
  readonly key: string;
  readonly label: string;
}

/** Keys and names of groups as they are told. */
async function groupLabels(
  context: Context,
  groupBy: string,
  bodies: readonly MonitoringBody[],
): Promise<(body: MonitoringBody, fact: Counted['fact'], key: string) => Named> {
  switch (groupBy) {
    case 'SECTION':
      return ({ planId, sections }, { sectionId }) => ({
        key: globalId('section', planId, sectionId),
        label: sections[sectionId] ?? '',
      });
    case 'ACCOUNTABLE':
      return ({ accountables }, { accountable }, key) => {
        // The wording that stands for the party, where the plan has it; else the one it has.
        const party = accountables[key] ?? accountables[accountable];
        return { key: globalId('party', partyIdOfKey(key)), label: party ? context.print(party.name) : key };
      };
    case 'MONTH':
      return (_body, _fact, key) => ({ key, label: key });
    case 'ORGANISATION': {
      const ids = [...new Set(bodies.flatMap(({ organisationId }) => organisationId ?? []))];
      const found = await context.get(organisations, ids);
      const names = new Map(ids.map((id, index) => [id, found[index]?.name ?? '']));
      return (_body, _fact, key) => ({
        key: key === '' ? '' : globalId('organisation', key),
        label: names.get(key) ?? '',
      });
    }
    default:
      return ({ planId, title }) => ({ key: globalId('plan', planId), label: title });
  }
}

function count(
  facts: PlanFacts,
  scope: Scope,
  total: Group,
  groupOf: (fact: Counted['fact']) => Group | undefined,
): void {
  for (const point of facts.points) {
    if (!isDue(point, scope)) continue;
    total.count(point);
    groupOf(point)?.count(point);
  }
  tallied(facts, scope, (fact) => {
    const group = groupOf(fact);
    return group ? [total.tally, group.tally] : [total.tally];
  });
}

function isDue({ due }: PointFact, { from, to }: Scope): boolean {
  return (from === null || (due !== null && due >= from)) && (to === null || (due !== null && due <= to));
}

/** The figures of a group while its points are counted, once each. */
class Group {
  readonly tally = new Tally();
  #total = 0;
  #firm = 0;
  #pastDue = 0;
  readonly #timings = new Map<Timing, number>();
  readonly #evidences = new Map<Evidence, number>();

  constructor(
    private readonly named: Named,
    private readonly scope: Scope,
  ) {}

  count({ timing, evidence, firm, due }: PointFact): void {
    const { on } = this.scope;
    const at = timingOn(timing, on);
    this.#total += 1;
    if (firm) this.#firm += 1;
    if (timing.settled === null && due !== null && due < on) this.#pastDue += 1;
    this.#timings.set(at, (this.#timings.get(at) ?? 0) + 1);
    this.#evidences.set(evidence, (this.#evidences.get(evidence) ?? 0) + 1);
  }

  result(): MonitoringGroup {
    return {
      ...this.named,
      ...figuresType(this.tally.result()),
      total: this.#total,
      firm: this.#firm,
      pastDue: this.#pastDue,
      byTiming: [...this.#timings].map(([timing, count]) => ({ timing, count })),
      byEvidence: [...this.#evidences].map(([evidence, count]) => ({ evidence, count })),
    };
  }
}

function itemType(
  planId: string,
  { fact, numerator, denominator }: Counted,
  on: string | null | undefined,
): CountedItem {
  return {
    numerator,
    denominator,
    activityId: globalId('activity', planId, fact.activityId),
    activityKey: `${planId}.${fact.activityId}`,
    pointKey: 'pointId' in fact ? `${planId}.${fact.pointId}` : null,
    reportId: 'reportId' in fact ? fact.reportId : null,
    on: on ?? null,
  };
}

@Resolver(() => CountedItem)
export class CountedItemFields {
  @FieldResolver(() => Activity, { nullable: true, description: 'The activity as it is now.' })
  async activity(@Ctx() context: Context, @Root() { activityKey, on }: CountedItem) {
    const body = await context.activityLoader.load(activityKey);
    return body ? activityType(context, body, on) : null;
  }

  @FieldResolver(() => ControlPointType, {
    nullable: true,
    description: 'The control point, where points are counted.',
  })
  async point(@Ctx() context: Context, @Root() { pointKey, on }: CountedItem) {
    const body = pointKey === null ? undefined : await context.pointLoader.load(pointKey);
    return body ? pointType(context, body, on) : null;
  }

  @FieldResolver(() => ReportType, { nullable: true, description: 'The report, where reports are counted.' })
  async report(@Ctx() context: Context, @Root() { activityKey, reportId }: CountedItem) {
    const body = reportId === null ? undefined : await context.activityLoader.load(activityKey);
    const report = body?.reports.find(({ id }) => id === reportId);
    return body && report ? reportType(body.planId, report) : null;
  }
}
