import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { newKey } from '../support/access.js';
import { filled, nothing, plain, type World } from '../support/foreign.js';
import { keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';
import { type Stream, streamOf } from '../support/sse.js';
import { statusOf } from '../support/waiting.js';
import { requestFor, type Variant, variantsOf } from '../support/walk.js';

let server: TestServer;
let ours: World;
let theirs: World;
let none: World;
/** A key that sees only our organisation. */
let token: string;

beforeAll(async () => {
  server = await startServer({ sample: 'off', clock: '2020-10-01T09:00:00Z', settings: { LETOPIS_PUBLIC: 'on' } });
  const school = await registered(server, { name: 'Школа' });
  ours = await filled(server, school, 'наш');
  theirs = await filled(server, await registered(server, { name: 'Чужая школа' }), 'чужой');
  none = await nothing();
  token = (await newKey(server, { role: 'DEPARTMENT', organisationIds: [school] })).token;
});
afterAll(() => server.close());

function subscriptions() {
  return Object.values(schema().getSubscriptionType()?.getFields() ?? {});
}

async function beginning(): Promise<string> {
  const shape = z.object({ changes: z.object({ position: z.string() }) });
  return (await server.read(shape, '{ changes(first: 1) { position } }')).changes.position;
}

/** Returns what a stream has sent by the time that the server has answered a query; undefined for nothing. */
async function toldBy(stream: Stream): Promise<string | undefined> {
  const event = await Promise.race([stream.next(), server.data('{ viewer { name } }').then(() => undefined)]);
  return event && plain(event.data);
}

it('every subscription tells of what is elsewhere as of what is nowhere, and of what is ours something else', async () => {
  const after = await beginning();
  const found: unknown[] = [];
  const toothless: string[] = [];
  for (const field of subscriptions()) {
    const isFollowed = field.args.some(({ name }) => name === 'resumeAfter');
    const option = { at: `${field.name}.resumeAfter`, value: after };
    const variants = variantsOf(field).filter((variant) => variant.references.length === 1);
    for (const plainVariant of variants) {
      if (isFollowed && plainVariant.option) continue;
      const variant: Variant = isFollowed ? { ...plainVariant, option } : plainVariant;
      const open = (world: World) => {
        const request = requestFor('subscription', field, variant, (_, kind) => world.approved[kind], 2);
        return streamOf(server.address, request.query, { token, variables: request.variables });
      };
      const [madeUp, foreign, own] = [await open(none), await open(theirs), await open(ours)];
      const seen = plain((await own.next())?.data ?? '');
      const [a, b] = [await toldBy(foreign), await toldBy(madeUp)];
      if (a !== b) found.push({ field: field.name, variant, foreign: a, madeUp: b });
      if (seen === b) toothless.push(`${field.name} ${JSON.stringify(variant)}`);
      for (const stream of [madeUp, foreign, own]) await stream.close();
    }
  }
  expect(found).toEqual([]);
  expect(toothless).toEqual([]);
}, 120_000);

const Figures = z.object({ data: z.object({ monitoringChanged: z.object({ plans: z.number() }) }) });

async function plansIn(stream: Stream): Promise<number> {
  return Figures.parse(JSON.parse((await stream.next())?.data ?? '{}')).data.monitoringChanged.plans;
}

it('monitoringChanged is silent while other organisations work', async () => {
  const query = 'subscription { monitoringChanged { plans } }';
  const scoped = await streamOf(server.address, query, { token });
  const whole = await streamOf(server.address, query, { token: keyOf('administrator') });
  expect([await plansIn(scoped), await plansIn(whole)]).toEqual([2, 4]);
  const begun = (world: World) =>
    server.done('draftPlan', { title: 'План', ownerUnit: 'Центр', organisationId: world.approved.organisationId });
  await begun(theirs);
  expect(await plansIn(whole)).toBe(5);
  await begun(ours);
  expect(await plansIn(scoped)).toBe(3);
  await Promise.all([scoped.close(), whole.close()]);
});

it('metrics are closed to keys that do not see everything, and to everybody without a key', async () => {
  const statusWith = (authorization: string) =>
    statusOf(`${server.address}/metrics`, authorization === '' ? {} : { authorization });
  expect(await statusWith('')).toBe(403);
  expect(await statusWith(`Bearer ${token}`)).toBe(403);
  expect(await statusWith(`Bearer ${keyOf('dashboard')}`)).toBe(200);
});
