import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLField, getNullableType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { until } from '../support/waiting.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  // A copy of the plan, so that every sort order has equal values.
  await server.done('copyPlan', { fromPlanId: sample.planId });
  for (let number = 1; number <= 15; number += 1) await registered(server, { name: `Школа ${number % 3}` });
  // Creates readings of names, refused requests and sign-ins.
  for (const key of ['methodologist', 'director', 'auditor', 'department'] as const) {
    await server.query('{ plans { nodes { stamps { person } } } }', { key });
    await server.query('{ person(name: "Иванов") { subject } accessHolders { totalCount } }', { key });
    const headers = { origin: server.address, authorization: `Bearer ${keyOf(key)}` };
    expect((await fetch(`${server.address}/session`, { method: 'POST', headers })).status).toBe(204);
  }
  const recorded = '{ nameReadings { totalCount } refusals { totalCount } }';
  const shape = z.object({
    nameReadings: z.object({ totalCount: z.number().min(4) }),
    refusals: z.object({ totalCount: z.number().min(7) }),
  });
  await until(async () => shape.safeParse(await server.data(recorded)).success, 50);
});
afterAll(() => server.close());

interface List {
  readonly name: string;
  readonly field: GraphQLField<unknown, unknown>;
}

/** Every list of the API: the fields whose type is a connection. */
const lists: readonly List[] = Object.values(schema().getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })))
  .filter(({ field }) => /Connection!?$/.test(String(field.type)));

/** Lists that are empty in this test. test/conformance/deliveries.ts reads them in both directions. */
const EMPTY = ['Query.webhookDeliveries'];

function fieldsOf({ field }: List): string[] {
  const order = getNullableType(field.args.find(({ name }) => name === 'orderBy')?.type);
  if (!isInputObjectType(order)) return [];
  const by = getNullableType(order.getFields().field?.type);
  return isEnumType(by) ? by.getValues().map(({ name }) => name) : [];
}

describe('every list of the schema', () => {
  it('takes orderBy with a field of its own enum and the common direction', () => {
    expect(lists.length).toBeGreaterThan(20);
    for (const list of lists) {
      const argument = list.field.args.find(({ name }) => name === 'orderBy');
      const order = getNullableType(argument?.type);
      if (!isInputObjectType(order)) throw new Error(`${list.name} has no orderBy`);
      const { field, direction } = order.getFields();
      expect([list.name, String(field?.type), String(direction?.type)]).toEqual([
        ...[list.name, `${order.name}Field!`, 'OrderDirection!'],
      ]);
    }
  });

  it('says how many items it has by default', () => {
    for (const { name, field } of lists) {
      expect([name, field.args.find((argument) => argument.name === 'first')?.defaultValue]).toEqual([name, 50]);
    }
  });
});

const Page = z.object({
  edges: z.array(z.object({ cursor: z.string(), node: z.unknown() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), hasPreviousPage: z.boolean() }),
});

/** The selection on an item of each list of the root, and the other arguments of the list. */
const ITEMS: Readonly<Record<string, { readonly item: string; readonly given?: string }>> = {
  accessHolders: { item: 'id issuedAt updatedAt' },
  activities: { item: 'id due plan { id }' },
  auditTrail: { item: 'id recordedAt' },
  calendar: { item: 'id dueOn', given: 'from: "2020-01-01", to: "2022-12-31"' },
  history: { item: 'entry { id }', given: 'activityId: "{activity}"' },
  indicatorItems: { item: 'activityId', given: 'indicator: DONE' },
  nameReadings: { item: 'day actorId subject way' },
  organisations: { item: 'id name updatedAt' },
  parties: { item: 'id name' },
  plans: { item: 'id title updatedAt period { start }' },
  refusals: { item: 'at actorId role field' },
  sessionEvents: { item: 'at actorId kind way' },
};

async function pageOf(name: string, more: string): Promise<z.infer<typeof Page>> {
  const { item, given = '' } = ITEMS[name] ?? { item: 'id' };
  const asked = [given.replace('{activity}', sample.activity(3)), more].filter((part) => part !== '').join(', ');
  const document = `{ list: ${name}(${asked}) { edges { cursor node { ${item} } } pageInfo { hasNextPage hasPreviousPage } } }`;
  return (await server.read(z.object({ list: Page }), document)).list;
}

/** The items of a list, page by page. */
async function walk(name: string, order: string, size: number): Promise<unknown[]> {
  const nodes: unknown[] = [];
  for (let after = ''; ; ) {
    const { edges, pageInfo } = await pageOf(name, `orderBy: ${order}, first: ${size}${after}`);
    nodes.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return nodes;
    after = `, after: "${edges.at(-1)?.cursor}"`;
  }
}

const ROOT_LISTS = lists.filter(({ name }) => name.startsWith('Query.') && !EMPTY.includes(name));
const ORDERS = ROOT_LISTS.flatMap((list) => fieldsOf(list).map((field) => [list.field.name, field] as const));

