import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const OUTCOME = z.object({
  plan: z.object({ id: z.string() }).nullable(),
  userErrors: z.array(z.object({ code: z.string(), message: z.string(), relatedIds: z.array(z.string()) })),
});

async function given(name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { made: ${name}(input: $input) {
    plan { id } userErrors { code message relatedIds } } }`;
  return (await server.read(z.object({ made: OUTCOME }), document, { variables: { input } })).made;
}

/** Returns the ids in a refusal. Each of them can be read with `node`. */
async function named(name: string, input: object): Promise<readonly string[]> {
  const [error] = (await given(name, input)).userErrors;
  if (!error) throw new Error(`${name} was carried out`);
  // A message is for people: a local id means nothing to them, and no command accepts it.
  expect(error.message).not.toMatch(/(?<![\w.])a\d+\.[qr]?\d/);
  for (const id of error.relatedIds) {
    expect(await server.data('query($id: ID!) { node(id: $id) { id } }', { variables: { id } })).toEqual({
      node: { id },
    });
  }
  return error.relatedIds;
}

const row = (externalId: string, title: string, sectionId: string) => ({
  activity: { sectionId, title, externalId, timeframe: { text: 'май 2021 г.' }, responsible: 'Завуч' },
});

it('names whatever has the external id: the plan, the section or the activity', async () => {
  const input = { title: 'План', ownerUnit: 'Центр', externalId: 'занят' };
  const { plan } = await given('draftPlan', input);
  const planId = plan?.id ?? '';
  const of = (type: string, local: string) => `${planId.replace('plan', type)}.${local}`;
  expect(await named('draftPlan', { ...input, title: 'Другой' })).toEqual([planId]);

  await given('addSection', { planId, title: 'Раздел', externalId: 'занят' });
  for (const more of [{}, { commandId: 'another-section' }]) {
    const other = { planId, title: 'Другой', externalId: 'занят', ...more };
    expect(await named('addSection', other)).toEqual([of('section', 's1')]);
  }

  await given('addActivity', row('занят', 'Слёт', of('section', 's1')));
  for (const more of [{}, { commandId: 'another-row' }]) {
    const other = { ...row('занят', 'Поход', of('section', 's1')), ...more };
    expect(await named('addActivity', other)).toEqual([of('activity', 'a1')]);
    const [error] = (await given('addActivity', other)).userErrors;
    expect(error?.message).toContain(of('activity', 'a1'));
  }
});

it('names the points to choose from, and the request that is not decided', async () => {
  const points = await named('completeActivity', { activityId: sample.activity(4), actualOn: '2020-09-30' });
  expect(points.length).toBeGreaterThan(1);
  expect(points[0]).toBe(sample.inPlan('point', 'a4.1'));

  const asked = { activityId: sample.activity(3), timeframe: { text: 'до 25 октября 2020 г.' }, reason: 'Переезд' };
  await given('requestReschedule', asked);
  expect(await named('requestReschedule', asked)).toEqual([sample.inPlan('request', 'a3.q1')]);
});

it('names nothing where the refusal is about the input alone', async () => {
  expect(await named('addSection', { planId: sample.planId, title: 'Раздел' })).toEqual([]);
});
