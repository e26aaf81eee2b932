import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { newKey } from '../support/access.js';
import { HOLDERS } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const STEPS = `submission { at by { role name } remark } decision { at by { role name } remark basis { withoutDocument } entryId }`;
const DOCUMENT = `query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) {
  reports { status ${STEPS} } requests { status ${STEPS} } } }`;

describe('reports and requests', () => {
  it('say who submitted and who decided, when, with what remark', async () => {
    const activityId = sample.activity(3);
    const inPlan = (local: string) => sample.inPlan('report', local);
    const report = { activityId, actualOn: '2020-09-30', text: 'Страница обновлена', interim: true };
    await server.done('submitReport', report, { key: 'methodologist' });
    await server.done('returnReport', { reportId: inPlan('a3.r1'), reason: 'Нет ссылки' }, { key: 'director' });
    await server.done('submitReport', report, { key: 'methodologist' });
    await server.done('acceptReport', { reportId: inPlan('a3.r2') }, { key: 'director' });
    const ask = { activityId, timeframe: { text: 'май 2021 г.' }, reason: 'Сервер меняют' };
    await server.done('requestReschedule', ask, { key: 'methodologist' });
    const requestId = sample.inPlan('request', 'a3.q1');
    await server.done('refuseReschedule', { requestId, reason: 'Срок прежний' }, { key: 'director' });
    await server.done('requestReschedule', { ...ask, reason: 'Ещё раз' }, { key: 'methodologist' });
    const grant = {
      requestId: sample.inPlan('request', 'a3.q2'),
      reason: 'Согласны',
      basis: { withoutDocument: true },
    };
    await server.done('grantReschedule', grant, { key: 'director' });
    const { position: at } = await server.done('submitReport', report, { key: 'methodologist' });
    const by = (role: 'methodologist' | 'director') => ({ role: role.toUpperCase(), name: HOLDERS[role].name });
    const submission = { at: '2020-10-01T09:00:00.000Z', by: by('methodologist'), remark: null };
    const decision = { at: '2020-10-01T09:00:00.000Z', by: by('director'), basis: null, entryId: expect.any(String) };
    const { activity } = await server.read(z.object({ activity: z.unknown() }), DOCUMENT, {
      variables: { id: activityId, at },
    });
    expect(activity).toEqual({
      reports: [
        { status: 'RETURNED', submission, decision: { ...decision, remark: 'Нет ссылки' } },
        { status: 'ACCEPTED', submission, decision: { ...decision, remark: null } },
        { status: 'SUBMITTED', submission, decision: null },
      ],
      requests: [
        {
          status: 'REFUSED',
          submission: { ...submission, remark: 'Сервер меняют' },
          decision: { ...decision, remark: 'Срок прежний' },
        },
        {
          status: 'GRANTED',
          submission: { ...submission, remark: 'Ещё раз' },
          decision: { ...decision, remark: 'Согласны', basis: { withoutDocument: true } },
        },
      ],
    });
  });

  it('say neither names nor remarks to who may not read the audit trail', async () => {
    const variables = { id: sample.activity(3) };
    const nothing = { by: null, remark: null };
    const seen = await server.data(DOCUMENT, { variables, key: 'dashboard' });
    expect(seen).toMatchObject({
      activity: {
        reports: [{ status: 'RETURNED', submission: nothing, decision: nothing }, {}, {}],
        requests: [{ decision: nothing }, {}],
      },
    });
    expect(JSON.stringify(seen)).not.toContain('Нет ссылки');
  });

  it('have had their steps in a past state', async () => {
    const shape = z.object({ plan: z.object({ revision: z.number() }) });
    const { plan } = await server.read(shape, 'query($id: ID!) { plan(id: $id) { revision } }', {
      variables: { id: sample.planId },
    });
    const document = `query($id: ID!, $revision: Int) { activity(id: $id, asOf: { revision: $revision }) {
      reports { status decision { remark } } requests { status } } }`;
    // At this revision the first report has been returned. The later reports and all requests do not exist yet.
    const variables = { id: sample.activity(3), revision: plan.revision - 8 };
    expect(await server.data(document, { variables })).toMatchObject({
      activity: { reports: [{ status: 'RETURNED', decision: { remark: 'Нет ссылки' } }], requests: [] },
    });
  });
});

describe('an organisation', () => {
  it('stands beside every id of one', () => {
    const types = Object.values(schema().getTypeMap()).filter(isObjectType);
    const beside = (one: string, other: string, type: string) =>
      types
        .filter((each) => each.getFields()[one])
        .map((each) => [each.name, String(each.getFields()[other]?.type)])
        .filter(([, found]) => found !== type);
    expect(beside('organisationId', 'organisation', 'Organisation')).toEqual([]);
    expect(beside('parentId', 'parent', 'Organisation')).toEqual([]);
    // `organisation` of a holder is a text that describes the person.
    expect(beside('organisationIds', 'organisations', '[Organisation!]')).toEqual([]);
  });

  it('is shown to who sees it, and is null for others', async () => {
    const [own, other] = [await registered(server, { name: 'Первая' }), await registered(server, { name: 'Вторая' })];
    const { plan, position } = await server.done('draftPlan', {
      title: 'План',
      ownerUnit: 'Центр',
      organisationId: own,
    });
    const { token } = await newKey(server, { organisationIds: [own] });
    const document = `query($id: ID!, $at: Position) {
      plan(id: $id, atLeast: $at) { organisationId organisation { id name plans { nodes { id } } } }
      changes(filter: { planIds: [$id] }) { changes { organisation { name } } }
      viewer { organisationIds organisations { name } } }`;
    const body = JSON.stringify({ query: document, variables: { id: plan.id, at: position } });
    const { data, errors } = await server.post(body, { authorization: `Bearer ${token}` });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      plan: { organisationId: own, organisation: { id: own, name: 'Первая', plans: { nodes: [{ id: plan.id }] } } },
      changes: { changes: [{ organisation: { name: 'Первая' } }] },
      viewer: { organisationIds: [own], organisations: [{ name: 'Первая' }] },
    });
    const moved = await server.done('assignPlan', { planId: plan.id, organisationId: other, reason: 'Передан' });
    const past = `query($id: ID!, $at: Position) { plan(id: $id, asOf: { revision: 0 }, atLeast: $at) { organisation { name } } }`;
    expect(await server.data(past, { variables: { id: plan.id, at: moved.position } })).toEqual({
      plan: { organisation: { name: 'Первая' } },
    });
  });
});
