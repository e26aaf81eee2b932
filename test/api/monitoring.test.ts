import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { onOrganisation, registered } from '../support/organisations.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const INDICATOR = z.object({
  code: z.string(),
  numerator: z.number(),
  denominator: z.number(),
  value: z.number().nullable(),
  noData: z.boolean(),
});
const GROUP = z.object({
  key: z.string(),
  label: z.string(),
  total: z.number(),
  planned: z.number(),
  plannedFirst: z.number(),
  soft: z.number(),
  indicators: z.array(INDICATOR),
});
const MONITORING = z.object({ monitoring: z.object({ plans: z.number(), total: GROUP, groups: z.array(GROUP) }) });
const FIGURES = 'key label total planned plannedFirst soft indicators { code numerator denominator value noData }';
type Figures = z.infer<typeof GROUP>;

let server: TestServer;
let sample: Sample;
let position: string;
beforeAll(async () => {
  server = await startServer({ clock: '2021-02-15T09:00:00Z' });
  sample = await sampleOf(server);
  const at = { actualOn: '2020-09-28' };
  await server.done('completeActivity', { activityId: sample.activity(3), ...at }, { key: 'methodologist' });
  await server.done('completeActivity', { activityId: sample.activity(8), actualOn: '2020-10-05' });
  const report = { activityId: sample.activity(11), actualOn: '2020-12-20', text: 'Сделано' };
  await server.done('submitReport', report, { key: 'methodologist' });
  const reportId = sample.inPlan('report', 'a11.r1');
  position = (await server.done('returnReport', { reportId, reason: 'Нет списка' }, { key: 'director' })).position;
});
afterAll(() => server.close());

async function monitoring(args: string, at: string = position) {
  const document = `query($at: Position) { monitoring(${args} atLeast: $at) { plans total { ${FIGURES} } groups { ${FIGURES} } } }`;
  return (await server.read(MONITORING, document, { variables: { at } })).monitoring;
}

function figure({ indicators }: Figures, code: string) {
  const found = indicators.find((each) => each.code === code);
  return found && [found.numerator, found.denominator, found.noData];
}

describe('what is asked for', () => {
  it('is a period that does not run backwards', async () => {
    const { errors } = await server.query(
      '{ monitoring(filter: { dueFrom: "2021-02-01", dueTo: "2020-01-01" }) { plans } }',
    );
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringContaining('dueTo') },
    ]);
  });
});

describe('a day', () => {
  it('is one that plans may have: nobody is made to wait for the year 9999', async () => {
    for (const on of ['9999-12-31', '2200-01-01', '1899-12-31']) {
      const { errors } = await server.query(`{ monitoring(on: "${on}") { plans } }`);
      expect(errors).toMatchObject([{ message: expect.stringContaining('between 1900-01-01 and 2199-12-31') }]);
    }
  });
});

describe('the figures of the sample', () => {
  it('are reckoned for any day, from what is known now', async () => {
    const { total, plans } = await monitoring('on: "2021-01-01"');
    expect({ plans, ...total }).toMatchObject({ plans: 1, total: 29, planned: 27, plannedFirst: 27, soft: 2 });
    expect(figure(total, 'DONE')).toEqual([2, 27, false]);
    expect(figure(total, 'DONE_IN_TIME')).toEqual([1, 27, false]);
    // Nine of the twelve firm points that were due were not done before two of them were completed.
    expect(figure(total, 'OVERDUE')).toEqual([7, 9, false]);
    expect(figure(total, 'DISCIPLINE')).toEqual([0, 0, true]);
    expect(figure((await monitoring('on: "2020-10-01"')).total, 'DONE')).toEqual([1, 27, false]);
  });

  it('are those of a period by its term', async () => {
    const { total } = await monitoring('on: "2021-01-01" filter: { dueFrom: "2020-09-01", dueTo: "2020-09-30" }');
    expect(total).toMatchObject({ total: 4, planned: 3, soft: 1 });
    expect(figure(total, 'DONE')).toEqual([2, 3, false]);
    expect(figure(total, 'REPORTED_IN_TIME')).toEqual([0, 3, false]);
    expect(figure(total, 'REPORTS_RETURNED')).toEqual([0, 0, true]);
  });

  it.each(['PLAN', 'SECTION', 'ACCOUNTABLE', 'ORGANISATION'])('add up by %s', async (groupBy) => {
    const { total, groups } = await monitoring(`on: "2021-01-01" groupBy: ${groupBy}`);
    for (const { code, unit } of [
      { code: 'DONE', unit: 0 },
      { code: 'OVERDUE', unit: 0 },
      { code: 'REPORTS_RETURNED', unit: 0 },
    ]) {
      const sums = groups.map((group) => figure(group, code) ?? []);
      const sum = (index: number) => sums.reduce((all, each) => all + Number(each[index]), unit);
      expect([sum(0), sum(1)]).toEqual(figure(total, code)?.slice(0, 2));
    }
    expect(groups.reduce((sum, { total: points }) => sum + points, 0)).toBe(29);
  });

  it('add up by month, undated points apart', async () => {
    const { groups } = await monitoring('on: "2021-01-01" groupBy: MONTH');
    expect(groups.find(({ key }) => key === '2020-09')).toMatchObject({ label: '2020-09', total: 4, planned: 3 });
  });

  it('are those of a section or of who is accountable', async () => {
    const section = await monitoring(`on: "2021-01-01" filter: { sectionId: "${sample.section(1)}" }`);
    expect(section.total.total).toBe(2);
    const elsewhere = sample.section(1).replace(/_[^.]+/, '_00000000-0000-4000-8000-000000000000');
    expect((await monitoring(`on: "2021-01-01" filter: { sectionId: "${elsewhere}" }`)).total.total).toBe(0);
    const { groups } = await monitoring('on: "2021-01-01" groupBy: ACCOUNTABLE');
    for (const { key, total } of groups) {
      const { total: own } = await monitoring(`on: "2021-01-01" filter: { accountableId: "${key}" }`);
      expect(own.total).toBe(total);
    }
  });
});

