import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Starts a server that only listens, at a free port unless one is given. @throws the error of the system */
export async function listener(host: string, port = 0): Promise<Server> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return server;
}

/** Returns the port at which a server listens. */
export function boundPort(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}

/** Returns a port that has just been free, for a program that cannot choose one itself. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = await listener(host);
  const port = boundPort(server);
  server.close();
  await once(server, 'close');
  return port;
}
