import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { registered } from '../support/organisations.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer({ clock: '2020-10-15T09:00:00Z' });
  sample = await sampleOf(server);
});
afterAll(() => server.close());

/** Sends the mutation of this name, and returns the fields of its payload that a selection names. */
async function made(name: string, input: object, fields: string): Promise<unknown> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { made: ${name}(input: $input) { ${fields} userErrors { code message } } }`;
  return (await server.read(z.object({ made: z.unknown() }), document, { variables: { input } })).made;
}

const REASON = { reason: 'Решение совета', basis: { withoutDocument: true } };

describe('a mutation answers with what it made', () => {
  it('a section', async () => {
    const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр' });
    const added = await made('addSection', { planId: plan.id, title: 'Первый' }, 'section { id ordinal title }');
    const id = plan.id.replace('plan', 'section').concat('.s1');
    expect(added).toEqual({ section: { id, ordinal: 1, title: 'Первый' }, userErrors: [] });
    const changed = await made('changeSection', { sectionId: id, title: 'Иначе' }, 'section { title } plan { id }');
    expect(changed).toEqual({ section: { title: 'Иначе' }, plan: { id: plan.id }, userErrors: [] });
    const refused = await made('addSection', { planId: plan.id, title: ' ' }, 'section { id }');
    expect(refused).toMatchObject({ section: null, userErrors: [{ code: 'REQUIRED' }] });
  });

  it('the rows of an amendment, in the order of its changes', async () => {
    const add = {
      ...{ sectionId: sample.section(1), title: 'Слёт', responsible: 'Завуч' },
      timeframe: { text: 'май 2021 г.' },
    };
    const reword = { activityId: sample.activity(5), title: 'Иначе' };
    const input = { planId: sample.planId, changes: [{ add }, { reword }, { exclude: sample.activity(4) }], ...REASON };
    expect(await made('amendPlan', input, 'activities { title excluded }')).toMatchObject({
      activities: [{ title: 'Слёт', excluded: false }, { title: 'Иначе', excluded: false }, { excluded: true }],
      userErrors: [],
    });
  });

  it('a request, and what became of it', async () => {
    const input = { activityId: sample.activity(3), timeframe: { text: 'до 25 октября 2020 г.' }, reason: 'Переезд' };
    const id = sample.inPlan('request', 'a3.q1');
    expect(await made('requestReschedule', input, 'request { id status }')).toEqual({
      request: { id, status: 'OPEN' },
      userErrors: [],
    });
    expect(await made('refuseReschedule', { requestId: id, reason: 'Рано' }, 'request { id status }')).toEqual({
      request: { id, status: 'REFUSED' },
      userErrors: [],
    });
  });

  it('a report on a period of a plan, and of an organisation', async () => {
    const organisationId = await registered(server, { name: 'Школа' });
    await server.done('assignPlan', { planId: sample.planId, organisationId, reason: 'Учёт' });
    const period = { kind: 'MONTH', day: '2020-09-30' };
    const fields = '{ id kind figures { planned } }';
    expect(
      await made('issuePeriodReport', { planId: sample.planId, ...period }, `periodReport ${fields}`),
    ).toMatchObject({
      periodReport: { id: sample.inPlan('planreport', 'pr1'), kind: 'MONTH', figures: {} },
      userErrors: [],
    });
    const { position } = await server.done('completeActivity', {
      ...{ activityId: sample.activity(3), actualOn: '2020-10-01' },
    });
    await server.data('query($at: Position) { system(atLeast: $at) { head } }', { variables: { at: position } });
    const issued = await made('issueOrganisationReport', { organisationId, ...period }, `organisationReport ${fields}`);
    expect(issued).toMatchObject({ organisationReport: { kind: 'MONTH', figures: {} }, userErrors: [] });
  });

  it('by a field beside the plan, wherever it makes a thing with an id', () => {
    const makes = /^(add|issue|submit|request|register|draft|import|copy|amend)/;
    const mutations = Object.values(schema().getMutationType()?.getFields() ?? {}).filter(({ name }) =>
      makes.test(name),
    );
    const answers = mutations.map(({ name, type }) => {
      const payload = isObjectType(type) ? Object.keys(type.getFields()) : [];
      const common = ['entries', 'position', 'receipts', 'repeated', 'userErrors'];
      return [name, payload.filter((field) => !common.includes(field))];
    });
    expect(Object.fromEntries(answers)).toEqual({
      addActivity: ['plan', 'activity'],
      addSection: ['plan', 'section'],
      addWebhook: ['webhook', 'secret'],
      amendFromDocument: ['plan', 'activities'],
      amendPlan: ['plan', 'activities'],
      copyPlan: ['plan'],
      draftPlan: ['plan'],
      importPlan: ['plan'],
      issueAccess: ['access', 'token'],
      issueOrganisationReport: ['organisation', 'organisationReport'],
      issuePeriodReport: ['plan', 'periodReport'],
      registerOrganisation: ['organisation'],
      requestReschedule: ['plan', 'activity', 'request'],
      submitPlan: ['plan'],
      submitReport: ['plan', 'activity', 'report'],
    });
  });
});
