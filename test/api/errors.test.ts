import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Answer } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { rawSocket } from '../support/rawSocket.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const KEY = { authorization: `Bearer ${keyOf('administrator')}` };

/** Checks that no answer reveals a place in the code or on the disk. */
function expectNoTrace({ text }: Answer): void {
  expect(text).not.toMatch(/stacktrace|node_modules|\.[jt]s:\d+|at \w+ \(|letopis-test-/);
}

/** Sends an invalid request and returns its only error. */
async function fault(document: string, variables: Readonly<Record<string, unknown>> = {}) {
  const answer = await server.query(document, { variables });
  expectNoTrace(answer);
  expect(answer.errors).toHaveLength(1);
  const [error] = answer.errors;
  return { status: answer.status, message: error?.message, ...error?.extensions };
}

/** Returns a well-formed position with another chronicle, place or event. */
async function forged(change: { chronicle?: string; native?: string; eventId?: string }): Promise<string> {
  const shape = z.object({ system: z.object({ head: z.string() }) });
  const { system } = await server.read(shape, '{ system { head } }');
  const token: unknown = JSON.parse(Buffer.from(system.head, 'base64url').toString());
  const [version, chronicle, engine, native, event] = z.array(z.unknown()).parse(token);
  const changed = [version, change.chronicle ?? chronicle, engine, change.native ?? native, change.eventId ?? event];
  return Buffer.from(JSON.stringify(changed)).toString('base64url');
}

describe('a document that is wrong', () => {
  it('in a field is refused with the name of the field', async () => {
    expect(await fault('{ plans { nodes { colour } } }')).toEqual({
      status: 400,
      code: 'GRAPHQL_VALIDATION_FAILED',
      message: 'Cannot query field "colour" on type "Plan".',
    });
  });

  it('in its syntax is refused with what was found', async () => {
    expect(await fault('{ plans { nodes }')).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
  });

  it('or has variables that are nested without end, is refused over every transport', async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    const socket = await rawSocket(server.address, keyOf('administrator'));
    try {
      for (const query of ['{ plans { totalCount } }', 'mutation { __typename }', '{ viewer { role } }']) {
        const body = `{"query":"${query}","variables":${nested(20_000)}}`;
        const { errors } = await server.post(body, KEY);
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      }
      const variables = z.record(z.string(), z.unknown()).parse(JSON.parse(nested(500)));
      socket.send('deep', '{ viewer { role } }', variables);
      expect(await socket.answer('deep')).toMatchObject({
        payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
      const document = `{ nodes(ids: ${'['.repeat(3_900)}`;
      socket.send('document', document);
      for (const errors of [(await server.query(document)).errors, (await socket.answer('document')).payload]) {
        expect(errors).toMatchObject([
          { message: expect.not.stringContaining('call stack'), extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
        ]);
      }
    } finally {
      await socket.close();
    }
  });

  it('in the value of an enum or a date is refused', async () => {
    expect(await fault('{ activities(filter: { timing: [LATE] }) { totalCount } }')).toMatchObject({
      status: 400,
      message: expect.stringContaining('LATE'),
    });
    expect(await fault('{ activities(on: "2021-02-30") { totalCount } }')).toMatchObject({
      status: 400,
      message: expect.stringContaining('2021-02-30'),
    });
    expect(await fault('query($on: Date) { activities(on: $on) { totalCount } }', { on: 'завтра' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('завтра'),
    });
  });

  it('in an input field names it', async () => {
    const document = 'mutation($input: CompleteActivityInput!) { completeActivity(input: $input) { position } }';
    const input = { activityId: sample.activity(3), actualOn: '2020-09-30', colour: 'red' };
    expect(await fault(document, { input })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('colour'),
    });
  });

  it('in its length is refused before it is carried out', async () => {
    const fields = Array.from({ length: 1_000 }, (_, index) => `f${index}: system { version }`).join(' ');
    expect(await fault(`{ ${fields} }`)).toMatchObject({
      status: 400,
      code: 'GRAPHQL_PARSE_FAILED',
      message: expect.stringContaining('4000 tokens'),
    });
  });
});

describe('a request that is no GraphQL', () => {
  it.each([
    ['malformed JSON', '{"query": "{ system'],
    ['an empty object', '{}'],
    ['a list', '[]'],
    ['a query that is a number', '{"query": 1}'],
  ])('%s is refused', async (_, body) => {
    const answer = await server.post(body, KEY);
    expect(answer.status).toBe(400);
    expectNoTrace(answer);
  });

  it('is refused when its body is too large', async () => {
    const answer = await server.post(
      JSON.stringify({ query: '{ system { version } }', extra: 'x'.repeat(15_000_000) }),
      KEY,
    );
    expect(answer.status).toBe(413);
    expectNoTrace(answer);
  });

  it('is not carried out when a page of another origin could have sent it', async () => {
    const response = await fetch(`${server.address}/graphql?query=${encodeURIComponent('{ system { version } }')}`, {
      headers: KEY,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch('CSRF');
  });
});

describe('a page is refused', () => {
  it.each([
    ['first: 201', 'PAGE_TOO_LARGE'],
    ['last: 201', 'PAGE_TOO_LARGE'],
    ['first: -1', 'BAD_USER_INPUT'],
    ['first: 1, last: 1', 'BAD_USER_INPUT'],
    ['after: "nonsense"', 'BAD_CURSOR'],
    ['before: "bm9uc2Vuc2U"', 'BAD_CURSOR'],
    ['after: ""', 'BAD_CURSOR'],
  ])('for %s by %s', async (given, code) => {
    for (const list of ['activities', 'plans', 'parties', 'auditTrail']) {
      expect({ list, ...(await fault(`{ ${list}(${given}) { totalCount } }`)) }).toMatchObject({ list, code });
    }
    const nested = `query($id: ID!) { node(id: $id) { ... on Section { activities(${given}) { totalCount } } } }`;
    expect(await fault(nested, { id: sample.section(1) })).toMatchObject({ code });
  });

  it('for a cursor of another order, naming both', async () => {
    const shape = z.object({ activities: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) });
    const page = '{ activities(first: 2, orderBy: { field: DUE }) { pageInfo { endCursor } } }';
    const { activities } = await server.read(shape, page);
    const document = 'query($after: String) { activities(after: $after) { totalCount } }';
    expect(await fault(document, { after: activities.pageInfo.endCursor })).toMatchObject({
      code: 'BAD_CURSOR',
      message: expect.stringMatching(/DUE.*PLAN_ORDER/),
    });
  });

  it.each([
    ['too few values', ['PLAN_ORDER ASC', [1], 'x']],
    ['values of another kind', ['PLAN_ORDER ASC', [true, 'text'], 'x']],
    ['no values', ['PLAN_ORDER ASC', [], 'x']],
  ])('for a forged cursor with %s', async (_, cursor) => {
    const shape = z.object({ activities: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) });
    const { activities } = await server.read(shape, '{ activities(first: 2) { pageInfo { endCursor } } }');
    const [mark] = activities.pageInfo.endCursor.split('.');
    const after = `${mark}.${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`;
    const document = 'query($after: String) { activities(after: $after) { totalCount nodes { id } } }';
    expect(await fault(document, { after })).toMatchObject({ code: 'BAD_CURSOR' });
  });

  it('of changes when it is not of 1 to 200', async () => {
    for (const first of [0, 201, -5]) {
      expect(await fault(`{ changes(first: ${first}) { position } }`)).toMatchObject({ code: 'PAGE_TOO_LARGE' });
    }
  });

  it('of nodes when it is of more than 200', async () => {
    const ids = Array.from({ length: 201 }, () => sample.planId);
    expect(await fault('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toMatchObject({
      code: 'PAGE_TOO_LARGE',
    });
  });
});

describe('an id is refused', () => {
  it.each(['', 'x', 'plan_1', 'colour_00000000-0000-4000-8000-000000000000', "plan_' OR 1=1 --"])(
    '«%s»',
    async (id) => {
      expect(await fault('query($id: ID!) { node(id: $id) { id } }', { id })).toMatchObject({ code: 'BAD_ID' });
    },
  );

  it('when it names another kind of thing', async () => {
    expect(await fault('query($id: ID!) { plan(id: $id) { id } }', { id: sample.activity(1) })).toMatchObject({
      code: 'BAD_ID',
      message: expect.stringContaining('a plan is wanted'),
    });
    const document = 'mutation($input: CompleteActivityInput!) { completeActivity(input: $input) { position } }';
    const input = { activityId: sample.planId, actualOn: '2020-09-30' };
    expect(await fault(document, { input })).toMatchObject({ code: 'BAD_ID' });
  });
});

describe('a position is refused', () => {
  const ASKING = {
    'as atLeast': 'query($at: Position) { plans(atLeast: $at) { totalCount } }',
    'as after': 'query($at: Position) { changes(after: $at) { position } }',
  };

  it.each(Object.entries(ASKING))('%s when it is malformed', async (_, document) => {
    for (const at of ['nonsense', Buffer.from('[1,2,3]').toString('base64url'), await forged({ native: '1; DROP' })]) {
      expect(await fault(document, { at })).toMatchObject({ code: 'BAD_POSITION', problem: 'MALFORMED' });
    }
  });

  it.each(Object.entries(ASKING))('%s when it is of another chronicle', async (_, document) => {
    const at = await forged({ chronicle: '00000000-0000-4000-8000-000000000000' });
    expect(await fault(document, { at })).toMatchObject({ code: 'BAD_POSITION', problem: 'OTHER_CHRONICLE' });
  });

  it.each(Object.entries(ASKING))('%s when the chronicle has not reached it', async (_, document) => {
    const at = await forged({ native: '9999999999999999', eventId: '00000000-0000-4000-8000-000000000000' });
    expect(await fault(document, { at })).toMatchObject({ code: 'BAD_POSITION', problem: 'BEYOND_HEAD' });
  });

  it('when it is no text', async () => {
    expect(await fault('{ changes(after: 12) { position } }')).toMatchObject({ status: 400 });
  });
});