describe('the plans of a group', () => {
  it('are those that have something in it', async () => {
    const COUNTS = z.object({
      monitoring: z.object({
        total: z.object({ plans: z.number() }),
        groups: z.array(z.object({ key: z.string(), plans: z.number() })),
      }),
    });
    const plansBy = async (groupBy: string, filter = '') => {
      const document = `query($at: Position) {
        monitoring(groupBy: ${groupBy} ${filter} atLeast: $at) { total { plans } groups { key plans } } }`;
      const { monitoring: found } = await server.read(COUNTS, document, { variables: { at: position } });
      return { total: found.total.plans, groups: found.groups.map(({ plans }) => plans), keys: found.groups };
    };
    const [party] = (await plansBy('ACCOUNTABLE')).keys;
    expect(await plansBy('ORGANISATION', `filter: { accountableId: "${party?.key}" }`)).toMatchObject({
      total: 1,
      groups: [1],
    });
    const nobody = `filter: { accountableId: "${party?.key.replace(/_.*/, '_00000000-0000-4000-8000-000000000000')}" }`;
    expect(await plansBy('PLAN', nobody)).toMatchObject({ total: 0, groups: [] });
    expect(await plansBy('ORGANISATION', nobody)).toMatchObject({ total: 0, groups: [0] });
  });
});

describe('what stands behind a figure', () => {
  const ITEMS = `totalCount pageInfo { hasNextPage endCursor } nodes { numerator denominator
    activity { number history(last: 1) { nodes { sentence } } } point { dueOn timing } report { status } }`;
  const shape = z.object({ indicatorItems: z.looseObject({ totalCount: z.number(), nodes: z.array(z.unknown()) }) });
  const items = async (args: string) =>
    (await server.read(shape, `{ indicatorItems(${args}) { ${ITEMS} } }`)).indicatorItems;

  it('are its points, with who did what', async () => {
    const done = await items('indicator: DONE, hits: true, on: "2021-01-01"');
    expect(done).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          activity: {
            number: '3',
            history: { nodes: [{ sentence: expect.stringContaining('Выполнено 28.09.2020') }] },
          },
          point: { dueOn: '2020-09-30', timing: 'DONE_ON_TIME' },
          report: null,
        },
        { activity: { number: '8' }, point: { timing: 'DONE_LATE' } },
      ],
    });
    expect(await items('indicator: REPORTS_RETURNED')).toMatchObject({
      totalCount: 1,
      nodes: [{ report: { status: 'RETURNED' }, point: null, activity: { number: '11' } }],
    });
  });

  it('are as many as the figure says, page by page', async () => {
    const first = await items('indicator: OVERDUE, hits: true, on: "2021-01-01", first: 5');
    expect(first).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: true } });
    const cursor = z.object({ endCursor: z.string() }).parse(first.pageInfo).endCursor;
    const rest = await items(`indicator: OVERDUE, hits: true, on: "2021-01-01", first: 5, after: "${cursor}"`);
    expect(rest.nodes).toHaveLength(2);
    expect(await items('indicator: OVERDUE, hits: false, on: "2021-01-01"')).toMatchObject({ totalCount: 2 });
  });
});

describe('figures as they were known on an earlier day', () => {
  it('leave out what was recorded later', async () => {
    // By the clock of this server, everything was recorded on 15 February 2021.
    const { total } = await monitoring('on: "2021-01-01" asKnownOn: "2021-02-15"');
    expect(figure(total, 'DONE')).toEqual([2, 27, false]);
    const before = await monitoring('on: "2021-01-01" asKnownOn: "2021-02-14"');
    expect(before).toMatchObject({ plans: 0, total: { total: 0 } });
  });
});

