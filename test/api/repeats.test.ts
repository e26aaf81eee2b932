import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ sample: 'off' });
});
afterAll(() => server.close());

/** Executes a command and returns these fields of its payload. */
async function given<T>(name: string, input: object, fields: string, shape: z.ZodType<T>): Promise<T> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { made: ${name}(input: $input) { ${fields} } }`;
  return (await server.read(z.object({ made: shape }), document, { variables: { input } })).made;
}

const ROW = { title: 'Слёт', timeframe: { text: 'май 2021 г.' }, responsible: 'Завуч' };

describe('a repeated command', () => {
  it('says so, gives the entries of the first time, and the plan as it stands now with its revision', async () => {
    const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр' });
    const shape = z.object({
      repeated: z.boolean(),
      position: z.string(),
      entries: z.array(z.object({ id: z.string(), revision: z.number() })),
      plan: z.object({ revision: z.number(), sections: z.array(z.object({ title: z.string() })) }),
    });
    const input = { planId: plan.id, title: 'Первый', commandId: 'section-1' };
    const add = () =>
      given(
        'addSection',
        input,
        'repeated position entries { id revision } plan { revision sections { title } }',
        shape,
      );
    const first = await add();
    expect(first).toMatchObject({ repeated: false, entries: [{ revision: 1 }], plan: { revision: 1 } });
    await server.done('addSection', { planId: plan.id, title: 'Второй' });
    const again = await add();
    expect(again).toEqual({
      ...first,
      repeated: true,
      plan: { revision: 2, sections: [{ title: 'Первый' }, { title: 'Второй' }] },
    });
    // The revision belongs to the state that was returned with it.
    await server.done('addSection', { planId: plan.id, title: 'Третий', expectedRevision: again.plan.revision });
  });

  it('gives the activity with the time of its own last change', async () => {
    const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр' });
    const sections = z.object({ section: z.object({ id: z.string() }) });
    const { section } = await given('addSection', { planId: plan.id, title: 'Раздел' }, 'section { id }', sections);
    const shape = z.object({
      repeated: z.boolean(),
      activity: z.object({ id: z.string(), title: z.string(), updatedAt: z.string() }),
    });
    const input = { activity: { ...ROW, sectionId: section.id, externalId: 'строка' } };
    const add = () => given('addActivity', input, 'repeated activity { id title updatedAt }', shape);
    const { activity } = await add();
    await server.done('rewordActivity', { activityId: activity.id, title: 'Поход' });
    const { position } = await server.done('addSection', { planId: plan.id, title: 'Ещё' });
    const again = await add();
    expect(again).toMatchObject({ repeated: true, activity: { id: activity.id, title: 'Поход' } });
    const document = 'query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { id title updatedAt } }';
    const read = await server.data(document, { variables: { id: activity.id, at: position } });
    expect(read).toEqual({ activity: again.activity });
  });

  it('says so of organisations and of access', async () => {
    const organisationId = await registered(server, { name: 'Школа' });
    const organisation = z.object({ repeated: z.boolean(), organisation: z.object({ name: z.string() }) });
    const rename = (name: string, commandId: string) =>
      given(
        'changeOrganisation',
        { organisationId, name, commandId, reason: 'Приказ' },
        'repeated organisation { name }',
        organisation,
      );
    await rename('Лицей', 'name-1');
    expect(await rename('Гимназия', 'name-2')).toEqual({ repeated: false, organisation: { name: 'Гимназия' } });
    expect(await rename('Лицей', 'name-1')).toEqual({ repeated: true, organisation: { name: 'Гимназия' } });

    const access = z.object({ repeated: z.boolean(), token: z.string().nullable() });
    const issue = () =>
      given('issueAccess', { name: 'Портал', role: 'INTEGRATOR', commandId: 'issue-1' }, 'repeated token', access);
    expect(await issue()).toEqual({ repeated: false, token: expect.any(String) });
    expect(await issue()).toEqual({ repeated: true, token: null });
  });

  it('is no repeat when it is refused', async () => {
    const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр' });
    const shape = z.object({ repeated: z.boolean(), userErrors: z.array(z.object({ code: z.string() })) });
    const input = { planId: plan.id, title: 'Раздел', commandId: 'c-1' };
    await given('addSection', input, 'repeated userErrors { code }', shape);
    expect(await given('addSection', { ...input, title: 'Иной' }, 'repeated userErrors { code }', shape)).toEqual({
      repeated: false,
      userErrors: [{ code: 'COMMAND_ID_REUSED' }],
    });
  });
});
