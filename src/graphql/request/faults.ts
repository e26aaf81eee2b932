import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { AccessUnavailable } from '../../access/principal.js';
import { ChronicleDamaged, EventStoreUnavailable } from '../../eventstore/port.js';
import { ReadStoreUnavailable } from '../../readstore/port.js';
import { Late } from '../../storage/deadline.js';
import { isConnectionFailure } from '../../storage/network.js';
import { VaultUnavailable } from '../../vault/keyStore.js';

/** The message of an error because an engine is away, in place of what its driver says. */
export const UNAVAILABLE =
  'The server cannot read or store just now. Ask again in a while; a command with the same commandId is never carried out twice.';
/** The message of a failure that only the log of the server explains. */
const FAILED = 'The server failed to answer this; its log tells why.';

/** What callers may see of an error: refusals and usage errors whole, of faults that there was one; the log has the rest. */
export function publicError(error: GraphQLError, log: Logger): GraphQLFormattedError {
  const { message, locations, path, extensions } = error.toJSON();
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const { http: _, ...others } = extensions ?? {};
  if (others.code !== undefined && others.code !== 'INTERNAL_SERVER_ERROR') {
    return { message, ...place, extensions: others };
  }
  const cause = error.originalError ?? error;
  if (cause instanceof ChronicleDamaged) {
    log.error({ err: cause, path }, 'nothing is written to what is damaged');
    const { stream } = cause;
    const what = stream === undefined ? 'The chronicle is damaged' : `The record of ${stream} is damaged`;
    const message = `${what}, and nothing more is recorded in it; asking again does not help. Reading goes on. The operator restores it from a backup (letopis restore).`;
    return { message, ...place, extensions: { code: 'UNAVAILABLE', problem: 'CHRONICLE_DAMAGED' } };
  }
  if (isUnavailable(cause)) {
    log.error({ err: cause, path }, 'a store is not available');
    return { message: UNAVAILABLE, ...place, extensions: { code: 'UNAVAILABLE' } };
  }
  log.error({ err: cause, path }, 'a request failed');
  return { message: FAILED, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Whatever was thrown, as an error of GraphQL. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError(FAILED, { originalError: error instanceof Error ? error : new Error(String(error)) });
}

/** The HTTP status that an error asks for; undefined when it asks for none. */
export function statusAsked({ extensions }: GraphQLError): number | undefined {
  const { http } = extensions;
  if (typeof http !== 'object' || http === null || !('status' in http)) return undefined;
  return typeof http.status === 'number' ? http.status : undefined;
}

/** Codes of errors that pass by themselves. */
const PASSING: ReadonlySet<unknown> = new Set(['UNAVAILABLE', 'READ_MODEL_BEHIND']);

/** Returns whether asking again later may succeed. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return isUnavailable(error) && !(error instanceof ChronicleDamaged);
  const { code, problem } = error.extensions;
  return (PASSING.has(code) && problem === undefined) || mayPass(error.originalError);
}

/** Returns whether an error means that an engine is away, whichever layer it comes from. */
function isUnavailable(error: unknown): boolean {
  return (
    error instanceof EventStoreUnavailable ||
    error instanceof ReadStoreUnavailable ||
    error instanceof VaultUnavailable ||
    error instanceof AccessUnavailable ||
    error instanceof Late ||
    isConnectionFailure(error)
  );
}

/** Whatever was thrown, as an error that callers may see. */
export function sendable(error: unknown, log: Logger): GraphQLError {
  const { message, extensions } = publicError(asGraphQLError(error), log);
  return new GraphQLError(message, { extensions });
}
