import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const YEAR = { start: '2020-09-01', end: '2021-08-31' };
const ROW = { title: 'Школа молодого классного руководителя', responsible: 'Методический кабинет' };

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const METHODOLOGIST = { key: 'methodologist' } as const;
const DIRECTOR = { key: 'director' } as const;

/** Returns the ids of a plan that is drafted here, and its content. */
async function contentOf(planId: string, atLeast: string) {
  const shape = z.object({
    plan: z.object({
      sections: z.array(
        z.object({
          id: z.string(),
          numberText: z.string(),
          title: z.string(),
          activities: z.object({
            nodes: z.array(z.object({ id: z.string(), number: z.string().nullable(), title: z.string() })),
          }),
        }),
      ),
    }),
  });
  const document = `query($id: ID!, $atLeast: Position) { plan(id: $id, atLeast: $atLeast) {
    sections { id numberText title activities { nodes { id number title } } } } }`;
  return (await server.read(shape, document, { variables: { id: planId, atLeast } })).plan.sections;
}

/** A draft with one section and one activity. */
async function draft(title: string, text = 'октябрь 2020 г.') {
  const { plan } = await server.done(
    'draftPlan',
    { title, ownerUnit: 'Методический кабинет', period: YEAR },
    METHODOLOGIST,
  );
  const inPlan = (type: string, local: string) => `${plan.id.replace('plan', type)}.${local}`;
  await server.done('addSection', { planId: plan.id, title: 'Работа' }, METHODOLOGIST);
  const activity = { sectionId: inPlan('section', 's1'), timeframe: { text }, ...ROW };
  await server.done('addActivity', { activity }, METHODOLOGIST);
  return { planId: plan.id, sectionId: activity.sectionId, activityId: inPlan('activity', 'a1'), inPlan };
}

