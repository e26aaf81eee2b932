import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { everything, type Outcome, type Question } from '../support/everything.js';
import { keyOf } from '../support/keys.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { describeStandIn, MONGODB, type MongoServer, startMongo } from '../support/mongodb/server.js';
import { startProxy, type TcpProxy, type Weather } from '../support/proxy.js';
import { removeDirectory, sampleOf, startServer, type TestServer, temporaryDirectory } from '../support/server.js';

/** Number of requests at once: each may wait for the deadline of the engine. */
const AT_ONCE = 100;
/**
 * Matches texts that no answer may contain: messages of the system, of drivers and of Node, addresses, places in the
 * code.
 */
const INNER =
  /E(CONN|HOST|NET|PIPE|TIMEDOUT|NOTFOUND|AI_)|ERR_|127\.0\.0\.1|localhost|socket|grpc|mongo(db)?:\/\/|esdb:|topology|pool|did not answer as it should|node_modules|\.[jt]s:\d+/i;

let directory: string;
let events: { readonly server: StandIn; readonly proxy: TcpProxy };
let mongo: { readonly server: MongoServer; readonly proxy: TcpProxy } | undefined;
let server: TestServer;
let questions: Question[];

beforeAll(async () => {
  directory = await temporaryDirectory();
  const standIn = await startStandIn();
  events = { server: standIn, proxy: await startProxy(standIn.port) };
  if (MONGODB !== undefined) {
    const started = await startMongo();
    mongo = { server: started, proxy: await startProxy(started.port) };
  }
  server = await startServer({ directory, settings: settingsFor() });
  const sample = await sampleOf(server);
  const { system } = await server.read(z.object({ system: z.object({ head: z.string() }) }), '{ system { head } }');
  questions = everything(server.address, sample, system.head);
}, 120_000);

afterAll(async () => {
  events?.proxy.set({ kind: 'clear' });
  mongo?.proxy.set({ kind: 'clear' });
  await server?.close();
  await Promise.all([events?.proxy.close(), mongo?.proxy.close()]);
  await Promise.all([events?.server.close(), mongo?.server.close()]);
  await removeDirectory(directory);
}, 120_000);

function settingsFor(): Record<string, string> {
  const common = {
    LETOPIS_EVENT_STORE: `esdb://127.0.0.1:${events.proxy.port}?tls=false`,
    LETOPIS_NAMESPACE: `a${randomBytes(6).toString('hex')}`,
    LETOPIS_QUERY_SECONDS: '120',
  };
  if (!mongo) return common;
  const url = new URL(mongo.server.url);
  url.port = String(mongo.proxy.port);
  url.pathname = `/${common.LETOPIS_NAMESPACE}`;
  return {
    ...common,
    LETOPIS_READ_STORE: url.href,
    LETOPIS_MASTER_KEY: randomBytes(32).toString('base64'),
    LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
  };
}

async function askAll(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const enough = new AbortController();
  setMaxListeners(questions.length, enough.signal);
  const left = questions.filter(({ stays }) => !stays);
  const asker = async () => {
    for (let next = left.shift(); next; next = left.shift()) outcomes.push(await next.ask(enough.signal));
  };
  const staying = questions.filter(({ stays }) => stays).map(({ ask }) => ask(enough.signal));
  await Promise.all(Array.from({ length: AT_ONCE }, asker));
  // A stream that is silent now has stayed open longer than any request took.
  enough.abort();
  return [...outcomes, ...(await Promise.all(staying))];
}

/** Returns the fault of an outcome while an engine is away; undefined if there is none. */
function fault({ asked, status, retryAfter, text, codes }: Outcome): string | undefined {
  const said = `${asked} ${status} ${text.slice(0, 300)}`;
  if (codes.includes('INTERNAL_SERVER_ERROR')) return `a failure of the server: ${said}`;
  const isError = status !== 200 || codes.length > 0;
  if (isError && INNER.test(text)) return `an inner message: ${said}`;
  if (status >= 500 && status < 1_000 && !(status === 503 && retryAfter !== null)) return `no retry: ${said}`;
  if (status >= 1_000 && status !== 1_013) return `no retry: ${said}`;
  if (/^complete/.test(text)) return `a clean end: ${said}`;
  if (asked.startsWith('stream') && codes.includes('UNAVAILABLE') && status < 500) return `no retry: ${said}`;
  return undefined;
}

function isAway({ status, codes }: Outcome): boolean {
  return status === 0 || status === 503 || status === 1_013 || codes.includes('UNAVAILABLE');
}

const WEATHERS: readonly (readonly [string, Weather])[] = [
  ['refuses connections', { kind: 'refuse' }],
  ['cuts its answers', { kind: 'cutAnswer', after: 7 }],
];

describe.each(WEATHERS)('every address and operation, while the event store %s', (_, weather) => {
  it('says UNAVAILABLE where it needs it, in its own form, and nothing of what is behind it', async () => {
    events.proxy.set(weather);
    const outcomes = await askAll();
    events.proxy.set({ kind: 'clear' });
    expect(outcomes.map(fault).filter((found) => found !== undefined)).toEqual([]);
    if (weather.kind !== 'refuse') return;
    const away = outcomes.filter(isAway).map(({ asked }) => asked);
    expect(away).toEqual(
      expect.arrayContaining(['/health/commands', 'POST completeActivity', 'POST history', 'socket history']),
    );
    // Data of the read models is read and followed without the event store.
    expect(away).not.toContain('/plans.jsonl');
    const open = outcomes.filter(({ text }) => text === 'open').map(({ asked }) => asked);
    expect(open).toEqual(
      expect.arrayContaining(
        ['socket', 'stream'].flatMap((way) => [`${way} changes`, `${way} planChanged`, `${way} activityStatusChanged`]),
      ),
    );
    expect(away.filter((asked) => /^\/plans\/.*\.html/.test(asked))).toHaveLength(4);
    expect(outcomes.find(({ asked }) => asked === '/metrics')).toMatchObject({
      status: 200,
      text: expect.stringMatching(/^letopis_read_model_lag_events Nan$/im),
    });
  }, 300_000);
});

describeStandIn('every address and operation, while the read store', () => {
  it.each(WEATHERS)(
    '%s: says the same',
    async (_, weather) => {
      mongo?.proxy.set(weather);
      const outcomes = await askAll();
      mongo?.proxy.set({ kind: 'clear' });
      expect(outcomes.map(fault).filter((found) => found !== undefined)).toEqual([]);
      if (weather.kind !== 'refuse') return;
      const away = outcomes.filter(isAway).map(({ asked }) => asked);
      expect(away).toEqual(expect.arrayContaining(['/audit.jsonl', '/checkpoint', 'socket changes', 'stream changes']));
    },
    300_000,
  );
});
