import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { auditTrail } from '../../projections/auditTrail.js';
import { changes } from '../../projections/changes.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { range, when } from '../filters.js';
import { parseId } from '../ids.js';
import { connectionOf, MAX_PAGE, type NamedOrder, pageOf } from '../paging.js';
import { DateTimeScalar, PositionScalar } from '../scalars.js';
import { AuditEntry, ChangeType, changeType, entryType } from '../types/history.js';
import { FRESH, RootPageArguments } from './args.js';

@InputType({ description: 'Which entries; all conditions hold together.' })
class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Of this plan.' })
  planId?: string | null;
  @Field(() => ID, { nullable: true, description: 'About this organisation or the plans that it keeps.' })
  organisationId?: string | null;
  @Field(() => ID, { nullable: true, description: 'About this activity.' })
  activityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'By this actor.' })
  actorId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Of these event types.' })
  eventType?: string[] | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded at this moment or later.' })
  from?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded at this moment or earlier.' })
  to?: Date | null;
}

@ObjectType({ description: 'Changes after a position, in the order of the chronicle.' })
class ChangePage {
  @Field(() => [ChangeType], { description: 'The changes.' })
  changes!: ChangeType[];
  @Field(() => PositionScalar, { description: 'Give it as `after` to go on.' })
  position!: string;
  @Field(() => Boolean, { description: 'There are more already.' })
  hasMore!: boolean;
}

/** A page of the audit trail. */
export const AuditConnection = connectionOf(() => AuditEntry, 'AuditEntry');
/** Oldest first. */
export const IN_ORDER: NamedOrder = { name: 'RECORDED', terms: [{ field: 'at', direction: 'asc' }], byPosition: true };

@Resolver()
export class HistoryQueries {
  @Query(() => AuditConnection, { description: 'Who changed what, when, why, on what order; oldest first.' })
  async auditTrail(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Left out: all.' }) filter?: AuditFilter | null,
  ) {
    context.demand('audit');
    await context.atLeast(atLeast);
    const activity = filter?.activityId ? parseId(filter.activityId, 'activity') : null;
    const conditions = [
      ...when(filter?.planId, (id) => ({ field: 'planId', op: 'eq' as const, value: parseId(id, 'plan').uuid })),
      ...when(filter?.organisationId, (id) => ({
        field: 'organisationId',
        op: 'eq' as const,
        value: parseId(id, 'organisation').uuid,
      })),
      ...when(activity, ({ uuid, local }) => ({ field: 'activityKey', op: 'eq' as const, value: `${uuid}.${local}` })),
      ...when(filter?.actorId, (value) => ({ field: 'actorId', op: 'eq' as const, value })),
      ...when(filter?.eventType, (values) => ({ field: 'eventType', op: 'in' as const, values })),
      ...range('recordedAt', filter?.from?.toISOString(), filter?.to?.toISOString()),
    ];
    return pageOf(context, auditTrail, conditions, IN_ORDER, page, (body) => entryType(context, body));
  }

  @Query(() => ChangePage, { description: 'The delta feed: every change after a position, resumable for ever.' })
  async changes(
    @Ctx() context: Context,
    @Arg('after', () => PositionScalar, { nullable: true, description: 'Left out: from the beginning.' })
    after?: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100, description: 'At most 200.' }) first?: number | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<ChangePage> {
    context.demand('changes');
    await context.atLeast(atLeast);
    const limit = first ?? 100;
    if (limit > MAX_PAGE || limit < 1) throw apiError('PAGE_TOO_LARGE', `Ask for 1 to ${MAX_PAGE} changes.`);
    const start = after == null ? '' : await context.position(after);
    const page = await context.find(changes, {
      filter: [{ field: 'at', op: 'range', after: start }],
      order: IN_ORDER.terms,
      limit,
    });
    const last = page.bodies.at(-1);
    return {
      changes: page.bodies.map((body) => changeType(context, body)),
      position: last ? context.token(last.position, last.entryId) : (after ?? (await context.tokenAt(''))),
      hasMore: page.more,
    };
  }
}

@Resolver(() => ChangeType)
export class ChangeFields {
  @FieldResolver(() => AuditEntry, {
    nullable: true,
    description: 'Its audit entry: who did what, why, on what order.',
  })
  async entry(@Ctx() context: Context, @Root() { entryId }: ChangeType) {
    context.demand('audit');
    const body = await context.entryLoader.load(parseId(entryId, 'entry').uuid);
    return body ? entryType(context, body) : null;
  }
}
