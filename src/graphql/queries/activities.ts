import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Query, Resolver, Root } from 'type-graphql';
import { MAX_EXTERNAL_ID, MAX_SHORT } from '../../domain/texts.js';
import type { Evidence, Timing } from '../../domain/timing.js';
import { timingOn } from '../../domain/timing.js';
import type { Filter } from '../../engine/readstore/port.js';
import { activities } from '../../projections/activities.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { controlPointModel } from '../../projections/controlPoints.js';
import { partyRowId } from '../../projections/parties.js';
import { AS_OF_OPTIONS, AsOfInput, contextOfId } from '../asOf.js';
import type { Context } from '../context.js';
import { PlansPart, plansConditions, updatedCondition } from '../filterParts.js';
import { rangeCondition, textFilter, timingFilter, when } from '../filters.js';
import { parseAnyId, parseId } from '../ids.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { copiedConnectionOf, pageOf } from '../paging.js';
import { DateScalar, DateTimeScalar, PositionScalar } from '../scalars.js';
import { SingleLine } from '../texts/rules.js';
import { ActivityType } from '../types/activity.js';
import { ControlPointType } from '../types/controlPoint.js';
import { EvidenceEnum, TimingEnum } from '../types/enums.js';
import { entryType } from '../types/history.js';
import { PartyType, ResponsiblePartyType } from '../types/party.js';
import { PlanType } from '../types/plan.js';
import { FRESH, PageArguments, RootPageArguments } from './args.js';
import { AUDIT_ORDERS, AuditConnection } from './history.js';
import { ACTIVITY_ORDERS, ActivityConnection } from './plans.js';

/** The meaning of the two ends of a range of due days. */
const DUE_IN_SPAN =
  'With an open control point due in the span; when none is open, with `due` in it. For the calendar: points due in it.';

@InputType({ description: 'Which activities; all conditions hold together.' })
export class ActivityFilter extends PlansPart {
  @Field(() => ID, { nullable: true, description: 'Of this section.' })
  sectionId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Naming this party (for the calendar: accountable).' })
  partyId?: string | null;
  @Field(() => [TimingEnum], { nullable: true, description: 'With one of these timings on the day asked for.' })
  timing?: Timing[] | null;
  @Field(() => [EvidenceEnum], { nullable: true, description: 'With one of these evidences.' })
  evidence?: Evidence[] | null;
  @Field(() => DateScalar, { nullable: true, description: `${DUE_IN_SPAN} This is its first day.` })
  dueFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: `${DUE_IN_SPAN} This is its last day.` })
  dueTo?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Words that begin words of the text. Not for the calendar.' })
  text?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Asking for a look, or not. Not for the calendar.' })
  needsReview?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'With a request for another term to decide. Not for the calendar.',
  })
  hasOpenRequest?: boolean | null;
  @SingleLine(MAX_EXTERNAL_ID)
  @Field(() => String, { nullable: true, description: 'With this id in another system. Not for the calendar.' })
  externalId?: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Last changed at this moment or later. Not for the calendar.',
  })
  updatedSince?: Date | null;
}

const PointConnection = copiedConnectionOf(() => ControlPointType, 'ControlPoint');
const POINT_ORDERS = ordersOf('ControlPointOrder', { DUE: { description: 'By the due day.', fields: ['due'] } });

function sharedFilter(filter: ActivityFilter | null | undefined, on: string): Filter {
  const section = filter?.sectionId ? parseId(filter.sectionId, 'section') : null;
  return [
    ...plansConditions(filter),
    // The plan of the section is also a condition, so that the query can use the index in the order of the plan.
    ...when(section, ({ uuid }) => ({ field: 'planId', op: 'eq', value: uuid })),
    ...when(section, ({ uuid, local }) => ({ field: 'sectionKey', op: 'eq', value: `${uuid}.${local}` })),
    ...when(filter?.partyId, (id) => ({ field: 'partyIds', op: 'has', value: parseId(id, 'party').uuid })),
    ...(filter?.timing ? timingFilter(filter.timing, on) : []),
    ...when(filter?.evidence, (values) => ({ field: 'evidence', op: 'in', values })),
  ];
}

/** Returns the conditions for activities with a due day in a span. */
function dueDaysConditions(from: string | null | undefined, to: string | null | undefined): Filter {
  if (from == null && to == null) return [];
  return [
    { field: 'dueDays', op: 'hasRange', ...(from == null ? {} : { from }), ...(to == null ? {} : { to }) },
    // `due` is the first of the days. With the condition on it, the query can use the index of the order by day.
    ...rangeCondition('due', null, to),
  ];
}

/** Returns the conditions of a filter of activities. Timings are those on the day `on`, by default today. */
export function activityConditions(
  context: Context,
  filter: ActivityFilter | null | undefined,
  on: string | null | undefined,
): Filter {
  return [
    ...sharedFilter(filter, context.day(on)),
    ...dueDaysConditions(filter?.dueFrom, filter?.dueTo),
    ...textFilter(filter?.text),
    ...when(filter?.needsReview, (value) => ({ field: 'needsReview', op: 'eq', value })),
    ...when(filter?.hasOpenRequest, (value) => ({ field: 'hasOpenRequest', op: 'eq', value })),
    ...when(filter?.externalId, (value) => ({ field: 'externalIds', op: 'has', value })),
    ...updatedCondition(filter),
  ];
}

