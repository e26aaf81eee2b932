import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Filter } from '../../engine/readstore/port.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { organisations } from '../../projections/organisations.js';
import { plans } from '../../projections/plans.js';
import type { Context } from '../context.js';
import { textFilter, when } from '../filters.js';
import { parseId } from '../ids.js';
import { connectionOf, type NamedOrder, pageOf } from '../paging.js';
import { PositionScalar } from '../scalars.js';
import { SEARCH, Texts } from '../texts/rules.js';
import { entryType } from '../types/history.js';
import { OrganisationType, organisationType } from '../types/organisation.js';
import { PlanType } from '../types/plan.js';
import { FRESH, PageArguments, RootPageArguments } from './args.js';
import { AuditConnection, IN_ORDER } from './history.js';
import { BY_TITLE, PlanConnection } from './plans.js';

const OrganisationConnection = connectionOf(() => OrganisationType, 'Organisation');
const ORGANISATIONS_BY_NAME: NamedOrder = { name: 'NAME', terms: [{ field: 'name', direction: 'asc' }] };

@Resolver(() => OrganisationType)
export class OrganisationQueries {
  @Query(() => OrganisationType, { nullable: true, description: 'One organisation; null when there is none.' })
  async organisation(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The organisation.' }) id: string,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.atLeast(atLeast);
    const body = await context.loaders.organisation.load(parseId(id, 'organisation').uuid);
    return body ? organisationType(body) : null;
  }

  @Texts({ text: SEARCH })
  @Query(() => OrganisationConnection, { description: 'Organisations by name, page by page.' })
  async organisations(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('parentId', () => ID, { nullable: true, description: 'Directly under this one.' }) parentId?: string | null,
    @Arg('text', () => String, { nullable: true, description: 'Words that begin words of the name.' })
    text?: string | null,
  ) {
    await context.atLeast(atLeast);
    const conditions: Filter = [
      ...when(parentId, (id) => ({ field: 'parentId', op: 'eq', value: parseId(id, 'organisation').uuid })),
      ...textFilter(text),
    ];
    return pageOf(context, organisations, conditions, ORGANISATIONS_BY_NAME, page, organisationType);
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The organisation it belongs to.' })
  async parent(@Ctx() context: Context, @Root() { parentId }: OrganisationType) {
    const body = parentId && (await context.loaders.organisation.load(parseId(parentId).uuid));
    return body ? organisationType(body) : null;
  }

  @FieldResolver(() => PlanConnection, { description: 'The plans that it keeps, by title.' })
  plans(@Ctx() context: Context, @Root() { uuid }: OrganisationType, @Args(() => PageArguments) page: PageArguments) {
    const conditions: Filter = [{ field: 'organisationId', op: 'eq', value: uuid }];
    return pageOf(context, plans, conditions, BY_TITLE, page, (body) => new PlanType(context, body));
  }

  @FieldResolver(() => AuditConnection, { description: 'Who changed it and its settings, when, why; oldest first.' })
  history(@Ctx() context: Context, @Root() { uuid }: OrganisationType, @Args(() => PageArguments) page: PageArguments) {
    const conditions: Filter = [
      { field: 'organisationId', op: 'eq', value: uuid },
      { field: 'planId', op: 'eq', value: '' },
    ];
    return pageOf(context, auditTrail, conditions, IN_ORDER, page, (body) => entryType(context, body));
  }
}
