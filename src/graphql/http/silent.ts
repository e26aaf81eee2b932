import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How often a server that stops looks for such connections, in milliseconds. */
const SILENCE_LOOK_MS = 50;

/**
 * Closes connections that have sent nothing when the server stops. Clients open some in advance. They are not idle for
 * Node, which closes only connections that have had a request, so the server would wait until they time out.
 */
export function closeSilent(app: FastifyInstance, server: Server): void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', async () => {
    const looking = setInterval(() => {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    }, SILENCE_LOOK_MS);
    server.once('close', () => clearInterval(looking));
  });
}
