import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Done } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

/** A selection of the content of a plan, down to its points and audit entries. */
const EVERYTHING = `title status edition revision updatedAt activityCount reviewCount
  stamps { kind person date state } periodReports { id }
  editions { totalCount nodes { number on orderText items { kind before { timeframeText } after { timeframeText } } } }
  sections { title activities(first: 200) { totalCount nodes {
    number text timeframe { text } responsibleText responsible { name party { name } } accountable { name }
    excluded evidence due timing reports { id status text } requests { status } progress { count }
    points { dueOn evidence actualOn timing activity { id plan { edition } } }
    history(first: 200) { totalCount nodes { sentence position revision } } } } }`;
const WHOLE = `query($id: ID!, $asOf: AsOf, $at: Position) { plan(id: $id, asOf: $asOf, atLeast: $at) { ${EVERYTHING} } }`;

let server: TestServer;
let sample: Sample;
/** The steps, with the plan as it was returned right after each. */
const steps: { readonly done: Done; readonly recordedAt: string; readonly seen: unknown }[] = [];

/** Returns data without the part of ids that names the past state. */
const withoutPast = (data: unknown): unknown => JSON.parse(JSON.stringify(data).replace(/@[\dTZ:.-]+"/g, '"'));

const seen = async (variables: Readonly<Record<string, unknown>> = {}) =>
  withoutPast(await server.data(WHOLE, { variables: { id: sample.planId, ...variables }, key: 'auditor' }));

async function step(name: string, input: Readonly<Record<string, unknown>>, key?: 'director'): Promise<Done> {
  const done = await server.done(name, input, key ? { key } : {});
  const entry = z.object({ node: z.object({ recordedAt: z.string() }) });
  const last = done.entries.at(-1)?.id;
  const { node } = await server.read(
    entry,
    `{ node(id: "${last}", atLeast: "${done.position}") { ... on AuditEntry { recordedAt } } }`,
  );
  steps.push({ done, recordedAt: node.recordedAt, seen: await seen({ at: done.position }) });
  return done;
}

beforeAll(async () => {
  server = await startServer({ clock: '2020-10-15T09:00:00Z' });
  sample = await sampleOf(server);
  const { planId, activity, inPlan } = sample;
  const amend = (effectiveOn: string, ...changes: readonly object[]) =>
    step('amendPlan', { planId, reason: 'Приказ', basis: { withoutDocument: true }, effectiveOn, changes }, 'director');
  await amend('2020-10-20', { reschedule: { activityId: activity(5), timeframe: { text: 'март 2021 г.' } } });
  const report = {
    activityId: activity(3),
    pointIds: [inPlan('point', 'a3.1')],
    text: 'Сделано',
    actualOn: '2020-10-01',
  };
  await step('submitReport', report);
  await amend(
    '2020-11-01',
    { exclude: activity(13) },
    { reschedule: { activityId: activity(5), timeframe: { text: 'апрель 2021 г.' } } },
  );
});
afterAll(() => server?.close());

describe('a plan as of a revision, a position or a moment', () => {
  it('is answered to the last field as it was answered then', async () => {
    expect(steps).toHaveLength(3);
    for (const { done, seen: then } of steps) {
      expect(await seen({ asOf: { revision: done.plan.revision } })).toEqual(then);
      expect(await seen({ asOf: { position: done.position } })).toEqual(then);
    }
    // The clock of this server stands still, so the last recorded event is the last one at that time.
    expect(await seen({ asOf: { at: steps.at(-1)?.recordedAt } })).toEqual(steps.at(-1)?.seen);
    expect(await seen()).toEqual(steps.at(-1)?.seen);
  });

  it('is none before it was begun', async () => {
    expect(await seen({ asOf: { at: '2020-10-14T00:00:00Z' } })).toEqual({ plan: null });
  });

  it('tells of an activity the same', async () => {
    const [first] = steps;
    const timeframe = async (asOf: object) =>
      server.data(
        'query($id: ID!, $asOf: AsOf) { activity(id: $id, asOf: $asOf) { timeframe { text } plan { edition } } }',
        {
          variables: { id: sample.activity(5), asOf },
        },
      );
    const before = (first?.done.plan.revision ?? 0) - (first?.done.entries.length ?? 0);
    expect(await timeframe({ revision: before })).toEqual({
      activity: { timeframe: { text: 'февраль 2021г.' }, plan: { edition: 1 } },
    });
    expect(await timeframe({ position: first?.done.position })).toEqual({
      activity: { timeframe: { text: 'март 2021 г.' }, plan: { edition: 2 } },
    });
  });
});

describe('a plan as of an effective day', () => {
  it('leaves out what counts later, however early it was recorded', async () => {
    const shape = z.object({ plan: z.looseObject({ edition: z.number() }).nullable() });
    const on = async (effectiveOn: string) => {
      const { plan } = await server.read(
        shape,
        `query($id: ID!, $asOf: AsOf) { plan(id: $id, asOf: $asOf) {
        edition status sections { activities(first: 200) { nodes { number timing excluded timeframe { text } } } } } }`,
        { variables: { id: sample.planId, asOf: { effectiveOn } } },
      );
      const text = JSON.stringify(plan);
      return [
        plan?.edition,
        /"(?:февраль 2021г\.|март 2021 г\.|апрель 2021 г\.)"/.exec(text)?.[0],
        text.includes('"excluded":true'),
      ];
    };
    expect(await on('2020-10-19')).toEqual([1, '"февраль 2021г."', false]);
    expect(await on('2020-10-20')).toEqual([2, '"март 2021 г."', false]);
    expect(await on('2020-10-31')).toEqual([2, '"март 2021 г."', false]);
    expect(await on('2020-11-01')).toEqual([3, '"апрель 2021 г."', true]);
  });
});

describe('a plan as it was known on a day', () => {
  const known = (knownOn: string) => ({ asOf: { knownOn } });

  it('has all that was recorded by the end of that day, also what counts later', async () => {
    expect(await seen(known('2020-10-15'))).toEqual(steps.at(-1)?.seen);
    expect(await seen(known('2020-10-14'))).toEqual({ plan: null });
  });

  it('has ids that name the day', async () => {
    const shape = z.object({ plan: z.object({ id: z.string(), edition: z.number() }) });
    const { plan } = await server.read(
      shape,
      'query($id: ID!, $asOf: AsOf) { plan(id: $id, asOf: $asOf) { id edition } }',
      {
        variables: { id: sample.planId, ...known('2020-10-15') },
      },
    );
    expect(plan).toEqual({ id: `${sample.planId}@2020-10-15T24:00`, edition: 3 });
    expect(await server.read(shape, `{ plan(id: "${plan.id}") { id edition } }`)).toEqual({ plan });
  });

  it('is refused for a day that is still to come', async () => {
    const { errors } = await server.query(WHOLE, { variables: { id: sample.planId, ...known('2020-10-16') } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('figures as of a moment', () => {
  const reported = (asOf: string) =>
    server.data(
      `{ monitoring(${asOf} filter: { planId: "${sample.planId}" }) { on plans total { byEvidence { evidence count } } } }`,
    );

  it('are those of the plans as they were, on that day', async () => {
    const revision = steps[0]?.done.plan.revision ?? 0;
    expect(await reported(`asOf: { revision: ${revision} }`)).toMatchObject({
      monitoring: { on: '2020-10-15', plans: 1 },
    });
    const evidence = async (asOf: string) => JSON.stringify(await reported(asOf)).includes('REPORTED');
    expect(await evidence(`asOf: { revision: ${revision} }`)).toBe(false);
    expect(await evidence(`asOf: { position: "${steps[1]?.done.position}" }`)).toBe(true);
    expect(await reported('asOf: { effectiveOn: "2020-12-31" }')).toMatchObject({ monitoring: { on: '2020-12-31' } });
    expect(await reported('asOf: { at: "2020-10-01T00:00:00Z" }')).toMatchObject({
      monitoring: { on: '2020-10-01', plans: 0 },
    });
    expect(await reported('asOf: { knownOn: "2020-10-14" }')).toMatchObject({
      monitoring: { on: '2020-10-14', plans: 0 },
    });
    expect(await reported('asKnownOn: "2020-10-14"')).toMatchObject({ monitoring: { on: '2020-10-15', plans: 0 } });
  });
});

describe('what differs between two times of a plan', () => {
  const COMPARE = `query($id: ID!, $from: AsOf!, $to: AsOf) { compare(planId: $id, from: $from, to: $to) {
    fields { path before after } text rows { activityId changes before { timeframeText } after { timeframeText }
    wording { text change } evidenceBefore evidenceAfter } } }`;
  const compared = (from: object, to?: object, key: 'auditor' | 'dashboard' = 'auditor') =>
    server.query(COMPARE, { variables: { id: sample.planId, from, to }, key });
  const first = () => ({ revision: (steps[0]?.done.plan.revision ?? 0) - 2 });

  it('is told row by row, as data and as text', async () => {
    const { data } = await compared(first());
    expect(data).toMatchObject({
      compare: {
        fields: [{ path: 'edition', before: '1', after: '3' }],
        rows: [
          { activityId: sample.activity(3), changes: ['EVIDENCE'], evidenceBefore: 'NONE', evidenceAfter: 'REPORTED' },
          {
            activityId: sample.activity(5),
            changes: ['RESCHEDULED'],
            before: { timeframeText: 'февраль 2021г.' },
            after: { timeframeText: 'апрель 2021 г.' },
          },
          { activityId: sample.activity(13), changes: ['EXCLUDED'], after: null, wording: [] },
        ],
        text: expect.stringContaining('Срок: [-февраль 2021г-]{+апрель 2021 г+}.'),
      },
    });
  });

  it('is between two editions as well, of the rows on paper', async () => {
    const between = (sides: string) =>
      server.query(`{ compare(planId: "${sample.planId}", ${sides}) { fields { path } rows { changes } } }`, {
        key: 'auditor',
      });
    const { data } = await between('fromEdition: 1, toEdition: 3');
    expect(data).toMatchObject({ compare: { fields: [], rows: expect.arrayContaining([{ changes: ['EXCLUDED'] }]) } });
    expect((await between('fromEdition: 3')).data).toMatchObject({ compare: { fields: [], rows: [] } });
    for (const sides of ['toEdition: 1', 'fromEdition: 4', 'fromEdition: 0', 'fromEdition: 1, from: { revision: 1 }']) {
      expect((await between(sides)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('is told above the table as well', async () => {
    const draft = { title: 'Проект', ownerUnit: 'Центр', period: { start: '2020-09-01', end: '2021-08-31' } };
    const { plan } = await server.done('draftPlan', draft);
    await server.done('changePlanDetails', { planId: plan.id, title: 'Другой проект' });
    await server.done('withdrawPlan', { planId: plan.id, reason: 'Не нужен' });
    const { data } = await server.query(COMPARE, { variables: { id: plan.id, from: { revision: 0 } }, key: 'auditor' });
    expect(data).toMatchObject({
      compare: {
        text: expect.stringMatching(
          /Состояние: \[-проект-\]\{\+отозван\+\}\nИзменено: 15\.10\.2020, Платон Кириллович Щукин, Администратор\. Не нужен\nНазвание: \[-Проект-\]\{\+Другой проект\+\}\nИзменено: 15\.10\.2020, Платон Кириллович Щукин, Администратор\n/,
        ),
      },
    });
    const page = await fetch(`${server.address}/plans/${plan.id}.html?compare=r0..`, {
      headers: { authorization: `Bearer ${keyOf('auditor')}` },
    });
    expect(await page.text()).toContain('<ins>Другой проект</ins>');
  });

  it('is nothing between a time and itself, and the other way round from there', async () => {
    expect((await compared(first(), first())).data).toMatchObject({ compare: { fields: [], rows: [] } });
    expect((await compared({ knownOn: '2020-10-15' })).data).toMatchObject({ compare: { fields: [], rows: [] } });
    const { data } = await compared({ effectiveOn: '2020-11-01' }, first());
    expect(data).toMatchObject({
      compare: { rows: [{}, { after: { timeframeText: 'февраль 2021г.' } }, { changes: ['ADDED'], before: null }] },
    });
  });

  it('is told word by word of a wording', async () => {
    const [from] = [{ revision: steps.at(-1)?.done.plan.revision ?? 0 }];
    const { activities } = await server.read(
      z.object({ activities: z.object({ nodes: z.array(z.object({ id: z.string(), text: z.string() })) }) }),
      `{ activities(filter: { planId: "${sample.planId}" }) { nodes { id text } } }`,
    );
    const row = activities.nodes.find(({ id }) => id === sample.activity(6));
    const title = `${row?.text} и семей`;
    const basis = { withoutDocument: true };
    const changes = [{ reword: { activityId: sample.activity(6), title } }];
    await server.done('amendPlan', { planId: sample.planId, reason: 'Приказ', basis, changes }, { key: 'director' });
    const { data } = await compared(from);
    expect(data).toMatchObject({
      compare: {
        rows: [
          {
            changes: ['REWORDED'],
            wording: [
              { text: row?.text, change: null },
              { text: ' и семей', change: 'ADDED' },
            ],
          },
        ],
      },
    });
  });

  it('is refused where there is nothing to compare', async () => {
    const problem = async (from: object, to?: object, key?: 'dashboard') =>
      (await compared(from, to, key)).errors[0]?.message;
    expect(await problem({ at: '2020-10-14T00:00:00Z' })).toBe(
      'there was no such plan then: compare with a later time',
    );
    expect(await problem({ revision: 9_999 })).toMatch(/^the plan has revisions 0 to \d+$/);
    expect(await problem({ revision: 3 }, {})).toContain('exactly one');
    expect(await problem({ revision: 3 }, undefined, 'dashboard')).toContain('may not read this (audit)');
  });

  it.each(['html', 'docx', 'text'])('is printed as %s', async (format) => {
    const get = (query: string, role: 'auditor' | 'dashboard' = 'auditor') =>
      fetch(`${server.address}/plans/${sample.planId}.${format}?compare=${query}`, {
        headers: { authorization: `Bearer ${keyOf(role)}` },
      });
    const revision = first().revision;
    const answer = await get(`r${revision}..`);
    expect(answer.status).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (format === 'html') expect(bytes.toString()).toContain('<ins>апрель 2021 г</ins>');
    if (format === 'text') expect(bytes.toString()).toContain('Исполнение: [-не отмечено-]{+представлен отчёт+}');
    if (format === 'docx') expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect((await get('1..2')).status).toBe(200);
    expect((await get('2020-10-15..2020-10-15')).status).toBe(200);
    expect((await get('2020-10-15T09:00:00Z..')).status).toBe(200);
    for (const bad of ['2020-10-14..', '2020-10-15..2020-10-16', 'r1..r9999', '1..', 'вчера..', '1..2..3', '1..99']) {
      // An edition may be compared with the present.
      expect([bad, (await get(bad)).status]).toEqual([bad, bad === '1..' ? 200 : 400]);
    }
    expect((await get(`r${revision}..`, 'dashboard')).status).toBe(403);
    expect((await get('1..2', 'dashboard')).status).toBe(200);
  });
});

describe('the history of an activity', () => {
  it('is told step by step with the row before and after', async () => {
    const shape = z.object({ history: z.object({ totalCount: z.number(), nodes: z.array(z.unknown()) }) });
    const { history } = await server.read(
      shape,
      `{ history(activityId: "${sample.activity(5)}") { totalCount nodes { entry { sentence reason revision actor { post } }
        before { timeframeText } after { timeframeText } } } }`,
      { key: 'auditor' },
    );
    expect(history).toMatchObject({
      totalCount: 3,
      nodes: [
        { entry: { sentence: expect.stringContaining('Запланировано') }, before: null, after: {} },
        {
          entry: { reason: 'Приказ' },
          before: { timeframeText: 'февраль 2021г.' },
          after: { timeframeText: 'март 2021 г.' },
        },
        { before: { timeframeText: 'март 2021 г.' }, after: { timeframeText: 'апрель 2021 г.' } },
      ],
    });
  });

  it('is for who may read the audit trail', async () => {
    const document = `{ history(activityId: "${sample.activity(5)}") { totalCount } }`;
    expect((await server.query(document, { key: 'dashboard' })).errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a past that cannot be told', () => {
  const asked = async (asOf: object, key: 'auditor' | 'dashboard' = 'auditor') =>
    (await server.query(WHOLE, { variables: { id: sample.planId, asOf }, key })).errors[0];

  it('is refused with what to ask instead', async () => {
    expect((await asked({}))?.message).toBe('Give exactly one of at, revision, position, effectiveOn and knownOn.');
    expect((await asked({ revision: 1, effectiveOn: '2020-10-01' }))?.message).toContain('exactly one');
    expect((await asked({ at: '2020-10-16T00:00:00Z' }))?.message).toBe(
      '2020-10-16T00:00:00.000Z is still to come: leave asOf out for the present.',
    );
    expect((await asked({ revision: 9_999 }))?.message).toMatch(/^The plan has revisions 0 to \d+\.$/);
    expect((await asked({ revision: -1 }))?.message).toBe('Revisions are counted from 0.');
    expect((await asked({ position: 'nonsense' }))?.extensions.code).toBe('BAD_POSITION');
  });

  it('is for who may read the audit trail', async () => {
    expect(await asked({ revision: 3 }, 'dashboard')).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('is one of ten in a request', async () => {
    const pasts = (count: number) =>
      `{ ${Array.from({ length: count }, (_, index) => `p${index}: plan(id: "${sample.planId}", asOf: { revision: ${index + 14} }) { revision }`).join(' ')} }`;
    expect((await server.query(pasts(10))).errors).toEqual([]);
    expect((await server.query(pasts(11))).errors[0]?.message).toContain('at most 10 pasts');
  });
});

describe('a comparison', () => {
  it('says of each row who changed it, when, why and on what order', async () => {
    const entries =
      'entries { eventType sentence recordedAt reason basis { document { number date } } actor { role post name } }';
    const document = `query($id: ID!, $from: AsOf!, $to: AsOf) { compare(planId: $id, from: $from, to: $to) {
      text ${entries} rows { activityId ${entries} } } }`;
    const order = { type: 'ORDER', number: '143-р', date: '2020-10-10' };
    const { planId, activity } = sample;
    const head = z.object({ plan: z.object({ revision: z.number(), edition: z.number() }) });
    const { plan: before } = await server.read(head, `{ plan(id: "${planId}") { revision edition } }`);
    const done = await server.done(
      'rescheduleActivity',
      {
        activityId: activity(7),
        timeframe: { text: 'июнь 2021 г.' },
        reason: 'Переезд школы',
        basis: { document: order },
      },
      { key: 'director' },
    );
    const variables = { id: planId, from: { revision: before.revision }, to: { revision: done.plan.revision } };
    const { data } = await server.query(document, { variables, key: 'auditor' });
    expect(data).toMatchObject({
      compare: {
        entries: [{ eventType: 'PlanAmended', reason: 'Переезд школы' }],
        rows: [
          {
            activityId: activity(7),
            entries: [
              {
                eventType: 'ActivityRescheduled',
                sentence: expect.stringContaining('7.'),
                recordedAt: expect.stringContaining('2020-10-15'),
                reason: 'Переезд школы',
                basis: { document: { number: '143-р', date: '2020-10-10' } },
                actor: { role: 'DIRECTOR', post: expect.any(String), name: expect.any(String) },
              },
            ],
          },
        ],
        text: expect.stringMatching(
          /Изменено: 15\.10\.2020, [^\n]+\. Переезд школы\. Приказ №143-р от 10\.10\.2020 г\./,
        ),
      },
    });
    const names = /Было: редакция (\d) на 15\.10\.2020 [\d:]+\. Стало: редакция (\d) на 15\.10\.2020 [\d:]+\./.exec(
      JSON.stringify(data),
    );
    expect(names?.slice(1)).toEqual([String(before.edition), String(before.edition + 1)]);
    // In the opposite direction the same events are between the sides.
    const backwards = { ...variables, from: variables.to, to: variables.from };
    expect((await server.query(document, { variables: backwards, key: 'auditor' })).data).toMatchObject({
      compare: { rows: [{ activityId: activity(7), entries: [{ reason: 'Переезд школы' }] }] },
    });
    // The printed comparison shows it too, also between editions.
    for (const sides of [`${before.edition}..${before.edition + 1}`, `r${before.revision}..r${done.plan.revision}`]) {
      const page = await fetch(`${server.address}/plans/${planId}.html?compare=${sides}`, {
        headers: { authorization: `Bearer ${keyOf('auditor')}` },
      });
      const html = await page.text();
      expect(html).toContain('Когда, кем и почему');
      expect(html).toMatch(/15\.10\.2020, [^<]+\. Переезд школы\. Приказ №143-р от 10\.10\.2020 г\./);
      expect(html).not.toContain('после события');
    }
  });
});
