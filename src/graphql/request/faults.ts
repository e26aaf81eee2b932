import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { AccessUnavailable } from '../../access/principal.js';
import { UnreadableEvent } from '../../engine/eventstore/envelope.js';
import { ChronicleDamaged, EventStoreUnavailable } from '../../engine/eventstore/port.js';
import { operatorTerms } from '../../engine/operatorTerms.js';
import { ReadStoreUnavailable } from '../../engine/readstore/port.js';
import { DeadlineExceeded } from '../../engine/storage/deadline.js';
import { isConnectionFailure } from '../../engine/storage/network.js';
import { VaultUnavailable } from '../../engine/vault/keyStore.js';

/** Message for the caller when a store is unavailable. It replaces the message of the driver. */
export const UNAVAILABLE_MESSAGE =
  'The server cannot read or store just now. Ask again in a while; a command with the same commandId is never carried out twice.';
/** Message for the caller if the recursive parser cannot parse the document. */
export const NESTED_TOO_DEEPLY = 'Syntax Error: the document is nested too deeply.';
/** Message for the caller of an internal error, whose cause is only in the server log. */
const FAILED = 'The server failed to handle this request; its log has the cause.';

/**
 * Returns an error as callers may see it. Refusals and usage errors are returned unchanged. Internal errors get a
 * general message; their cause is written to the log.
 */
export function publicError(error: GraphQLError, log: Logger): GraphQLFormattedError {
  const { message, locations, path, extensions } = error.toJSON();
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const { http: _, ...others } = extensions ?? {};
  if (others.code !== undefined && others.code !== 'INTERNAL_SERVER_ERROR') {
    return { message, ...place, extensions: others };
  }
  const cause = error.originalError ?? error;
  if (cause instanceof ChronicleDamaged) {
    log.error({ err: cause, path }, 'refused a write because the event store is damaged');
    const { stream, remedy } = cause;
    const what = stream === undefined ? 'The chronicle is damaged' : `The record of ${stream} is damaged`;
    const message = `${what}, and nothing more is recorded in it; asking again does not help. Reading goes on. The operator ${remedy}.`;
    return { message, ...place, extensions: { code: 'UNAVAILABLE', problem: 'CHRONICLE_DAMAGED' } };
  }
  if (cause instanceof UnreadableEvent) {
    log.error({ err: cause, path }, 'a stored event cannot be read');
    const code = 'UNAVAILABLE';
    if (cause.isNewer) return { message: `This server is too old: ${cause.message}.`, ...place, extensions: { code } };
    const message = `The chronicle is damaged: ${cause.message}. Asking again does not help. The operator restores it from a backup (${operatorTerms().restore}).`;
    return { message, ...place, extensions: { code, problem: 'CHRONICLE_DAMAGED' } };
  }
  if (isUnavailable(cause)) {
    log.error({ err: cause, path }, 'a store is not available');
    return { message: UNAVAILABLE_MESSAGE, ...place, extensions: { code: 'UNAVAILABLE' } };
  }
  log.error({ err: cause, path }, 'a request failed');
  return { message: FAILED, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Returns any thrown value as a GraphQLError. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError(FAILED, { originalError: error instanceof Error ? error : new Error(String(error)) });
}

/** Returns the HTTP status in the extensions of an error; undefined when there is none. */
export function statusAsked({ extensions }: GraphQLError): number | undefined {
  const { http } = extensions;
  if (typeof http !== 'object' || http === null || !('status' in http)) return undefined;
  return typeof http.status === 'number' ? http.status : undefined;
}

/** Codes of temporary errors. */
const TEMPORARY_CODES: ReadonlySet<unknown> = new Set(['UNAVAILABLE', 'READ_MODEL_BEHIND']);

/** Returns true when a retry may succeed. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return isUnavailable(error) && !(error instanceof ChronicleDamaged);
  const { code, problem } = error.extensions;
  return (TEMPORARY_CODES.has(code) && problem === undefined) || mayRetry(error.originalError);
}

/** Returns true when an error means that a store is unavailable, whichever layer threw it. */
function isUnavailable(error: unknown): boolean {
  return (
    error instanceof EventStoreUnavailable ||
    error instanceof ReadStoreUnavailable ||
    error instanceof VaultUnavailable ||
    error instanceof AccessUnavailable ||
    error instanceof DeadlineExceeded ||
    isConnectionFailure(error)
  );
}

/** Returns any thrown value as an error that callers may see. */
export function sendable(error: unknown, log: Logger): GraphQLError {
  const { message, extensions } = publicError(asGraphQLError(error), log);
  return new GraphQLError(message, { extensions });
}
