import { Arg, Args, Ctx, Field, FieldResolver, Float, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { LocalDate } from '../../domain/dates.js';
import type { IndicatorCode } from '../../domain/indicators/codes.js';
import { type Counted, eachCounted, eachPoint, type Fact } from '../../domain/indicators/figures.js';
import { NEVER_DUE, type Timing, timingOn } from '../../domain/timing.js';
import { AsOfInput } from '../asOf.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { MonitoringFilter } from '../monitoring/selection.js';
import { AS_KNOWN, FIGURES_AS_OF, selectedAt } from '../monitoring/times.js';
import { compareTexts, type OrderBy, orderedList, ordersOf } from '../orders.js';
import { copiedConnectionOf, itself, pageOfList } from '../paging.js';
import { DateScalar } from '../scalars.js';
import { ActivityType, ReportType, reportType } from '../types/activity.js';
import { ControlPointType } from '../types/controlPoint.js';
import { TimingEnum } from '../types/enums.js';
import { IndicatorEnum } from '../types/figureEnums.js';
import { RootPageArguments } from './args.js';

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
  DUE: { description: 'By the due day of control points; what has none comes after all others.', fields: [] },
});

/** An item with the plan that it belongs to. */
interface PlanItem {
  readonly planId: string;
  readonly item: Counted;
}

function byDue(a: PlanItem, b: PlanItem): number {
  return compareTexts(dueOf(a), dueOf(b));
}

function dueOf({ item: { fact } }: PlanItem): LocalDate {
  return ('pointId' in fact ? fact.due : null) ?? NEVER_DUE;
}

@Resolver()
export class IndicatorItemQueries {
  @Query(() => CountedConnection, {
    description: 'The items that an indicator counts, or the control points that `byTiming` counts.',
  })
  async indicatorItems(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('indicator', () => IndicatorEnum, {
      nullable: true,
      description: 'Which indicator; left out: every control point.',
    })
    indicator?: IndicatorCode | null,
    @Arg('filter', () => MonitoringFilter, { nullable: true, description: 'As in `monitoring`.' })
    filter?: MonitoringFilter | null,
    @Arg('hits', () => Boolean, {
      nullable: true,
      description: 'True: what is in the numerator; false: what is only in the denominator; left out: both.',
    })
    hits?: boolean | null,
    @Arg('timing', () => [TimingEnum], {
      nullable: true,
      description: 'Only control points with one of these timings on the day; left out: all.',
    })
    timing?: Timing[] | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Default today.' }) on?: string | null,
    @Arg('asKnownOn', () => DateScalar, AS_KNOWN) asKnownOn?: string | null,
    @Arg('asOf', () => AsOfInput, FIGURES_AS_OF) asOf?: AsOfInput | null,
    @Arg('orderBy', () => COUNTED_ORDERS.type, COUNTED_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const { bodies, factsOf, scope } = await selectedAt(context, filter, { on, asKnownOn, asOf });
    const found: PlanItem[] = [];
    for (const body of bodies) {
      await context.turn();
      const take = (fact: Fact, numerator: number, denominator: number) => {
        if (hits != null && hits !== numerator > 0) return;
        if (timing && !('timing' in fact && timing.includes(timingOn(fact.timing, scope.on)))) return;
        found.push({ planId: body.planId, item: { fact, numerator, denominator } });
      };
      if (indicator == null) eachPoint(factsOf(body), scope, (point) => take(point, 1, 1));
      else eachCounted(indicator, factsOf(body), scope, take);
    }
    const ordered = orderedList(found, orderBy, { DUE: byDue });
    const { edges, ...rest } = pageOfList(context, ordered, COUNTED_ORDERS.orderOf(orderBy), page, itself);
    return {
      ...rest,
      edges: edges.map(({ node: { planId, item }, cursor }) => ({ node: countedItem(planId, item), cursor })),
    };
  }
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
