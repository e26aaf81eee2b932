import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  InputType,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { API_COMMANDS, mayGive, READINGS } from '../../application/policy.js';
import type { Filter } from '../../engine/readstore/port.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { holders } from '../../projections/holders.js';
import type { Context } from '../context.js';
import { UpdatedPart, updatedCondition } from '../filterParts.js';
import { when } from '../filters.js';
import { actorGlobalId, actorIdOf, globalId, idOfStream, parseId } from '../ids.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { connectionOf, copiedConnectionOf, pageOf, pageOfRecords } from '../paging.js';
import { DateTimeScalar, PositionScalar } from '../scalars.js';
import { refusalLog } from '../scope/oversight.js';
import { selectedFields } from '../selected.js';
import { SingleLine } from '../texts/rules.js';
import { AccessHolder, AccessStatusEnum, builtInHolder, holderType, Viewer } from '../types/access.js';
import { RefusedCodeEnum } from '../types/codes.js';
import { ActingRoleEnum, RoleEnum } from '../types/enums.js';
import { ActorType, entryType } from '../types/history.js';
import { FRESH, PageArguments, RootPageArguments } from './args.js';
import { AUDIT_ORDERS, AuditConnection } from './history.js';

@InputType({ description: 'Which access; all conditions hold together.' })
class AccessFilter extends UpdatedPart {
  @Field(() => AccessStatusEnum, { nullable: true, description: 'In force (expired too) or revoked.' })
  status?: string | null;
  @Field(() => RoleEnum, { nullable: true, description: 'For this role.' })
  role?: string | null;
}

@InputType('RefusalFilter', { description: 'Which refusals; all conditions hold together.' })
class RefusalFilterInput {
  @Field(() => ID, { nullable: true, description: 'To this holder of access.' })
  actorId?: string | null;
  @Field(() => RefusedCodeEnum, { nullable: true, description: 'With this code.' })
  code?: string | null;
  @SingleLine(100)
  @Field(() => String, { nullable: true, description: 'At this way in, such as Mutation.approvePlan.' })
  field?: string | null;
}

@ObjectType({ description: 'A command or a look that was refused.' })
class RefusalEntry {
  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: string;
  @Field(() => ID, { description: 'Who was refused: the id of their access.' })
  actorId!: string;
  @Field(() => ActingRoleEnum, { description: 'Their role then.' })
  role!: string;
  @Field(() => String, { description: 'At which way in.' })
  field!: string;
  @Field(() => RefusedCodeEnum, { nullable: true, description: 'Why; null: a code that is no more used.' })
  code!: string | null;
  @Field(() => ID, { nullable: true, description: 'Id of the plan, organisation or access that it was given to.' })
  aboutId!: string | null;
}

/**
 * Returns a holder of access by the UUID in its id; null when there is none.
 *
 * @throws GraphQLError FORBIDDEN for callers who may not read access.
 */
export async function accessHolderOf(context: Context, uuid: string): Promise<AccessHolder | null> {
  context.demand('access');
  const builtIn = builtInHolder(actorIdOf(globalId('access', uuid)));
  if (builtIn) return builtIn;
  const body = await context.loaders.holder.load(uuid);
  return body ? holderType(context, body) : null;
}

/** Returns the holder with a known id; reads it only if more than its id is selected. */
function selectedHolder(context: Context, id: string, info: GraphQLResolveInfo) {
  const isIdOnly = [...selectedFields(info)].every((name) => name === 'id' || name === '__typename');
  return isIdOnly ? { id } : accessHolderOf(context, parseId(id, 'access').uuid);
}

const HolderConnection = copiedConnectionOf(() => AccessHolder, 'AccessHolder');
const RefusalConnection = connectionOf(() => RefusalEntry, 'RefusalEntry');
const ACCESS_ORDERS = ordersOf('AccessOrder', {
  ISSUED_AT: { description: 'By the time of issue.', fields: ['issuedAt'] },
  UPDATED_AT: { description: 'By the last change.', fields: ['updatedAt'] },
});

const REFUSAL_ORDERS = ordersOf(
  'RefusalOrder',
  { RECORDED: { description: 'By the time of recording.', fields: ['key'] } },
  { direction: 'desc' },
);

/** Pattern of a key in these lists. */
export const ACCESS_KEY_PATTERN = /^\d{1,15}$|^\d{4}-\d\d-\d\dT[\dT:.Z -]{5,40}[\da-f-]{0,40}$/;

