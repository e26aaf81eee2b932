import { Arg, Args, FieldResolver, Resolver, Root } from 'type-graphql';
import { activities } from '../../projections/activities.js';
import type { OrderBy } from '../orders.js';
import { pageOf } from '../paging.js';
import { DateScalar } from '../scalars.js';
import { ActivityType } from '../types/activity.js';
import { PlanType } from '../types/plan.js';
import { ActivityFilter, activityConditions } from './activities.js';
import { PageArguments } from './args.js';
import { ACTIVITY_ORDERS, ActivityConnection } from './plans.js';

@Resolver(() => PlanType)
export class PlanActivities {
  @FieldResolver(() => ActivityConnection, { description: 'Its activities, page by page.' })
  activities(
    @Root() { planId, context }: PlanType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => ActivityFilter, { nullable: true, description: 'Left out: all.' })
    filter?: ActivityFilter | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'The day for `filter.timing`; default today.' })
    on?: string | null,
    @Arg('orderBy', () => ACTIVITY_ORDERS.type, ACTIVITY_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const conditions = [
      { field: 'planId', op: 'eq', value: planId } as const,
      ...activityConditions(context, filter, on),
    ];
    return pageOf(
      context,
      activities,
      conditions,
      ACTIVITY_ORDERS.orderOf(orderBy),
      page,
      (body) => new ActivityType(context, body),
    );
  }
}
