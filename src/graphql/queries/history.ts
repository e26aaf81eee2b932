import { Arg, Args, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { auditTrail } from '../../projections/auditTrail.js';
import { AuditFilter, auditConditions } from '../auditFilter.js';
import { ChangeFilter, feedFilter } from '../changeFilter.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { parseId } from '../ids.js';
import { MAX_PAGE } from '../limits/pageSize.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { copiedConnectionOf, pageOf } from '../paging.js';
import { PositionScalar } from '../scalars.js';
import { feedPage } from '../scope/feed.js';
import { AuditEntry, ChangeType, changeType, entryType } from '../types/history.js';
import { FRESH, RootPageArguments } from './args.js';

@ObjectType({ description: 'Changes after a position, in the order of the chronicle.' })
class ChangePage {
  @Field(() => [ChangeType], { description: 'The changes.' })
  changes!: ChangeType[];
  @Field(() => PositionScalar, { description: 'Give it as `after` to go on.' })
  position!: string;
  @Field(() => Boolean, { description: 'There are more already.' })
  hasMore!: boolean;
}

/** The connection type of audit entries. */
export const AuditConnection = copiedConnectionOf(() => AuditEntry, 'AuditEntry');
/** The orders of audit entries. */
export const AUDIT_ORDERS = ordersOf(
  'AuditOrder',
  { RECORDED: { description: 'By the time of recording.', fields: ['at'] } },
  { byPosition: true },
);

@Resolver()
export class HistoryQueries {
  @Query(() => AuditConnection, { description: 'Who changed what, when, why, on what order; oldest first.' })
  async auditTrail(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Left out: all.' }) filter?: AuditFilter | null,
    @Arg('orderBy', () => AUDIT_ORDERS.type, AUDIT_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    return pageOf(context, auditTrail, auditConditions(filter), AUDIT_ORDERS.orderOf(orderBy), page, (body) =>
      entryType(context, body),
    );
  }

  @Query(() => ChangePage, { description: 'The change feed: every change after a position, resumable for ever.' })
  async changes(
    @Ctx() context: Context,
    @Arg('after', () => PositionScalar, { nullable: true, description: 'Left out: from the beginning.' })
    after?: string | null,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 100,
      description: 'How many, at most 200; those of one position come together, also when they are more.',
    })
    first?: number | null,
    @Arg('filter', () => ChangeFilter, { nullable: true, description: 'Left out: all.' }) filter?: ChangeFilter | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<ChangePage> {
    await context.freshness.atLeast(atLeast);
    const limit = first ?? 100;
    if (limit > MAX_PAGE || limit < 1) throw apiError('PAGE_TOO_LARGE', `Ask for 1 to ${MAX_PAGE} changes.`);
    const start = after == null ? '' : await context.positions.native(after);
    const { entries, upTo, more } = await feedPage(context, { ...feedFilter(filter), after: start, limit });
    const last = entries.at(-1);
    // If the last entry is at `upTo`, the token needs no read from the event store.
    const position =
      last?.position === upTo ? context.positions.token(upTo, last.entryId) : await context.positions.tokenAt(upTo);
    return {
      changes: entries.map((entry) => changeType(context, entry)),
      position: entries.length === 0 && after != null ? after : position,
      hasMore: more,
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
    const body = await context.loaders.entry.load(parseId(entryId, 'entry').uuid);
    return body ? entryType(context, body) : null;
  }
}
