import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isInputObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { newKey } from '../support/access.js';
import { keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { removeDirectory, startServer, type TestServer, temporaryDirectory } from '../support/server.js';

let server: TestServer;
/** The parent organisation of the schools. It has no plan of its own. */
let department: string;
let schools: readonly [string, string];
/** The plans: two of the first school, one of the second. The second plan has no period. */
let plans: readonly [string, string, string];
/** Between the drafting of the plans and the last change. */
const MOMENT = '2020-10-02T00:00:00Z';
let at: string | null;

beforeAll(async () => {
  const directory = await temporaryDirectory();
  server = await startServer({ directory, sample: 'off' });
  department = await registered(server, { name: 'Отдел' });
  const school = (name: string) => registered(server, { name, parentId: department });
  schools = [await school('Первая'), await school('Вторая')];
  plans = [
    await planOf(schools[0], 'Первый план', { start: '2020-09-01', end: '2021-05-31' }),
    await planOf(schools[0], 'Второй план'),
    await planOf(schools[1], 'Третий план', { start: '2021-01-01', end: '2021-12-31' }),
  ];
  await server.close();
  const later = await startServer({ directory, sample: 'off', clock: '2020-10-03T09:00:00Z' });
  const close = async () => {
    await later.close();
    await removeDirectory(directory);
  };
  server = { ...later, close };
  const changed = await server.done('rewordActivity', {
    activityId: inPlan(plans[1], 'activity', 'a2'),
    title: 'Сбор',
  });
  at = changed.position;
});
afterAll(() => server.close());

function inPlan(planId: string, kind: string, local: string): string {
  return `${planId.replace('plan', kind)}.${local}`;
}

/** Drafts a plan with two activities in one section. */
async function planOf(organisationId: string, title: string, period?: object): Promise<string> {
  const { plan } = await server.done('draftPlan', { title, ownerUnit: 'Центр', organisationId, period });
  await server.done('addSection', { planId: plan.id, title: 'Раздел' });
  const sectionId = inPlan(plan.id, 'section', 's1');
  for (const row of ['Совещание', 'Слёт']) {
    const activity = { sectionId, title: row, timeframe: { text: 'май 2021 г.' }, responsible: `Центр ${title}` };
    await server.done('addActivity', { activity });
  }
  return plan.id;
}

/** Returns the indexes in `plans` of the plans to which the items of a list refer. */
async function reached(list: string, type: string, filter: object, planOfItem: string): Promise<number[]> {
  const document = `query($filter: ${type}, $at: Position) { list: ${list}(filter: $filter, atLeast: $at) { nodes { plan: ${planOfItem} } } }`;
  const found = z.object({ plan: z.unknown() });
  const shape = z.object({ list: z.object({ nodes: z.array(found) }) });
  const answer = await server.read(shape, document, { variables: { filter, at } });
  const text = JSON.stringify(answer.list.nodes);
  return plans.flatMap((id, index) => (text.includes(id.replace('plan_', '')) ? [index] : []));
}

describe('a filter by plans', () => {
  const LISTS = [
    ['activities', 'ActivityFilter', 'id'],
    ['auditTrail', 'AuditFilter', 'planId'],
    ['parties', 'PartyFilter', 'planIds'],
  ] as const;

  it.each(LISTS)('chooses one, several, none, or those of an organisation in %s', async (list, type, id) => {
    const found = (filter: object) => reached(list, type, filter, id);
    expect(await found({})).toEqual([0, 1, 2]);
    expect(await found({ planId: plans[1] })).toEqual([1]);
    expect(await found({ planIds: [plans[0], plans[2]] })).toEqual([0, 2]);
    expect(await found({ planIds: [plans[0], plans[2]], planId: plans[0] })).toEqual([0]);
    expect(await found({ planIds: [plans[0], plans[2]], planId: plans[1] })).toEqual([]);
    expect(await found({ planIds: [] })).toEqual([]);
    expect(await found({ organisationId: schools[0] })).toEqual([0, 1]);
    expect(await found({ organisationId: schools[0], planIds: [plans[1], plans[2]] })).toEqual([1]);
  });

  it('chooses what figures are counted of', async () => {
    const document = `query($filter: MonitoringFilter, $at: Position) {
      monitoring(filter: $filter, atLeast: $at) { plans groups { key } } }`;
    const shape = z.object({ monitoring: z.object({ plans: z.number() }) });
    const count = (filter: object) => server.read(shape, document, { variables: { filter, at } });
    expect((await count({ planIds: [plans[0], plans[2]] })).monitoring.plans).toBe(2);
    expect((await count({ planIds: [plans[0], plans[2]], organisationId: schools[0] })).monitoring.plans).toBe(1);
    expect((await count({ planIds: [] })).monitoring.plans).toBe(0);
    const section = inPlan(plans[0], 'section', 's1');
    expect((await count({ planIds: [plans[0], plans[2]], sectionId: section })).monitoring.plans).toBe(1);
    expect((await count({ planIds: [plans[2]], sectionId: section })).monitoring.plans).toBe(0);
  });

  it('names a bounded number of plans', async () => {
    const planIds = Array.from({ length: 201 }, () => plans[0]);
    const query = 'query($filter: ActivityFilter) { activities(filter: $filter) { totalCount } }';
    const { errors } = await server.query(query, { variables: { filter: { planIds } } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is stated by the same fields in every filter', () => {
    const inputs = Object.values(schema().getTypeMap()).filter(isInputObjectType);
    const filters = inputs.filter(({ name }) => name.endsWith('Filter'));
    const ofPlans = filters.filter((type) => type.getFields().planId);
    expect(ofPlans.map(({ name }) => name).toSorted()).toEqual([
      ...['ActivityFilter', 'AuditFilter', 'ChangeFilter', 'MonitoringFilter', 'PartyFilter', 'StatusFilter'],
    ]);
    for (const type of ofPlans) {
      const { planId, planIds, organisationId } = type.getFields();
      expect([type.name, String(planId?.type), String(planIds?.type), String(organisationId?.type)]).toEqual([
        ...[type.name, 'ID', '[ID!]', 'ID'],
      ]);
    }
    const withDate = filters.filter((type) => type.getFields().updatedSince).map(({ name }) => name);
    expect(withDate.toSorted()).toEqual(['AccessFilter', 'ActivityFilter', 'OrganisationFilter', 'PlanFilter']);
  });
});

describe('updatedSince', () => {
  const titlesSince = (since: string) =>
    server.data(
      `query($since: DateTime, $at: Position) {
        plans(filter: { updatedSince: $since }, atLeast: $at) { nodes { title } }
        activities(filter: { updatedSince: $since }) { nodes { title } }
        organisations(filter: { updatedSince: $since }) { nodes { name } }
        accessHolders(filter: { updatedSince: $since }) { totalCount } }`,
      { variables: { since, at } },
    );

  it('chooses what changed then or later', async () => {
    expect(await titlesSince(MOMENT)).toEqual({
      plans: { nodes: [{ title: 'Второй план' }] },
      activities: { nodes: [{ title: 'Сбор' }] },
      organisations: { nodes: [] },
      accessHolders: { totalCount: 0 },
    });
    const all = z.object({
      plans: z.object({ nodes: z.array(z.unknown()).length(3) }),
      activities: z.object({ nodes: z.array(z.unknown()).length(6) }),
      organisations: z.object({ nodes: z.array(z.unknown()).length(3) }),
    });
    expect(all.safeParse(await titlesSince('2020-01-01T00:00:00Z')).error).toBeUndefined();
  });

  it('compares the moment that an item shows', async () => {
    const shape = z.object({ activities: z.object({ nodes: z.array(z.object({ updatedAt: z.string() })) }) });
    const { activities } = await server.read(shape, '{ activities { nodes { updatedAt } } }');
    const last = activities.nodes.map(({ updatedAt }) => updatedAt).toSorted();
    const since = new Date(last.at(-1) ?? '').toISOString();
    expect(await titlesSince(since)).toMatchObject({ activities: { nodes: [{ title: 'Сбор' }] } });
  });
});

const Page = z.object({
  changes: z.object({
    hasMore: z.boolean(),
    position: z.string(),
    changes: z.array(
      z.object({
        position: z.string(),
        kind: z.string(),
        eventType: z.string(),
        planId: z.string().nullable(),
        organisationId: z.string().nullable(),
      }),
    ),
  }),
});

/** All changes that match a filter, read by pages of a size. */
async function changesOf(filter: object, first = 200, token = keyOf('administrator')) {
  const document = `query($filter: ChangeFilter, $after: Position, $first: Int, $at: Position) {
    changes(filter: $filter, after: $after, first: $first, atLeast: $at) {
      hasMore position changes { position kind eventType planId organisationId } } }`;
  const found: z.infer<typeof Page>['changes']['changes'] = [];
  for (let after: string | null = null; ; ) {
    const variables = { filter, after, first, at };
    const headers = { authorization: `Bearer ${token}` };
    const { data, errors } = await server.post(JSON.stringify({ query: document, variables }), headers);
    expect(errors).toEqual([]);
    const { changes: page } = Page.parse(data);
    found.push(...page.changes);
    after = page.position;
    if (!page.hasMore) return found;
  }
}

describe('a filter of changes', () => {
  it('chooses by plans, organisation and types of events, on pages of any size', async () => {
    const of = async (filter: object) => new Set((await changesOf(filter)).map(({ planId }) => planId));
    expect(await of({ planId: plans[1] })).toEqual(new Set([plans[1]]));
    expect(await of({ planIds: [plans[1], plans[2]] })).toEqual(new Set([plans[1], plans[2]]));
    expect(await of({ organisationId: schools[1] })).toEqual(new Set([null, plans[2]]));
    const drafted = await changesOf({ eventType: ['PlanDrafted'], organisationId: schools[0] });
    expect(drafted.map(({ planId }) => planId)).toEqual([plans[0], plans[1]]);
    for (const filter of [{ planIds: [plans[0], plans[2]] }, { organisationId: schools[0] }]) {
      expect(await changesOf(filter, 2)).toEqual(await changesOf(filter));
    }
  });

  it('is the same for the subscription', async () => {
    const filter = { planIds: [plans[0], plans[2]] };
    const wanted = (await changesOf(filter)).map(({ position }) => position);
    const [start] = (await changesOf({})).map(({ position }) => position);
    const subscribed = server.subscribe(
      'subscription($after: Position, $filter: ChangeFilter) { changes(resumeAfter: $after, filter: $filter) { position } }',
      { variables: { after: start, filter } },
    );
    for (const position of wanted) expect(await subscribed.next()).toMatchObject({ data: { changes: { position } } });
    await subscribed.close();
  });

  it('by organisation has the changes by which plans come and leave, for who sees both or one', async () => {
    const one = await newKey(server, { organisationIds: [schools[0]] });
    const move = async (organisationId: string) => {
      ({ position: at } = await server.done('assignPlan', { planId: plans[0], organisationId, reason: 'Передан' }));
    };
    await move(schools[1]);
    const assigned = { eventType: 'PlanAssigned', planId: plans[0], organisationId: schools[1] };
    expect((await changesOf({ organisationId: schools[0] })).at(-1)).toMatchObject({ ...assigned, kind: 'PLAN' });
    expect((await changesOf({ organisationId: schools[1] })).at(-1)).toMatchObject({ ...assigned, kind: 'PLAN' });
    expect((await changesOf({ organisationId: schools[0] }, 200, one.token)).at(-1)).toMatchObject({
      ...{ planId: plans[0], kind: 'PLAN_LEFT_SCOPE' },
    });
    expect((await changesOf({ organisationId: schools[1] }, 200, one.token)).map(({ kind }) => kind)).toEqual([]);
    for (const size of [1, 3]) {
      expect(await changesOf({ organisationId: schools[0] }, size)).toEqual(
        await changesOf({ organisationId: schools[0] }),
      );
    }
    await move(schools[0]);
    expect((await changesOf({ organisationId: schools[0] }, 200, one.token)).at(-1)).toMatchObject({
      ...{ planId: plans[0], kind: 'PLAN_ENTERED_SCOPE' },
    });
  });
});

describe('a filter of plans', () => {
  const found = (filter: object) => reached('plans', 'PlanFilter', filter, 'id');

  it('chooses those of an organisation, alone or with the organisations under it', async () => {
    expect(await found({ organisationId: department })).toEqual([]);
    expect(await found({ underOrganisationId: department })).toEqual([0, 1, 2]);
    expect(await found({ underOrganisationId: schools[1] })).toEqual([2]);
    expect(await found({ organisationId: schools[0], underOrganisationId: department })).toEqual([0, 1]);
  });

  it('shows no plan of an organisation that the caller does not see', async () => {
    const { token } = await newKey(server, { role: 'AUDITOR', organisationIds: [schools[1]] });
    const count = async (organisationId: string) => {
      const query = 'query($filter: PlanFilter) { plans(filter: $filter) { totalCount } }';
      const variables = { filter: { underOrganisationId: organisationId } };
      const headers = { authorization: `Bearer ${token}` };
      return (await server.post(JSON.stringify({ query, variables }), headers)).data;
    };
    expect(await count(schools[0])).toEqual({ plans: { totalCount: 0 } });
    expect(await count(schools[1])).toEqual({ plans: { totalCount: 1 } });
  });

  it('chooses those whose period overlaps a span; a plan without a period is in none', async () => {
    const overlapping = (start: string, end: string) => found({ overlaps: { start, end } });
    expect(await overlapping('2020-09-01', '2021-08-31')).toEqual([0, 2]);
    expect(await overlapping('2021-06-01', '2021-06-30')).toEqual([2]);
    expect(await overlapping('2020-08-31', '2020-09-01')).toEqual([0]);
    expect(await overlapping('2022-01-01', '2022-12-31')).toEqual([]);
  });
});
