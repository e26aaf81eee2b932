import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { Refusal } from '../../domain/refusal.js';
import type { Context } from '../context.js';
import type { FieldResolver } from '../guards.js';
import { refusedBy } from '../mutations/run.js';
import { checkOfArguments } from './check.js';
import { textError } from './error.js';

/**
 * Wraps the resolver of every field with text arguments in a check of those texts, in place. The check runs before any
 * resolver, for literals and variables alike.
 *
 * @throws Error for a text without a rule.
 */
export function checkTexts(schema: GraphQLSchema): GraphQLSchema {
  const mutations = schema.getMutationType();
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    // Text arguments of introspection are harmless.
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const check = checkOfArguments(field, `${type.name}.${field.name}`);
      if (!check) continue;
      const refused = type === mutations ? refusedBy : asError;
      if (field.subscribe) field.subscribe = withTextCheck(check, asError, field.subscribe);
      else field.resolve = withTextCheck(check, refused, field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
}

function withTextCheck(
  check: (args: Readonly<Record<string, unknown>>) => Refusal | undefined,
  refused: (context: Context, refusal: Refusal) => unknown,
  resolve: FieldResolver,
): FieldResolver {
  return (source, args, context, info) => {
    const refusal = check(args);
    return refusal ? refused(context, refusal) : resolve(source, args, context, info);
  };
}

function asError(context: Context, refusal: Refusal): never {
  throw textError(refusal, context.language);
}
