import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isInputObjectType, isNonNullType, isObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import type { KeyRole } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ sample: 'off', clock: '2021-09-03T09:00:00Z' });
});
afterAll(() => server?.close());

/** Mutations that append nothing to the event store, or cannot be repeated without a crash, with the reason. */
const NOT_REPEATED: Readonly<Record<string, string>> = {
  replayWebhook: 'sends again what was given up; nothing is given up twice',
  testWebhook: 'sends a test event',
  abandonImport: 'needs an import that a crash has cut: test/application/importing.test.ts',
};

const Payload = z.looseObject({
  repeated: z.boolean(),
  position: z.string().nullable(),
  userErrors: z.array(z.object({ code: z.string(), field: z.array(z.string()).nullable() })),
});

const tried = new Set<string>();
let times = 0;

function inputTypeOf(name: string): string {
  const [argument] = schema().getMutationType()?.getFields()[name]?.args ?? [];
  return String(argument?.type);
}

async function give(name: string, input: object, fields: string, key: KeyRole) {
  const document = `mutation($input: ${inputTypeOf(name)}) {
    made: ${name}(input: $input) { repeated position userErrors { code field } ${fields} } }`;
  const { made } = await server.read(z.object({ made: Payload }), document, { variables: { input }, key });
  return made;
}

/** Sends a command three times with one `commandId`: first, again, and with different content. */
async function thrice(name: string, input: object, fields = '', key: KeyRole = 'administrator') {
  times += 1;
  tried.add(name);
  const full = { reason: 'Приказ', ...input, commandId: `${name}-${times}` };
  const first = await give(name, full, fields, key);
  expect([name, first]).toEqual([name, expect.objectContaining({ repeated: false, userErrors: [] })]);
  const again = await give(name, full, fields, key);
  expect([name, again]).toEqual([
    name,
    expect.objectContaining({ repeated: true, userErrors: [], position: first.position }),
  ]);
  const other = await give(name, { ...full, reason: 'По другой причине' }, fields, key);
  expect([name, other]).toEqual([
    name,
    expect.objectContaining({ repeated: false, userErrors: [{ code: 'COMMAND_ID_REUSED', field: ['commandId'] }] }),
  ]);
  return first;
}

const idIn = (payload: z.infer<typeof Payload>, thing: string) =>
  z.object({ [thing]: z.object({ id: z.string() }) }).parse(payload)[thing]?.id ?? '';

async function document(mark: string): Promise<string> {
  const text = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
  return Buffer.from(text.replace('Обновление содержания', mark)).toString('base64');
}

const WHY = { reason: 'Приказ', basis: { withoutDocument: true } } as const;

it('a repeated commandId does nothing again in any mutation, and is refused for another command', async () => {
  const organisation = await thrice('registerOrganisation', { name: 'Школа' }, 'organisation { id }');
  const organisationId = idIn(organisation, 'organisation');
  await thrice('changeOrganisation', { organisationId, name: 'Лицей' });
  await thrice('changeSettings', { organisationId, settings: { dueSoonDays: 5 } });
  const branch = await thrice('registerOrganisation', { name: 'Филиал' }, 'organisation { id }');
  await access(organisationId, idIn(branch, 'organisation'));
  const planId = await draft(organisationId);
  await imported(organisationId);
  await thrice('issueOrganisationReport', { organisationId, kind: 'MONTH', day: '2021-05-31' });
  await thrice('copyPlan', { fromPlanId: planId });
  const all = Object.keys(schema().getMutationType()?.getFields() ?? {});
  expect(all.filter((name) => !tried.has(name) && NOT_REPEATED[name] === undefined)).toEqual([]);
}, 300_000);

it('every mutation takes a commandId, but those that append nothing', () => {
  const mutations = Object.values(schema().getMutationType()?.getFields() ?? {});
  const without = mutations.filter(({ args: [argument] }) => {
    const type = isNonNullType(argument?.type) ? argument.type.ofType : argument?.type;
    return !isInputObjectType(type) || type.getFields().commandId === undefined;
  });
  expect(without.map(({ name }) => name).toSorted()).toEqual(['replayWebhook', 'testWebhook']);
  const silent = mutations.filter(({ type }) => !isObjectType(type) || type.getFields().repeated === undefined);
  expect(silent.filter(({ name }) => NOT_REPEATED[name] === undefined)).toEqual([]);
});