describe('a draft', () => {
  it('is built section by section and row by row', async () => {
    const asked = { title: 'План на год', ownerUnit: 'Кабинет', institution: 'Школа' };
    const { plan } = await server.done('draftPlan', asked, METHODOLOGIST);
    const { id: planId } = plan;
    const act = (name: string, input: Readonly<Record<string, unknown>>) => server.done(name, input, METHODOLOGIST);
    const [section, activity] = ['section', 'activity'].map(
      (type) => (local: string) => `${planId.replace('plan', type)}.${local}`,
    );
    if (!section || !activity) throw new Error('two kinds of ids are needed');
    expect(plan).toMatchObject({ status: 'DRAFT', edition: 0, revision: 0 });

    await act('changePlanDetails', { planId, title: 'План работы на год', period: YEAR });
    await act('addSection', { planId, title: 'Вторая', numberText: 'II.' });
    await act('addSection', { planId, title: 'Третья' });
    await act('addSection', { planId, title: 'Лишняя', place: { after: section('s1') } });
    await act('changeSection', { sectionId: section('s2'), numberText: 'III.', title: 'Третья часть' });
    await act('removeSection', { sectionId: section('s3') });
    const row = { ...ROW, sectionId: section('s1') };
    await act('addActivity', { activity: { ...row, timeframe: { text: 'ежемесячно' } } });
    await act('addActivity', {
      activity: { ...row, place: { after: activity('a1') }, timeframe: { text: 'май 2021 г.' } },
    });
    await act('addActivity', {
      activity: {
        ...row,
        number: '10а',
        timeframe: { text: 'по графику', schedule: { kind: 'DEADLINE', dates: ['2020-12-01'] } },
      },
    });
    await act('rewordActivity', { activityId: activity('a1'), title: 'Семинар', subItems: ['доклад', 'обсуждение'] });
    await act('rescheduleActivity', { activityId: activity('a1'), timeframe: { text: 'январь 2021 г.' } });
    await act('reassignActivity', { activityId: activity('a1'), responsible: 'Директор, заместитель директора' });
    await act('moveActivity', { activityId: activity('a2'), sectionId: section('s2') });
    const { position } = await act('removeActivity', { activityId: activity('a3') });

    expect(await contentOf(planId, position)).toEqual([
      {
        id: section('s1'),
        numberText: 'II.',
        title: 'Вторая',
        activities: { nodes: [{ id: activity('a1'), number: '1', title: 'Семинар' }] },
      },
      {
        id: section('s2'),
        numberText: 'III.',
        title: 'Третья часть',
        activities: { nodes: [{ id: activity('a2'), number: '2', title: ROW.title }] },
      },
    ]);
  });

  it('reads a timeframe by the rules unless its author states what it means', async () => {
    const { activityId, sectionId, inPlan } = await draft('План с двумя сроками');
    const stated = { text: 'по графику', schedule: { kind: 'RECURRING', rule: 'FREQ=MONTHLY;BYMONTHDAY=5' } };
    const activity = { sectionId, place: { after: activityId }, timeframe: stated, ...ROW };
    const { position } = await server.done('addActivity', { activity }, METHODOLOGIST);
    const document = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Activity {
      timeframe { text confidence rules schedule { kind interpretation } } } } }`;
    await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
    const variables = { ids: [activityId, inPlan('activity', 'a2')] };
    expect(await server.data(document, { variables })).toEqual({
      nodes: [
        {
          timeframe: {
            text: 'октябрь 2020 г.',
            confidence: 'CERTAIN',
            rules: expect.not.stringMatching('stated'),
            schedule: { kind: 'DATES', interpretation: '2020-10-01/2020-10-31' },
          },
        },
        {
          timeframe: {
            text: 'по графику',
            confidence: 'CERTAIN',
            rules: 'stated',
            schedule: { kind: 'RECURRING', interpretation: 'RRULE:FREQ=MONTHLY;BYMONTHDAY=5' },
          },
        },
      ],
    });
  });
});

describe('the way to approval', () => {
  const DEPARTMENT = { key: 'department' } as const;
  const route = [{ kind: 'AGREE', post: 'Начальник отдела образования' }];
  const agreed = { post: 'Начальник отдела образования', person: 'С.И. Вяземцев', date: '2020-09-30' };

  it('goes by agreement of the post whose turn it is to the approval: edition 1', async () => {
    const { planId } = await draft('План на утверждение');
    expect((await server.done('submitPlan', { planId, route }, METHODOLOGIST)).plan.status).toBe('ON_AGREEMENT');
    const other = { planId, stamp: { post: 'Начальник отдела культуры' } };
    expect(await server.refused('agreePlan', other, DEPARTMENT)).toMatchObject({
      code: 'STEP_OF_ANOTHER_POST',
      field: 'stamp.post',
    });
    expect(await server.refused('agreePlan', { planId, stamp: agreed }, DIRECTOR)).toMatchObject({
      code: 'STEP_OF_ANOTHER_POST',
    });
    expect(await server.refused('approvePlan', { planId, stamp: { post: 'Директор' } }, DIRECTOR)).toMatchObject({
      code: 'WRONG_STATUS',
    });
    expect((await server.done('agreePlan', { planId, stamp: agreed }, DEPARTMENT)).plan.status).toBe('AGREED');
    const approval = { planId, stamp: { post: 'Директор' }, underControlFrom: '2020-10-01' };
    const { plan, position } = await server.done('approvePlan', approval, DIRECTOR);
    expect(plan).toMatchObject({ status: 'APPROVED', edition: 1 });
    const document = `query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) {
      underControlFrom route { kind post done } stamps { kind post person date state } } }`;
    expect(await server.data(document, { variables: { id: planId, at: position } })).toEqual({
      plan: {
        underControlFrom: '2020-10-01',
        route: [{ kind: 'AGREE', post: 'Начальник отдела образования', done: true }],
        stamps: [
          { ...agreed, kind: 'AGREE', state: 'GIVEN' },
          { kind: 'APPROVE', post: 'Директор', person: null, date: null, state: 'GIVEN' },
        ],
      },
    });
  });

  it('is entered by an administrator on behalf of the post', async () => {
    const { planId } = await draft('План, внесённый за других');
    await server.done('submitPlan', { planId, route }, METHODOLOGIST);
    const { position } = await server.done('agreePlan', { planId, stamp: agreed });
    const document = `query($id: ID!, $at: Position) {
      auditTrail(filter: { planId: $id }, last: 1, atLeast: $at) { nodes { eventType onBehalfOf actor { role } } } }`;
    expect(await server.data(document, { variables: { id: planId, at: position } })).toEqual({
      auditTrail: { nodes: [{ eventType: 'PlanAgreed', onBehalfOf: agreed.post, actor: { role: 'ADMINISTRATOR' } }] },
    });
  });

  it('leads back to the draft with remarks, and stamps given so far are void', async () => {
    const { planId } = await draft('План на доработку');
    await server.done('submitPlan', { planId, route }, METHODOLOGIST);
    await server.done('agreePlan', { planId, stamp: agreed }, DEPARTMENT);
    const { position } = await server.done('returnPlan', { planId, remarks: 'Нет сроков' }, DIRECTOR);
    const document = `query($id: ID!, $at: Position) {
      plan(id: $id, atLeast: $at) { status remarks stamps { kind } } }`;
    expect(await server.data(document, { variables: { id: planId, at: position } })).toEqual({
      plan: { status: 'DRAFT', remarks: 'Нет сроков', stamps: [] },
    });
  });
});

describe('an amendment', () => {
  const reason = 'Приказ отдела образования';
  const basis = { document: { type: 'ORDER', number: '41', date: '2020-09-25' } };

  it('carries out a batch of changes as one edition', async () => {
    const changes = [
      { add: { ...ROW, sectionId: sample.section(1), timeframe: { text: 'март 2021 г.' } } },
      { reword: { activityId: sample.activity(1), title: 'Педагогический форум' } },
      { reschedule: { activityId: sample.activity(1), timeframe: { text: 'февраль 2021 г.' } } },
      { reassign: { activityId: sample.activity(5), responsible: 'Методический кабинет' } },
      { move: { activityId: sample.activity(2), sectionId: sample.section(4) } },
      { exclude: sample.activity(6) },
    ];
    const { plan, entries } = await server.done(
      'amendPlan',
      { planId: sample.planId, changes, reason, basis },
      DIRECTOR,
    );
    expect(plan.edition).toBe(2);
    expect(entries.map(({ eventType }) => eventType)).toEqual([
      'PlanAmended',
      'ActivityPlanned',
      'ActivityReworded',
      'ActivityRescheduled',
      'ActivityReassigned',
      'ActivityMoved',
      'ActivityExcluded',
    ]);
  });

  it('carries out nothing when one change is refused, and says which', async () => {
    const changes = [{ exclude: sample.activity(7) }, { exclude: sample.activity(99) }];
    const input = { planId: sample.planId, changes, reason, basis };
    expect(await server.refused('amendPlan', input, DIRECTOR)).toMatchObject({
      code: 'ACTIVITY_NOT_FOUND',
      field: 'changes.1.exclude',
    });
    expect(
      (await server.done('excludeActivity', { activityId: sample.activity(7), reason, basis }, DIRECTOR)).plan,
    ).toMatchObject({ edition: 3 });
  });

  it('needs a reason, and for an exclusion a basis', async () => {
    const input = { activityId: sample.activity(8) };
    expect(await server.refused('excludeActivity', input, DIRECTOR)).toMatchObject({ code: 'REASON_REQUIRED' });
    const without = { ...input, reason };
    expect(await server.refused('excludeActivity', without, DIRECTOR)).toMatchObject({ code: 'BASIS_REQUIRED' });
    for (const [document, field] of [
      [{ type: 'ORDER' }, 'basis.document.number'],
      [{ type: 'LETTER', number: 'б/н' }, 'basis.document.date'],
    ] as const) {
      const unknown = { ...without, basis: { document } };
      expect(await server.refused('excludeActivity', unknown, DIRECTOR)).toMatchObject({ code: 'REQUIRED', field });
    }
    const done = await server.done('excludeActivity', { ...without, basis: { withoutDocument: true } }, DIRECTOR);
    const document = `query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { number excluded timing } }`;
    expect(await server.data(document, { variables: { id: input.activityId, at: done.position } })).toEqual({
      activity: { number: '8', excluded: true, timing: 'EXCLUDED' },
    });
  });

  it('is refused as input when a change is of no kind or of two', async () => {
    const document = 'mutation($input: AmendPlanInput!) { amendPlan(input: $input) { position } }';
    const activityId = sample.activity(9);
    for (const change of [{}, { exclude: activityId, reword: { activityId, title: 'Т' } }]) {
      const input = { planId: sample.planId, changes: [change], reason, basis };
      const { errors } = await server.query(document, { variables: { input } });
      expect({ change, errors }).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });
});

describe('an id of another plan', () => {
  it('is never taken for the one of this plan that looks like it', async () => {
    const other = await draft('Другой план');
    const { planId } = sample;
    const [activityId, sectionId, pointId] = [sample.activity(9), sample.section(1), other.inPlan('point', 'a9.1')];
    const row = { ...ROW, sectionId, timeframe: { text: 'март 2021 г.' } };
    const amending = (change: unknown) => ['amendPlan', { planId, changes: [change] }] as const;
    for (const [name, input] of [
      ['addActivity', { activity: { ...row, place: { after: other.activityId } } }],
      ['moveActivity', { activityId, sectionId: other.sectionId }],
      ['moveActivity', { activityId, sectionId, place: { after: other.activityId } }],
      ['addSection', { planId: other.planId, title: 'Раздел', place: { after: sectionId } }],
      ['completeActivity', { activityId, pointId, actualOn: '2020-10-01' }],
      ['withdrawCompletion', { activityId, pointId }],
      ['submitReport', { activityId, pointIds: [pointId], text: 'Сделано', actualOn: '2020-10-01' }],
      ['closePlan', { planId, outcomes: [{ pointId, outcome: 'NOT_DONE', explanation: 'Отменено' }] }],
      amending({ exclude: other.activityId }),
      amending({ reword: { activityId: other.activityId, title: 'Т' } }),
      amending({ add: { ...row, sectionId: other.sectionId } }),
      amending({ move: { activityId, sectionId: other.sectionId } }),
    ] as const) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const document = `mutation($input: ${type}!) { ${name}(input: $input) { position } }`;
      const variables = { input: { ...input, reason: 'Проба', basis: { withoutDocument: true } } };
      const { errors } = await server.query(document, { variables });
      expect({ name, errors }).toMatchObject({ errors: [{ extensions: { code: 'BAD_ID' } }] });
    }
  });
});

describe('what a wording means', () => {
  const shape = z.object({
    activity: z.object({
      timeframe: z.object({ text: z.string(), confidence: z.string(), flags: z.array(z.string()) }),
    }),
  });

  it('is settled in a draft by naming a reading; the wording stays', async () => {
    const { activityId } = await draft('План с вопросом', 'август - сентябрь');
    const { position } = await server.done('resolveWording', { activityId, reading: 1 }, METHODOLOGIST);
    const document = `query($id: ID!, $at: Position) {
      activity(id: $id, atLeast: $at) { timeframe { text confidence flags } } }`;
    const { activity } = await server.read(shape, document, { variables: { id: activityId, at: position } });
    expect(activity.timeframe).toEqual({ text: 'август - сентябрь', confidence: 'CERTAIN', flags: [] });
    expect(await server.refused('resolveWording', { activityId, reading: 0 }, METHODOLOGIST)).toMatchObject({
      code: 'NOTHING_CHANGES',
    });
  });

  it('is either a reading that is listed or one that is stated', async () => {
    const { activityId } = await draft('План с двумя ответами', 'август - сентябрь');
    const document = 'mutation($input: ResolveWordingInput!) { resolveWording(input: $input) { position } }';
    for (const choice of [{}, { reading: 0, schedule: { kind: 'EXTERNAL' } }]) {
      const { errors } = await server.query(document, { variables: { input: { activityId, ...choice } } });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    const stated = {
      activityId,
      schedule: { kind: 'THROUGHOUT', windows: [{ start: '2020-09-01', end: '2020-09-30' }] },
    };
    await server.done('resolveWording', stated, METHODOLOGIST);
  });
});
