import { Arg, Args, Ctx, Field, FieldResolver, Float, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { IndicatorCode } from '../../domain/indicators/codes.js';
import { type Counted, eachCounted } from '../../domain/indicators/figures.js';
import { AsOfInput, asOfFrom } from '../asOf.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId } from '../ids.js';
import { type FiguresGroup, figuresGroups, type GroupBy } from '../monitoring/groups.js';
import { MAX_PAST, MonitoringFilter, type SelectedPlans, selected } from '../monitoring/selection.js';
import { type OrderBy, orderedList, ordersOf } from '../orders.js';
import { copiedConnectionOf, itself, pageOfList } from '../paging.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import { ActivityType, ReportType, reportType } from '../types/activity.js';
import { ControlPointType } from '../types/controlPoint.js';
import { EvidenceEnum, TimingEnum } from '../types/enums.js';
import { GroupByEnum, IndicatorEnum } from '../types/figureEnums.js';
import { FiguresType, figuresType } from '../types/figures.js';
import { FRESH, RootPageArguments } from './args.js';

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
  byTiming!: readonly TimingCount[];
  @Field(() => [EvidenceCount], { description: 'By evidence; left out where zero.' })
  byEvidence!: readonly EvidenceCount[];
}

@ObjectType('Monitoring', { description: 'Figures of control points on a day.' })
export class MonitoringType {
  @Field(() => DateScalar, { description: 'The day.' })
  on!: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'What was recorded after this day is left out; null: nothing.',
  })
  asKnownOn!: string | null;
  @Field(() => Int, {
    description: 'How many plans are counted, those in preparation too; not the withdrawn and cancelled ones.',
  })
  plans!: number;
  selection!: SelectedPlans;
  groupBy!: GroupBy;
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
}

const CountedConnection = copiedConnectionOf(() => CountedItem, 'CountedItem');
const COUNTED_ORDERS = ordersOf('CountedItemOrder', {
  COUNTED: { description: 'As they are counted: by plan, in the order of the plan.', fields: [] },
});

const AS_KNOWN = {
  nullable: true,
  description: `Leave out what was recorded after this day; for at most ${MAX_PAST} plans.`,
} as const;

const FIGURES_AS_OF = {
  nullable: true,
  description: `As it was then, and on that day unless \`on\` says another; for at most ${MAX_PAST} plans.`,
} as const;

/** The arguments that name a day and a past of figures. */
interface Times {
  readonly on: string | null | undefined;
  readonly asKnownOn: string | null | undefined;
  readonly asOf: AsOfInput | null | undefined;
}

/** Returns the selected plans; by `asKnownOn` on the day `on` or today, by `asOf` on `on` or the day of that past. */
async function selectedAt(
  context: Context,
  filter: MonitoringFilter | null | undefined,
  { on, asKnownOn, asOf }: Times,
): Promise<SelectedPlans> {
  if (asKnownOn != null && asOf != null) {
    throw apiError('BAD_USER_INPUT', 'Give asKnownOn or asOf: each names a past.');
  }
  const input = asOf ?? (asKnownOn == null ? null : { knownOn: asKnownOn });
  const past = input && (await asOfFrom(context, input));
  if (past?.kind === 'knownOn' && past.day > context.day(null)) {
    throw apiError('BAD_USER_INPUT', `${past.day} is still to come: leave it out for the present.`);
  }
  if (past?.kind === 'revision' && !filter?.planId) {
    throw apiError('BAD_USER_INPUT', 'A revision is one of a plan: name it by the filter.');
  }
  return selected(context, filter, asKnownOn == null ? on : context.day(on), past);
}

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
    groupBy?: GroupBy | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Default today.' }) on?: string | null,
    @Arg('asKnownOn', () => DateScalar, AS_KNOWN) asKnownOn?: string | null,
    @Arg('asOf', () => AsOfInput, FIGURES_AS_OF) asOf?: AsOfInput | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<MonitoringType> {
    await context.freshness.atLeast(atLeast);
    const plans = await selectedAt(context, filter, { on, asKnownOn, asOf });
    return monitoringOf(plans, groupBy ?? 'PLAN', asKnownOn ?? null);
  }

  @Query(() => CountedConnection, { description: 'The items that an indicator counts.' })
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
    @Arg('asOf', () => AsOfInput, FIGURES_AS_OF) asOf?: AsOfInput | null,
    @Arg('orderBy', () => COUNTED_ORDERS.type, COUNTED_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const { bodies, factsOf, scope } = await selectedAt(context, filter, { on, asKnownOn, asOf });
    const found: { readonly planId: string; readonly item: Counted }[] = [];
    for (const body of bodies) {
      await context.turn();
      eachCounted(indicator, factsOf(body), scope, (fact, numerator, denominator) => {
        if (hits == null || hits === numerator > 0) {
          found.push({ planId: body.planId, item: { fact, numerator, denominator } });
        }
      });
    }
    const ordered = orderedList(found, orderBy);
    const { edges, ...rest } = pageOfList(context, ordered, COUNTED_ORDERS.orderOf(orderBy), page, itself);
    return {
      ...rest,
      edges: edges.map(({ node: { planId, item }, cursor }) => ({ node: countedItem(planId, item), cursor })),
    };
  }
}

