import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { AccessUnavailable } from '../../access/principal.js';
import { ChronicleDamaged, EventStoreUnavailable } from '../../eventstore/port.js';
import { ReadStoreUnavailable } from '../../readstore/port.js';
import { VaultUnavailable } from '../../vault/vault.js';

/** What callers may see of an error: refusals and usage whole, of faults that there was one; the log tells the rest. */
export function formattedError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const { code } = formatted.extensions ?? {};
  if (code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const cause = unwrapResolverError(error);
  if (cause instanceof ChronicleDamaged) {
    log.error({ err: cause, path: formatted.path }, 'nothing is written to what is damaged');
    const { stream } = cause;
    const what = stream === undefined ? 'The chronicle is damaged' : `The record of ${stream} is damaged`;
    const message = `${what}, and nothing more is recorded in it; asking again does not help. Reading goes on. The operator restores it from a backup (letopis restore).`;
    return { ...formatted, message, extensions: { code: 'UNAVAILABLE', problem: 'CHRONICLE_DAMAGED' } };
  }
  if (isUnavailable(cause)) {
    log.error({ err: cause, path: formatted.path }, 'a store is not available');
    const message =
      'The server cannot read or store just now. Ask again in a while; a command with the same commandId is never carried out twice.';
    return { ...formatted, message, extensions: { code: 'UNAVAILABLE' } };
  }
  log.error({ err: cause, path: formatted.path }, 'a request failed');
  const { message: _, ...rest } = formatted;
  return { ...rest, message: 'The server failed to answer this; its log tells why.', extensions: { code } };
}

function isUnavailable(error: unknown): boolean {
  return (
    error instanceof EventStoreUnavailable ||
    error instanceof ReadStoreUnavailable ||
    error instanceof VaultUnavailable ||
    error instanceof AccessUnavailable
  );
}
