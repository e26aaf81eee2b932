import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { newKey, onAccess } from '../support/access.js';
import { startProvider, type TestProvider } from '../support/oidc.js';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';

let provider: TestProvider;
let server: TestServer;
let sample: Sample;
let directory: string;
const start = () => startServer({ directory, clock: 'PT0S', settings: { LETOPIS_OIDC_ISSUER: provider.issuer } });

beforeAll(async () => {
  // The provider prints warnings about missing production settings.
  for (const way of ['warn', 'info'] as const) jest.spyOn(console, way).mockImplementation(() => undefined);
  provider = await startProvider();
  directory = await temporaryDirectory();
  server = await start();
  sample = await sampleOf(server);
});
afterAll(async () => {
  await server.close();
  await provider.close();
  await removeDirectory(directory);
});

const Outcome = z.object({
  outcome: z.object({ userErrors: z.array(z.object({ code: z.string() })), entries: z.array(z.looseObject({})) }),
});

/** Executes a command on the plan with a bearer token. Returns the codes of its refusals. */
async function given(token: string, name: string, input: Readonly<Record<string, unknown>>): Promise<string[]> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { outcome: ${name}(input: $input) { userErrors { code } entries { id } } }`;
  const answer = await server.post(JSON.stringify({ query, variables: { input } }), {
    authorization: `Bearer ${token}`,
  });
  return Outcome.parse(answer.data).outcome.userErrors.map(({ code }) => code);
}

async function viewer(token: string) {
  const { status, data } = await server.post('{"query":"{ viewer { name } }"}', { authorization: `Bearer ${token}` });
  return status === 200 ? data : status;
}

describe('a person with a key and with a login', () => {
  let identity: { readonly issuer: string; readonly subject: string };
  let person: { readonly token: string; readonly id: string };
  let login: string;
  const reason = 'Один и тот же человек';

  beforeAll(async () => {
    identity = { issuer: provider.issuer, subject: 'ivanova' };
    login = await provider.token('ivanova');
    person = await newKey(server, { name: 'Иванова А.П.', role: 'DIRECTOR' });
  });

  it('is one person from the moment on at which both are linked, also in what was done before', async () => {
    const issued = await onAccess(server, 'issueAccess', { name: 'Иванова А.П.', role: 'DIRECTOR', identity });
    const former = issued.access?.id;
    const report = { activityId: sample.activity(3), actualOn: '2020-09-30', text: 'Страница обновлена' };
    expect(await given(login, 'submitReport', report)).toEqual([]);
    const link = { accessId: person.id, identity, reason };
    expect((await onAccess(server, 'linkSignIn', link)).userErrors).toMatchObject([{ code: 'SIGN_IN_TAKEN' }]);
    await onAccess(server, 'revokeAccess', { accessId: former, reason });
    expect(await viewer(login)).toBe(401);
    expect(await onAccess(server, 'linkSignIn', link)).toMatchObject({
      userErrors: [],
      access: { formerAccessIds: [former], credentials: [{ kind: 'IDENTITY' }, { kind: 'KEY' }] },
    });
    const reportId = sample.inPlan('report', 'a3.r1');
    for (const token of [person.token, login]) {
      expect(await given(token, 'acceptReport', { reportId })).toEqual(['ACCEPTER_IS_REPORTER']);
    }
  });

  it('is the same by both, also after a restart', async () => {
    await server.close();
    server = await start();
    expect(await viewer(login)).toEqual(await viewer(person.token));
    const reportId = sample.inPlan('report', 'a3.r1');
    expect(await given(person.token, 'acceptReport', { reportId })).toEqual(['ACCEPTER_IS_REPORTER']);
  });

  it('may withdraw their own report by the other way', async () => {
    const reportId = sample.inPlan('report', 'a3.r1');
    expect(await given(person.token, 'withdrawReport', { reportId, reason: 'Опечатка' })).toEqual([]);
  });

  it('has a login that is linked to nobody else, until it is unlinked', async () => {
    const other = await newKey(server, { name: 'Другая', role: 'DIRECTOR' });
    const taken = { accessId: other.id, identity, reason };
    expect((await onAccess(server, 'linkSignIn', taken)).userErrors).toMatchObject([{ code: 'SIGN_IN_TAKEN' }]);
    const unlinked = await onAccess(server, 'unlinkSignIn', { accessId: person.id, identity, reason });
    expect(unlinked).toMatchObject({ userErrors: [], access: { credentials: [{ kind: 'KEY' }] } });
    expect(await viewer(login)).toBe(401);
    expect(await viewer(person.token)).not.toBe(401);
    expect((await onAccess(server, 'linkSignIn', taken)).userErrors).toEqual([]);
    expect(await viewer(login)).toEqual(await viewer(other.token));
  });

  it('has a login that one of two gets who ask for it at the same time', async () => {
    const subject = { ...identity, subject: 'petrova' };
    const keys = await Promise.all([1, 2].map(() => newKey(server, { role: 'DIRECTOR' })));
    const outcomes = await Promise.all(
      keys.map(({ id }) => onAccess(server, 'linkSignIn', { accessId: id, identity: subject, reason })),
    );
    expect(outcomes.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(['SIGN_IN_TAKEN']);
  });

  it('with two keys is one person after one of them was revoked and linked', async () => {
    const [first, second] = [await newKey(server, { role: 'DIRECTOR' }), await newKey(server, { role: 'DIRECTOR' })];
    const report = { activityId: sample.activity(6), actualOn: '2020-09-30', text: 'Сделано' };
    expect(await given(first.token, 'submitReport', report)).toEqual([]);
    const link = { accessId: second.id, formerAccessId: first.id, reason };
    expect((await onAccess(server, 'linkSignIn', link)).userErrors).toMatchObject([{ code: 'ACCESS_IN_FORCE' }]);
    await onAccess(server, 'revokeAccess', { accessId: first.id, reason });
    expect((await onAccess(server, 'linkSignIn', link)).userErrors).toEqual([]);
    const reportId = sample.inPlan('report', 'a6.r1');
    expect(await given(second.token, 'acceptReport', { reportId })).toEqual(['ACCEPTER_IS_REPORTER']);
    const third = await newKey(server, { role: 'DIRECTOR' });
    const elsewhere = { ...link, accessId: third.id };
    expect((await onAccess(server, 'linkSignIn', elsewhere)).userErrors).toMatchObject([{ code: 'SIGN_IN_TAKEN' }]);
    expect(await given(third.token, 'acceptReport', { reportId })).toEqual([]);
  });
});
