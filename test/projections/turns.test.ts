import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fill } from '../../src/engine/projections/fill.js';
import type { CollectionSpec, ReadStore, Write } from '../../src/engine/readstore/port.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { importCopies, startWatchedServer, type WatchedServer } from '../support/watched.js';

let server: WatchedServer;

beforeAll(async () => {
  server = await startWatchedServer();
  await importCopies(server, 6);
});
afterAll(() => server.close());

it('fills read models in small writes, between which the event loop serves requests', async () => {
  const { events, store } = server.letopis.services;
  const targets = COLLECTIONS.map((spec) => ({ ...spec, build: 1 }));
  await store.prepare(targets);
  let turns = 0;
  const tick = () => {
    turns += 1;
    next = setImmediate(tick);
  };
  let next = setImmediate(tick);
  const written: { readonly name: string; readonly rows: number; readonly turn: number }[] = [];
  const watched: ReadStore = Object.create(store, {
    write: {
      value(spec: CollectionSpec, writes: readonly Write[]) {
        written.push({ name: spec.name, rows: writes.length, turn: turns });
        return store.write(spec, writes);
      },
    },
  });
  for await (const _ of fill(READ_MODELS, events, watched, targets, await events.head()));
  clearImmediate(next);
  const most = Math.max(...COLLECTIONS.map(({ name }) => rowsOf(name)));
  expect(most).toBeGreaterThan(100);
  expect(written.filter(({ rows }) => rows > 100)).toEqual([]);
  const full = written.filter(({ rows }) => rows === 100);
  expect(full.length).toBeGreaterThan(0);
  for (const one of full) {
    const after = written[written.indexOf(one) + 1];
    if (after) expect(after.turn).toBeGreaterThan(one.turn);
  }

  function rowsOf(name: string): number {
    return written.filter((each) => each.name === name).reduce((sum, { rows }) => sum + rows, 0);
  }
});
