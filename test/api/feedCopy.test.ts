import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSampleFile } from '../support/domain.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

/** Fields of an activity in a copy. None of them changes merely because a day passes. */
const FIELDS = `id number title text excluded evidence responsibleText sectionId timeframe { text schedule { kind interpretation } }
  due points { id dueOn firm evidence } reports { id status text } plan { id }`;
const Row = z.looseObject({ id: z.string() });
type Row = z.infer<typeof Row>;
const Rows = z.object({
  activities: z.object({
    nodes: z.array(Row),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});
const Page = z.object({
  changes: z.object({
    position: z.string(),
    hasMore: z.boolean(),
    changes: z.array(
      z.object({ eventType: z.string(), activityId: z.string().nullable(), activityIds: z.array(z.string()) }),
    ),
  }),
});
const CHANGES = `query($after: Position, $at: Position) { changes(after: $after, atLeast: $at, first: 7) {
  position hasMore changes { eventType activityId activityIds } } }`;
const NODES = `query($ids: [ID!]!, $at: Position) { nodes(ids: $ids, atLeast: $at) { ... on Activity { ${FIELDS} } } }`;

/** A copy of all activities that is updated only by the feed of changes. */
class CopyByActivity {
  readonly rows = new Map<string, Row>();
  readonly seen = new Set<string>();
  #position: string | null = null;

  async catchUp(atLeast: string): Promise<void> {
    for (let more = true; more; ) {
      const variables = { after: this.#position, at: atLeast };
      const { changes: page } = await server.read(Page, CHANGES, { variables });
      for (const { eventType } of page.changes) this.seen.add(eventType);
      for (const id of new Set(page.changes.flatMap(({ activityIds }) => activityIds))) await this.#fetch(id, atLeast);
      [this.#position, more] = [page.position, page.hasMore];
    }
  }

  async #fetch(id: string, at: string): Promise<void> {
    const shape = z.object({ nodes: z.tuple([Row.nullable()]) });
    const [row] = (await server.read(shape, NODES, { variables: { ids: [id], at } })).nodes;
    if (row) this.rows.set(id, row);
    else this.rows.delete(id);
  }
}

/** All activities as the server has them now, by id. */
async function source(at: string): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (let after: string | null = null, more = true; more; ) {
    const document = `query($after: String, $at: Position) { activities(first: 200, after: $after, atLeast: $at) {
      nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;
    const page: z.infer<typeof Rows> = await server.read(Rows, document, { variables: { after, at } });
    for (const row of page.activities.nodes) rows.set(row.id, row);
    ({ hasNextPage: more, endCursor: after } = page.activities.pageInfo);
  }
  return rows;
}

describe('a copy that is kept by activity', () => {
  it('is equal to its source through imports, copies, amendments and whatever else changes many rows', async () => {
    const copy = new CopyByActivity();
    const expectEqual = async (position: string) => {
      await copy.catchUp(position);
      expect(copy.rows).toEqual(await source(position));
    };
    const done = async (name: string, input: Readonly<Record<string, unknown>>) => {
      const { position, plan } = await server.done(name, input);
      await expectEqual(position);
      return plan;
    };
    const { planId } = sample;
    await done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' });
    const beforeImport = copy.rows.size;
    expect(beforeImport).toBe(13);

    const text = new TextDecoder().decode(readSampleFile()).replace('План работы', 'План второй работы');
    const content = Buffer.from(text).toString('base64');
    const second = await done('importPlan', { fileName: 'второй.txt', content });
    expect(copy.rows.size).toBe(2 * beforeImport);

    const because = { reason: 'Приказ', basis: { withoutDocument: true } };
    const changes = [
      { exclude: sample.activity(6) },
      { reschedule: { activityId: sample.activity(7), timeframe: { text: 'май 2021 г.' } } },
      {
        add: {
          sectionId: sample.section(1),
          ...{ title: 'Слёт', timeframe: { text: 'июнь 2021 г.' }, responsible: 'Центр' },
        },
      },
    ];
    await done('amendPlan', { planId, ...because, changes });
    expect(copy.rows.size).toBe(2 * beforeImport + 1);

    const inSecond = (local: string) => `${second.id.replace('plan', 'activity')}.${local}`;
    await done('removeActivity', { activityId: inSecond('a1') });
    await done('changePlanDetails', { planId: second.id, period: { start: '2021-09-01', end: '2022-08-31' } });
    await done('confirmPrintedApproval', { planId: second.id, date: null, underControlFrom: '2021-09-01' });
    await done('copyPlan', { fromPlanId: planId });
    await done('cancelPlan', { planId: second.id, ...because });
    expect([...copy.seen]).toEqual(
      expect.arrayContaining([
        'PlanImported',
        'PlanAmended',
        'PlanCopied',
        'PrintedApprovalConfirmed',
        'ActivityRemoved',
      ]),
    );
  }, 60_000);

  it('finds in a change of one activity its id, and in the change of an import the ids of all rows', async () => {
    const { changes } = (
      await server.read(
        Page,
        `{ changes(first: 200) { position hasMore changes { eventType activityId activityIds } } }`,
      )
    ).changes;
    const imported = changes.find(({ eventType }) => eventType === 'PlanImported');
    expect(imported).toMatchObject({ activityId: null });
    expect(imported?.activityIds).toEqual(Array.from({ length: 13 }, (_, index) => sample.activity(index + 1)));
    const completed = changes.find(({ eventType }) => eventType === 'ActivityCompleted');
    expect(completed).toMatchObject({ activityId: sample.activity(3), activityIds: [sample.activity(3)] });
  });
});
