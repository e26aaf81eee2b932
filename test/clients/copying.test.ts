import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { newKey, onAccess } from '../support/access.js';
import { CLIENT, copiedOnce, copiedPlans, plansAt, startCopying } from '../support/copies.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let schools: readonly [string, string];
let plans: readonly [string, string];
let client: ChildProcess | undefined;
/** Position of the last row that was added. */
let last: string;

beforeAll(async () => {
  server = await startServer({ sample: 'off' });
  schools = [await registered(server, { name: 'Первая' }), await registered(server, { name: 'Вторая' })];
  plans = [await planOf(schools[0]), await planOf(schools[1])];
});
afterEach(() => {
  client?.kill('SIGKILL');
});
afterAll(() => server.close());

/** Adds a plan of an organisation with one activity. Returns its id. */
async function planOf(organisationId: string): Promise<string> {
  const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр', organisationId });
  await server.done('addSection', { planId: plan.id, title: 'Раздел' });
  await addRow(plan.id);
  return plan.id;
}

async function addRow(planId: string): Promise<void> {
  const row = { title: 'Совещание', timeframe: { text: 'май 2021 г.' }, responsible: 'Центр' };
  const sectionId = `${planId.replace('plan', 'section')}.s1`;
  ({ position: last } = await server.done('addActivity', { activity: { sectionId, ...row } }));
}

function copying(directory: string, key: string): ChildProcess {
  client = startCopying({ address: server.address, directory, key });
  return client;
}

it('a copy deletes plans that leave the scope of its key, reads those that enter it, and ends when the key is revoked', async () => {
  const { id: accessId, token } = await newKey(server, { organisationIds: [schools[0]] });
  const directory = join(server.directory, 'scope');
  const started = copying(directory, token);
  const [first, second] = plans;
  const isCopied = async (position: string | null, ids: readonly string[]) => {
    const wanted = await plansAt(server.address, token, position ?? last);
    expect(Object.keys(wanted).sort()).toEqual([...ids].sort());
    expect(await copiedOnce(directory, wanted)).toEqual(wanted);
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

it('a copy begins again when its position is of another chronicle', async () => {
  const { token } = await newKey(server);
  const directory = join(server.directory, 'other');
  await mkdir(join(directory, 'plans'), { recursive: true });
  await writeFile(join(directory, 'plans', 'plan_old.json'), '{"id":"plan_old"}');
  await writeFile(join(directory, 'progress.json'), '{"stage":"COPIED","position":"elsewhere"}');
  copying(directory, token);
  const wanted = await plansAt(server.address, token, last);
  expect(await copiedOnce(directory, wanted)).toEqual(wanted);
});

/**
 * A program that copies and kills itself (SIGKILL) in its first step, when the plans are stored: before or after the
 * progress is stored too.
 */
const ONE_STEP = `
  import { copy, directoryStore } from 'letopis-client';
  const [address, directory, dies] = process.argv.slice(1);
  const store = directoryStore(directory);
  const die = () => process.kill(process.pid, 'SIGKILL');
  const save = async (step) => {
    process.stdout.write(JSON.stringify(step.plans.map(({ id }) => id)));
    // Store the files of the plans, but not the progress that says that they are stored.
    if (dies === 'before') await store.save({ ...step, progress: (await store.progress()) ?? step.progress }).then(die);
    else await store.save(step).then(die);
  };
  await copy({ address, key: process.env.LETOPIS_KEY }, { ...store, save }, { pageSize: 2 });
`;

it('a copy that is killed in every step continues after the last stored one, and reads no plan in vain', async () => {
  const { token } = await newKey(server);
  const directory = join(server.directory, 'killed');
  for (let number = plans.length; number < 7; number += 1) await planOf(schools[0]);
  // The copy begins when the read models contain all of them.
  await plansAt(server.address, token, last);
  const step = async (dies: 'before' | 'after') => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', ONE_STEP, server.address, directory, dies], {
      ...{ cwd: CLIENT, env: { ...process.env, LETOPIS_KEY: token }, stdio: ['ignore', 'pipe', 'inherit'] },
    });
    let ids = '';
    child.stdout?.on('data', (part) => {
      ids += part;
    });
    const [code, signal] = await once(child, 'close');
    return { code, signal, ids: ids === '' ? [] : JSON.parse(ids) };
  };
  const killed = (ids: unknown) => ({ code: null, signal: 'SIGKILL', ids });
  expect(await step('after')).toEqual(killed([]));
  const read: unknown[] = [];
  for (let page = 0; page < 4; page += 1) {
    const before = await step('before');
    expect(before).toMatchObject({ signal: 'SIGKILL' });
    // Changes during the copy, to plans that were already read and to others.
    for (const planId of [plans[0], plans[1]]) await addRow(planId);
    const after = await step('after');
    expect(after).toEqual(before);
    read.push(...after.ids);
  }
  const wanted = await plansAt(server.address, token, last);
  expect(read.sort()).toEqual(Object.keys(wanted).sort());
  expect(await copiedPlans(directory)).not.toEqual(wanted);
  expect(await step('after')).toEqual(killed([plans[0], plans[1]]));
  expect(await copiedPlans(directory)).toEqual(wanted);
  expect(await step('after')).toEqual({ code: 0, signal: null, ids: [] });
});

it('a copy has all activities of a plan that has more than one page of them', async () => {
  const organisationId = await registered(server, { name: 'Третья' });
  const { token } = await newKey(server, { organisationIds: [organisationId] });
  const rows = Array.from({ length: 401 }, (_, index) => `${index + 1};Дело ${index + 1};май 2021 г.;Центр`);
  const content = Buffer.from(['№;Мероприятия;Сроки;Ответственные', ...rows].join('\n')).toString('base64');
  const { plan, position } = await server.done('importPlan', { organisationId, fileName: 'long.csv', content });
  const directory = join(server.directory, 'long');
  copying(directory, token);
  const wanted = await plansAt(server.address, token, position);
  expect(await copiedOnce(directory, wanted)).toEqual(wanted);
  expect(new Set(JSON.stringify(wanted[plan.id]).match(/"title":"Дело \d+"/g)).size).toBe(rows.length);
});
