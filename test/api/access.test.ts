import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { COMMAND_POLICY } from '../../src/application/policy.js';
import { HOLDERS, KEY_ROLES, type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const VERSION = JSON.stringify({ query: '{ system { version } }' });

describe('without a valid key', () => {
  it.each([
    ['none', {}, 'UNAUTHENTICATED', 'letopis keys add'],
    [
      'an unknown one',
      { authorization: 'Bearer letopis_of-nobody-at-all' },
      'INVALID_KEY',
      'unknown, expired or revoked',
    ],
    ['an empty one', { authorization: 'Bearer ' }, 'UNAUTHENTICATED', 'letopis keys add'],
    ['one of another scheme', { authorization: `Basic ${keyOf('administrator')}` }, 'UNAUTHENTICATED', 'Bearer'],
  ])('nothing is answered: %s', async (_, headers, code, said) => {
    const { status, errors, text } = await server.post(VERSION, headers);
    expect(status).toBe(401);
    expect(errors).toMatchObject([{ message: expect.stringContaining(said), extensions: { code } }]);
    expect(text).not.toMatch(/"data"|letopis_of-nobody/);
  });

  it('not even the schema is told', async () => {
    const { status } = await server.query('{ __schema { queryType { name } } }', { key: null });
    expect(status).toBe(401);
  });
});

describe('with a key', () => {
  it.each(['Bearer', 'bearer'])('after «%s» the server answers', async (scheme) => {
    const { status, errors } = await server.post(VERSION, { authorization: `${scheme} ${keyOf('dashboard')}` });
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
  });
});

describe('a command', () => {
  const NOBODY = '00000000-0000-4000-8000-000000000000';
  const stamp = { post: 'Директор' };
  /** Commands on a plan that does not exist: an authorised caller gets that refusal, and nothing changes. */
  const ON_NOTHING: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    changePlanDetails: { planId: `plan_${NOBODY}`, title: 'П' },
    addSection: { planId: `plan_${NOBODY}`, title: 'Р' },
    changeSection: { sectionId: `section_${NOBODY}.s1`, title: 'Р' },
    removeSection: { sectionId: `section_${NOBODY}.s1` },
    removeActivity: { activityId: `activity_${NOBODY}.a1` },
    rewordActivity: { activityId: `activity_${NOBODY}.a1`, title: 'М' },
    rescheduleActivity: { activityId: `activity_${NOBODY}.a1`, timeframe: { text: 'май' } },
    reassignActivity: { activityId: `activity_${NOBODY}.a1`, responsible: 'Центр' },
    moveActivity: { activityId: `activity_${NOBODY}.a1`, sectionId: `section_${NOBODY}.s1` },
    excludeActivity: { activityId: `activity_${NOBODY}.a1` },
    amendPlan: { planId: `plan_${NOBODY}`, changes: [] },
    submitPlan: { planId: `plan_${NOBODY}`, route: [] },
    agreePlan: { planId: `plan_${NOBODY}`, stamp },
    returnPlan: { planId: `plan_${NOBODY}`, remarks: 'З' },
    approvePlan: { planId: `plan_${NOBODY}`, stamp },
    confirmPrintedApproval: { planId: `plan_${NOBODY}` },
    closePlan: { planId: `plan_${NOBODY}`, outcomes: [] },
    completeActivity: { activityId: `activity_${NOBODY}.a1`, actualOn: '2020-10-01' },
    withdrawCompletion: { activityId: `activity_${NOBODY}.a1` },
    submitReport: { activityId: `activity_${NOBODY}.a1`, actualOn: '2020-10-01' },
    recordProgress: { activityId: `activity_${NOBODY}.a1`, actualOn: '2020-10-01', note: 'Начато' },
    withdrawReport: { reportId: `report_${NOBODY}.a1.r1` },
    requestReschedule: { activityId: `activity_${NOBODY}.a1`, timeframe: { text: 'май' } },
    grantReschedule: { requestId: `request_${NOBODY}.a1.q1` },
    refuseReschedule: { requestId: `request_${NOBODY}.a1.q1` },
    withdrawPlan: { planId: `plan_${NOBODY}` },
    cancelPlan: { planId: `plan_${NOBODY}` },
    acceptReport: { reportId: `report_${NOBODY}.a1.r1` },
    returnReport: { reportId: `report_${NOBODY}.a1.r1` },
  };
  const allowed = (name: string) => Object.entries(COMMAND_POLICY).find(([command]) => command === name)?.[1] ?? [];

  it.each(Object.entries(ON_NOTHING))('%s is for the roles of the policy alone', async (name, input) => {
    const codes = await Promise.all(
      KEY_ROLES.map(async (key) => [key, (await server.refused(name, input, { key })).code]),
    );
    const expected = KEY_ROLES.map((key) => [key, allowed(name).includes(key) ? 'PLAN_NOT_FOUND' : 'NOT_AUTHORISED']);
    expect(codes).toEqual(expected);
  });

  it('begins a plan for the roles of the policy alone', async () => {
    for (const key of KEY_ROLES) {
      const { userErrors } = await server.command('draftPlan', { title: ' ', ownerUnit: 'Ц' }, { key });
      const code = ['methodologist', 'administrator'].includes(key) ? 'REQUIRED' : 'NOT_AUTHORISED';
      expect({ key, userErrors }).toMatchObject({ key, userErrors: [{ code }] });
    }
  });

  it('that changes an approved plan takes the authority to approve it', async () => {
    const input = { activityId: sample.activity(3), timeframe: { text: 'май 2021 г.' } };
    for (const key of KEY_ROLES) {
      const code = ['director', 'administrator'].includes(key) ? 'REASON_REQUIRED' : 'NOT_AUTHORISED';
      expect({ key, ...(await server.refused('rescheduleActivity', input, { key })) }).toMatchObject({ key, code });
    }
  });

  it('that is refused names the role', async () => {
    const input = { activityId: sample.activity(3), actualOn: '2020-09-30' };
    expect(await server.refused('completeActivity', input, { key: 'auditor', language: 'en' })).toEqual({
      code: 'NOT_AUTHORISED',
      field: null,
      message: 'The role «auditor» may not do this.',
    });
  });
});

