import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Served, serve } from '../../src/app/serve.js';
import { type Cluster, startCluster } from '../cluster/cluster.js';
import { apiAt, type TestApi } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { describeStandIn } from '../support/mongodb/server.js';
import type { TcpProxy } from '../support/proxy.js';
import { silent, testConfig } from '../support/server.js';
import { statusOf, until } from '../support/waiting.js';
import { importCopies } from '../support/watched.js';

const SYSTEM = '{ system { chronicleId eventStore readStore logKey witnessKey lag writing logProblem } }';
const PLANS = '{ plans { totalCount } }';
const AWAY = { code: 'EVENT_STORE_AWAY', since: expect.stringMatching(/^20\d\d-/) };
const STALE = { extensions: { stale: [{ code: 'EVENT_STORE_AWAY', staleSince: AWAY.since }] } };

let cluster: Cluster;
let server: Served;
let api: TestApi;

/**
 * Answers of a server are those of an engine that answers nothing at all: an answer without an error has waited for no
 * call to it.
 */
describeStandIn('while an engine never answers, a server answers from what it knows', () => {
  let known: unknown;

  beforeAll(async () => {
    cluster = await startCluster();
    const { LETOPIS_DATA: directory = '', ...settings } = cluster.settings();
    server = await serve(testConfig({ directory, settings }), silent);
    api = apiAt(server.address);
    const at = await importCopies(api, 1);
    await api.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at } });
    known = await api.data(SYSTEM);
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await cluster?.close();
  }, 120_000);

  /** Takes engines away for some work. */
  async function without(proxies: readonly TcpProxy[], work: () => Promise<void>): Promise<void> {
    for (const proxy of proxies) proxy.set({ kind: 'blackHole' });
    await work();
    for (const proxy of proxies) {
      proxy.set({ kind: 'clear' });
      // Requests that were not forwarded never get an answer.
      proxy.cut();
    }
    await until(async () => (await statusOf(`${server.address}/health/commands`)) === 200);
    await until(async () => (await api.query(PLANS)).errors.length === 0);
  }

  const noticed = () => until(async () => (await statusOf(`${server.address}/health/commands`)) === 503);

  async function got(path: string) {
    const headers = { authorization: `Bearer ${keyOf('administrator')}` };
    const response = await fetch(server.address + path, { headers });
    return { status: response.status, text: await response.text() };
  }

  /** Checks answers that need no engine. `commands` is the state of commands in the health report. */
  async function expectKnown(commands: object): Promise<void> {
    expect(await got('/health/live')).toEqual({ status: 200, text: '{"status":"live"}' });
    const ready = await got('/health/ready');
    expect({ ...ready, text: JSON.parse(ready.text) }).toEqual({ status: 200, text: { status: 'ready', ...commands } });
    expect(await got('/metrics')).toMatchObject({
      status: 200,
      text: expect.stringMatching(/^letopis_event_store_away_seconds \d/m),
    });
    const { status, data, errors } = await api.query(SYSTEM);
    expect({ status, data, errors }).toEqual({ status: 200, data: known, errors: [] });
  }

  /** The first result of an operation over a WebSocket. */
  async function bySocket(document: string): Promise<unknown> {
    const subscribed = api.subscribe(document);
    try {
      return await subscribed.next();
    } finally {
      await subscribed.close();
    }
  }

  it(
    'the event store: also queries, which say since when they may be stale',
    () =>
      without([cluster.events.proxy], async () => {
        await noticed();
        await expectKnown({ commands: AWAY });
        const { text } = await api.query(PLANS);
        expect(JSON.parse(text)).toEqual({ data: { plans: { totalCount: 1 } }, ...STALE });
        expect(await bySocket(PLANS)).toEqual({ data: { plans: { totalCount: 1 } }, ...STALE });
      }),
    120_000,
  );

  it(
    'the read store: queries that need it are UNAVAILABLE',
    () =>
      without([cluster.mongo.proxy], async () => {
        await expectKnown({});
        await expectUnavailable();
      }),
    120_000,
  );

  it(
    'both: the same, and commands are away',
    () =>
      without([cluster.events.proxy, cluster.mongo.proxy], async () => {
        await noticed();
        await expectKnown({ commands: AWAY });
        await expectUnavailable();
      }),
    120_000,
  );

  async function expectUnavailable(): Promise<void> {
    const Codes = z.object({ errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })) });
    // Documents that were asked before may be answered without a read.
    const unknown = () => `{ at${performance.now().toFixed()}: __typename plans { totalCount } }`;
    for (const { errors } of [await api.query(unknown()), Codes.parse(await bySocket(unknown()))]) {
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE']);
    }
  }
});
