import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { newKey, onAccess } from '../support/access.js';
import { copiedOnce, plansAt, startCopying } from '../support/copies.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let schools: readonly [string, string];
let plans: readonly [string, string];
let client: ChildProcess | undefined;

beforeAll(async () => {
  server = await startServer({ sample: 'off' });
  schools = [await registered(server, { name: 'Первая' }), await registered(server, { name: 'Вторая' })];
  plans = [await planOf(schools[0]), await planOf(schools[1])];
});
afterEach(() => {
  client?.kill('SIGKILL');
});
afterAll(() => server.close());

/** A plan of an organisation with one activity; its id. */
async function planOf(organisationId: string): Promise<string> {
  const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр', organisationId });
  await server.done('addSection', { planId: plan.id, title: 'Раздел' });
  const row = { title: 'Совещание', timeframe: { text: 'май 2021 г.' }, responsible: 'Центр' };
  const sectionId = `${plan.id.replace('plan', 'section')}.s1`;
  await server.done('addActivity', { activity: { sectionId, ...row } });
  return plan.id;
}

function copying(file: string, key: string): ChildProcess {
  client = startCopying('typed', { address: server.address, file, key });
  return client;
}

it('the typed client drops what leaves the sight of its key and fetches what enters it, until the key is revoked', async () => {
  const { id: accessId, token } = await newKey(server, { organisationIds: [schools[0]] });
  const file = join(server.directory, 'scope.json');
  const started = copying(file, token);
  const [first, second] = plans;
  const isCopied = async (position: string | null, ids: readonly string[]) => {
    const wanted = await plansAt(server.address, token, position ?? undefined);
    expect(Object.keys(wanted).sort()).toEqual([...ids].sort());
    expect(await copiedOnce(file, wanted)).toEqual(wanted);
  };
  await isCopied(null, [first]);

  const removed = await server.done('removeActivity', { activityId: `${first.replace('plan', 'activity')}.a1` });
  await isCopied(removed.position, [first]);

  const change = { accessId, organisationIds: [schools[1]], reason: 'Соглашение' };
  const granted = await onAccess(server, 'grantAccess', change);
  await isCopied(granted.position, [first, second]);
  const renamed = await server.done('changePlanDetails', { planId: second, title: 'Новый план второй' });
  await isCopied(renamed.position, [first, second]);
  const withdrawn = await onAccess(server, 'withdrawAccess', change);
  await isCopied(withdrawn.position, [first]);

  const ended = once(started, 'exit');
  await onAccess(server, 'revokeAccess', { accessId, reason: 'Утерян' });
  expect(await ended).toEqual([1, null]);
});

it('the typed client begins again where its position is of another chronicle', async () => {
  const { token } = await newKey(server);
  const file = join(server.directory, 'other.json');
  await writeFile(file, JSON.stringify({ position: 'elsewhere', plans: { plan_old: { id: 'plan_old' } } }));
  copying(file, token);
  const wanted = await plansAt(server.address, token);
  expect(await copiedOnce(file, wanted)).toEqual(wanted);
});
