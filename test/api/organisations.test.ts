import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { onOrganisation, registered } from '../support/organisations.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const REASON = { reason: 'Порядок контроля на учебный год' };
let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

describe('an organisation', () => {
  it('never belongs to itself, nor to what belongs to it', async () => {
    const department = await registered(server, { name: 'Управление' });
    const office = await registered(server, { name: 'Отдел', parentId: department });
    const school = await registered(server, { name: 'Лицей', parentId: office });
    for (const parentId of [department, office, school]) {
      const moved = { organisationId: department, parentId, ...REASON };
      expect((await onOrganisation(server, 'changeOrganisation', moved)).userErrors).toMatchObject([
        { code: 'PARENT_CYCLE', field: 'parentId' },
      ]);
    }
    const freed = await onOrganisation(server, 'changeOrganisation', {
      organisationId: school,
      parentId: department,
      ...REASON,
    });
    expect(freed.userErrors).toEqual([]);
  });

  it('is registered under another one, found by name, and has a history', async () => {
    const department = await registered(server, { name: 'Отдел образования Бузулукского района' });
    const school = await registered(server, { name: 'СОШ № 3', parentId: department, timeZone: 'Asia/Yekaterinburg' });
    const changed = await onOrganisation(server, 'changeSettings', {
      organisationId: school,
      settings: { closingRule: 'ACCEPTANCE', reportDueDay: null },
      ...REASON,
    });
    expect(changed.organisation).toMatchObject({
      settings: { closingRule: 'ACCEPTANCE', dueSoonDays: 7, reportDueDay: null },
      revision: 1,
    });
    const found = await server.data(
      `query($at: Position, $id: ID!) {
        organisations(filter: { text: "бузул" }, atLeast: $at) { totalCount nodes { name } }
        under: organisations(filter: { parentId: $id }) { nodes { name parent { name } } }
        organisation(id: "${school}") { history { nodes { eventType sentence reason changes { path before after } } } }
      }`,
      { variables: { at: changed.position, id: department } },
    );
    expect(found).toEqual({
      organisations: { totalCount: 1, nodes: [{ name: 'Отдел образования Бузулукского района' }] },
      under: { nodes: [{ name: 'СОШ № 3', parent: { name: 'Отдел образования Бузулукского района' } }] },
      organisation: {
        history: {
          nodes: [
            expect.objectContaining({
              eventType: 'OrganisationRegistered',
              sentence: 'Зарегистрирована организация СОШ № 3',
            }),
            {
              eventType: 'SettingsChanged',
              sentence: 'Изменены настройки контроля',
              reason: REASON.reason,
              changes: [
                { path: 'settings.closingRule', before: 'отметка о выполнении', after: 'принятый отчёт' },
                { path: 'settings.reportDueDay', before: '10', after: null },
              ],
            },
          ],
        },
      },
    });
  });

  it('is a node, and stands in the audit trail and in the change feed like a plan', async () => {
    const before = await onOrganisation(server, 'registerOrganisation', { name: 'Школа искусств' });
    const subscribed = server.subscribe(
      'subscription($after: Position) { changes(resumeAfter: $after) { eventType planId organisationId } }',
      { variables: { after: before.position } },
    );
    const { organisation, position } = await onOrganisation(server, 'registerOrganisation', { name: 'Лицей' });
    const id = organisation?.id;
    expect(await subscribed.next()).toMatchObject({
      data: { changes: { eventType: 'OrganisationRegistered', planId: null, organisationId: id } },
    });
    await subscribed.close();
    const trail = await server.data(
      `query($at: Position, $id: ID!) { node(id: $id) { ... on Organisation { name } }
        auditTrail(filter: { organisationId: $id }, atLeast: $at) { nodes { eventType planId organisationId edition } } }`,
      { variables: { at: position, id } },
    );
    expect(trail).toEqual({
      node: { name: 'Лицей' },
      auditTrail: { nodes: [{ eventType: 'OrganisationRegistered', planId: null, organisationId: id, edition: 0 }] },
    });
  });

  it('is repeated by its commandId, and refuses what others changed meanwhile', async () => {
    const input = { name: 'Гимназия', commandId: 'gymnasium' };
    const first = await onOrganisation(server, 'registerOrganisation', input);
    expect(await onOrganisation(server, 'registerOrganisation', input)).toEqual(first);
    const organisationId = first.organisation?.id;
    await onOrganisation(server, 'changeOrganisation', { organisationId, name: 'Гимназия № 1', ...REASON });
    const late = await onOrganisation(
      server,
      'changeOrganisation',
      { organisationId, name: 'Гимназия № 2', expectedRevision: 0, ...REASON },
      { language: 'en' },
    );
    expect(late.userErrors).toMatchObject([{ code: 'ORGANISATION_CHANGED', field: 'expectedRevision' }]);
  });

  it('is the administrator’s to change', async () => {
    for (const key of ['methodologist', 'director', 'department', 'auditor'] as const) {
      const { userErrors } = await onOrganisation(server, 'registerOrganisation', { name: 'Чужая' }, { key });
      expect(userErrors).toMatchObject([{ code: 'NOT_AUTHORISED' }]);
    }
  });

  it.each([
    [{ name: '' }, 'REQUIRED', 'Поле обязательно.'],
    [
      { name: 'А', timeZone: 'Mars/Phobos' },
      'INVALID_TIME_ZONE',
      'Часовой пояс «Mars/Phobos» неизвестен. Пример: Asia/Yekaterinburg.',
    ],
    [{ name: 'А', settings: { dueSoonDays: 1_000 } }, 'OUT_OF_BOUNDS', 'Нужно целое число от 0 до 90.'],
    [
      { name: 'А', parentId: 'organisation_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20' },
      'ORGANISATION_NOT_FOUND',
      'Такой организации нет: сначала зарегистрируйте её.',
    ],
    [
      { name: 'А', settings: { calendar: { daysOff: ['2020-11-04'], workingDays: ['2020-11-04'] } } },
      'DAY_BOTH_WAYS',
      'День 04.11.2020 назван и выходным, и рабочим.',
    ],
  ])('refuses %j', async (input, code, message) => {
    const { userErrors } = await onOrganisation(server, 'registerOrganisation', input, { language: 'ru' });
    expect(userErrors).toMatchObject([{ code, message }]);
  });
});