async function access(organisationId: string, branchId: string): Promise<void> {
  const issued = await thrice(
    'issueAccess',
    { name: 'Портал', role: 'INTEGRATOR', organisationIds: [branchId] },
    'access { id }',
  );
  const accessId = idIn(issued, 'access');
  const identity = { issuer: 'https://login.example', subject: 's-1' };
  await thrice('renameAccess', { accessId, name: 'Система' });
  await thrice('rotateAccess', { accessId });
  await thrice('linkSignIn', { accessId, identity });
  await thrice('unlinkSignIn', { accessId, identity });
  await thrice('grantAccess', { accessId, organisationIds: [organisationId] });
  await thrice('withdrawAccess', { accessId, organisationIds: [organisationId] });
  const webhook = await thrice('addWebhook', { accessId, url: 'https://example.org/hook' }, 'webhook { id }');
  const webhookId = idIn(webhook, 'webhook');
  await thrice('rotateWebhook', { webhookId });
  await thrice('removeWebhook', { webhookId });
  await thrice('revokeAccess', { accessId });
}

const ROW = 'activity { id }';
const BY_METHODOLOGIST = ['', 'methodologist'] as const;

/** Takes a plan from its draft to its end. Returns its id. */
async function draft(organisationId: string): Promise<string> {
  const period = { start: '2020-09-01', end: '2021-08-31' };
  const begun = await thrice('draftPlan', { title: 'План', ownerUnit: 'Школа', organisationId, period }, 'plan { id }');
  const planId = idIn(begun, 'plan');
  await thrice('changePlanDetails', { planId, title: 'План школы' });
  const sectionId = idIn(await thrice('addSection', { planId, title: 'Работа' }, 'section { id }'), 'section');
  const second = idIn(await thrice('addSection', { planId, title: 'Лишний' }, 'section { id }'), 'section');
  await thrice('changeSection', { sectionId, title: 'Вся работа' });
  await thrice('removeSection', { sectionId: second });
  const row = async (title: string, text: string, responsible: string) => {
    const activity = { sectionId, title, timeframe: { text }, responsible };
    return idIn(await thrice('addActivity', { activity }, ROW), 'activity');
  };
  const [one, two, three] = [
    await row('Сбор', 'в течение года', 'Завуч, Совет'),
    await row('Слёт', 'в течение года', 'Завуч'),
    await row('Поход', 'май 2021 г.', 'Совет школы'),
  ];
  const last = await row('Лишнее', 'май 2021 г.', 'Завуч');
  await thrice('reassignActivity', { activityId: last, responsible: 'Архив', parties: [{ name: 'Районный архив' }] });
  await thrice('withdrawPartyCell', { organisationId, text: 'Архив' });
  await thrice('removeActivity', { activityId: last });
  await thrice('resolveWording', { activityId: one, reading: 1 });
  await thrice('readTimeframesAgain', { planId, activityIds: [two] });
  await thrice('withdrawWording', { organisationId, text: 'в течение года' });
  await thrice('rewordActivity', { activityId: two, title: 'Большой слёт' });
  await thrice('rescheduleActivity', { activityId: two, timeframe: { text: 'апрель 2021 г.' } });
  await thrice('reassignActivity', { activityId: two, responsible: 'Завуч, классные руководители' });
  await thrice('moveActivity', { activityId: two, sectionId, place: { first: true } });
  await thrice('confirmAccountable', { activityId: one, place: 2 });
  await mergedParties(organisationId, planId);
  const route = [{ kind: 'AGREE', post: 'Начальник' }];
  await thrice('submitPlan', { planId, route });
  await thrice('returnPlan', { planId, remarks: 'Исправьте' });
  await thrice('submitPlan', { planId, route });
  await thrice('agreePlan', { planId, stamp: { post: 'Начальник', date: '2020-08-30' } });
  await thrice('approvePlan', {
    planId,
    stamp: { post: 'Директор', date: '2020-08-31' },
    underControlFrom: '2020-09-01',
  });
  await worked(planId, two, three);
  await closed(planId);
  return planId;
}

