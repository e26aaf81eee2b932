import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  await server.done('copyPlan', { fromPlanId: sample.planId });
});
afterAll(() => server.close());

const FIELDS = 'id title text excluded evidence updatedAt sectionId plan { id }';
const Row = z.looseObject({ id: z.string() });
type Row = z.infer<typeof Row>;
const PageOfRows = z.object({
  activities: z.object({
    position: z.string(),
    nodes: z.array(Row),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

async function page(after: string | null, order: object, size: number, at: string | null = null) {
  const document = `query($after: String, $order: ActivityOrder, $first: Int, $at: Position) {
    activities(after: $after, orderBy: $order, first: $first, atLeast: $at) {
      position nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;
  return (await server.read(PageOfRows, document, { variables: { after, order, first: size, at } })).activities;
}

/** Copies all activities page by page. Returns the rows by id, and the position of the first page. */
async function copied(order: object, size: number, between: () => Promise<void>) {
  const rows = new Map<string, Row>();
  const positions: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { nodes, position, pageInfo } = await page(after, order, size);
    for (const row of nodes) rows.set(row.id, row);
    positions.push(position);
    ({ hasNextPage: more, endCursor: after } = pageInfo);
    if (more) await between();
  }
  return { rows, position: positions[0] ?? '' };
}

const Changes = z.object({
  changes: z.object({
    position: z.string(),
    hasMore: z.boolean(),
    changes: z.array(z.object({ entryId: z.string(), activityIds: z.array(z.string()) })),
  }),
});

/** Follows the feed after a position and fetches what each change names. Returns the changes. */
async function follow(rows: Map<string, Row>, after: string, at: string): Promise<string[]> {
  const entries: string[] = [];
  for (let position = after, more = true; more; ) {
    const document = `query($after: Position, $at: Position) { changes(after: $after, first: 3, atLeast: $at) {
      position hasMore changes { entryId activityIds } } }`;
    const { changes: found } = await server.read(Changes, document, { variables: { after: position, at } });
    for (const { entryId, activityIds } of found.changes) {
      entries.push(entryId);
      for (const id of activityIds) await fetchAgain(rows, id, at);
    }
    ({ position, hasMore: more } = found);
  }
  return entries;
}

async function fetchAgain(rows: Map<string, Row>, id: string, at: string): Promise<void> {
  const document = `query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { ${FIELDS} } }`;
  const { activity } = await server.read(z.object({ activity: Row.nullable() }), document, { variables: { id, at } });
  if (activity) rows.set(id, activity);
  else rows.delete(id);
}

/** Every activity as it is now, and the entries recorded after a position. */
async function truth(at: string, after: string) {
  const { nodes } = await page(null, { field: 'PLAN_ORDER' }, 200, at);
  const document =
    'query($after: Position) { changes(after: $after, first: 200) { position hasMore changes { entryId activityIds } } }';
  const { changes: found } = await server.read(Changes, document, { variables: { after } });
  return { rows: new Map(nodes.map((row) => [row.id, row])), entries: found.changes.map(({ entryId }) => entryId) };
}

describe('a copy that is read by pages and then followed from `position`', () => {
  it.each([
    ['PLAN_ORDER', 'ASC', 3],
    ['PLAN_ORDER', 'DESC', 5],
    ['DUE', 'ASC', 4],
  ])(
    'has lost nothing and doubled nothing, in the order %s %s by pages of %i, while others write',
    async (field, direction, size) => {
      const { plan } = await server.done('draftPlan', { title: `План ${field} ${direction}`, ownerUnit: 'Центр' });
      const inPlan = (kind: string, local: string) => `${plan.id.replace('plan', kind)}.${local}`;
      const sections = [1, 2].map((number) => inPlan('section', `s${number}`));
      for (const title of ['Первый', 'Второй']) await server.done('addSection', { planId: plan.id, title });
      let at = '';
      let count = 0;
      const write = async () => {
        count += 1;
        const activity = {
          sectionId: sections[count % 2],
          title: `Сбор ${count}`,
          timeframe: { text: 'май 2021 г.' },
          responsible: 'Центр',
        };
        await server.done('addActivity', { activity });
        const activityId = inPlan('activity', `a${count}`);
        // Moves a row to a page that was read, or that is still to be read.
        if (count % 3 === 1)
          await server.done('moveActivity', {
            activityId,
            place: { first: true },
            sectionId: sections[(count + 1) % 2],
          });
        if (count % 3 === 2) await server.done('removeActivity', { activityId: inPlan('activity', `a${count - 1}`) });
        ({ position: at } = await server.done('rewordActivity', { activityId, title: `Слёт ${count}` }));
      };
      await write();
      const { rows, position } = await copied({ field, direction }, size, write);
      await write();
      const entries = await follow(rows, position, at);
      const now = await truth(at, position);
      expect(count).toBeGreaterThan(3);
      expect(rows).toEqual(now.rows);
      expect(entries).toEqual(now.entries);
      expect(new Set(entries).size).toBe(entries.length);
    },
  );

  it('would lose changes from the position of a later page: rows of the first page changed meanwhile', async () => {
    const first = await page(null, { field: 'PLAN_ORDER' }, 3);
    const { position: at, entries } = await server.done('completeActivity', {
      activityId: sample.activity(3),
      actualOn: '2020-09-30',
    });
    const later = await page(first.pageInfo.endCursor, { field: 'PLAN_ORDER' }, 3, at);
    const ids = entries.map(({ id }) => id);
    expect(await follow(new Map(), later.position, at)).toEqual([]);
    expect(await follow(new Map(), first.position, at)).toEqual(ids);
  });
});

describe('position', () => {
  it('stands on every connection that is read from read models, and on no other', () => {
    const connections = Object.values(schema().getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => name.endsWith('Connection'));
    const without = connections.filter((type) => !type.getFields().position).map(({ name }) => name);
    // The first is folded from the event store for each request; the others are stored beside it.
    expect(without.toSorted()).toEqual([
      ...['ActivityStepConnection', 'NameReadingConnection', 'RefusalEntryConnection', 'SessionEventConnection'],
      'WebhookDeliveryConnection',
    ]);
  });

  it('is not before the position that the query waits for', async () => {
    const { position: at } = await server.done('draftPlan', { title: 'Ещё один', ownerUnit: 'Центр' });
    expect(await follow(new Map(), (await page(null, { field: 'DUE' }, 1, at)).position, at)).toEqual([]);
  });

  it('is null in a past state', async () => {
    const document =
      'query($id: ID!) { plan(id: $id, asOf: { revision: 1 }) { activities { position } } plans { position } }';
    const shape = z.object({
      plan: z.object({ activities: z.object({ position: z.null() }) }).nullable(),
      plans: z.object({ position: z.string() }),
    });
    await server.read(shape, document, { variables: { id: sample.planId } });
  });
});
