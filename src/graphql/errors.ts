import { GraphQLError } from 'graphql';
import { ExportRefused } from '../application/exportRefused.js';
import type { Unread } from '../application/importing.js';

/** Properties of an error code: its HTTP status outside /graphql, and what the caller can do. */
export interface ErrorKind {
  readonly status: number;
  readonly advice: string;
}

/**
 * All codes of errors that are not refused commands. The list is closed: it is an enum of the schema and a table of the
 * docs.
 */
export const ERROR_KINDS = {
  UNAUTHENTICATED: { status: 401, advice: 'Send a key: «Authorization: Bearer …».' },
  INVALID_KEY: { status: 401, advice: 'The key or token is unknown, expired or revoked: send another one.' },
  FORBIDDEN: { status: 403, advice: 'The role or the access scope of the key does not allow this.' },
  BAD_USER_INPUT: { status: 400, advice: 'Correct the argument that the message names.' },
  BAD_ID: { status: 400, advice: 'Use an id that the API returned, of the kind that the message names.' },
  BAD_CURSOR: { status: 400, advice: 'Use a cursor of the same list, filter and order.' },
  BAD_POSITION: {
    status: 400,
    advice: 'This chronicle has no such position (`problem` says why): start over with `/plans.jsonl`.',
  },
  BAD_REQUEST: { status: 400, advice: 'Correct the request: its body, headers or parameters are malformed.' },
  PAGE_TOO_LARGE: { status: 400, advice: 'Ask for fewer items at once.' },
  NOT_FOUND: { status: 404, advice: 'It does not exist, or this key may not see it.' },
  METHOD_NOT_ALLOWED: { status: 405, advice: 'Use a method that the header `allow` lists.' },
  TOO_LARGE: { status: 413, advice: 'Send a smaller body.' },
  GRAPHQL_PARSE_FAILED: { status: 400, advice: 'Correct the syntax of the GraphQL document.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, advice: 'Correct the GraphQL document by the schema.' },
  OPERATION_RESOLUTION_FAILURE: { status: 400, advice: 'Name an operation of the GraphQL document.' },
  PERSISTED_QUERY_NOT_FOUND: { status: 404, advice: 'Send the text of the GraphQL document with its hash once.' },
  PERSISTED_QUERY_NOT_SUPPORTED: { status: 400, advice: 'Send the text of the GraphQL document.' },
  QUERY_TOO_EXPENSIVE: { status: 400, advice: 'Select less, or page by page.' },
  ANSWER_TOO_LARGE: { status: 400, advice: 'Select less, or page by page.' },
  RATE_LIMITED: { status: 429, advice: 'Send fewer requests: try again after `retry-after`.' },
  TIMEOUT: { status: 503, advice: 'Select less, or try again later.' },
  READ_MODEL_BEHIND: { status: 503, advice: 'Try again: the read models have not passed the position yet.' },
  UNAVAILABLE: {
    status: 503,
    advice: 'Try again after `retry-after`. A command with the same `commandId` is never executed twice.',
  },
  INTERNAL_SERVER_ERROR: { status: 500, advice: 'An error in the server: its log has the cause.' },
} as const satisfies Readonly<Record<string, ErrorKind>>;

/** Code of an error that is not a refused command. Each message says what to do. */
export type ErrorCode = keyof typeof ERROR_KINDS;

/** Returns the code of an error from its extensions. */
export function errorCodeOf(extensions: GraphQLError['extensions'] | undefined): ErrorCode {
  const code: unknown = extensions?.code;
  return typeof code === 'string' && isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_KINDS, code);
}

/** Returns the error of a document that cannot be read. Its extensions contain the reason and the place. */
export function unreadDocument(fileName: string, { problem, ...where }: Unread): GraphQLError {
  return apiError('BAD_USER_INPUT', `${fileName}: ${problem}`, { ...where });
}

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
