import type { FastifyInstance } from 'fastify';
import { type EventLog, type EventStore, START } from '../engine/eventstore/port.js';
import { TILE, tileAddress, widthIn } from '../engine/log/tiles.js';
import { apiError } from './errors.js';
import { describedBy, routeOperation, TEXT_SCHEMA } from './openapi/operation.js';
import type { RestHandlers } from './rest.js';

/** Tiles never change, so clients may cache them without limit. */
const IMMUTABLE = 'max-age=31536000, immutable';

const BYTES = { 'application/octet-stream': {} };
const TILE_PATH = 'The rest of the address has slashes as they are: `x001/067`, or `x001/067.p/17` for a partial one.';
const CHECKPOINT = routeOperation({
  summary: 'The last signed checkpoint of the transparency log (C2SP)',
  tag: 'Transparency log',
  access: 'open',
  responses: { 200: ['A signed note.', { 'text/plain': TEXT_SCHEMA }] },
});
const HASHES = routeOperation({
  summary: 'A tile of hashes (C2SP tlog-tiles)',
  tag: 'Transparency log',
  access: 'open',
  path: { tile: `Level and number of the tile. ${TILE_PATH}` },
  responses: { 200: ['Hashes of 32 bytes each.', BYTES] },
});
const ENTRIES = routeOperation({
  summary: 'Stored events (an entry bundle of C2SP tlog-tiles)',
  tag: 'Transparency log',
  access: 'key',
  path: { tile: `Number of the bundle. ${TILE_PATH}` },
  responses: { 200: ['Each entry after its length as a big-endian 16-bit integer.', BYTES] },
});

/** Longest entry of an entry bundle, in bytes: the format has two bytes for the length. */
const MAX_ENTRY = 0xffff;

/**
 * Serves the transparency log (C2SP tlog-tiles): the last signed checkpoint at /checkpoint, hashes below /tile, entries
 * below /tile/entries. Hashes reveal nothing about the events, so they are public. Entries are only for callers who may
 * read the audit trail.
 */
export function serveLog(
  app: FastifyInstance,
  log: EventLog,
  events: Pick<EventStore, 'readAll'>,
  rest: RestHandlers,
): void {
  app.get('/checkpoint', describedBy({ get: CHECKPOINT }), async (_, reply) => {
    const note = await log.lastCheckpoint();
    if (note === undefined) throw apiError('NOT_FOUND', 'Nothing was recorded yet.');
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(note);
  });
  app.get<{ Params: { '*': string } }>('/tile/*', describedBy({ get: HASHES }), async (request, reply) => {
    const address = tileAddress(request.params['*']);
    if (!address) {
      throw apiError('BAD_USER_INPUT', 'The address of a tile has the form /tile/0/x001/067 or /tile/0/x001/067.p/17.');
    }
    const { size } = await log.tree();
    if (address.width > widthIn(size, address)) throw apiError('NOT_FOUND', 'The log is not so long yet.');
    const hashes = await log.hashes({ ...address, width: Math.min(address.width, TILE) });
    return reply
      .type('application/octet-stream')
      .header('cache-control', `public, ${IMMUTABLE}`)
      .send(Buffer.concat([...hashes]));
  });
  app.get<{ Params: { '*': string } }>(
    '/tile/entries/*',
    describedBy({ get: ENTRIES }),
    rest('GET /tile/entries/{tile}', 'query', async (_, request) => {
      const address = tileAddress(`0/${request.params['*']}`);
      if (!address) throw apiError('BAD_USER_INPUT', 'The address of entries has the form /tile/entries/x001/067.');
      const { size } = await log.tree();
      if (address.width > widthIn(size, address)) throw apiError('NOT_FOUND', 'The log is not so long yet.');
      const headers = { 'content-type': 'application/octet-stream', 'cache-control': `private, ${IMMUTABLE}` };
      return { headers, content: bundleOf(await entriesAt(log, events, address.number * TILE, address.width)) };
    }),
  );
}

/** Returns the stored bytes of consecutive entries. */
async function entriesAt(log: EventLog, events: Pick<EventStore, 'readAll'>, first: number, count: number) {
  const after = first === 0 ? START : await log.positionAt(first - 1);
  if (after === undefined) throw apiError('NOT_FOUND', 'The log is not so long yet.');
  const { events: found } = await events.readAll({ after, limit: count });
  return found.map(({ body }) => Buffer.from(body));
}

/** Returns an entry bundle: each entry after its length as a big-endian 16-bit integer. */
function bundleOf(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry, index) => {
      if (entry.length > MAX_ENTRY) {
        const message = `Entry ${index} of this bundle has ${entry.length} bytes: the layout holds ${MAX_ENTRY}. Ask for proof(entryId), which holds any.`;
        throw apiError('NOT_FOUND', message);
      }
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}
