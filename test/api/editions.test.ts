import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer({ clock: '2020-10-15T09:00:00Z' });
  sample = await sampleOf(server);
});
afterAll(() => server.close());

describe('the editions of a plan', () => {
  it('are listed with the items of their orders, as data and in words', async () => {
    const amended = await server.done(
      'amendPlan',
      {
        planId: sample.planId,
        reason: 'Форум перенесён',
        basis: { document: { type: 'ORDER', issuer: 'МБУДО «ЦВР»', date: '2020-10-14', number: '118' } },
        effectiveOn: '2020-10-20',
        changes: [
          { reschedule: { activityId: sample.activity(5), timeframe: { text: 'март 2021 г.' } } },
          { exclude: sample.activity(13) },
        ],
      },
      { key: 'director' },
    );
    const plan = await server.data(
      `query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) { editions { totalCount nodes {
        number on reason basis { document { number } } orderText
        items { kind activityId before { timeframeText } after { number timeframeText } } } } } }`,
      { variables: { id: sample.planId, at: amended.position } },
    );
    expect(plan).toEqual({
      plan: {
        editions: {
          totalCount: 2,
          nodes: [
            { number: 1, on: null, reason: null, basis: null, orderText: '', items: [] },
            {
              number: 2,
              on: '2020-10-15',
              reason: 'Форум перенесён',
              basis: { document: { number: '118' } },
              orderText:
                '1) в графе «Срок исполнения» пункта 5 слова «февраль 2021г.» заменить словами «март 2021 г.»;\n2) пункт 13 исключить.',
              items: [
                {
                  kind: 'RESCHEDULE',
                  activityId: sample.activity(5),
                  before: { timeframeText: 'февраль 2021г.' },
                  after: { number: '5', timeframeText: 'март 2021 г.' },
                },
                expect.objectContaining({ kind: 'EXCLUDE', activityId: sample.activity(13) }),
              ],
            },
          ],
        },
      },
    });
    // Reasons are free text and may name people.
    for (const key of ['integrator', 'dashboard'] as const) {
      const seen = await server.data(
        `{ plan(id: "${sample.planId}") { editions { nodes { number reason basis { document { number } } } } } }`,
        { key },
      );
      expect(seen).toMatchObject({
        plan: { editions: { nodes: [{}, { number: 2, reason: null, basis: { document: { number: '118' } } }] } },
      });
    }
  });

  it('are known to the reports that were made under them', async () => {
    const report = { activityId: sample.activity(3), actualOn: '2020-09-28', text: 'Сделано' };
    const { position } = await server.done('submitReport', report, { key: 'methodologist' });
    const found = await server.data(
      'query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { reports { edition submittedOn } } }',
      { variables: { id: sample.activity(3), at: position } },
    );
    expect(found).toEqual({ activity: { reports: [{ edition: 2, submittedOn: '2020-10-15' }] } });
  });
});

describe('a report on a period', () => {
  const REPORTS = `periodReports { id kind window { start end } issuedOn edition note notDone
    figures { planned indicators { code value } } differences { code issued now } }`;
  const reports = async (at: string) =>
    server.data(`query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) { ${REPORTS} } }`, {
      variables: { id: sample.planId, at },
    });
  const done = (value: number) => ({
    figures: { planned: 3, indicators: expect.arrayContaining([{ code: 'DONE', value }]) },
  });

  it('keeps its figures; what is corrected later is a difference', async () => {
    const input = { planId: sample.planId, kind: 'MONTH', day: '2020-09-30', note: 'Сентябрь' };
    const issued = await server.done('issuePeriodReport', input, { key: 'methodologist' });
    expect(issued.entries).toMatchObject([{ eventType: 'PeriodReportIssued' }]);
    const before = {
      id: sample.inPlan('planreport', 'pr1'),
      kind: 'MONTH',
      window: { start: '2020-09-01', end: '2020-09-30' },
      issuedOn: '2020-10-15',
      edition: 2,
      note: 'Сентябрь',
      notDone: [sample.inPlan('point', 'a7.1'), sample.inPlan('point', 'a8.1')],
      ...done(0.333333),
    };
    expect(await reports(issued.position)).toMatchObject({ plan: { periodReports: [{ ...before, differences: [] }] } });
    const late = await server.done('returnReport', {
      reportId: sample.inPlan('report', 'a3.r1'),
      reason: 'Вкладки пусты',
    });
    const after = await reports(late.position);
    expect(after).toMatchObject({ plan: { periodReports: [before] } });
    expect(after).toMatchObject({
      plan: {
        periodReports: [{ differences: expect.arrayContaining([{ code: 'DONE', issued: 0.333333, now: 0 }]) }],
      },
    });
  });

  it('is on a period that is over', async () => {
    const input = { planId: sample.planId, kind: 'MONTH', day: '2020-10-01' };
    expect(await server.refused('issuePeriodReport', input, { language: 'ru' })).toMatchObject({
      code: 'PERIOD_NOT_OVER',
      message: 'Период плана ещё не кончился (31.10.2020).',
    });
  });
});

describe('a route with a council', () => {
  it('is agreed stage by stage, the council by its protocol', async () => {
    const { plan } = await server.done('draftPlan', {
      title: 'План методического совета',
      ownerUnit: 'Методический совет',
      period: { start: '2020-09-01', end: '2021-08-31' },
    });
    await server.done('addSection', { planId: plan.id, title: 'Раздел' });
    const sectionId = `${plan.id.replace('plan', 'section')}.s1`;
    const activity = { sectionId, title: 'Семинар', timeframe: { text: 'май 2021 г.' }, responsible: 'Методист' };
    await server.done('addActivity', { activity });
    const route = [
      { kind: 'CONSIDER', post: 'Педагогический совет', isCouncil: true },
      { kind: 'AGREE', post: 'Начальник отдела образования' },
    ];
    await server.done('submitPlan', { planId: plan.id, route });
    const stamp = { post: 'Педагогический совет' };
    const council = { planId: plan.id, stamp };
    expect(await server.refused('agreePlan', council, { key: 'director', language: 'ru' })).toMatchObject({
      code: 'PROTOCOL_REQUIRED',
      field: 'stamp.document',
      message: 'Решение органа «Педагогический совет» подтверждает протокол: укажите его номер и дату.',
    });
    const document = { type: 'PROTOCOL', number: '1', date: '2020-08-28' };
    await server.done('agreePlan', { planId: plan.id, stamp: { ...stamp, document } }, { key: 'director' });
    const post = 'Начальник отдела образования';
    const agreed = await server.done('agreePlan', { planId: plan.id, stamp: { post } }, { key: 'department' });
    expect(agreed.plan.status).toBe('AGREED');
    const found = await server.data(
      `query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) { route { post stage isCouncil done }
        stamps { marker post document { number date } } } auditTrail(last: 2, filter: { planId: $id }) { nodes { onBehalfOf } } }`,
      { variables: { id: plan.id, at: agreed.position } },
    );
    expect(found).toEqual({
      plan: {
        route: [
          { post: 'Педагогический совет', stage: 1, isCouncil: true, done: true },
          { post, stage: 2, isCouncil: false, done: true },
        ],
        stamps: [
          { marker: 'Рассмотрено', post: 'Педагогический совет', document: { number: '1', date: '2020-08-28' } },
          { marker: 'Согласовано', post, document: null },
        ],
      },
      auditTrail: { nodes: [{ onBehalfOf: 'Педагогический совет' }, { onBehalfOf: null }] },
    });
  });
});
