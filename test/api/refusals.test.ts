import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';

let directory: string;
let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await startServer({ directory });
  sample = await sampleOf(server);
});
afterAll(async () => {
  await server.close();
  await removeDirectory(directory);
});

const METHODOLOGIST = { key: 'methodologist' } as const;
const DIRECTOR = { key: 'director' } as const;

/** The revision of the sample's last event, as the chronicle has it. */
async function revision(): Promise<number> {
  const shape = z.object({ auditTrail: z.object({ nodes: z.tuple([z.object({ revision: z.number() })]) }) });
  const document = `query($id: ID!, $at: Position) {
    auditTrail(filter: { planId: $id }, last: 1, atLeast: $at) { nodes { revision } } }`;
  const { system } = await server.read(z.object({ system: z.object({ head: z.string() }) }), '{ system { head } }');
  const answer = await server.read(shape, document, { variables: { id: sample.planId, at: system.head } });
  return answer.auditTrail.nodes[0].revision;
}

describe('a refusal', () => {
  const REFUSED = [
    [
      'completeActivity',
      () => ({ activityId: sample.activity(3), actualOn: '2020-10-02' }),
      {
        code: 'ACTUAL_DATE_IN_FUTURE',
        field: 'actualOn',
        ru: 'Дата 02.10.2020 ещё не наступила.',
        en: 'The day 2020-10-02 has not come yet.',
      },
    ],
    [
      'rescheduleActivity',
      () => ({ activityId: sample.activity(3), timeframe: { text: 'май 2021 г.' } }),
      { code: 'REASON_REQUIRED', field: 'reason', ru: 'Укажите причину.', en: 'Give a reason.' },
    ],
    [
      'rescheduleActivity',
      () => ({ activityId: sample.activity(3), timeframe: { text: 'когда-нибудь' }, reason: 'Проба' }),
      {
        code: 'UNREAD_WORDING',
        field: 'timeframe.text',
        ru: 'Срок «когда-нибудь» не понят. Назовите день или месяц, например «до 15 октября 2020 г.».',
        en: 'The timeframe «когда-нибудь» is not understood. Name a day or a month, such as «до 15 октября 2020 г.».',
      },
    ],
    [
      'addSection',
      () => ({ planId: sample.planId, title: 'VI' }),
      {
        code: 'WRONG_STATUS',
        field: null,
        ru: 'В состоянии «утверждён» это невозможно.',
        en: 'This is not possible while the plan is approved.',
      },
    ],
    [
      'completeActivity',
      () => ({ activityId: 'activity_00000000-0000-4000-8000-000000000000.a1', actualOn: '2020-10-01' }),
      { code: 'PLAN_NOT_FOUND', field: 'activityId', ru: 'Такого плана нет.', en: 'There is no such plan.' },
    ],
    [
      'draftPlan',
      () => ({ title: ' ', ownerUnit: 'Центр' }),
      { code: 'REQUIRED', field: 'title', ru: 'Поле обязательно.', en: 'This field is required.' },
    ],
  ] as const;

  it.each(REFUSED)('of %s names code and field, with a sentence in both languages', async (name, input, expected) => {
    const { ru, en, ...refused } = expected;
    expect(await server.refused(name, input())).toEqual({ ...refused, message: ru });
    expect(await server.refused(name, input(), { language: 'ru' })).toEqual({ ...refused, message: ru });
    expect(await server.refused(name, input(), { language: 'en' })).toEqual({ ...refused, message: en });
  });

  it('writes nothing and answers no plan', async () => {
    const before = await revision();
    const input = { activityId: sample.activity(3), actualOn: '2020-10-02' };
    expect(await server.command('completeActivity', input)).toMatchObject({ plan: null, position: null, entries: [] });
    expect(await revision()).toBe(before);
  });
});

describe('a pinned revision', () => {
  it('refuses a command when others changed the plan since, and tells who and what', async () => {
    const seen = await revision();
    const activityId = sample.activity(11);
    const completed = { activityId, actualOn: '2020-10-01', expectedRevision: seen };
    const { plan } = await server.done('completeActivity', completed, METHODOLOGIST);
    const withdrawal = { activityId, reason: 'Ошибка', expectedRevision: seen };
    const { code, field, message } = await server.refused('withdrawCompletion', withdrawal, DIRECTOR);
    expect({ code, field }).toEqual({ code: 'PLAN_CHANGED', field: 'expectedRevision' });
    expect(message).toBe(
      `План изменён (редакция записи ${plan.revision}): ActivityCompleted (Методист, 2020-10-01T09:00:00.000Z). Прочитайте его снова.`,
    );
    await server.done('withdrawCompletion', { ...withdrawal, expectedRevision: plan.revision }, DIRECTOR);
  });
});

