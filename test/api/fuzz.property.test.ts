import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KEY_ROLES } from '../support/keys.js';
import { randomFrom } from '../support/load.js';
import { registered } from '../support/organisations.js';
import { RandomQueries } from '../support/randomQueries.js';
import { sampleOf, startServer, type TestServer } from '../support/server.js';

/** Number of queries to send: a few in every run of the tests, ten thousand with `npm run fuzz:api`. */
const QUERIES = Number(process.env.LETOPIS_FUZZ_API ?? 300);
const SEED = Number(process.env.LETOPIS_SEED ?? 20_201_001);
const AT_ONCE = 8;
const NOBODY = '00000000-0000-4000-8000-000000000000';

let server: TestServer;

/** Returns the used heap in megabytes after a garbage collection. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

beforeAll(async () => {
  // A small response cache, so that its growth does not hide a memory leak.
  server = await startServer({ settings: { LETOPIS_ANSWER_CACHE_MB: '1' } });
});
afterAll(() => server.close());

describe(`${QUERIES} random operations over the whole schema (seed ${SEED})`, () => {
  it(
    'are answered or refused: never a fault of the server, never a word of its insides',
    async () => {
      const sample = await sampleOf(server);
      const organisation = await registered(server, { name: 'Школа' });
      const ids = [
        ...[sample.planId, organisation, sample.activity(3), sample.activity(8), sample.section(1)],
        ...[sample.inPlan('point', 'a3.1'), sample.inPlan('report', 'a3.r1'), sample.inPlan('request', 'a3.q1')],
        ...['plan', 'organisation', 'entry', 'party', 'access'].map((type) => `${type}_${NOBODY}`),
        ...['', 'plan_', 'x', `plan_${NOBODY}.a1`],
      ];
      const random = randomFrom(SEED);
      const queries = new RandomQueries(random, ids);
      const outcomes = new Map<string, number>();
      const faults: unknown[] = [];
      const ask = async (): Promise<void> => {
        const { query, variables } = queries.next();
        const key = KEY_ROLES[Math.floor(random() * KEY_ROLES.length)] ?? 'administrator';
        const { status, errors, text } = await server.query(query, { variables, key });
        const codes = errors.map(({ extensions }) => extensions.code);
        for (const code of codes.length > 0 ? codes : ['answered']) outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
        const isFault =
          status >= 500 || codes.includes('INTERNAL_SERVER_ERROR') || /node_modules|\n\s+at |\.ts:\d/.test(text);
        if (isFault) faults.push({ query, variables, text: text.slice(0, 500) });
      };
      const heap: number[] = [];
      for (let asked = 0; asked < QUERIES; asked += AT_ONCE) {
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, QUERIES - asked) }, ask));
        if (asked >= (heap.length * QUERIES) / 10) heap.push(heapInUse());
      }
      if (process.env.LETOPIS_FUZZ_API) {
        process.stdout.write(`${JSON.stringify([...outcomes])}\nheap in MB by tenths: ${heap.join(' ')}\n`);
        // After the first half, when documents and code are cached, the heap must not grow.
        expect(heap.at(-1)).toBeLessThan((heap[4] ?? 0) * 1.2 + 10);
      }
      expect(faults.slice(0, 3)).toEqual([]);
      expect(outcomes.get('answered')).toBeGreaterThan(QUERIES / 10);
    },
    90_000 + QUERIES * 200,
  );
});