@Resolver(() => ActivityType)
export class ActivityQueries {
  @Query(() => ActivityType, { nullable: true, description: 'One activity; null when there is none.' })
  async activity(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The activity.' }) id: string,
    @Arg('asOf', () => AsOfInput, AS_OF_OPTIONS) asOf?: AsOfInput | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const parsed = parseAnyId(id, 'activity');
    const seen = await contextOfId(context, parsed, asOf);
    const body = await seen?.loaders.activity.load(`${parsed.uuid}.${parsed.local}`);
    return seen && body ? new ActivityType(seen, body) : null;
  }

  @Query(() => ActivityConnection, { description: 'Activities over all plans, page by page.' })
  async activities(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => ActivityFilter, { nullable: true, description: 'Left out: all.' })
    filter?: ActivityFilter | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'The day for `filter.timing`; default today.' })
    on?: string | null,
    @Arg('orderBy', () => ACTIVITY_ORDERS.type, ACTIVITY_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const conditions = activityConditions(context, filter, on);
    const order = ACTIVITY_ORDERS.orderOf(orderBy);
    return pageOf(context, activities, conditions, order, page, (body) => new ActivityType(context, body));
  }

  @Query(() => PointConnection, { description: 'Control points due from one day to another, by due day.' })
  async calendar(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('from', () => DateScalar, { description: 'Due on this day or later.' }) from: string,
    @Arg('to', () => DateScalar, { description: 'Due on this day or earlier.' }) to: string,
    @Arg('filter', () => ActivityFilter, { nullable: true, description: 'Left out: all.' })
    filter?: ActivityFilter | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'The day for `filter.timing`; default today.' })
    on?: string | null,
    @Arg('orderBy', () => POINT_ORDERS.type, POINT_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const order = POINT_ORDERS.orderOf(orderBy);
    const conditions: Filter = [
      ...rangeCondition('due', from, to),
      ...rangeCondition('due', filter?.dueFrom, filter?.dueTo),
      ...sharedFilter(filter, context.day(on)),
    ];
    return pageOf(context, controlPointModel, conditions, order, page, (body) => new ControlPointType(context, body));
  }

  @FieldResolver(() => TimingEnum, { description: 'Timing of its most urgent point on a day; default today.' })
  timing(
    @Root() activity: ActivityType,
    @Arg('on', () => DateScalar, { nullable: true, description: 'As on this day.' }) on?: string | null,
  ): string {
    return timingOn(activity.timingKey, activity.context.day(on, activity.timeZone));
  }

  @FieldResolver(() => PlanType, { nullable: true, description: 'Its plan.' })
  async plan(@Root() { planId, context }: ActivityType) {
    const body = await context.loaders.plan.load(planId);
    return body ? new PlanType(context, body) : null;
  }

  @FieldResolver(() => AuditConnection, { description: 'Who did what to it, when, why; oldest first.' })
  history(
    @Root() { key, context }: ActivityType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => AUDIT_ORDERS.type, AUDIT_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const conditions: Filter = [{ field: 'activityKey', op: 'eq', value: key }];
    return pageOf(context, auditTrail, conditions, AUDIT_ORDERS.orderOf(orderBy), page, (body) =>
      entryType(context, body),
    );
  }

  @FieldResolver(() => [ControlPointType], { description: 'Its control points in order.' })
  async points(@Root() { key, context }: ActivityType) {
    const bodies = await context.loaders.pointsOfActivity.load(key);
    return bodies.map((body) => new ControlPointType(context, body));
  }
}

@Resolver(() => ControlPointType)
export class ControlPointFields {
  @FieldResolver(() => TimingEnum, { description: 'Its timing on a day; default today.' })
  timing(
    @Root() point: ControlPointType,
    @Arg('on', () => DateScalar, { nullable: true, description: 'As on this day.' }) on?: string | null,
  ): string {
    return timingOn(point.timingKey, point.context.day(on, point.timeZone));
  }

  @FieldResolver(() => ActivityType, { nullable: true, description: 'Its activity.' })
  async activity(@Root() { activityKey, context }: ControlPointType) {
    const body = await context.loaders.activity.load(activityKey);
    return body ? new ActivityType(context, body) : null;
  }
}

@Resolver(() => ResponsiblePartyType)
export class ResponsiblePartyFields {
  @FieldResolver(() => PartyType, { nullable: true, description: 'The party over all plans.' })
  async party(@Root() { partyId, planId, context }: ResponsiblePartyType) {
    const body = await context.loaders.partyInPlan.load(partyRowId(partyId, planId));
    return body ? new PartyType(context, body) : null;
  }
}
