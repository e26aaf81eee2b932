import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { errorCode } from '../engine/storage/thrown.js';
import type { ErrorCode } from '../graphql/errors.js';
import { errorBody, RETRY_SECONDS } from '../graphql/http/errorBody.js';

/** Thrown when the server cannot listen at its address. The message says what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** The address at which a server listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** The options by which the place of a server is changed, as messages name them. */
interface PlaceOptions {
  readonly host: string;
  readonly port: string;
}

const SERVER_OPTIONS: PlaceOptions = { host: '--host or LETOPIS_HOST', port: '--port or LETOPIS_PORT' };

/** An address that stays bound until the server that will use it is created. */
export interface HeldPlace {
  /** Frees the address. Call it just before the server listens, or when the server cannot be created. */
  release(): Promise<void>;
}

/** Maximum number of connections while the server starts. */
const MOST_WAITING = 1_000;

/** Timeout for a request while the server starts, in milliseconds. */
const TIMEOUT_AT_START = 10_000;

/**
 * Binds an address, so that no file is created when the address is in use. Until the address is released, /health/live
 * answers 200, and every other request gets 503 with `Retry-After`.
 *
 * @throws CannotListen
 */
export async function holdPlace(place: ListenAddress, options = SERVER_OPTIONS): Promise<HeldPlace> {
  const timeouts = { headersTimeout: TIMEOUT_AT_START, requestTimeout: TIMEOUT_AT_START, keepAlive: false };
  const holder = createServer(timeouts, (request, response) => answerStarting(request.url ?? '/', response));
  holder.maxConnections = MOST_WAITING;
  const listen = async () => {
    holder.listen({ ...place, exclusive: true });
    await once(holder, 'listening');
  };
  await orCannotListen(place, listen, options);
  return {
    async release() {
      if (!holder.listening) return;
      const closed = once(holder, 'close');
      holder.close();
      holder.closeAllConnections();
      await closed;
    },
  };
}

function answerStarting(url: string, response: ServerResponse): void {
  // The connection is closed, so that the next request of the client reaches the server itself.
  response.setHeader('connection', 'close');
  if (url === '/health/live') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"status":"live"}');
    return;
  }
  const code: ErrorCode = 'UNAVAILABLE';
  const { type, body } = errorBody(url, 503, 'The server starts: try again in a moment.', { code });
  response.writeHead(503, { 'content-type': type, 'retry-after': RETRY_SECONDS }).end(body);
}

/** Calls `listen`, and turns errors of the address into CannotListen. @throws CannotListen */
export async function orCannotListen<T>(
  place: ListenAddress,
  listen: () => Promise<T>,
  options = SERVER_OPTIONS,
): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const reason = reasonOf(place, options, errorCode(error));
    throw reason === undefined ? error : new CannotListen(reason, { cause: error });
  }
}

function reasonOf({ host, port }: ListenAddress, options: PlaceOptions, code: unknown): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} of ${host} is taken by another program: stop it, or give this server another port with ${options.port}`;
    case 'EACCES':
      return `this user may not listen on port ${port}: give this server a port above 1023 with ${options.port}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `${host} is no address of this machine: give one with ${options.host}, such as 127.0.0.1, or 0.0.0.0 for all of them`;
    default:
      return undefined;
  }
}
