import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Query, Resolver, Root } from 'type-graphql';
import { MAX_SHORT } from '../../domain/texts.js';
import type { Filter } from '../../engine/readstore/port.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { organisations } from '../../projections/organisations.js';
import { plans } from '../../projections/plans.js';
import type { Context } from '../context.js';
import { UpdatedPart, updatedCondition } from '../filterParts.js';
import { textFilter, when } from '../filters.js';
import { parseId } from '../ids.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { copiedConnectionOf, pageOf } from '../paging.js';
import { PositionScalar } from '../scalars.js';
import { SingleLine } from '../texts/rules.js';
import { entryType } from '../types/history.js';
import { OrganisationType, organisationType } from '../types/organisation.js';
import { PlanType } from '../types/plan.js';
import { FRESH, PageArguments, RootPageArguments } from './args.js';
import { AUDIT_ORDERS, AuditConnection } from './history.js';
import { PLAN_ORDERS, PlanConnection } from './plans.js';

@InputType({ description: 'Which organisations; all conditions hold together.' })
class OrganisationFilter extends UpdatedPart {
  @Field(() => ID, { nullable: true, description: 'Directly under this one.' })
  parentId?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Words that begin words of the name.' })
  text?: string | null;
}

const OrganisationConnection = copiedConnectionOf(() => OrganisationType, 'Organisation');
const ORGANISATION_ORDERS = ordersOf('OrganisationOrder', {
  NAME: { description: 'By name.', fields: ['name'] },
  UPDATED_AT: { description: 'By the last change.', fields: ['updatedAt'] },
});

@Resolver(() => OrganisationType)
export class OrganisationQueries {
  @Query(() => OrganisationType, { nullable: true, description: 'One organisation; null when there is none.' })
  async organisation(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The organisation.' }) id: string,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const body = await context.loaders.organisation.load(parseId(id, 'organisation').uuid);
    return body ? organisationType(body) : null;
  }

  @Query(() => OrganisationConnection, { description: 'Organisations by name, page by page.' })
  async organisations(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => OrganisationFilter, { nullable: true, description: 'Left out: all.' })
    filter?: OrganisationFilter | null,
    @Arg('orderBy', () => ORGANISATION_ORDERS.type, ORGANISATION_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const conditions: Filter = [
      ...when(filter?.parentId, (id) => ({ field: 'parentId', op: 'eq', value: parseId(id, 'organisation').uuid })),
      ...textFilter(filter?.text),
      ...updatedCondition(filter),
    ];
    return pageOf(context, organisations, conditions, ORGANISATION_ORDERS.orderOf(orderBy), page, organisationType);
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The organisation it belongs to.' })
  async parent(@Ctx() context: Context, @Root() { parentId }: OrganisationType) {
    const body = parentId && (await context.loaders.organisation.load(parseId(parentId).uuid));
    return body ? organisationType(body) : null;
  }

  @FieldResolver(() => PlanConnection, { description: 'The plans that it owns, by title.' })
  plans(
    @Ctx() context: Context,
    @Root() { uuid }: OrganisationType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => PLAN_ORDERS.type, PLAN_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const conditions: Filter = [{ field: 'organisationId', op: 'eq', value: uuid }];
    return pageOf(
      context,
      plans,
      conditions,
      PLAN_ORDERS.orderOf(orderBy),
      page,
      (body) => new PlanType(context, body),
    );
  }

  @FieldResolver(() => AuditConnection, { description: 'Who changed it and its settings, when, why; oldest first.' })
  history(
    @Ctx() context: Context,
    @Root() { uuid }: OrganisationType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => AUDIT_ORDERS.type, AUDIT_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const conditions: Filter = [
      { field: 'organisationId', op: 'eq', value: uuid },
      { field: 'planId', op: 'eq', value: '' },
    ];
    return pageOf(context, auditTrail, conditions, AUDIT_ORDERS.orderOf(orderBy), page, (body) =>
      entryType(context, body),
    );
  }
}
