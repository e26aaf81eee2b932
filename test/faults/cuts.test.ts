import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Letopis } from '../../src/app/compose.js';
import { type Served, serve } from '../../src/app/serve.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { COLLECTIONS } from '../../src/projections/readModels.js';
import { type Cluster, startCluster } from '../cluster/cluster.js';
import { client, together } from '../cluster/load.js';
import { apiAt, type TestApi } from '../support/api.js';
import { type Command, commandsOf, compareCommands, compareReadModels, planIds } from '../support/load.js';
import { describeStandIn } from '../support/mongodb/server.js';
import type { TcpProxy } from '../support/proxy.js';
import { silent, testConfig } from '../support/server.js';
import { caughtUp, pauseReadModels, until } from '../support/waiting.js';
import { importCopies } from '../support/watched.js';

const CLIENTS = 4;
/** Pause of a client between two commands, in milliseconds, so that the read models of the same process can catch up. */
const PAUSE_MS = 250;
/** Commands that wait for the read models when the cuts begin. */
const BACKLOG = 300;
/** Bytes between two cuts: less than the backlog takes. Commands that go on add to it. */
const BYTES = { events: 1_000_000, rows: 256_000 };
/** Number of times that each read model must advance, with a cut between every two of them. */
const ADVANCES = 2;

let cluster: Cluster;
let letopis: Letopis;
let server: Served;
let api: TestApi;
let plans: string[];

/** Sends commands until enough of them are acknowledged and `work` has ended. Returns the acknowledged ones. */
async function commandsDuring(atLeast: number, work: Promise<unknown>, pauseMs = 0): Promise<readonly Command[]> {
  const ended = new AbortController();
  const name = randomUUID().slice(0, 8);
  let sent = 0;
  const clients = Array.from({ length: CLIENTS }, async (_, index) => {
    // Large imports are made by the first client of a load.
    const next = await commandsOf(index + 1, plans, name);
    const counted = () => {
      sent += 1;
      return next();
    };
    return client(() => [api], counted, ended.signal, pauseMs);
  });
  try {
    await until(() => sent > atLeast);
    await work;
  } finally {
    ended.abort();
  }
  return together(await Promise.all(clients)).acknowledged;
}

/** Waits until each read model has advanced often enough, with a cut between every two times. */
async function advancedBetween(store: ReadStore, cuts: () => number): Promise<void> {
  const checkpoints = async () => (await store.standing(COLLECTIONS)).map(({ position }) => position ?? '');
  const advances = COLLECTIONS.map(() => new Set<number>());
  let known = await checkpoints();
  await until(async () => {
    const now = await checkpoints();
    for (const [index, seen] of advances.entries()) {
      if ((now[index] ?? '') > (known[index] ?? '')) seen.add(cuts());
    }
    known = now;
    return advances.every((seen) => seen.size >= ADVANCES);
  });
}

describeStandIn('a server whose connections to its engines are all cut again and again', () => {
  beforeAll(async () => {
    cluster = await startCluster();
    const { LETOPIS_DATA: directory = '', ...settings } = cluster.settings();
    server = await serve(testConfig({ directory, settings }), silent, async (opened) => {
      letopis = opened;
    });
    api = apiAt(server.address);
    plans = await planIds(api, await importCopies(api, 4));
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await cluster?.close();
  }, 120_000);

  it.each<readonly [string, () => readonly (readonly [TcpProxy, number])[]]>([
    ['MongoDB', () => [[cluster.mongo.proxy, BYTES.rows]]],
    ['KurrentDB', () => [[cluster.events.proxy, BYTES.events]]],
  ])(
    '%s: each read model advances between the cuts while commands go on, and nothing is lost or doubled',
    async (_, proxiesOf) => {
      const proxies = proxiesOf();
      const { runner } = letopis.services;
      const resume = pauseReadModels(runner);
      const waiting = await commandsDuring(BACKLOG, Promise.resolve());
      for (const [proxy, after] of proxies) proxy.set({ kind: 'cutAgain', after });
      const cuts = () => proxies.reduce((sum, [proxy]) => sum + proxy.cuts, 0);
      const resumed = resume();
      const during = await cluster.withStores((_events, store) =>
        commandsDuring(1, advancedBetween(store, cuts), PAUSE_MS),
      );
      for (const [proxy] of proxies) proxy.set({ kind: 'clear' });
      await resumed;
      const commands = [...waiting, ...during];
      await cluster.withStores(async (events, store) => {
        await caughtUp({ runner, events });
        expect(await compareCommands(events, commands)).toMatchObject({
          found: commands.length,
          doubled: 0,
          torn: 0,
        });
        const file = join(cluster.directory, `${randomUUID()}.db`);
        expect(await compareReadModels(events, store, file)).toMatchObject({ differing: 0 });
      });
    },
    240_000,
  );
});
