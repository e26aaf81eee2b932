import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { FAILED, isUnavailable, UNAVAILABLE } from '../unavailable.js';

/** What callers may see of an error: refusals and usage whole, of faults that there was one; the log tells the rest. */
export function formattedError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const { code } = formatted.extensions ?? {};
  if (code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const cause = unwrapResolverError(error);
  if (isUnavailable(cause)) {
    log.error({ err: cause, path: formatted.path }, 'a store is not available');
    return { ...formatted, message: UNAVAILABLE, extensions: { code: 'UNAVAILABLE' } };
  }
  log.error({ err: cause, path: formatted.path }, 'a request failed');
  const { message: _, ...rest } = formatted;
  return { ...rest, message: FAILED, extensions: { code } };
}
