import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { serve } from '../../src/app/serve.js';
import { apiAt } from '../support/api.js';
import { BOOTSTRAP_KEY, issueKeys, keyOf } from '../support/keys.js';
import { letopis } from '../support/process.js';
import { removeDirectory, sampleOf, temporaryDirectory, testConfig } from '../support/server.js';

let address: string;
let directory: string;
let close: () => Promise<void>;
let planId: string;
let signInCode: () => Promise<string>;
const logged: string[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory();
  const log = pino(
    { level: 'debug', redact: ['req.headers.authorization'] },
    { write: (line) => void logged.push(line) },
  );
  // Open to everybody: a session that has ended must not turn into an anonymous caller.
  const served = await serve(testConfig({ directory, settings: { LETOPIS_PUBLIC: 'on' } }), log, issueKeys);
  ({ address, close, signInCode } = served);
  ({ planId } = await sampleOf(apiAt(address)));
});
afterAll(async () => {
  await close();
  await removeDirectory(directory);
});

type Headers = Readonly<Record<string, string>>;

/** Headers that a browser sends from a page of this server. */
const own = (): Headers => ({ origin: address, 'sec-fetch-site': 'same-origin' });
const FOREIGN: Headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

function signIn(secret: string, headers: Headers = own()): Promise<Response> {
  return fetch(`${address}/session`, { method: 'POST', headers: { ...headers, authorization: `Bearer ${secret}` } });
}

/** Signs in and returns the header with the cookie. */
async function cookieFor(secret: string): Promise<string> {
  const response = await signIn(secret);
  expect(response.status).toBe(204);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const Answer = z.object({
  data: z.object({ viewer: z.object({ role: z.string() }) }).nullish(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).optional(),
});

/** Returns the role of the sender of a cookie, or the code of the error. */
async function whoIs(cookie: string, headers: Headers = own()): Promise<string> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { ...headers, cookie, 'content-type': 'application/json' },
    body: '{"query":"{ viewer { role } }"}',
  });
  const { data, errors } = Answer.parse(await response.json());
  return data?.viewer.role ?? errors?.[0]?.extensions.code ?? '';
}

async function signOut(cookie: string, everywhere = false, headers: Headers = own()): Promise<Response> {
  return fetch(`${address}/${everywhere ? 'sessions' : 'session'}`, {
    method: 'DELETE',
    headers: { ...headers, cookie },
  });
}

/**
 * Opens a WebSocket with a cookie. Returns the socket, whether it was acknowledged, and the close code of the server.
 */
async function socketWith(cookie: string, origin: string, connectionParams: Headers = {}) {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    origin,
    headers: { cookie },
  });
  const closed = once(socket, 'close').then(([code]) => Number(code));
  const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => Number(statusCode));
  refused.catch(() => undefined);
  socket.on('error', () => undefined);
  const opened = once(socket, 'open').then(() => undefined);
  opened.catch(() => undefined);
  const status = await Promise.race([opened, refused]);
  if (status !== undefined) return { socket, closed, status, acknowledged: false };
  socket.send(JSON.stringify({ type: 'connection_init', payload: connectionParams }));
  const [message] = await Promise.race([once(socket, 'message'), closed.then(() => ['closed'])]);
  return { socket, closed, status, acknowledged: String(message).includes('connection_ack') };
}