describe('a commandId', () => {
  const input = () => ({ commandId: 'once', activityId: sample.activity(3), actualOn: '2020-09-30', note: 'Сдано' });

  it('makes a repeat give the first result again, and write nothing', async () => {
    const first = await server.done('completeActivity', input(), METHODOLOGIST);
    const written = await revision();
    expect(await server.done('completeActivity', input(), METHODOLOGIST)).toEqual(first);
    expect(await revision()).toBe(written);
  });

  it('does so after others wrote, and after the server was started again', async () => {
    const first = await server.done('completeActivity', input(), METHODOLOGIST);
    await server.done('completeActivity', { activityId: sample.activity(8), actualOn: '2020-09-30' });
    const written = await revision();
    await server.close();
    server = await startServer({ directory });
    const { entries, position } = await server.done('completeActivity', input(), METHODOLOGIST);
    expect({ entries, position }).toEqual({ entries: first.entries, position: first.position });
    expect(await revision()).toBe(written);
  });

  it('makes two that come at once one', async () => {
    const twice = { commandId: 'at-once', activityId: sample.activity(12), actualOn: '2020-10-01' };
    const before = await revision();
    const [one, other] = await Promise.all([
      server.done('completeActivity', twice, METHODOLOGIST),
      server.done('completeActivity', twice, METHODOLOGIST),
    ]);
    expect(one).toEqual(other);
    expect(await revision()).toBe(before + 1);
  });

  it('drafts one plan, however often it is sent', async () => {
    const drafted = { commandId: 'new-plan', title: 'План', ownerUnit: 'Центр' };
    const first = await server.done('draftPlan', drafted, METHODOLOGIST);
    expect(await server.done('draftPlan', drafted, METHODOLOGIST)).toEqual(first);
  });

  it('is refused for another payload, reason or basis', async () => {
    for (const change of [{ note: 'Другое' }, { reason: 'Иначе' }, { basis: { withoutDocument: true } }]) {
      expect(await server.refused('completeActivity', { ...input(), ...change }, METHODOLOGIST)).toEqual({
        code: 'COMMAND_ID_REUSED',
        field: 'commandId',
        message: 'Этот commandId уже использован с другим содержанием.',
      });
    }
  });

  it('is a short word', async () => {
    const document = 'mutation($input: CompleteActivityInput!) { completeActivity(input: $input) { position } }';
    for (const commandId of ['', 'with spaces']) {
      const { errors } = await server.query(document, { variables: { input: { ...input(), commandId } } });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect(await server.refused('completeActivity', { ...input(), commandId: 'x'.repeat(101) })).toMatchObject({
      code: 'TOO_LONG',
      field: 'commandId',
    });
  });
});

describe('the moment at which a plan was begun', () => {
  it('stays the same in answers and read models, whenever the plan changes later', async () => {
    const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр' }, METHODOLOGIST);
    await server.close();
    server = await startServer({ directory, clock: '2020-10-05T09:00:00Z' });
    const document = `mutation($input: ChangePlanDetailsInput!) {
      changePlanDetails(input: $input) { plan { createdAt updatedAt } } }`;
    const moments = { createdAt: '2020-10-01T09:00:00.000Z', updatedAt: '2020-10-05T09:00:00.000Z' };
    const variables = { input: { planId: plan.id, title: 'План на год' } };
    expect(await server.data(document, { variables })).toEqual({ changePlanDetails: { plan: moments } });
    const { position } = await server.done('changePlanDetails', { planId: plan.id, title: 'План' }, METHODOLOGIST);
    const query = 'query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) { createdAt updatedAt } }';
    const asked = { id: plan.id, at: position };
    expect(await server.data(query, { variables: asked })).toEqual({ plan: moments });
  });
});

describe('a document', () => {
  it('that is imported already is refused with the id of its plan', async () => {
    const content = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'base64');
    const input = { fileName: 'копия.txt', content };
    expect(await server.refused('importPlan', input, METHODOLOGIST)).toEqual({
      code: 'ALREADY_IMPORTED',
      field: null,
      message: `Этот файл уже загружен: план ${sample.planId}. Если нужен ещё один такой план, подтвердите это (allowSecond, --allow-second).`,
    });
  });

  it('that is no plan is refused with the line and the cause, and nothing is imported', async () => {
    const text = 'Утверждаю\n\nплан\n\0';
    const input = { fileName: 'план.doc', content: Buffer.from(text).toString('base64') };
    const document = 'mutation($input: ImportPlanInput!) { importPlan(input: $input) { position } }';
    const count = '{ plans { totalCount } }';
    const before = await server.data(count);
    const { errors } = await server.query(document, { variables: { input } });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/план\.doc: line 4: .*plain text/),
        extensions: { code: 'BAD_USER_INPUT', place: 'line 4' },
      },
    ]);
    expect(await server.data(count)).toEqual(before);
  });
});
