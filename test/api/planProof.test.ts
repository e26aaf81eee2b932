import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { verifyProof } from '../../src/app/operations/verifyProof.js';
import { bundleIn } from '../../src/engine/log/bundle.js';
import { verifierFrom } from '../../src/engine/log/note.js';
import { type KeyRole, keyOf } from '../support/keys.js';
import { exportedProof } from '../support/proofs.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const Keys = z.object({ system: z.object({ logKey: z.string() }) });
const Readings = z.object({
  nameReadings: z.object({ nodes: z.array(z.object({ actorId: z.string(), way: z.string() })) }),
});
const READINGS = '{ nameReadings(first: 100) { nodes { actorId way } } }';
/** Names on the stamps of the sample. */
const NAMES = ['Е.Н. Филатова', 'СВ Стапинов'] as const;

let server: TestServer;
let sample: Sample;
let logKey: string;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  logKey = (await server.read(Keys, '{ system { logKey } }')).system.logKey;
});
afterAll(() => server?.close());

const get = (role: KeyRole, query = '', planId = sample.planId) =>
  fetch(`${server.address}/plans/${planId}/proof.html${query}`, {
    headers: { authorization: `Bearer ${keyOf(role)}` },
  });
const statesIn = (page: string) => {
  const found = bundleIn(page);
  const names = 'history' in found ? found.history.names : '[]';
  return z.array(z.object({ state: z.string(), name: z.string().nullable() })).parse(JSON.parse(names));
};
const readers = async () =>
  (await server.read(Readings, READINGS, { key: 'auditor' })).nameReadings.nodes.map(({ way }) => way);

describe('the proof of a plan', () => {
  it('is served with its history in words, without names of persons, which are not counted as read', async () => {
    const answer = await get('auditor');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const page = await answer.text();
    for (const name of NAMES) expect(page).not.toContain(name);
    expect(new Set(statesIn(page).map(({ state }) => state))).toEqual(new Set(['SEALED']));
    expect(page).toContain('имя зашифровано и не показано: этот файл может читать кто угодно');
    expect((await verifyProof(Buffer.from(page), verifierFrom(logKey), undefined)).findings).toEqual([]);
    expect(await readers()).toEqual([]);
  });

  it('has the events that were recorded a moment ago', async () => {
    const [activityId, pointIds] = [sample.activity(3), [sample.inPlan('point', 'a3.1')]];
    await server.done('submitReport', { activityId, pointIds, text: 'только что', actualOn: '2020-10-01' });
    expect(await (await get('auditor')).text()).toContain('только что');
  });

  it('names persons where that is asked for, says what that proves, and is recorded as a reading', async () => {
    const page = await (await get('auditor', '?names=true')).text();
    for (const name of NAMES) expect(page).toContain(name);
    expect(page).toContain('имя назвал сервер, который составил этот файл');
    expect((await verifyProof(Buffer.from(page), verifierFrom(logKey), undefined)).findings).toEqual([]);
    expect(new Set(await readers())).toEqual(new Set(['DOCUMENT']));
    const before = (await readers()).length;
    const own = await exportedProof(server.directory, sample.planId, true);
    for (const name of NAMES) expect(own).toContain(name);
    expect((await readers()).length).toBeGreaterThan(before);
  });

  it('is refused for another plan, other parameters and other roles', async () => {
    const absent = 'plan_00000000-0000-4000-8000-000000000000';
    const answers = await Promise.all([
      ...[get('auditor', '', absent), get('auditor', '', 'plan_1'), get('auditor', '?names=yes')],
      ...[get('auditor', '?name=true'), get('integrator'), get('dashboard', '?names=true')],
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 400, 400, 400, 403, 403]);
  });

  it('has no name of a person who was erased, and says so', async () => {
    const document = 'mutation($input: ForgetPersonInput!) { forgetPerson(input: $input) { userErrors { message } } }';
    const ground = { ground: 'CONSENT_WITHDRAWN', reason: 'Заявление № 7', despiteRetention: true };
    await server.data(document, { variables: { input: { name: NAMES[0], ...ground } } });
    const pages = [
      await (await get('auditor', '?names=true')).text(),
      await (await get('auditor')).text(),
      await exportedProof(server.directory, sample.planId, true),
    ];
    for (const page of pages) {
      expect(page).not.toContain('Филатова');
      expect(statesIn(page)).toContainEqual({ state: 'ERASED', name: null });
      expect(page).toContain('имя удалено: ключ к нему уничтожен, прочесть его не может никто');
      expect((await verifyProof(Buffer.from(page), verifierFrom(logKey), undefined)).findings).toEqual([]);
    }
    expect(pages[0]).toContain(NAMES[1]);
  });
});
