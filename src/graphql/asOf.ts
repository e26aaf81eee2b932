import { Field, InputType, Int } from 'type-graphql';
import type { AsOf } from '../application/past.js';
import { asInstant, isLocalDate } from '../domain/dates.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import type { ParsedId } from './ids.js';
import { DateScalar, DateTimeScalar, PositionScalar } from './scalars.js';
import { openPast } from './scope/past.js';

@InputType('AsOf', { description: 'A past of a plan: exactly one of its fields.' })
export class AsOfInput {
  @Field(() => DateTimeScalar, { nullable: true, description: 'What was recorded up to this moment.' })
  at?: Date | null;
  @Field(() => Int, { nullable: true, description: 'The events of the plan up to this revision of it.' })
  revision?: number | null;
  @Field(() => PositionScalar, { nullable: true, description: 'The events up to this place in the chronicle.' })
  position?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'What counts on this day by all that is known now: decisions that count later are left out, however early they were recorded. One without a day counts from when it was recorded, a draft from its approval.',
  })
  effectiveOn?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'What was recorded by the end of this day, in the time zone of the plan.',
  })
  knownOn?: string | null;
}

/** Options of every `asOf` argument. */
export const AS_OF_OPTIONS = {
  nullable: true,
  description: 'A past state; left out: the present one. Only callers who may read the audit trail may read the past.',
} as const;

/** Tolerance for clocks of clients that are ahead, in milliseconds. */
const AHEAD_MS = 60_000;

/**
 * Returns the past state that an `asOf` argument names.
 *
 * @throws GraphQLError BAD_USER_INPUT unless exactly one field is given, and for a moment in the future; BAD_POSITION
 */
export async function asOfFrom(context: Context, input: AsOfInput): Promise<AsOf> {
  const { at, revision, position, effectiveOn, knownOn } = input;
  const given = [at, revision, position, effectiveOn, knownOn].filter((each) => each != null);
  if (given.length !== 1) {
    throw apiError('BAD_USER_INPUT', 'Give exactly one of at, revision, position, effectiveOn and knownOn.');
  }
  if (at != null) {
    const now = Date.parse(context.now());
    if (at.getTime() > now + AHEAD_MS) {
      throw apiError('BAD_USER_INPUT', `${at.toISOString()} is still to come: leave asOf out for the present.`);
    }
    return { kind: 'at', at: new Date(Math.min(at.getTime(), now)).toISOString() };
  }
  if (revision != null) {
    if (revision < 0) throw apiError('BAD_USER_INPUT', 'Revisions are counted from 0.');
    return { kind: 'revision', revision };
  }
  if (position != null) return { kind: 'position', position: await context.positions.native(position) };
  if (effectiveOn != null && isLocalDate(effectiveOn)) return { kind: 'effectiveOn', day: effectiveOn };
  if (knownOn != null && isLocalDate(knownOn)) return { kind: 'knownOn', day: knownOn };
  throw apiError('BAD_USER_INPUT', `«${effectiveOn ?? knownOn}» is not a day.`);
}

/** Returns the past state that the part of a global id after «@» names. @throws GraphQLError BAD_ID */
function pastFromKey(key: string): AsOf {
  if (/^\d{1,9}$/.test(key)) return { kind: 'revision', revision: Number(key) };
  if (isLocalDate(key)) return { kind: 'effectiveOn', day: key };
  const { day = '' } = /^(?<day>[\d-]+)T24:00$/.exec(key)?.groups ?? {};
  if (isLocalDate(day)) return { kind: 'knownOn', day };
  const at = asInstant(key);
  if (at === undefined) throw apiError('BAD_ID', `«@${key}» names no past state: use an id that the API returned`);
  return { kind: 'at', at };
}

/**
 * Returns the context for the past state in a global id; for an id of the present state, returns the same context.
 *
 * @throws GraphQLError as {@link contextAsOf}, and BAD_ID when both the id and `input` name a past state.
 */
export async function contextOfId(
  context: Context,
  { uuid, past }: ParsedId,
  input?: AsOfInput | null,
): Promise<Context | undefined> {
  if (past === '') return contextAsOf(context, uuid, input);
  if (input)
    throw apiError('BAD_ID', 'The id names a past state already: leave asOf out, or what follows «@» in the id.');
  return contextIn(context, uuid, pastFromKey(past));
}

/**
 * Returns the context for a past state of a plan. Without `input` returns the same context; undefined when the plan did
 * not exist or is not visible.
 *
 * @throws GraphQLError FORBIDDEN for callers who may not read the audit trail, BAD_USER_INPUT
 */
async function contextAsOf(
  context: Context,
  planId: string,
  input: AsOfInput | null | undefined,
): Promise<Context | undefined> {
  if (!input) return context;
  context.demand('audit');
  return contextIn(context, planId, await asOfFrom(context, input));
}

function contextIn(context: Context, planId: string, asOf: AsOf): Promise<Context | undefined> {
  context.demand('audit');
  context.reads.uncacheable();
  return context.pasts.open(`${planId} ${JSON.stringify(asOf)}`, () => openPast(context, planId, asOf));
}
