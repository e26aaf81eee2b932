import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postTo } from '../support/api.js';
import { KEY_ROLES, keyOf } from '../support/keys.js';
import { randomFrom } from '../support/load.js';
import { registered } from '../support/organisations.js';
import { RandomQueries } from '../support/randomQueries.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { differences } from '../support/ways.js';

const QUERIES = Number(process.env.LETOPIS_WAYS ?? 60);
const SEED = Number(process.env.LETOPIS_SEED ?? 20_201_001);

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const asked = (key: (typeof KEY_ROLES)[number]) => postTo(server.address, { authorization: `Bearer ${keyOf(key)}` });

/** Returns the answer to a query over WebSocket; undefined if the connection refuses the document. */
async function overSocket(
  key: (typeof KEY_ROLES)[number],
  query: string,
  variables: Readonly<Record<string, unknown>>,
) {
  const subscribed = server.subscribe(query, { key, variables });
  try {
    return await subscribed.next();
  } catch {
    return undefined;
  } finally {
    await subscribed.close();
  }
}

describe('a query is answered in the same bytes, whichever way it takes', () => {
  it.each([
    [
      'a plan with all that is below it',
      'query($id: ID!) { plan(id: $id) { id title stamps { kind person } sections { title activities(first: 5) { totalCount nodes { number title timing responsible { name party { name } } points { dueOn timing } } pageInfo { hasNextPage endCursor } } } } }',
    ],
    [
      'fragments and aliases',
      'query($id: ID!) { a: plan(id: $id) { ...p } b: plan(id: $id) { ...p institution } } fragment p on Plan { __typename id revision }',
    ],
    ['an interface', 'query($id: ID!) { node(id: $id) { __typename id ... on Plan { title status } } }'],
    [
      'directives',
      'query($id: ID!, $with: Boolean = false) { plan(id: $id) { id title @include(if: $with) status @skip(if: true) } }',
    ],
    [
      'variables left out, with defaults and within an object',
      'query($id: ID, $first: Int = 3, $status: [PlanStatus!]) { plans(first: $first, filter: { status: $status }) { totalCount } activities(filter: { planId: $id }, first: 2) { nodes { number due } } }',
    ],
    [
      'what is not there',
      'query($id: ID!) { plan(id: $id) { id } activity(id: "activity_00000000-0000-4000-8000-000000000000.a1") { id } }',
    ],
    ['an id of another kind', 'query($id: ID!) { activity(id: $id) { id } }'],
    ['a page that is too large', 'query($id: ID!) { plan(id: $id) { id } plans(first: 1000) { totalCount } }'],
    ['the schema', '{ __schema { queryType { name fields { name args { name type { name } } } } } }'],
  ])('%s', async (_, query) => {
    for (const key of KEY_ROLES) {
      expect(await differences(asked(key), { query, variables: { id: sample.planId } })).toEqual([]);
      const { text } = await asked(key)(JSON.stringify({ query, variables: { id: sample.planId } }));
      expect(await overSocket(key, query, { id: sample.planId })).toEqual(JSON.parse(text));
    }
  });

  it('a variable of a wrong type', async () => {
    const query = 'query($first: Int!) { plans(first: $first) { totalCount } }';
    expect(await differences(asked('administrator'), { query, variables: { first: 'many' } })).toEqual([]);
  });

  it(
    `${QUERIES} random queries over the whole schema (seed ${SEED})`,
    async () => {
      const organisation = await registered(server, { name: 'Школа' });
      const ids = [
        sample.planId,
        organisation,
        sample.activity(3),
        sample.section(1),
        sample.inPlan('point', 'a3.1'),
        'x',
      ];
      const random = randomFrom(SEED);
      const queries = new RandomQueries(random, ids);
      const found: unknown[] = [];
      for (let count = 0; count < QUERIES; ) {
        const { query, variables } = queries.next();
        // Answers about the present time, or about earlier refusals and readings, differ between requests.
        if (query.startsWith('mutation') || /\b(system|refusals|nameReadings|viewer|accessHolders?)\b/.test(query))
          continue;
        count += 1;
        const key = KEY_ROLES[Math.floor(random() * KEY_ROLES.length)] ?? 'administrator';
        for (const each of await differences(asked(key), { query, variables })) found.push({ query, variables, each });
        const { status, text } = await asked(key)(JSON.stringify({ query, variables }));
        const socket = status === 200 ? await overSocket(key, query, variables) : undefined;
        if (socket && !isDeepStrictEqual(socket, JSON.parse(text))) found.push({ query, variables, text, socket });
      }
      expect(found.slice(0, 3)).toEqual([]);
    },
    60_000 + QUERIES * 1_000,
  );
});
