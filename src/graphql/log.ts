import type { FastifyInstance } from 'fastify';
import { TILE, tileAddress, widthIn } from '../audit/log/tiles.js';
import type { EventLog } from '../eventstore/port.js';

/** A tile never changes: what has it may keep it. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The transparency log for programs that are not ours (C2SP tlog-tiles): the last signed checkpoint at /checkpoint, its
 * hashes below /tile. They say nothing of what was recorded and so are told to everybody.
 */
export function serveLog(app: FastifyInstance, log: EventLog): void {
  app.get('/checkpoint', async (_, reply) => {
    const note = log.lastCheckpoint();
    if (note === undefined) return reply.code(404).send('Nothing was recorded yet.\n');
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(note);
  });
  app.get<{ Params: { '*': string } }>('/tile/*', async (request, reply) => {
    const address = tileAddress(request.params['*']);
    if (!address) return reply.code(400).send('A tile is asked for as /tile/0/x001/067 or /tile/0/x001/067.p/17.\n');
    if (address.width > widthIn(log.tree.size, address)) return reply.code(404).send('The log is not so long yet.\n');
    const hashes = log.hashes({ ...address, width: Math.min(address.width, TILE) });
    return reply
      .type('application/octet-stream')
      .header('cache-control', FOR_EVER)
      .send(Buffer.concat([...hashes]));
  });
}
