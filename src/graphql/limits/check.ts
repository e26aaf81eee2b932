import { type DocumentNode, GraphQLError, getOperationAST } from 'graphql';
import type { Documents } from '../answers/documents.js';
import { apiError } from '../errors.js';
import { checkCost } from './cost.js';
import type { Limits } from './limits.js';

/** An operation as it comes over a long connection. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly operationName: string | undefined;
}

/** The document of an operation that keeps to all limits, or what is wrong with it. */
export function checked(
  { query, variables, operationName }: Asked,
  documents: Documents,
  { maxCost }: Limits,
): { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] } {
  const known = documents.checked(query);
  if ('errors' in known) return known;
  const { document } = known;
  if (!getOperationAST(document, operationName)) {
    return { errors: [apiError('BAD_USER_INPUT', 'Name one operation of the document by operationName.')] };
  }
  try {
    checkCost(known.costOf(variables, operationName), maxCost);
    return { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}
