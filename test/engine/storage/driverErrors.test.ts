import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mongoReadStore } from '../../../src/engine/readstore/mongodb/store.js';
import { type CollectionSpec, type ReadStore, ReadStoreUnavailable } from '../../../src/engine/readstore/port.js';
import { connectMongo, type MongoConnection } from '../../../src/engine/storage/mongodb.js';
import { describeMongo, type MongoServer, startMongo } from '../../support/mongodb/server.js';
import { startProxy, type TcpProxy, type Weather } from '../../support/proxy.js';

const THINGS: CollectionSpec = {
  name: 'things',
  version: 1,
  fields: { text: 'text', count: 'number' },
  indexes: [['text']],
};

/** Every call of the read store. */
function calls(store: ReadStore, turn: number): readonly (readonly [string, () => Promise<unknown>])[] {
  const many = Array.from({ length: 60 }, (_, index) => `${turn}.${index}`);
  const writes = many.map((id) => {
    const document = { id, position: '1', fields: { text: id, count: 1 }, body: { text: 'x'.repeat(5_000) } };
    return { kind: 'put', expected: null, document } as const;
  });
  const page = { filter: [], order: [{ field: 'text', direction: 'asc' }], limit: 50 } as const;
  return [
    ['write', () => store.write(THINGS, writes)],
    ['load', () => store.load(THINGS, many)],
    ['get', () => store.get(THINGS, many)],
    ['find', () => store.find(THINGS, page)],
    ['count', () => store.count(THINGS, [])],
    ['sums', () => store.sums(THINGS, { filter: [], by: 'text', of: 'count' })],
    ['checkpoint', () => store.checkpoint('things@1')],
    ['moveCheckpoint', () => store.moveCheckpoint(`things ${turn}`, undefined, '1')],
    ['standing', () => store.standing([THINGS])],
    ['prepare', () => store.prepare([THINGS])],
  ];
}

describeMongo('what the driver throws when the network fails', () => {
  let server: MongoServer;
  let proxy: TcpProxy;
  let connection: MongoConnection;
  let store: ReadStore;
  beforeAll(async () => {
    server = await startMongo();
    proxy = await startProxy(server.port);
    const url = new URL(server.url);
    url.port = String(proxy.port);
    connection = await connectMongo(String(url));
    store = mongoReadStore(connection.db);
    await store.prepare([THINGS]);
  });
  afterAll(async () => {
    await connection?.close();
    await proxy?.close();
    await server?.close();
  });

  it.each<readonly [string, Weather]>([
    ['connections that are cut', { kind: 'clear' }],
    ['refused connections', { kind: 'refuse' }],
    ['connections that are half open', { kind: 'halfOpen' }],
    ['an answer that is cut at its beginning', { kind: 'cutAnswer', after: 0 }],
    ['an answer that is cut in its header', { kind: 'cutAnswer', after: 7 }],
    ['an answer that is cut in its document', { kind: 'cutAnswer', after: 40 }],
  ])(
    'is an unavailable store for every call: %s',
    async (_, weather) => {
      const others: string[] = [];
      let failures = 0;
      for (let turn = 0; turn < 6; turn += 1) {
        proxy.set({ kind: 'clear' });
        proxy.cut();
        const made = calls(store, turn).map(async ([name, call]) => {
          try {
            await call();
          } catch (error) {
            failures += 1;
            if (!(error instanceof ReadStoreUnavailable)) others.push(`${name}: ${String(error)}`);
          }
        });
        // The fault begins at a different moment of the calls in each turn.
        for (let tick = 0; tick < turn; tick += 1) await new Promise(setImmediate);
        proxy.set(weather);
        proxy.cut();
        await pause(20 * turn);
        proxy.set({ kind: 'clear' });
        proxy.cut();
        await Promise.all(made);
      }
      expect(others).toEqual([]);
      expect(failures).toBeGreaterThan(0);
    },
    120_000,
  );
});