describe('the figures of an organisation', () => {
  it('are those of all that belong to it', async () => {
    const department = await registered(server, { name: 'Отдел образования' });
    const school = await registered(server, { name: 'ЦВР', parentId: department });
    const other = await registered(server, { name: 'Лицей' });
    const assign = { planId: sample.planId, organisationId: school, reason: 'Учредитель' };
    const { position: at } = await server.done('assignPlan', assign);
    for (const [id, plans] of [
      [department, 1],
      [school, 1],
      [other, 0],
    ] as const) {
      expect(await monitoring(`on: "2021-01-01" filter: { organisationId: "${id}" }`, at)).toMatchObject({ plans });
    }
    const { groups } = await monitoring('on: "2021-01-01" groupBy: ORGANISATION', at);
    expect(groups).toMatchObject([
      { key: other, label: 'Лицей', total: 0 },
      { key: department, label: 'Отдел образования', total: 0 },
      { key: school, label: 'ЦВР', total: 29 },
    ]);
  });

  it('are issued as a report that stays, whatever is corrected', async () => {
    const department = await registered(server, { name: 'Управление образования' });
    const school = await registered(server, { name: 'Дом творчества', parentId: department });
    await server.done('assignPlan', { planId: sample.planId, organisationId: school, reason: 'Учредитель' });
    const input = { organisationId: department, kind: 'MONTH', day: '2020-09-30', note: 'Сентябрь' };
    const issued = await onOrganisation(server, 'issueOrganisationReport', input, { key: 'department' });
    expect(issued.entries).toMatchObject([{ eventType: 'OrganisationReportIssued' }]);
    const report = (at: string | null) =>
      server.data(
        `query($id: ID!, $at: Position) { organisation(id: $id, atLeast: $at) { reports { nodes {
          id kind window { start end } issuedOn plans note figures { planned indicators { code value } }
          byOrganisation { name plans figures { planned } } differences { code issued now } } } } }`,
        { variables: { id: department, at } },
      );
    const kept = {
      id: `organisationreport_${department.replace('organisation_', '')}.or1`,
      kind: 'MONTH',
      window: { start: '2020-09-01', end: '2020-09-30' },
      issuedOn: '2021-02-15',
      plans: 1,
      note: 'Сентябрь',
      figures: { planned: 3, indicators: expect.arrayContaining([{ code: 'DONE', value: 0.333333 }]) },
      byOrganisation: [{ name: 'Дом творчества', plans: 1, figures: { planned: 3 } }],
    };
    expect(await report(issued.position)).toEqual({
      organisation: { reports: { nodes: [{ ...kept, differences: [] }] } },
    });
    const undone = { activityId: sample.activity(3), reason: 'Отмечено по ошибке' };
    const { position: at } = await server.done('withdrawCompletion', undone);
    expect(await report(at)).toEqual({
      organisation: {
        reports: {
          nodes: [{ ...kept, differences: expect.arrayContaining([{ code: 'DONE', issued: 0.333333, now: 0 }]) }],
        },
      },
    });
    const early = await onOrganisation(server, 'issueOrganisationReport', { ...input, day: '2021-02-01' });
    expect(early.userErrors).toMatchObject([{ code: 'PERIOD_NOT_OVER', field: 'day' }]);
    const long = { ...input, kind: 'YEAR', day: '1900-12-31' };
    expect((await onOrganisation(server, 'issueOrganisationReport', long)).userErrors).toMatchObject([
      { code: 'NOTHING_PLANNED' },
    ]);
    const { userErrors } = await onOrganisation(server, 'issueOrganisationReport', input, { key: 'methodologist' });
    expect(userErrors).toMatchObject([{ code: 'NOT_AUTHORISED' }]);
  });
});

describe('the past of many plans', () => {
  it('is told of fifty at once, and refused of one more with what to ask instead', async () => {
    const asked = (at: string) =>
      server.query(
        'query($at: Position) { monitoring(on: "2021-01-01" asKnownOn: "2021-02-15" atLeast: $at) { plans } }',
        {
          variables: { at },
        },
      );
    let at = '';
    for (let count = 2; count <= 50; count += 1) {
      ({ position: at } = await server.done('draftPlan', { title: `План ${count}`, ownerUnit: 'Центр' }));
    }
    expect(await asked(at)).toMatchObject({ data: { monitoring: { plans: 50 } } });
    ({ position: at } = await server.done('draftPlan', { title: 'План 51', ownerUnit: 'Центр' }));
    const { errors } = await asked(at);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(
          '51 plans: the past of at most 50 is told at once. Name a plan or an organisation',
        ),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });
});

describe('the school years', () => {
  it('are those of the plans that are counted', async () => {
    const years = async (filter: string) => (await server.query(`{ monitoring(${filter}) { schoolYears } }`)).data;
    expect(await years('on: "2026-11-29"')).toEqual({ monitoring: { schoolYears: [2020] } });
    const elsewhere = await registered(server, { name: 'Без планов' });
    expect(await years(`filter: { organisationId: "${elsewhere}" }`)).toEqual({ monitoring: { schoolYears: [] } });
  });
});