@Resolver()
export class AccessQueries {
  @Query(() => Viewer, { description: 'Who asks, and what they may do.' })
  viewer(@Ctx() context: Context): Viewer {
    const { scope } = context;
    const { id, name, role, post } = context.principal;
    const seen = scope === 'published' ? [] : scope && [...scope];
    return {
      name,
      role,
      post,
      holder: { id: actorGlobalId(id) },
      organisationIds: seen?.map((each) => globalId('organisation', each)) ?? null,
      reads: READINGS.filter((reading) => context.may(reading)),
      gives: API_COMMANDS.filter((command) => mayGive({ role, scope }, command)),
    };
  }

  @Query(() => AccessHolder, { nullable: true, description: 'One holder of access; null when there is none.' })
  async accessHolder(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The access.' }) id: string,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.freshness.atLeast(atLeast);
    return accessHolderOf(context, parseId(id, 'access').uuid);
  }

  @Query(() => HolderConnection, { description: 'All to whom access was ever issued, in that order.' })
  async accessHolders(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => AccessFilter, { nullable: true, description: 'Left out: all.' }) filter?: AccessFilter | null,
    @Arg('orderBy', () => ACCESS_ORDERS.type, ACCESS_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const conditions: Filter = [
      // EXPIRED is not stored: it depends on the current time.
      ...when(filter?.status, (status) => ({
        field: 'status',
        op: 'eq',
        value: status === 'EXPIRED' ? 'ACTIVE' : status,
      })),
      ...when(filter?.role, (value) => ({ field: 'role', op: 'eq', value })),
      ...updatedCondition(filter),
    ];
    return pageOf(context, holders, conditions, ACCESS_ORDERS.orderOf(orderBy), page, (body) =>
      holderType(context, body),
    );
  }

  @Query(() => RefusalConnection, {
    description: 'The last 10,000 refused commands and queries, newest first.',
  })
  async refusals(
    @Ctx() context: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => RefusalFilterInput, { nullable: true, description: 'Left out: all.' })
    filter?: RefusalFilterInput | null,
    @Arg('orderBy', () => REFUSAL_ORDERS.type, REFUSAL_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const refusals = refusalLog(context);
    const { actorId, code, field } = filter ?? {};
    const conditions = {
      ...(actorId == null ? {} : { actorId: actorIdOf(actorId) }),
      ...(code == null ? {} : { code }),
      ...(field == null ? {} : { field }),
    };
    return pageOfRecords(
      {
        form: ACCESS_KEY_PATTERN,
        find: async (part) =>
          (await refusals.find(conditions, part)).map(({ stream, code: stored, ...refusal }) => ({
            ...refusal,
            code: RefusedCodeEnum[stored] ?? null,
            actorId: actorGlobalId(refusal.actorId),
            aboutId: stream && idOfStream(stream),
          })),
        count: () => refusals.count(conditions),
      },
      REFUSAL_ORDERS.orderOf(orderBy),
      page,
    );
  }
}

/** Options of the fields that lead from somebody to their access. */
const HOLDER = {
  nullable: true,
  description: 'Their access; anything of it but the id is for those who may read access.',
} as const;

@Resolver(() => Viewer)
export class ViewerFields {
  @FieldResolver(() => AccessHolder, HOLDER)
  holder(@Ctx() context: Context, @Root() { holder }: Viewer, @Info() info: GraphQLResolveInfo) {
    return selectedHolder(context, holder.id, info);
  }
}

@Resolver(() => ActorType)
export class ActorFields {
  @FieldResolver(() => AccessHolder, HOLDER)
  holder(@Ctx() context: Context, @Root() { holder }: ActorType, @Info() info: GraphQLResolveInfo) {
    return selectedHolder(context, holder.id, info);
  }
}

@Resolver(() => AccessHolder)
export class AccessFields {
  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last used, to the minute; null: never.',
  })
  async lastUsedAt(@Ctx() context: Context, @Root() { holderId }: AccessHolder) {
    return context.loaders.lastUse.load(holderId);
  }

  @FieldResolver(() => AuditConnection, { description: 'Who issued and changed it, when, why; oldest first.' })
  history(
    @Ctx() context: Context,
    @Root() { holderId }: AccessHolder,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => AUDIT_ORDERS.type, AUDIT_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const conditions: Filter = [{ field: 'holderId', op: 'eq', value: holderId }];
    return pageOf(context, auditTrail, conditions, AUDIT_ORDERS.orderOf(orderBy), page, (body) =>
      entryType(context, body),
    );
  }
}