@Resolver(() => MonitoringType)
export class MonitoringFields {
  @FieldResolver(() => MonitoringGroup, { description: 'All together.' })
  async total(@Root() { selection }: MonitoringType): Promise<MonitoringGroup> {
    return groupType({ key: '', label: '', facts: await selection.sums(), scope: selection.scope });
  }

  @FieldResolver(() => [MonitoringGroup], { description: 'Group by group.' })
  async groups(@Ctx() context: Context, @Root() { selection, groupBy }: MonitoringType): Promise<MonitoringGroup[]> {
    const groups: MonitoringGroup[] = [];
    for (const group of await figuresGroups(context, selection, groupBy)) {
      await context.turn();
      groups.push(groupType(group));
    }
    return groups;
  }
}

/** Returns the `Monitoring` object of a selection. Its fields compute the figures. */
export function monitoringOf(selection: SelectedPlans, groupBy: GroupBy, asKnownOn: string | null): MonitoringType {
  const { scope, bodies } = selection;
  const plans = bodies.filter(({ facts }) => facts.standing !== 'GIVEN_UP').length;
  return { on: scope.on, asKnownOn, plans, selection, groupBy };
}

function groupType({ key, label, facts, scope }: FiguresGroup): MonitoringGroup {
  return { key, label, ...figuresType(facts.figures(scope)), ...facts.counts(scope) };
}

function countedItem(planId: string, { fact, numerator, denominator }: Counted): CountedItem {
  return {
    numerator,
    denominator,
    activityId: globalId('activity', planId, fact.activityId),
    activityKey: `${planId}.${fact.activityId}`,
    pointKey: 'pointId' in fact ? `${planId}.${fact.pointId}` : null,
    reportId: 'reportId' in fact ? fact.reportId : null,
  };
}

@Resolver(() => CountedItem)
export class CountedItemFields {
  @FieldResolver(() => ActivityType, { nullable: true, description: 'The activity as it is now.' })
  async activity(@Ctx() context: Context, @Root() { activityKey }: CountedItem) {
    const body = await context.loaders.activity.load(activityKey);
    return body ? new ActivityType(context, body) : null;
  }

  @FieldResolver(() => ControlPointType, {
    nullable: true,
    description: 'The control point, where points are counted.',
  })
  async point(@Ctx() context: Context, @Root() { pointKey }: CountedItem) {
    const body = pointKey === null ? undefined : await context.loaders.point.load(pointKey);
    return body ? new ControlPointType(context, body) : null;
  }

  @FieldResolver(() => ReportType, { nullable: true, description: 'The report, where reports are counted.' })
  async report(@Ctx() context: Context, @Root() { activityKey, reportId }: CountedItem) {
    const body = reportId === null ? undefined : await context.loaders.activity.load(activityKey);
    const report = body?.reports.find(({ id }) => id === reportId);
    return body && report ? reportType(context, body.planId, report) : null;
  }
}
