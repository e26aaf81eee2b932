import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Interval in milliseconds at which a stopping server checks for connections without any data. */
const SILENCE_LOOK_MS = 50;

/**
 * When the server stops, closes connections on which the client has sent nothing. Clients open such connections in
 * advance. For Node a connection is idle only after a request, so the server would wait until these connections time
 * out.
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
