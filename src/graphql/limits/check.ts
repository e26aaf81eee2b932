import { type DocumentNode, GraphQLError, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { apiError } from '../errors.js';
import { schema } from '../schema.js';
import { checkCost, costOf } from './cost.js';
import type { Limits } from './limits.js';
import { DOCUMENT_RULES, MAX_TOKENS } from './rules.js';

/** An operation as it comes over a long connection. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly operationName: string | undefined;
}

/** The document of an operation that keeps to all limits, or what is wrong with it. */
export function checked(
  { query, variables, operationName }: Asked,
  { maxCost }: Limits,
): { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] } {
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS });
    const errors = validate(schema(), document, [...specifiedRules, ...DOCUMENT_RULES]);
    if (errors.length > 0) return { errors };
    if (!getOperationAST(document, operationName)) {
      return { errors: [apiError('BAD_USER_INPUT', 'Name one operation of the document by operationName.')] };
    }
    checkCost(costOf(schema(), document, variables, operationName), maxCost);
    return { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}
