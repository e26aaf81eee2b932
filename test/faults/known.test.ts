import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Served, serve } from '../../src/app/serve.js';
import { type Cluster, startCluster } from '../cluster/cluster.js';
import { apiAt, type Subscribed, type TestApi } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { describeStandIn } from '../support/mongodb/server.js';
import type { TcpProxy } from '../support/proxy.js';
import { silent, testConfig } from '../support/server.js';
import { statusOf, until } from '../support/waiting.js';
import { importCopies } from '../support/watched.js';

const SYSTEM = '{ system { chronicleId eventStore readStore logKey witnessKey lag writing logProblem } }';
const AWAY_SINCE = '{ system { eventStoreAwaySince readStoreAwaySince } }';
const PLANS = '{ plans { totalCount } }';
const PLANS_NOW = { data: { plans: { totalCount: 1 } } };
const FIGURES = 'subscription { monitoringChanged { plans } }';
const FIGURES_NOW = { data: { monitoringChanged: { plans: 1 } } };
const READY = '{"status":"ready"}';
const ADD_SECTION = 'mutation($input: AddSectionInput!) { addSection(input: $input) { position } }';

type AwayCode = 'EVENT_STORE_AWAY' | 'READ_STORE_AWAY';
const SINCE = expect.stringMatching(/^20\d\d-/);

/** Returns the warnings of an answer while these stores are away. */
function staleBy(...away: readonly AwayCode[]) {
  return { extensions: { stale: away.map((code) => ({ code, staleSince: SINCE })) } };
}

let cluster: Cluster;
let server: Served;
let api: TestApi;

/**
 * Answers of a server are those of an engine that answers nothing at all: an answer without an error has waited for no
 * call to it.
 */