describe('a plan of an organisation', () => {
  it('takes over its zone and settings; what is approved keeps them', async () => {
    const organisationId = await registered(server, {
      name: 'Центр',
      timeZone: 'Asia/Omsk',
      settings: { closingRule: 'REPORT', dueSoonDays: 3 },
    });
    const drafted = await server.done('draftPlan', { title: 'План Центра', ownerUnit: 'Центр', organisationId });
    const assigned = await server.done('assignPlan', {
      planId: sample.planId,
      organisationId,
      reason: 'Реорганизация',
    });
    await onOrganisation(server, 'changeSettings', { organisationId, settings: { dueSoonDays: 14 }, ...REASON });
    const found = await server.data(
      `query($id: ID!, $at: Position) { organisation(id: $id, atLeast: $at) {
        plans { nodes { title timeZone organisationId settings { closingRule dueSoonDays } } } } }`,
      { variables: { id: organisationId, at: assigned.position } },
    );
    expect(found).toEqual({
      organisation: {
        plans: {
          nodes: [
            {
              title: 'План Центра',
              timeZone: 'Asia/Omsk',
              organisationId,
              settings: { closingRule: 'REPORT', dueSoonDays: 3 },
            },
            expect.objectContaining({
              timeZone: 'Asia/Yekaterinburg',
              organisationId,
              settings: { closingRule: 'COMPLETION', dueSoonDays: 7 },
            }),
          ],
        },
      },
    });
    expect(drafted.plan.status).toBe('DRAFT');
  });

  it('must be one that is there', async () => {
    const organisationId = 'organisation_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20';
    const input = { title: 'План', ownerUnit: 'Центр', organisationId };
    expect(await server.refused('draftPlan', input)).toMatchObject({
      code: 'ORGANISATION_NOT_FOUND',
      field: 'organisationId',
    });
    const { errors } = await server.query('{ organisation(id: "plan_1") { id } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_ID' } }]);
  });
});