describe('a report', () => {
  const offered = async (key: KeyRole) => {
    const shape = z.object({
      activity: z.object({ reports: z.array(z.object({ availableActions: z.array(z.string()) })) }),
    });
    const document = `{ activity(id: "${sample.activity(3)}") { reports { availableActions } } }`;
    return (await server.read(shape, document, { key })).activity.reports[0]?.availableActions.toSorted();
  };

  it('is accepted by somebody other than who submitted it', async () => {
    const report = { activityId: sample.activity(3), actualOn: '2020-09-30', text: 'Страница обновлена' };
    await server.done('submitReport', report, { key: 'director' });
    const reportId = sample.inPlan('report', 'a3.r1');
    expect(await offered('director')).toEqual(['returnReport', 'withdrawReport']);
    expect(await offered('department')).toEqual(['acceptReport', 'returnReport']);
    expect(await offered('methodologist')).toEqual([]);
    expect(await offered('auditor')).toEqual([]);
    expect(await server.refused('acceptReport', { reportId }, { key: 'director' })).toEqual({
      code: 'ACCEPTER_IS_REPORTER',
      field: null,
      message: 'Отчёт принимает не тот, кто его представил.',
    });
    expect(await server.refused('acceptReport', { reportId }, { key: 'methodologist' })).toMatchObject({
      code: 'NOT_AUTHORISED',
    });
    expect((await server.done('acceptReport', { reportId }, { key: 'department' })).entries).toMatchObject([
      { eventType: 'ReportAccepted' },
    ]);
    expect(await offered('department')).toEqual([]);
  });
});

describe('a reader', () => {
  const READING = {
    auditTrail: '{ auditTrail(first: 1) { nodes { id } } }',
    plans: '{ plans { totalCount } }',
    monitoring: '{ monitoring { total { total } } }',
    changes: '{ changes(first: 1) { position } }',
    system: '{ system { lag } }',
  };
  const NO_AUDIT: readonly KeyRole[] = ['integrator', 'dashboard'];

  it.each(KEY_ROLES)('in the role %s reads what the role may read', async (key) => {
    for (const [name, document] of Object.entries(READING)) {
      const { errors } = await server.query(document, { key });
      const codes = errors.map(({ extensions }) => extensions.code);
      const expected = name === 'auditTrail' && NO_AUDIT.includes(key) ? ['FORBIDDEN'] : [];
      expect({ name, codes }).toEqual({ name, codes: expected });
    }
  });

  it.each(NO_AUDIT)('in the role %s does not come by an audit entry through its id', async (key) => {
    const shape = z.object({ auditTrail: z.object({ nodes: z.tuple([z.object({ id: z.string() })]) }) });
    const { auditTrail } = await server.read(shape, READING.auditTrail);
    const [entry] = auditTrail.nodes;
    for (const field of ['node(id: $id)', 'nodes(ids: [$id])']) {
      const { text, errors } = await server.query(`query($id: ID!) { ${field} { id } }`, {
        key,
        variables: { id: entry.id },
      });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
      expect(text).not.toMatch(entry.id);
    }
  });

  it('sees names of persons only in a role that works with the plan or audits it', async () => {
    const reason = 'Замена';
    const named = { activityId: sample.activity(5), responsible: 'Иванова А.П., методист', reason };
    const { position } = await server.done('reassignActivity', named, { key: 'director' });
    const document = `query($id: ID!, $at: Position) {
      plans(atLeast: $at) { nodes { stamps { person } } }
      activity(id: $id) { responsibleText responsible { name party { name } } accountable { name } points { accountable { name } } }
      monitoring(groupBy: ACCOUNTABLE) { groups { label } }
      parties(filter: { kind: PERSON }) { nodes { name } }
    }`;
    const answers = async (key: KeyRole) =>
      JSON.stringify(await server.data(document, { key, variables: { id: named.activityId, at: position } }));
    for (const key of KEY_ROLES) {
      const text = await answers(key);
      const blind = key === 'integrator' || key === 'dashboard';
      for (const name of ['Филатова', 'Стапинов', 'Иванова']) {
        expect({ key, name, seen: text.includes(name) }).toEqual({ key, name, seen: !blind });
      }
      expect(text.includes('"…')).toBe(blind);
    }
  });

  it('sees the actors of the audit trail by name, of whom only the auditing roles know', async () => {
    const document = '{ auditTrail(last: 1) { nodes { actor { name role } } } }';
    await server.done(
      'completeActivity',
      { activityId: sample.activity(8), actualOn: '2020-09-30' },
      { key: 'director' },
    );
    const { position } = await server.done('withdrawCompletion', { activityId: sample.activity(8), reason: 'Ошибка' });
    await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
    expect(await server.data(document, { key: 'auditor' })).toEqual({
      auditTrail: { nodes: [{ actor: { name: HOLDERS.administrator.name, role: 'ADMINISTRATOR' } }] },
    });
  });
});
