import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { newKey, onAccess } from '../support/access.js';
import { onOrganisation, registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

const Page = z.object({
  changes: z.object({
    position: z.string(),
    hasMore: z.boolean(),
    changes: z.array(
      z.object({
        kind: z.string(),
        eventType: z.string(),
        planId: z.string().nullable(),
        activityId: z.string().nullable(),
        fields: z.array(z.string()),
        gone: z.boolean(),
        position: z.string(),
      }),
    ),
  }),
});
const FEED = `query($after: Position, $first: Int, $at: Position) { changes(after: $after, first: $first, atLeast: $at) {
  position hasMore changes { kind eventType planId activityId fields gone position } } }`;

let server: TestServer;
let department: string;
let schools: readonly [string, string];
let key: { readonly token: string; readonly id: string };
let at: string | null;

beforeAll(async () => {
  server = await startServer({ sample: 'off' });
  department = await registered(server, { name: 'Отдел' });
  schools = [
    await registered(server, { name: 'Первая', parentId: department }),
    await registered(server, { name: 'Вторая' }),
  ];
});
afterAll(() => server.close());

/** Drafts a plan with one activity. Returns its id. */
async function planOf(organisationId: string, title: string): Promise<string> {
  const { plan } = await server.done('draftPlan', { title, ownerUnit: 'Центр', organisationId });
  await server.done('addSection', { planId: plan.id, title: 'Раздел' });
  const row = { title: 'Совещание', timeframe: { text: 'май 2021 г.' }, responsible: 'Центр' };
  const sectionId = `${plan.id.replace('plan', 'section')}.s1`;
  at = (await server.done('addActivity', { activity: { sectionId, ...row } })).position;
  return plan.id;
}

async function pageAfter(after: string | null, first = 200) {
  const { data, errors } = await server.post(JSON.stringify({ query: FEED, variables: { after, first, at } }), {
    authorization: `Bearer ${key.token}`,
  });
  expect(errors).toEqual([]);
  return Page.parse(data).changes;
}

/** Returns the kind and plan of each change that the key receives after a position. */
async function toldAfter(after: string | null) {
  const { changes, position } = await pageAfter(after);
  return { told: changes.map(({ kind, planId }) => [kind, planId]), position };
}

const moved = async (name: string, input: Readonly<Record<string, unknown>>) => {
  ({ position: at } = await onAccess(server, name, { accessId: key.id, reason: 'Соглашение', ...input }));
};

describe('the change feed of who sees some organisations', () => {
  let first: string;
  let second: string;
  let position: string;

  it('tells of their plans alone, what changed of them, and what is gone', async () => {
    first = await planOf(schools[0], 'План первой');
    second = await planOf(schools[1], 'План второй');
    key = await newKey(server, { organisationIds: [department] });
    const page = await pageAfter(null);
    expect(new Set(page.changes.map(({ planId }) => planId))).toEqual(new Set([null, first]));
    expect(page.changes.at(-1)).toMatchObject({ kind: 'ACTIVITY', eventType: 'ActivityPlanned', gone: false });
    expect(page.changes.at(-1)?.fields).toEqual(expect.arrayContaining(['title', 'timeframe', 'responsible']));
    ({ position: at } = await server.done('removeActivity', { activityId: `${first.replace('plan', 'activity')}.a1` }));
    expect((await pageAfter(page.position)).changes).toMatchObject([{ kind: 'ACTIVITY', planId: first, gone: true }]);
    ({ position } = await pageAfter(page.position));
  });

  it('tells each plan of a grant as one that entered their sight, and of a withdrawal as one that left it', async () => {
    await moved('grantAccess', { organisationIds: [schools[1]] });
    const entered = await toldAfter(position);
    expect(entered.told).toEqual([['PLAN_ENTERED_SCOPE', second]]);
    ({ position: at } = await server.done('changePlanDetails', { planId: second, title: 'Новый план второй' }));
    const changed = await toldAfter(entered.position);
    expect(changed.told).toEqual([['PLAN', second]]);
    await moved('withdrawAccess', { organisationIds: [schools[1]] });
    const left = await pageAfter(changed.position);
    expect(left.changes).toMatchObject([{ kind: 'PLAN_LEFT_SCOPE', planId: second, gone: true }]);
    ({ position: at } = await server.done('changePlanDetails', { planId: second, title: 'Ещё один план второй' }));
    const after = await toldAfter(left.position);
    expect(after.told).toEqual([]);
    position = after.position;
  });

  it('tells the same of a plan that is put under another organisation', async () => {
    ({ position: at } = await server.done('assignPlan', {
      planId: second,
      organisationId: schools[0],
      reason: 'Учредитель',
    }));
    const entered = await toldAfter(position);
    expect(entered.told).toEqual([['PLAN_ENTERED_SCOPE', second]]);
    ({ position: at } = await server.done('assignPlan', {
      planId: second,
      organisationId: schools[1],
      reason: 'Учредитель',
    }));
    const left = await toldAfter(entered.position);
    expect(left.told).toEqual([['PLAN_LEFT_SCOPE', second]]);
    position = left.position;
  });

  it('tells the same of an organisation that is put under another one', async () => {
    const under = async (parentId: string | null) => {
      const input = { organisationId: schools[1], parentId, reason: 'Передана' };
      ({ position: at } = await onOrganisation(server, 'changeOrganisation', input));
    };
    await under(department);
    const entered = await toldAfter(position);
    expect(entered.told).toEqual(expect.arrayContaining([['PLAN_ENTERED_SCOPE', second]]));
    await under(null);
    const left = await toldAfter(entered.position);
    expect(left.told).toEqual([['PLAN_LEFT_SCOPE', second]]);
  });

  it('tells a grant that comes after hundreds of others', async () => {
    const [before, own] = [key, await newKey(server, { organisationIds: [department] })];
    const toggled = await registered(server, { name: 'Третья' });
    key = own;
    const { position: start } = await toldAfter(position);
    for (let time = 0; time < 250; time += 1) {
      await moved('grantAccess', { organisationIds: [toggled] });
      await moved('withdrawAccess', { organisationIds: [toggled] });
    }
    await moved('grantAccess', { organisationIds: [schools[1]] });
    expect((await toldAfter(start)).told).toContainEqual(['PLAN_ENTERED_SCOPE', second]);
    key = before;
  });

  it('is the same whatever the size of its pages', async () => {
    const whole = (await pageAfter(null)).changes.map(({ kind, planId, eventType }) => [kind, planId, eventType]);
    const parts: unknown[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await pageAfter(after, 1);
      parts.push(...page.changes.map(({ kind, planId, eventType }) => [kind, planId, eventType]));
      after = page.position;
      more = page.hasMore;
    }
    expect(parts).toEqual(whole);
    expect(whole.length).toBeGreaterThan(6);
  });
});