describe('a list in an order', () => {
  it.each(ORDERS)('%s by %s: descending is the reverse of ascending, on pages of any size', async (name, field) => {
    const ascending = (await pageOf(name, `orderBy: { field: ${field} }, first: 200`)).edges.map(({ node }) => node);
    const descending = await pageOf(name, `orderBy: { field: ${field}, direction: DESC }, first: 200`);
    expect(ascending.length).toBeGreaterThan(0);
    expect(descending.edges.map(({ node }) => node)).toEqual(ascending.toReversed());
    for (const direction of ['ASC', 'DESC']) {
      const whole = direction === 'ASC' ? ascending : ascending.toReversed();
      expect(await walk(name, `{ field: ${field}, direction: ${direction} }`, 7)).toEqual(whole);
    }
  });

  it.each(ORDERS)('%s by %s: a cursor of the other direction is refused', async (name, field) => {
    const { edges } = await pageOf(name, `orderBy: { field: ${field} }, first: 1`);
    const { given = '', item } = ITEMS[name] ?? { item: 'id' };
    const asked = given.replace('{activity}', sample.activity(3));
    const document = `query($after: String) { ${name}(${asked}${asked && ','} orderBy: { field: ${field}, direction: DESC }, after: $after) { nodes { ${item} } } }`;
    const { errors } = await server.query(document, { variables: { after: edges[0]?.cursor } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_CURSOR' } }]);
  });

  it('orders by the field that it names', async () => {
    const of = async (name: string, field: string, key: string) =>
      (await pageOf(name, `orderBy: { field: ${field}, direction: DESC }, first: 200`)).edges.map(({ node }) =>
        String(z.looseObject({}).parse(node)[key]),
      );
    const isSorted = (values: readonly string[]) =>
      values.every((value, at) => at === 0 || (values[at - 1] ?? '') >= value);
    expect(isSorted(await of('plans', 'UPDATED_AT', 'updatedAt'))).toBe(true);
    expect(isSorted(await of('calendar', 'DUE', 'dueOn'))).toBe(true);
    expect(isSorted(await of('auditTrail', 'RECORDED', 'recordedAt'))).toBe(true);
    expect(isSorted(await of('organisations', 'NAME', 'name'))).toBe(true);
  });

  it('is the same for the activities of a plan and of a section', async () => {
    const document = `query($id: ID!, $section: ID!, $order: ActivityOrder) {
      plan(id: $id) { activities(orderBy: $order) { nodes { id } } }
      node(id: $section) { ... on Section { activities(orderBy: $order) { nodes { id } } } } }`;
    const nodes = z.object({ activities: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
    const read = async (order: object | undefined) => {
      const variables = { id: sample.planId, section: sample.section(2), order };
      const { plan, node } = await server.read(z.object({ plan: nodes, node: nodes }), document, { variables });
      return [plan, node].map(({ activities }) => activities.nodes.map(({ id }) => id));
    };
    const [whole = [], section = []] = await read(undefined);
    expect(whole).toHaveLength(13);
    expect(section).toEqual([3, 4, 5].map(sample.activity));
    expect(await read({ field: 'PLAN_ORDER', direction: 'DESC' })).toEqual([whole.toReversed(), section.toReversed()]);
    const [byDue = [], sectionByDue = []] = await read({ field: 'DUE' });
    expect(sectionByDue).toEqual(byDue.filter((id) => section.includes(id)));
  });
});

describe('the size of a page', () => {
  it('is the default of the schema when neither end is given', async () => {
    const { edges } = await pageOf('auditTrail', 'first: 200');
    expect(edges.length).toBeGreaterThan(50);
    expect((await pageOf('auditTrail', 'atLeast: null')).edges).toEqual(edges.slice(0, 50));
    const document = 'query($first: Int) { auditTrail(first: $first) { nodes { id } } }';
    const shape = z.object({ auditTrail: z.object({ nodes: z.array(z.unknown()).length(50) }) });
    for (const variables of [{}, { first: null }]) await server.read(shape, document, { variables });
  });

  it('is that of the end that is given, and of one end only', async () => {
    const document = 'query($first: Int, $last: Int) { auditTrail(first: $first, last: $last) { nodes { id } } }';
    const count = async (variables: object) => {
      const { data, errors } = await server.query(document, { variables: { ...variables } });
      const shape = z.object({ auditTrail: z.object({ nodes: z.array(z.unknown()) }) });
      return errors.length > 0
        ? errors.map(({ extensions }) => extensions.code)
        : shape.parse(data).auditTrail.nodes.length;
    };
    expect(await count({ last: 3 })).toBe(3);
    expect(await count({ last: 3, first: null })).toBe(3);
    expect(await count({ last: null, first: 4 })).toBe(4);
    expect(await count({ last: 60 })).toBe(60);
    expect(await count({ first: 50, last: 3 })).toEqual(['BAD_USER_INPUT']);
    expect((await pageOf('auditTrail', 'last: 3')).edges).toHaveLength(3);
    expect((await server.query('{ auditTrail(first: 50, last: 3) { totalCount } }')).errors).toHaveLength(1);
  });
});
