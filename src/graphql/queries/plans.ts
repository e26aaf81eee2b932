import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Query, Resolver, Root } from 'type-graphql';
import type { Window } from '../../domain/dates.js';
import { MAX_EXTERNAL_ID, MAX_SHORT } from '../../domain/texts.js';
import { NEVER_DUE } from '../../domain/timing.js';
import type { Filter } from '../../engine/readstore/port.js';
import { plans } from '../../projections/plans.js';
import { AS_OF_OPTIONS, AsOfInput, contextOfId } from '../asOf.js';
import type { Context } from '../context.js';
import { organisationCondition, UpdatedPart, updatedCondition } from '../filterParts.js';
import { textFilter, when } from '../filters.js';
import { parseAnyId, parseId } from '../ids.js';
import { WindowInput } from '../mutations/inputs.js';
import { compareTexts, type OrderBy, orderedList, ordersOf } from '../orders.js';
import { copiedConnectionOf, pageOf, pageOfList } from '../paging.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import { circleOf } from '../scope/figures.js';
import { SingleLine, singleLineRule, Texts } from '../texts/rules.js';
import { ActivityType } from '../types/activity.js';
import { PlanStatusEnum } from '../types/enums.js';
import { PlanType, SectionType } from '../types/plan.js';
import { FRESH, PageArguments, RootPageArguments } from './args.js';

@InputType({ description: 'Which plans; all conditions hold together.' })
class PlanFilter extends UpdatedPart {
  @Field(() => [PlanStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: string[] | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Words that begin words of title, unit or institution.' })
  text?: string | null;
  @Field(() => ID, { nullable: true, description: 'Kept by this organisation.' })
  organisationId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Kept by this organisation or by one under it.' })
  underOrganisationId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Whose period holds this day.' })
  activeOn?: string | null;
  @Field(() => WindowInput, { nullable: true, description: 'Whose period overlaps this span.' })
  overlaps?: WindowInput | null;
  @SingleLine(MAX_EXTERNAL_ID)
  @Field(() => String, { nullable: true, description: 'With this id in another system.' })
  externalId?: string | null;
}

/** The connection type of plans. */
export const PlanConnection = copiedConnectionOf(() => PlanType, 'Plan');
/** The connection type of activities. */
export const ActivityConnection = copiedConnectionOf(() => ActivityType, 'Activity');

/** The orders of plans. */
export const PLAN_ORDERS = ordersOf('PlanOrder', {
  TITLE: { description: 'By title.', fields: ['title'] },
  UPDATED_AT: { description: 'By the last change.', fields: ['updatedAt'] },
  PERIOD_START: { description: 'By the first day of the period.', fields: ['periodStart'] },
});
/** The orders of activities: as printed, or by the day that is due. */
export const ACTIVITY_ORDERS = ordersOf('ActivityOrder', {
  PLAN_ORDER: { description: 'As the plan has them.', fields: ['planId', 'planOrder'] },
  DUE: { description: 'By the due day.', fields: ['due'] },
});

@Resolver(() => PlanType)
export class PlanQueries {
  @Query(() => PlanType, { nullable: true, description: 'One plan; null when there is none.' })
  async plan(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The plan.' }) id: string,
    @Arg('asOf', () => AsOfInput, AS_OF_OPTIONS) asOf?: AsOfInput | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const parsed = parseAnyId(id, 'plan');
    const seen = await contextOfId(context, parsed, asOf);
    const body = await seen?.loaders.plan.load(parsed.uuid);
    return seen && body ? new PlanType(seen, body) : null;
  }

  @Query(() => PlanConnection, { description: 'Plans, page by page.' })
  async plans(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => PlanFilter, { nullable: true, description: 'Left out: all.' }) filter?: PlanFilter | null,
    @Arg('orderBy', () => PLAN_ORDERS.type, PLAN_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const conditions: Filter = [
      ...when(filter?.status, (values) => ({ field: 'status', op: 'in', values })),
      ...organisationCondition(filter?.organisationId),
      ...(await underCondition(context, filter?.underOrganisationId)),
      ...(filter?.overlaps ? overlapping(filter.overlaps) : []),
      ...(filter?.activeOn == null ? [] : overlapping({ start: filter.activeOn, end: filter.activeOn })),
      ...when(filter?.externalId, (value) => ({ field: 'externalIds', op: 'has', value })),
      ...textFilter(filter?.text),
      ...updatedCondition(filter),
    ];
    return pageOf(
      context,
      plans,
      conditions,
      PLAN_ORDERS.orderOf(orderBy),
      page,
      (body) => new PlanType(context, body),
    );
  }
}

/** Returns the conditions for plans whose period overlaps a span. */
function overlapping({ start, end }: Window): Filter {
  return [
    { field: 'periodStart', op: 'range', to: end },
    { field: 'periodEnd', op: 'range', from: start },
  ];
}

/**
 * Returns the condition for an organisation and all under it; none without one.
 *
 * @throws GraphQLError BAD_ID
 */
async function underCondition(context: Context, id: string | null | undefined): Promise<Filter> {
  if (id == null) return [];
  const circle = await circleOf(context, parseId(id, 'organisation').uuid, false);
  return [{ field: 'organisationId', op: 'in', values: [...(circle ?? [])] }];
}

@Resolver(() => PlanType)
export class PlanSections {
  @Texts({ externalId: singleLineRule(MAX_EXTERNAL_ID) })
  @FieldResolver(() => [SectionType], { description: 'Its sections in order.' })
  sections(
    @Root() { sections }: PlanType,
    @Arg('externalId', () => String, {
      nullable: true,
      description: 'Only the one with this id in another system; left out: all.',
    })
    externalId?: string | null,
  ) {
    return externalId == null ? sections : sections.filter((section) => section.externalId === externalId);
  }
}

@Resolver(() => SectionType)
export class SectionFields {
  @FieldResolver(() => ActivityConnection, { description: 'Its activities in order.' })
  async activities(
    @Root() { key, context }: SectionType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => ACTIVITY_ORDERS.type, ACTIVITY_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const bodies = await context.loaders.activitiesOfSection.load(key);
    const ordered = orderedList(bodies, orderBy, {
      DUE: (a, b) => compareTexts(a.due ?? NEVER_DUE, b.due ?? NEVER_DUE),
    });
    return pageOfList(
      context,
      ordered,
      ACTIVITY_ORDERS.orderOf(orderBy),
      page,
      (body) => new ActivityType(context, body),
    );
  }
}