describe('the registry of responsible parties', () => {
  it('suggests wordings of one body, merges and separates them, and counts them together', async () => {
    const organisationId = await registered(server, { name: 'МБУДО «ЦВР»' });
    const { plan } = await server.done('draftPlan', {
      title: 'План ЦВР',
      ownerUnit: 'Методический кабинет',
      organisationId,
      period: { start: '2020-09-01', end: '2021-08-31' },
    });
    await server.done('addSection', { planId: plan.id, title: 'Раздел' });
    const sectionId = `${plan.id.replace('plan', 'section')}.s1`;
    const parties = ['СОШ № 3', 'МОБУ «СОШ №3»', 'СОШ № 31', 'Методический кабинет'];
    for (const responsible of parties) {
      const activity = { sectionId, title: 'Семинар', timeframe: { text: 'октябрь 2020 г.' }, responsible };
      await server.done('addActivity', { activity });
    }
    const submitted = await server.done('submitPlan', { planId: plan.id, route: [] });
    expect(submitted.plan.status).toBe('ON_AGREEMENT');
    const approved = await server.done('approvePlan', { planId: plan.id, stamp: { post: 'Директор' } });
    const registry = async (at: string | null) =>
      server.data(
        `query($id: ID!, $at: Position) { organisation(id: $id, atLeast: $at) { parties { nodes {
          name activityCount wordings { name } suggested { name partyId } } } } }`,
        { variables: { id: organisationId, at } },
      );
    const before = await registry(approved.position);
    expect(before).toMatchObject({
      organisation: {
        parties: {
          nodes: [
            { name: 'МОБУ «СОШ №3»', suggested: [{ name: 'СОШ № 3' }] },
            { name: 'Методический кабинет', suggested: [] },
            { name: 'СОШ № 3', suggested: [{ name: 'МОБУ «СОШ №3»' }] },
            { name: 'СОШ № 31', suggested: [] },
          ],
        },
      },
    });
    const ids = await partyIds(organisationId);
    const merged = await onOrganisation(
      server,
      'mergeParties',
      { organisationId, intoId: ids['МОБУ «СОШ №3»'], partyIds: [ids['СОШ № 3']] },
      { key: 'methodologist' },
    );
    expect(merged.entries[0]?.sentence).toBe('Написания одного ответственного: «мобу сош №3», «сош № 3»');
    expect(await registry(merged.position)).toMatchObject({
      organisation: {
        parties: {
          nodes: [
            {
              name: 'МОБУ «СОШ №3»',
              activityCount: 2,
              wordings: [{ name: 'МОБУ «СОШ №3»' }, { name: 'СОШ № 3' }],
              suggested: [],
            },
            { name: 'Методический кабинет' },
            { name: 'СОШ № 31' },
          ],
        },
      },
    });
    const figures = await server.data(
      `query($id: ID!) { monitoring(on: "2020-10-15", groupBy: ACCOUNTABLE, filter: { organisationId: $id }) {
        groups { label planned } } }`,
      { variables: { id: organisationId } },
    );
    expect(figures).toEqual({
      monitoring: {
        groups: [
          { label: 'МОБУ «СОШ №3»', planned: 2 },
          { label: 'СОШ № 31', planned: 1 },
          { label: 'Методический кабинет', planned: 1 },
        ],
      },
    });
    // The id of a party selects the work of all its wordings. The id of a merged wording selects its own work only.
    for (const [name, planned] of [
      ['МОБУ «СОШ №3»', 2],
      ['СОШ № 3', 1],
    ] as const) {
      const asked = await server.data(
        `query($id: ID!) { monitoring(on: "2020-10-15", filter: { accountableId: $id }) { total { planned } } }`,
        { variables: { id: ids[name] } },
      );
      expect(asked).toEqual({ monitoring: { total: { planned } } });
    }
    // A repeat of the command, after the wording has left every plan, gives the first result.
    const commandId = '6f6b6d0e-3a59-4a7e-9a3b-5d0a3c1f7e11';
    const again = { organisationId, intoId: ids['МОБУ «СОШ №3»'], partyIds: [ids['СОШ № 31']], commandId };
    const first = await onOrganisation(server, 'mergeParties', again);
    expect(first.userErrors).toEqual([]);
    const repeated = await onOrganisation(server, 'mergeParties', again);
    expect(repeated).toMatchObject({ userErrors: [], position: first.position });
    await onOrganisation(server, 'separateParty', { organisationId, partyId: ids['СОШ № 31'] });
    const separated = await onOrganisation(server, 'separateParty', { organisationId, partyId: ids['СОШ № 3'] });
    expect(await registry(separated.position)).toMatchObject({
      organisation: { parties: { nodes: [{ suggested: [] }, {}, { name: 'СОШ № 3', suggested: [] }, {}] } },
    });
  });

  it('knows only what some plan names', async () => {
    const organisationId = await registered(server, { name: 'Пустая' });
    const nobody = 'party_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20';
    const { userErrors } = await onOrganisation(server, 'mergeParties', {
      organisationId,
      intoId: nobody,
      partyIds: [nobody],
    });
    expect(userErrors).toMatchObject([{ code: 'PARTY_UNKNOWN', field: 'intoId' }]);
  });
});

async function partyIds(organisationId: string): Promise<Readonly<Record<string, string>>> {
  const wording = z.object({ name: z.string(), partyId: z.string() });
  const shape = z.object({
    organisation: z.object({ parties: z.object({ nodes: z.array(z.object({ wordings: z.array(wording) })) }) }),
  });
  const { organisation } = await server.read(
    shape,
    'query($id: ID!) { organisation(id: $id) { parties { nodes { wordings { name partyId } } } } }',
    { variables: { id: organisationId } },
  );
  return Object.fromEntries(
    organisation.parties.nodes.flatMap(({ wordings }) => wordings.map(({ name, partyId }) => [name, partyId])),
  );
}