describe('signing in', () => {
  it('with a key gives a session of the same person', async () => {
    const cookie = await cookieFor(keyOf('auditor'));
    expect(await whoIs(cookie)).toBe('AUDITOR');
  });

  it('sets a cookie that no script reads and no other site sends', async () => {
    const cookie = (await signIn(keyOf('director'))).headers.get('set-cookie');
    expect(cookie).toMatch(/^letopis_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
  });

  it('over TLS takes only a cookie that is of this host and secure', async () => {
    const proxied = { host: 'plans.example', origin: 'https://plans.example', 'sec-fetch-site': 'same-origin' };
    const response = await overHost('POST', '/session', { ...proxied, authorization: `Bearer ${keyOf('director')}` });
    expect(response.status).toBe(204);
    expect(response.cookie).toMatch(/^__Host-letopis_session=.*; HttpOnly; SameSite=Strict; .*; Secure$/);
  });

  it('over a network without TLS is refused', async () => {
    const plain = { host: 'plans.example', origin: 'http://plans.example', 'sec-fetch-site': 'same-origin' };
    const response = await overHost('POST', '/session', { ...plain, authorization: `Bearer ${keyOf('director')}` });
    expect([response.status, response.cookie]).toEqual([403, '']);
  });

  it('with a one-time code works once', async () => {
    const code = await signInCode();
    const both = await Promise.all([signIn(code), signIn(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
    expect((await signIn(code)).status).toBe(401);
  });

  it('works with the link that `letopis sign-in` prints, also for a holder of access', async () => {
    const settings = { LETOPIS_DATA: directory, LETOPIS_PORT: '4001' };
    const { stdout } = await letopis(['sign-in'], settings);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:4001\/sign-in#[\w-]{43}\n$/);
    expect(await whoIs(await cookieFor(stdout.trim().split('#')[1] ?? ''))).toBe('ADMINISTRATOR');
    const listed = await letopis(['keys', 'list', '--json'], settings);
    const holders = z.array(z.object({ id: z.string(), role: z.string() })).parse(JSON.parse(listed.stdout));
    const director = holders.find(({ role }) => role === 'director')?.id ?? '';
    const link = await letopis(['sign-in', director, '--address', 'https://plans.example/'], settings);
    expect(link.stdout).toMatch(/^https:\/\/plans\.example\/sign-in#/);
    expect(await whoIs(await cookieFor(link.stdout.trim().split('#')[1] ?? ''))).toBe('DIRECTOR');
    expect((await letopis(['sign-in', 'nobody'], settings)).code).toBe(1);
  });

  it('is for pages of this server alone', async () => {
    for (const headers of [FOREIGN, {}, { origin: 'null' }, { ...own(), 'sec-fetch-site': 'same-site' }]) {
      expect((await signIn(keyOf('auditor'), headers)).status).toBe(403);
    }
  });
});

describe('a session', () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await cookieFor(keyOf('methodologist'));
  });

  it.each([
    ['another site', FOREIGN],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed page', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['another site in an old browser', { origin: 'https://evil.example' }],
    ['something that does not say who it is', {}],
  ])('is not used for a POST of %s', async (_, headers) => {
    expect(await whoIs(cookie, headers)).toBe('DASHBOARD');
  });

  it('opens downloads of its own pages and typed addresses, not those of other sites', async () => {
    const statusWith = async (site: string | undefined) => {
      const headers = { cookie, ...(site && { 'sec-fetch-site': site }) };
      return (await fetch(`${address}/audit.csv`, { headers })).status;
    };
    expect([await statusWith('same-origin'), await statusWith('none'), await statusWith(undefined)]).toEqual([
      ...[200, 200, 200],
    ]);
    // Without the session the caller is anonymous and may not read the audit trail.
    expect([await statusWith('cross-site'), await statusWith('same-site')]).toEqual([403, 403]);
    const document = await fetch(`${address}/plans/${planId}.docx`, { headers: { cookie } });
    expect(document.status).toBe(200);
  });

  it('opens a WebSocket and a stream of its own page, and no other page opens them', async () => {
    const mine = await socketWith(cookie, address);
    expect(mine.acknowledged).toBe(true);
    mine.socket.terminate();
    expect(await socketWith(cookie, 'https://evil.example')).toMatchObject({ status: 403 });
    const stream = async (headers: Headers) => {
      const stop = new AbortController();
      const query = encodeURIComponent('subscription { changes { position } }');
      const response = await fetch(`${address}/graphql/stream?query=${query}`, {
        headers: { cookie, ...headers },
        signal: stop.signal,
      });
      stop.abort();
      return response.status;
    };
    expect([await stream(own()), await stream(FOREIGN)]).toEqual([200, 403]);
  });

  it('is not mixed up with a key: the key that is sent comes first', async () => {
    expect(await whoIs(cookie, { ...own(), authorization: `Bearer ${keyOf('auditor')}` })).toBe('AUDITOR');
  });

  it('does not stand in on a WebSocket for a key that opens nothing', async () => {
    for (const authorization of ['Bearer wrong', 'Bearer ', '']) {
      const { acknowledged, closed } = await socketWith(cookie, address, { authorization });
      expect([authorization, acknowledged, await closed]).toEqual([authorization, false, 4403]);
    }
    const { socket, acknowledged } = await socketWith(cookie, address, {
      authorization: `Bearer ${keyOf('auditor')}`,
    });
    expect(acknowledged).toBe(true);
    const query = '{ viewer { role } }';
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
    const [message] = await once(socket, 'message');
    expect(String(message)).toContain('"role":"AUDITOR"');
    socket.terminate();
  });

  it('with a made-up token is nobody, not an anonymous caller', async () => {
    expect(await whoIs(`letopis_session=${'A'.repeat(43)}`)).toBe('UNAUTHENTICATED');
  });
});

describe('signing out', () => {
  it('ends the session for good, and its open connections', async () => {
    const cookie = await cookieFor(keyOf('director'));
    const { closed, acknowledged } = await socketWith(cookie, address);
    expect(acknowledged).toBe(true);
    const response = await signOut(cookie);
    expect(response.headers.get('set-cookie')).toMatch(/^letopis_session=; .*Max-Age=0/);
    expect(await closed).toBe(4403);
    expect(await whoIs(cookie)).toBe('UNAUTHENTICATED');
  });

  it('everywhere ends all sessions of the person, with the codes, and no others', async () => {
    const [one, two, other] = await Promise.all([
      cookieFor(keyOf('director')),
      cookieFor(keyOf('director')),
      cookieFor(keyOf('auditor')),
    ]);
    await signOut(one, true);
    expect(await Promise.all([one, two, other].map((each) => whoIs(each)))).toEqual([
      ...['UNAUTHENTICATED', 'UNAUTHENTICATED', 'AUDITOR'],
    ]);
    const [code, administrator] = [await signInCode(), await cookieFor(BOOTSTRAP_KEY)];
    await signOut(administrator, true);
    expect((await signIn(code)).status).toBe(401);
  });

  it('cannot be done by another site', async () => {
    const cookie = await cookieFor(keyOf('director'));
    expect((await signOut(cookie, true, FOREIGN)).status).toBe(403);
    expect(await whoIs(cookie)).toBe('DIRECTOR');
  });
});

it('a session ends with the key that started it', async () => {
  const administrator = { authorization: `Bearer ${BOOTSTRAP_KEY}`, 'content-type': 'application/json' };
  const send = async (query: string) =>
    (
      await fetch(`${address}/graphql`, { method: 'POST', headers: administrator, body: JSON.stringify({ query }) })
    ).json();
  const Issued = z.object({
    data: z.object({ issueAccess: z.object({ token: z.string(), access: z.object({ id: z.string() }) }) }),
  });
  const { token, access } = Issued.parse(
    await send('mutation { issueAccess(input: { name: "Гость", role: AUDITOR }) { token access { id } } }'),
  ).data.issueAccess;
  const cookie = await cookieFor(token);
  expect(await whoIs(cookie)).toBe('AUDITOR');
  await send(
    `mutation { revokeAccess(input: { accessId: "${access.id}", reason: "Уволен" }) { userErrors { code } } }`,
  );
  expect(await whoIs(cookie)).toBe('UNAUTHENTICATED');
});

it('failed attempts are bounded, and no secret is in the log', async () => {
  const code = await signInCode();
  const cookie = await cookieFor(code);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await signIn(`guess-${attempt}`)).status);
  expect(statuses.slice(-2)).toEqual([429, 429]);
  expect(statuses).toContain(401);
  // A valid key is refused as well now: otherwise the answer would distinguish a right guess from a wrong one.
  expect((await signIn(keyOf('auditor'))).status).toBe(429);
  const all = logged.join('');
  expect(all).toContain('/session');
  for (const secret of [code, cookie.split('=')[1] ?? '', keyOf('director')]) expect(all).not.toContain(secret);
});

/** Sends a request with a given `Host`, as a proxy does. `fetch` cannot do that. */
async function overHost(method: string, path: string, headers: Headers) {
  const { request } = await import('node:http');
  const { port } = new URL(address);
  return new Promise<{ readonly status: number; readonly cookie: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, cookie: response.headers['set-cookie']?.[0] ?? '' });
    });
    sent.on('error', reject);
    sent.end();
  });
}