async function mergedParties(organisationId: string, planId: string): Promise<void> {
  const shape = z.object({ parties: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }) });
  const list = `query($planId: ID, $at: Position) { parties(filter: { planId: $planId }, atLeast: $at) { nodes { id name } } }`;
  const { system } = await server.read(z.object({ system: z.object({ head: z.string() }) }), '{ system { head } }');
  const { parties } = await server.read(shape, list, { variables: { planId, at: system.head } });
  const partyId = (name: string) => parties.nodes.find((party) => party.name === name)?.id ?? '';
  const intoId = partyId('Совет школы');
  await thrice('mergeParties', { organisationId, intoId, partyIds: [partyId('Совет')] });
  await thrice('separateParty', { organisationId, partyId: partyId('Совет') });
}

async function worked(planId: string, two: string, three: string): Promise<void> {
  const timeframe = { text: 'июнь 2021 г.' };
  const request = async () =>
    idIn(
      await thrice('requestReschedule', { activityId: three, timeframe, reason: 'Погода' }, 'request { id }'),
      'request',
    );
  await thrice('refuseReschedule', { requestId: await request(), reason: 'Нельзя' });
  await thrice('grantReschedule', { requestId: await request(), ...WHY });
  await thrice('amendPlan', { planId, ...WHY, changes: [{ reword: { activityId: three, title: 'Поход в горы' } }] });
  const actualOn = '2021-04-20';
  await thrice('recordProgress', { activityId: two, actualOn, note: 'Готовимся' }, ...BY_METHODOLOGIST);
  await thrice('completeActivity', { activityId: two, actualOn }, ...BY_METHODOLOGIST);
  await thrice('withdrawCompletion', { activityId: two, reason: 'Ошибка' }, ...BY_METHODOLOGIST);
  const report = async () => {
    const input = { activityId: two, actualOn, text: 'Прошёл' };
    return idIn(await thrice('submitReport', input, 'report { id }', 'methodologist'), 'report');
  };
  await thrice('withdrawReport', { reportId: await report(), reason: 'Не тот' }, ...BY_METHODOLOGIST);
  await thrice('returnReport', { reportId: await report(), reason: 'Подробнее' });
  await thrice('acceptReport', { reportId: await report() });
  await thrice('excludeActivity', { activityId: three, ...WHY });
  await thrice('issuePeriodReport', { planId, kind: 'MONTH', day: '2021-05-31' });
}

async function closed(planId: string): Promise<void> {
  const points = z.object({ id: z.string(), evidence: z.string() });
  const rows = z.object({
    activities: z.object({ nodes: z.array(z.object({ excluded: z.boolean(), points: z.array(points) })) }),
  });
  const list =
    'query($planId: ID) { activities(filter: { planId: $planId }) { nodes { excluded points { id evidence } } } }';
  const { activities } = await server.read(rows, list, { variables: { planId } });
  const open = activities.nodes.filter(({ excluded }) => !excluded).flatMap((row) => row.points);
  const outcomes = open
    .filter(({ evidence }) => evidence === 'NONE')
    .map(({ id: pointId }) => ({ pointId, outcome: 'NOT_DONE', explanation: 'Не успели' }));
  await thrice('closePlan', { planId, outcomes });
}

/** Imports plans from files: one is corrected as a draft and abandoned, one is amended and cancelled. */
async function imported(organisationId: string): Promise<void> {
  const bring = async (mark: string) => {
    const input = { fileName: 'план.txt', content: await document(mark), organisationId, allowSecond: true };
    return idIn(await thrice('importPlan', input, 'plan { id }'), 'plan');
  };
  const given = { fileName: 'план.txt', content: await document('Правка') };
  const first = await bring('Первое');
  await thrice('reviseDraft', { planId: first, ...given });
  await thrice('assignPlan', { planId: first, organisationId: null });
  await thrice('withdrawPlan', { planId: first, reason: 'Лишний' });
  const planId = await bring('Второе');
  await thrice('confirmPrintedApproval', { planId, underControlFrom: '2020-09-01' });
  await thrice('amendFromDocument', { planId, ...given, ...WHY });
  await thrice('cancelPlan', { planId, ...WHY });
  const ground = { ground: 'CONSENT_WITHDRAWN', despiteRetention: true, reason: 'Заявление' };
  await thrice('forgetPerson', { name: 'СВ Стапинов', ...ground });
}
