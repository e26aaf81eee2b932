import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import type { Principal } from '../access/principal.js';
import {
  type CommandName,
  commandOf,
  GUARDS,
  type Guard,
  needsWholeScope,
  rolesThatGive,
} from '../application/policy.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import type { Context } from './context.js';
import { errorCodeOf } from './errors.js';
import { streamOfId } from './ids.js';
import { refusedBy } from './mutations/run.js';
import { recordRefusal } from './scope/oversight.js';

/** Returns the guard of a field; undefined when the guard of its parent is enough. */
export function guardOf(type: string, field: string): Guard | undefined {
  if (type !== 'Mutation') return GUARDS[`${type}.${field}`];
  const command = commandOf(field);
  return command && { gives: command };
}

/**
 * Checks that a caller may read a field or an address.
 *
 * @throws GraphQLError FORBIDDEN, after recording the refusal in the security log.
 */
export function enter(context: Context, way: string): void {
  const guard = GUARDS[way];
  if (!guard) throw new Error(`${way} has no guard`);
  if (!('reads' in guard)) return;
  try {
    context.demand(guard.reads);
  } catch (error) {
    if (error instanceof GraphQLError) recordRefusal(context, way, errorCodeOf(error.extensions));
    throw error;
  }
}

/**
 * Wraps the resolver of every field that the policy names, in place.
 *
 * @throws Error for a root field without a guard.
 */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const way = `${type.name}.${field.name}`;
      const found = guardOf(type.name, field.name);
      if (!found && roots.includes(type)) throw new Error(`${way} has no guard: name it in the policy`);
      if (!found) continue;
      if ('gives' in found) field.resolve = guardedMutation(way, found.gives, field.resolve ?? defaultFieldResolver);
      else if (field.subscribe) field.subscribe = entered(way, field.subscribe);
      else field.resolve = entered(way, field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
}

/** The resolver of a field of the schema. */
export type FieldResolver = GraphQLFieldResolver<unknown, Context>;

function entered(way: string, resolve: FieldResolver): FieldResolver {
  return (source, args, context, info) => {
    enter(context, way);
    return resolve(source, args, context, info);
  };
}

/**
 * Wraps a mutation. If the caller may not give the command, nothing is read. Refused commands are not events, so they
 * are recorded in the security log.
 */
function guardedMutation(way: string, command: CommandName, resolve: FieldResolver): FieldResolver {
  return async (source, args, context, info) => {
    const refusal = refusalOf(context.principal, command);
    const payload: unknown = refusal ? refusedBy(context, refusal) : await resolve(source, args, context, info);
    for (const code of codesIn(payload)) recordRefusal(context, way, code, streamIn(args.input));
    return payload;
  };
}

/** Returns why a caller may not give a command with any input; undefined if the command is allowed. */
function refusalOf({ role, scope }: Principal, command: CommandName): Refusal | undefined {
  if (!rolesThatGive(command).includes(role)) return refuse('NOT_AUTHORISED', null, { role }).refusal;
  return needsWholeScope(command) && scope !== null ? refuse('WHOLE_SCOPE_REQUIRED').refusal : undefined;
}

function codesIn(payload: unknown): string[] {
  if (typeof payload !== 'object' || payload === null || !('userErrors' in payload)) return [];
  const { userErrors } = payload;
  return Array.isArray(userErrors) ? userErrors.map(({ code }: { readonly code: unknown }) => String(code)) : [];
}

/** Returns the stream of the first id in an input. */
function streamIn(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const streams = Object.values(input).map((value) => (typeof value === 'string' ? streamOfId(value) : undefined));
  return streams.find((stream) => stream !== undefined) ?? null;
}
