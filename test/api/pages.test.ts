import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { HOLDERS } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const PAGE = z.object({
  edges: z.array(z.object({ cursor: z.string(), node: z.object({ id: z.string() }) })),
  nodes: z.array(z.object({ id: z.string() })),
  pageInfo: z.object({
    hasNextPage: z.boolean(),
    hasPreviousPage: z.boolean(),
    startCursor: z.string().nullable(),
    endCursor: z.string().nullable(),
  }),
  totalCount: z.number(),
});
type Page = z.infer<typeof PAGE>;
type Arguments = Readonly<Record<string, string | number>>;

const FIELDS = `edges { cursor node { id } } nodes { id } totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

function written(given: Arguments): string {
  return Object.entries(given)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');
}

/** Returns one page of a list of the root. */
async function pageOf(list: string, extra: string, given: Arguments): Promise<Page> {
  const asked = [written(given), extra].filter((part) => part !== '').join(', ');
  const { list: page } = await server.read(
    z.object({ list: PAGE }),
    `{ list: ${list}${asked && `(${asked})`} { ${FIELDS} } }`,
  );
  return page;
}

/** All ids of a list, page by page: `first`/`after` forwards or `last`/`before` backwards. */
async function walked(size: number, forwards: boolean, page: (given: Arguments) => Promise<Page>): Promise<string[]> {
  const ids: string[] = [];
  let place: Arguments = {};
  for (;;) {
    const { nodes, edges, pageInfo } = await page({ [forwards ? 'first' : 'last']: size, ...place });
    expect(nodes).toEqual(edges.map(({ node }) => node));
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    if (forwards) ids.push(...nodes.map(({ id }) => id));
    else ids.unshift(...nodes.map(({ id }) => id));
    const cursor = forwards ? pageInfo.endCursor : pageInfo.startCursor;
    if (!(forwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage) || cursor === null) return ids;
    place = { [forwards ? 'after' : 'before']: cursor };
  }
}

describe('a walk over pages gives the whole list, forwards and backwards', () => {
  it.each([
    ['activities', ''],
    ['activities', 'orderBy: { field: DUE }'],
    ['activities', 'orderBy: { field: DUE }, on: "2021-01-01", filter: { timing: [OVERDUE, PLANNED] }'],
    ['activities', 'filter: { text: "классн" }'],
    ['calendar', 'from: "2020-09-01", to: "2021-08-31"'],
    ['auditTrail', ''],
    ['parties', ''],
    ['plans', ''],
    ['plans', 'orderBy: { field: UPDATED_AT, direction: DESC }'],
    ['plans', 'orderBy: { field: PERIOD_START, direction: DESC }'],
  ])('of %s (%s)', async (list, extra) => {
    const whole = await pageOf(list, extra, { first: 200 });
    const ids = whole.nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(whole.totalCount).toBe(ids.length);
    for (const size of [2, 5]) {
      expect(await walked(size, true, (given) => pageOf(list, extra, given))).toEqual(ids);
      expect(await walked(size, false, (given) => pageOf(list, extra, given))).toEqual(ids);
    }
  });

  it('of the activities of a section', async () => {
    const shape = z.object({ node: z.object({ activities: PAGE }) });
    const page = async (given: Arguments) => {
      const document = `query($id: ID!) { node(id: $id) { ... on Section { activities(${written(given)}) { ${FIELDS} } } } }`;
      return (await server.read(shape, document, { variables: { id: sample.section(2) } })).node.activities;
    };
    const ids = [3, 4, 5].map((number) => sample.activity(number));
    expect(await walked(2, true, page)).toEqual(ids);
    expect(await walked(2, false, page)).toEqual(ids);
  });
});

describe('a page', () => {
  it('has the first or the last items, in the same order', async () => {
    const first = await pageOf('activities', '', { first: 3 });
    const last = await pageOf('activities', '', { last: 3 });
    expect(first.nodes.map(({ id }) => id)).toEqual([1, 2, 3].map(sample.activity));
    expect(last.nodes.map(({ id }) => id)).toEqual([11, 12, 13].map(sample.activity));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('lies between two cursors', async () => {
    const { edges } = await pageOf('activities', '', {});
    const [after, before] = [edges[2]?.cursor ?? '', edges[6]?.cursor ?? ''];
    const between = [4, 5, 6].map(sample.activity);
    expect((await pageOf('activities', '', { after, before })).nodes.map(({ id }) => id)).toEqual(between);
    expect((await pageOf('activities', '', { last: 2, after, before })).nodes.map(({ id }) => id)).toEqual(
      between.slice(1),
    );
  });

  it('may be empty and still counts the list', async () => {
    expect(await pageOf('activities', '', { first: 0 })).toMatchObject({ edges: [], totalCount: 13 });
    expect(await pageOf('activities', 'filter: { text: "нетакогослова" }', {})).toMatchObject({
      edges: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});

describe('anything has a global id', () => {
  it('by which it is found again', async () => {
    const { activityId, reportId } = { activityId: sample.activity(11), reportId: sample.inPlan('report', 'a11.r1') };
    const report = { activityId, actualOn: '2020-10-01', text: 'Первый кейс', interim: true };
    const { entries, position } = await server.done('submitReport', report);
    const shape = z.object({ parties: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
    const { parties } = await server.read(
      shape,
      'query($at: Position) { parties(first: 1, atLeast: $at) { nodes { id } } }',
      {
        variables: { at: position },
      },
    );
    const ids = [
      sample.planId,
      sample.section(3),
      activityId,
      sample.inPlan('point', 'a7.12'),
      reportId,
      entries[0]?.id,
      parties.nodes[0]?.id,
    ];
    const document = `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
      ... on Plan { activityCount } ... on Section { numberText } ... on Activity { number }
      ... on ControlPoint { dueOn } ... on Report { text } ... on AuditEntry { actor { name } } ... on Party { name }
    } }`;
    const nodes = [
      { __typename: 'Plan', activityCount: 13 },
      { __typename: 'Section', numberText: 'III.' },
      { __typename: 'Activity', number: '11' },
      { __typename: 'ControlPoint', dueOn: '2021-08-16' },
      { __typename: 'Report', text: 'Первый кейс' },
      { __typename: 'AuditEntry', actor: { name: HOLDERS.administrator.name } },
      { __typename: 'Party', name: 'Министерство образования Оренбургской области' },
    ].map((node, index) => ({ ...node, id: ids[index] }));
    expect(await server.data(document, { variables: { ids } })).toEqual({ nodes });
    for (const node of nodes) {
      const one = 'query($id: ID!) { node(id: $id) { __typename id } }';
      const { __typename, id } = node;
      expect(await server.data(one, { variables: { id } })).toEqual({ node: { __typename, id } });
    }
  });

  it('and is null, in its place, when there is nothing by an id', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const ids = [
      `plan_${nobody}`,
      `section_${nobody}.s1`,
      sample.section(9),
      sample.activity(99),
      sample.inPlan('point', 'a1.9'),
      sample.inPlan('report', 'a1.r9'),
      `entry_${nobody}`,
      `party_${nobody}`,
      sample.activity(1),
    ];
    expect(await server.data('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { variables: { ids } })).toEqual({
      nodes: [null, null, null, null, null, null, null, null, { id: sample.activity(1) }],
    });
    const document = 'query($plan: ID!, $activity: ID!) { plan(id: $plan) { id } activity(id: $activity) { id } }';
    const variables = { plan: `plan_${nobody}`, activity: sample.activity(99) };
    expect(await server.data(document, { variables })).toEqual({ plan: null, activity: null });
  });
});

describe('the server', () => {
  it('tells its version, its engines and that the read models are complete', async () => {
    const shape = z.object({
      system: z.object({
        version: z.string().regex(/^\d+\.\d+\.\d+$/),
        chronicleId: z.uuid(),
        eventStore: z.literal('sqlite'),
        readStore: z.literal('sqlite'),
        head: z.string(),
        readModels: z.string(),
        lag: z.number(),
      }),
    });
    const document = '{ system { version chronicleId eventStore readStore head readModels lag } }';
    const { position } = await server.done('completeActivity', {
      activityId: sample.activity(3),
      actualOn: '2020-09-30',
    });
    await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
    const { system } = await server.read(shape, document);
    expect(system).toMatchObject({ lag: 0, readModels: system.head });
  });

  it('is live and ready without a key', async () => {
    const health = async (path: string) => (await fetch(`${server.address}/health/${path}`)).json();
    expect(await health('live')).toEqual({ status: 'live' });
    expect(await health('ready')).toEqual({ status: 'ready' });
  });

  it('has a page to try queries in, and leads browsers there', async () => {
    const page = await fetch(`${server.address}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.url).toBe(`${server.address}/explorer`);
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect(await page.text()).toMatch('Летопись');
  });
});