describeStandIn('while an engine never answers, a server answers from what it knows', () => {
  let known: unknown;
  let planId: string;
  /** A subscriber that stays, so that its last result could be sent to those that come later. */
  let figures: Subscribed;

  beforeAll(async () => {
    cluster = await startCluster();
    const { LETOPIS_DATA: directory = '', ...settings } = cluster.settings();
    server = await serve(testConfig({ directory, settings }), silent);
    api = apiAt(server.address);
    const at = await importCopies(api, 1);
    const shape = z.object({ plans: z.object({ nodes: z.tuple([z.object({ id: z.string() })]) }) });
    const document = 'query($at: Position) { plans(atLeast: $at) { nodes { id } } }';
    planId = (await api.read(shape, document, { variables: { at } })).plans.nodes[0].id;
    known = await api.data(SYSTEM);
    figures = api.subscribe(FIGURES);
    expect(await figures.next()).toEqual(FIGURES_NOW);
  }, 120_000);
  afterAll(async () => {
    await figures?.close();
    await server?.close();
    await cluster?.close();
  }, 120_000);

  /** Does some work while engines are away and the server has noticed it. */
  async function without(away: readonly AwayCode[], work: () => Promise<void>): Promise<void> {
    const proxies: readonly TcpProxy[] = away.map((code) =>
      code === 'EVENT_STORE_AWAY' ? cluster.events.proxy : cluster.mongo.proxy,
    );
    for (const proxy of proxies) proxy.set({ kind: 'blackHole' });
    try {
      for (const code of away) await until(async () => (await healthOf('ready')).includes(code));
      await work();
    } finally {
      for (const proxy of proxies) {
        proxy.set({ kind: 'clear' });
        // Requests that were not forwarded never get an answer.
        proxy.cut();
      }
    }
    await until(async () => (await healthOf('ready')) === READY);
    await until(async () => (await api.query(PLANS)).errors.length === 0);
  }

  const healthOf = async (kind: string) => (await got(`/health/${kind}`)).text;

  async function got(path: string) {
    const headers = { authorization: `Bearer ${keyOf('administrator')}` };
    const response = await fetch(server.address + path, { headers });
    return { status: response.status, text: await response.text() };
  }

  /** Checks answers that need no engine, while engines are away. */
  async function expectKnown(away: readonly AwayCode[]): Promise<void> {
    const [events, models] = (['EVENT_STORE_AWAY', 'READ_STORE_AWAY'] as const).map((code) =>
      away.includes(code) ? { code, since: SINCE } : undefined,
    );
    expect(await got('/health/live')).toEqual({ status: 200, text: '{"status":"live"}' });
    const ready = await got('/health/ready');
    expect({ ...ready, text: JSON.parse(ready.text) }).toEqual({
      status: 200,
      text: { status: 'ready', commands: events ?? models, ...(models && { queries: models }) },
    });
    expect(await statusOf(`${server.address}/health/commands`)).toBe(503);
    expect(await statusOf(`${server.address}/health/queries`)).toBe(models ? 503 : 200);
    const { text } = await got('/metrics');
    const seconds = (store: string) =>
      Number(new RegExp(`^letopis_${store}_store_away_seconds (.*)$`, 'm').exec(text)?.[1]);
    const areAway = [seconds('event') > 0, seconds('read') > 0];
    expect(areAway).toEqual([events !== undefined, models !== undefined]);
    const { status, data, errors } = await api.query(SYSTEM);
    expect({ status, data, errors }).toEqual({ status: 200, data: known, errors: [] });
    expect(await api.data(AWAY_SINCE)).toEqual({
      system: { eventStoreAwaySince: events?.since ?? null, readStoreAwaySince: models?.since ?? null },
    });
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

  /** Checks the answers to a query that was answered before, over HTTP and over a WebSocket. */
  async function expectStale(away: readonly AwayCode[]): Promise<void> {
    const { status, text } = await api.query(PLANS);
    const expected = { ...PLANS_NOW, ...staleBy(...away) };
    expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: expected });
    expect(await bySocket(PLANS)).toEqual(expected);
  }

  async function expectUnavailable(): Promise<void> {
    const Codes = z.object({ errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })) });
    // Documents that were asked before may be answered without a read.
    const unknown = () => `{ at${performance.now().toFixed()}: __typename plans { totalCount } }`;
    for (const { errors } of [await api.query(unknown()), Codes.parse(await bySocket(unknown()))]) {
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE']);
    }
  }

  async function expectCommandUnavailable(commandId: string): Promise<void> {
    const variables = { input: { planId, title: 'Раздел', commandId } };
    const { errors } = await api.query(ADD_SECTION, { variables });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
  }

  it('the event store: queries too, and their answers say since when they may be stale', async () => {
    const away = ['EVENT_STORE_AWAY'] as const;
    await without(away, async () => {
      await expectKnown(away);
      await expectStale(away);
      expect(await bySocket(FIGURES)).toEqual({ ...FIGURES_NOW, ...staleBy(...away) });
      await expectCommandUnavailable('without-events');
    });
    // Not the figures with a warning that were sent before.
    expect(await bySocket(FIGURES)).toEqual(FIGURES_NOW);
  }, 120_000);

  it('the read store: cached answers, which say since when they may be stale; all else is UNAVAILABLE', async () => {
    const before = await api.query(PLANS);
    const away = ['READ_STORE_AWAY'] as const;
    await without(away, async () => {
      await expectKnown(away);
      await expectStale(away);
      await expectUnavailable();
      await expect(bySocket(FIGURES)).rejects.toMatchObject({ code: 1_013 });
      await expectCommandUnavailable('without-read-models');
    });
    expect(await api.query(PLANS)).toEqual(before);
    expect(await bySocket(FIGURES)).toEqual(FIGURES_NOW);
    await api.done('addSection', { planId, title: 'Раздел', commandId: 'without-read-models' });
    expect(await figures.next()).toEqual(FIGURES_NOW);
  }, 120_000);

  it('both: the same as without the read store', async () => {
    await api.data(PLANS);
    const away = ['EVENT_STORE_AWAY', 'READ_STORE_AWAY'] as const;
    await without(away, async () => {
      await expectKnown(away);
      await expectStale(away);
      await expectUnavailable();
    });
  }, 120_000);
});
