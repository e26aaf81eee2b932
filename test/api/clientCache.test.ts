import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { onAccess } from '../support/access.js';
import { holderIdOf, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
let approvedAt: number;

beforeAll(async () => {
  server = await startServer({ clock: '2020-10-15T09:00:00Z' });
  sample = await sampleOf(server);
  const { planId, activity, inPlan } = sample;
  const shape = z.object({ plan: z.object({ revision: z.number() }) });
  approvedAt = (await server.read(shape, `{ plan(id: "${planId}") { revision } }`)).plan.revision;
  const amend = (...changes: readonly object[]) =>
    server.done('amendPlan', { planId, reason: 'Приказ', basis: { withoutDocument: true }, changes });
  const report = { activityId: activity(3), pointIds: [inPlan('point', 'a3.1')], text: 'Сделано' };
  await server.done('submitReport', { ...report, actualOn: '2020-10-01' }, { key: 'methodologist' });
  await amend({ reschedule: { activityId: activity(5), timeframe: { text: 'март 2021 г.' } } });
  await server.done('issuePeriodReport', { planId, kind: 'MONTH', day: '2020-09-30' });
  // From here on the same person acts under another name.
  const accessId = `access_${holderIdOf('methodologist')}`;
  await onAccess(server, 'renameAccess', { accessId, name: 'Новая Фамилия' });
  await server.done(
    'completeActivity',
    { activityId: activity(7), pointId: inPlan('point', 'a7.1'), actualOn: '2020-10-02' },
    {
      key: 'methodologist',
    },
  );
  // A second plan with the same printed parties, and a period report with the same number.
  const { plan } = await server.done('copyPlan', { fromPlanId: planId });
  await server.done('changePlanDetails', { planId: plan.id, title: 'План на следующий год' });
});
afterAll(() => server?.close());

const ROW = `number title excluded evidence timing timeframe { text confidence } sectionId
  responsible { name party { id name kind activityCount } } accountable { partyId name }
  points { id dueOn evidence timing } reports { id status text } requests { id status }`;
const PLAN = `id title status edition revision updatedAt stamps { kind person state } organisationId
  periodReports { id kind edition notDone differences { code issued now } }
  sections { id title activities(first: 200) { nodes { id ${ROW} } } }`;
const RESULTS = 'nodes { id evidence timing timeframe { text confidence } }';

/** Returns the requests of a page with plans, their past, a calendar and the audit trail, in order. */
function script(): { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> }[] {
  const id = sample.planId;
  const plan = `query Plan($id: ID!, $asOf: AsOf) { plan(id: $id, asOf: $asOf) { ${PLAN} } }`;
  const row = `query Row($id: ID!, $asOf: AsOf) { activity(id: $id, asOf: $asOf) { id ${ROW} } }`;
  const due = `query Due($on: Date, $timing: [Timing!]) {
    activities(on: $on, filter: { timing: $timing }) { ${RESULTS} } }`;
  const calendar = `query Calendar($on: Date) { calendar(from: "2020-09-01", to: "2021-08-31", on: $on) {
    nodes { id dueOn timing } } }`;
  return [
    { query: plan, variables: { id } },
    { query: row, variables: { id: sample.activity(5) } },
    { query: plan, variables: { id, asOf: { revision: approvedAt } } },
    { query: plan, variables: { id, asOf: { at: '2020-10-15T09:00:00Z' } } },
    { query: plan, variables: { id, asOf: { effectiveOn: '2020-12-01' } } },
    { query: row, variables: { id: sample.activity(5), asOf: { revision: approvedAt } } },
    { query: due, variables: { on: '2021-02-01', timing: ['OVERDUE'] } },
    { query: due, variables: { on: '2020-09-10', timing: ['PLANNED', 'IN_WINDOW'] } },
    { query: calendar, variables: { on: '2021-08-01' } },
    { query: calendar },
    { query: `{ plans { nodes { ${PLAN} } } }` },
    { query: '{ parties(first: 100) { nodes { id name kind activityCount } } }' },
    { query: '{ auditTrail(first: 200) { nodes { id sentence actor { name post role holder { id } } } } }' },
    { query: '{ viewer { name role holder { id name } } accessHolders(first: 50) { nodes { id name role } } }' },
    {
      query: `query Items($asOf: AsOf) { indicatorItems(indicator: DONE, asOf: $asOf, filter: { planId: "${id}" }) {
        nodes { numerator activityId activity { id evidence timing } point { id evidence timing } report { id status } } } }`,
      variables: { asOf: { revision: approvedAt } },
    },
  ];
}

describe('a client with a normalising cache', () => {
  it('answers from its cache what the server answers, after a script of past and present queries', async () => {
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: new HttpLink({
        uri: `${server.address}/graphql`,
        headers: { authorization: `Bearer ${keyOf('administrator')}` },
      }),
    });
    const queries = script().map(({ query, variables = {} }) => ({ query: gql(query), variables }));
    for (const query of queries) await client.query({ ...query, fetchPolicy: 'network-only' });
    for (const query of queries) {
      const { data: cached } = await client.query({ ...query, fetchPolicy: 'cache-only' });
      const { data: fresh } = await client.query({ ...query, fetchPolicy: 'no-cache' });
      expect(fresh).toBeDefined();
      expect({ query: query.variables, data: cached }).toEqual({ query: query.variables, data: fresh });
    }
    client.stop();
  }, 60_000);
});
