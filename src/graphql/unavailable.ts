import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AccessUnavailable } from '../access/principal.js';
import { EventStoreUnavailable } from '../eventstore/port.js';
import { ReadStoreUnavailable } from '../readstore/port.js';
import { Late } from '../storage/deadline.js';
import { isConnectionFailure } from '../storage/network.js';
import { VaultUnavailable } from '../vault/vault.js';

/** The message for whoever asks while an engine is away, in place of what its driver says. */
export const UNAVAILABLE =
  'The server cannot read or store just now. Ask again in a while; a command with the same commandId is never carried out twice.';

/** The message for a failure that only the log of the server explains. */
export const FAILED = 'The server failed to answer this; its log tells why.';

/** Seconds until it is worth asking again: the `Retry-After` of an answer with status 503. */
export const RETRY_AFTER = '2';

/** Codes of errors that pass by themselves. */
const PASSING: ReadonlySet<unknown> = new Set(['UNAVAILABLE', 'READ_MODEL_BEHIND']);

/** Returns whether an error means that an engine is away, whichever layer it comes from. */
export function isUnavailable(error: unknown): boolean {
  return (
    error instanceof EventStoreUnavailable ||
    error instanceof ReadStoreUnavailable ||
    error instanceof VaultUnavailable ||
    error instanceof AccessUnavailable ||
    error instanceof Late ||
    isConnectionFailure(error)
  );
}

/** Returns whether asking again later may succeed. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return isUnavailable(error);
  return PASSING.has(error.extensions.code) || isUnavailable(error.originalError);
}

/** Reports a failure that callers are not told the details of. */
export type Report = (failure: unknown) => void;

/** Returns an error as callers may see it: errors with a code as they are, of all others only that there was one. */
export function publicError(error: GraphQLError, report: Report): GraphQLFormattedError {
  const { originalError } = error;
  const isFailure = originalError !== undefined && !(originalError instanceof GraphQLError) && !error.extensions.code;
  const formatted = error.toJSON();
  if (!isFailure) return formatted;
  report(originalError);
  const [message, code] = isUnavailable(originalError)
    ? [UNAVAILABLE, 'UNAVAILABLE']
    : [FAILED, 'INTERNAL_SERVER_ERROR'];
  return { ...formatted, message, extensions: { code } };
}

/** An execution result, of graphql-js or of graphql-ws. */
interface Result {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
  readonly extensions?: Record<string, unknown> | undefined;
}

/** Returns a result with its errors as callers may see them. */
export function publicResult({ data, errors, extensions }: Result, report: Report): FormattedExecutionResult {
  return {
    ...(errors && { errors: errors.map((error) => publicError(error, report)) }),
    ...(data !== undefined && { data }),
    ...(extensions && { extensions }),
  };
}
