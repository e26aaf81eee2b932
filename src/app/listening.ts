import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from '../engine/storage/thrown.js';

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

/**
 * Checks that a server can listen at a place, by listening there for a moment. Call this before files are opened.
 *
 * @throws CannotListen
 */
export async function checkPlace(place: ListenAddress, options = SERVER_OPTIONS): Promise<void> {
  const probe = createServer((socket) => socket.destroy());
  const listen = async () => {
    probe.listen({ ...place, exclusive: true });
    await once(probe, 'listening');
  };
  await orCannotListen(place, listen, options);
  probe.close();
  await once(probe, 'close');
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
