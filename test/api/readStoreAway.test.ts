import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { keyOf } from '../support/keys.js';
import { caughtUp } from '../support/waiting.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

const SINCE = '2020-10-01T08:59:00.000Z';
const STALE = { stale: [{ code: 'READ_STORE_AWAY', staleSince: SINCE }] };
const TITLES = '{ plans { nodes { title } } }';
const LISTS = '{ plans { nodes { sections { activities(first: 2) { nodes { number } } } } } }';

let server: WatchedServer;
/** Since when the process believes that the read store is away. In fact it answers, so that reads can be counted. */
let awaySince: string | undefined;
/** Number of requests that the framework has handled. The others were answered in front of it. */
let handled = 0;

beforeAll(async () => {
  const log = pino({ level: 'info' }, { write: (line) => (handled += line.includes('incoming request') ? 1 : 0) });
  server = await startWatchedServer({ storeKnown: () => ({ awaySince }) }, log);
  for (const document of [TITLES, LISTS]) for (let times = 0; times < 3; times += 1) await asked(document);
});
afterAll(() => server.close());

const Answer = z.object({ data: z.unknown(), extensions: z.record(z.string(), z.unknown()).optional() });

async function asked(document: string, more: object = {}) {
  const before = handled;
  const response = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${keyOf('administrator')}` },
    body: JSON.stringify({ query: document, ...more }),
  });
  const text = await response.text();
  return { text, ...Answer.parse(JSON.parse(text)), inFront: handled === before };
}

async function activity(): Promise<string> {
  const shape = z.object({ activities: z.object({ nodes: z.tuple([z.object({ id: z.string() })]) }) });
  return (await server.read(shape, '{ activities(first: 1) { nodes { id } } }')).activities.nodes[0].id;
}

/** Returns the result of some work while the read store counts as away. */
async function whileAway<T>(work: () => Promise<T>): Promise<T> {
  awaySince = SINCE;
  try {
    return await work();
  } finally {
    awaySince = undefined;
  }
}

describe('while the read store is away, an answer that is cached', () => {
  it('is sent without a read, and says since when it may be stale', async () => {
    const { data } = await asked(TITLES);
    const reads = await server.readsOf(async () => {
      expect(await whileAway(() => asked(TITLES))).toMatchObject({ data, extensions: STALE });
    });
    expect(reads).toEqual([]);
  });

  it('is never sent unchanged in front of the framework, and is again when the store is back', async () => {
    const before = await asked(TITLES);
    expect(before).toMatchObject({ inFront: true });
    expect(before).not.toHaveProperty('extensions');
    expect(await whileAway(() => asked(TITLES))).toMatchObject({ inFront: false });
    expect(await asked(TITLES)).toEqual(before);
  });

  it('says so beside its cost, and over a WebSocket', async () => {
    const { extensions } = await whileAway(() => asked(TITLES, { extensions: { cost: true } }));
    expect(extensions).toEqual({ ...STALE, cost: expect.anything() });
    await whileAway(async () => {
      const subscribed = server.subscribe(TITLES);
      expect(await subscribed.next()).toMatchObject({ extensions: STALE });
      await subscribed.close();
    });
  });

  it('is not sent when read models have moved before, and the process has not read what changed', async () => {
    await asked(TITLES);
    await server.done('completeActivity', { activityId: await activity(), actualOn: '2020-09-30' });
    await caughtUp(server.letopis.services);
    const reads = await server.readsOf(() => whileAway(() => asked(TITLES)));
    expect(reads).toContainEqual(expect.objectContaining({ kind: 'find' }));
  });
});

describe('while the read store is away, an answer that is computed from cached lists', () => {
  it('says since when it may be stale', async () => {
    await asked(LISTS);
    const other = LISTS.replace('number', 'number title');
    const reads = await server.readsOf(async () => {
      expect(await whileAway(() => asked(other))).toMatchObject({ extensions: STALE });
    });
    expect(reads.filter(({ spec }) => spec.name === 'activities')).toEqual([]);
    expect(await asked(other)).not.toHaveProperty('extensions');
  });
});
