import { GraphQLError } from 'graphql';
import { ExportRefused } from '../application/exportRefused.js';

/** Codes of errors that are not refusals: a closed list. Each message says what to do. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'BAD_ID'
  | 'BAD_CURSOR'
  | 'BAD_POSITION'
  | 'NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PAGE_TOO_LARGE'
  | 'QUERY_TOO_EXPENSIVE'
  | 'ANSWER_TOO_LARGE'
  | 'TIMEOUT'
  | 'RATE_LIMITED'
  | 'READ_MODEL_BEHIND'
  | 'UNAVAILABLE';

/** Returns an error that the caller can act on. */
export function apiError(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** Awaits an export of a plan. Turns its refusals into errors of the API. */
export async function orApiError<T>(made: Promise<T>): Promise<T> {
  try {
    return await made;
  } catch (error) {
    throw error instanceof ExportRefused ? apiError('BAD_USER_INPUT', error.message) : error;
  }
}
