import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { newKey, onAccess } from '../support/access.js';
import { registered } from '../support/organisations.js';
import { sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let school: string;

beforeAll(async () => {
  server = await startServer();
  school = await registered(server, { name: 'Школа № 1' });
});
afterAll(() => server.close());

const VIEWER = '{"query":"{ viewer { holder { id } name role organisationIds } }"}';
const statusOf = async (token: string, at: TestServer = server) =>
  (await at.post(VIEWER, { authorization: `Bearer ${token}` })).status;

/** Follows all changes by a token; resolves with the code by which the server closes. */
function following(
  token: string,
  at: TestServer = server,
): { readonly opened: Promise<void>; readonly closed: Promise<number> } {
  const events = { opened: () => undefined, closed: (_: number) => undefined };
  const opened = new Promise<void>((resolve) => Object.assign(events, { opened: resolve }));
  const closed = new Promise<number>((resolve) => Object.assign(events, { closed: resolve }));
  const client = createClient({
    url: `${at.address.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
    on: {
      connected: () => events.opened(),
      closed: (event) => events.closed(z.object({ code: z.number() }).parse(event).code),
    },
  });
  client.subscribe({ query: 'subscription { changes { eventType } }' }, { next() {}, error() {}, complete() {} });
  return { opened, closed };
}

describe('an API key', () => {
  it('is told once: neither a repeat of the command, nor any list, nor the history tells it again', async () => {
    const input = { name: 'Обмен', role: 'INTEGRATOR', commandId: 'issue-1' };
    const first = await onAccess(server, 'issueAccess', input);
    const again = await onAccess(server, 'issueAccess', input);
    expect(first.token).toMatch(/^letopis_[\w-]{43}$/);
    expect(again).toMatchObject({ token: null, access: { id: first.access?.id }, userErrors: [] });
    const shape = z.object({ accessHolders: z.unknown(), auditTrail: z.unknown() });
    const all = await server.read(
      shape,
      `query($at: Position) {
        accessHolders(first: 100, atLeast: $at) { nodes { id name credentials { kind hint until } history { nodes { sentence changes { path before after } } } } }
        auditTrail(first: 100) { nodes { changes { before after } } } }`,
      { variables: { at: first.position } },
    );
    const text = JSON.stringify(all);
    expect(text).toContain(first.token?.slice(0, 14));
    expect(text).not.toContain(first.token?.slice(8, 30));
    expect(JSON.stringify(all.accessHolders)).not.toMatch(/[0-9a-f]{64}/);
  });

  it('says who comes by it, and when it was last used', async () => {
    const { token, id } = await newKey(server, { organisationIds: [school] });
    const { data } = await server.post(VIEWER, { authorization: `Bearer ${token}` });
    expect(data).toEqual({
      viewer: { holder: { id }, name: 'Портал района', role: 'INTEGRATOR', organisationIds: [school] },
    });
    const document = 'query($id: ID!) { accessHolder(id: $id) { lastUsedAt status } }';
    expect(await server.data(document, { variables: { id } })).toEqual({
      accessHolder: { lastUsedAt: expect.stringMatching(/^2020-10-01T09:00/), status: 'ACTIVE' },
    });
  });

  it('opens nothing from the moment on that it is revoked, and what is open by it is closed', async () => {
    const { token, id } = await newKey(server);
    const { opened, closed } = following(token);
    await opened;
    expect(await onAccess(server, 'revokeAccess', { accessId: id, reason: 'Ключ утерян' })).toMatchObject({
      access: { status: 'REVOKED' },
    });
    expect(await statusOf(token)).toBe(401);
    expect(await closed).toBe(4403);
  });

  it('is rotated: the one before opens for the hours that were given, and no longer', async () => {
    const { token, id } = await newKey(server);
    const { token: next } = await onAccess(server, 'rotateAccess', { accessId: id, overlapHours: 1 });
    expect([await statusOf(token), await statusOf(next ?? '')]).toEqual([200, 200]);
    const { token: last } = await onAccess(server, 'rotateAccess', { accessId: id, overlapHours: 0 });
    expect([await statusOf(token), await statusOf(next ?? ''), await statusOf(last ?? '')]).toEqual([401, 401, 200]);
  });

  it('is named by each entry about it, as it was then', async () => {
    const { access } = await onAccess(server, 'issueAccess', {
      name: 'Первый',
      role: 'METHODOLOGIST',
      post: 'Методист',
    });
    await onAccess(server, 'renameAccess', { accessId: access?.id, name: 'Второй' });
    const { position } = await onAccess(server, 'revokeAccess', { accessId: access?.id, reason: 'Уволен' });
    const whose = '{ name role post organisation holder { id } }';
    const answer = await server.data(
      `query($at: Position) { auditTrail(last: 3, atLeast: $at) { nodes { eventType accessOf ${whose} } } }`,
      { variables: { at: position } },
    );
    const holder = { role: 'METHODOLOGIST', post: 'Методист', organisation: null, holder: { id: access?.id } };
    expect(answer).toEqual({
      auditTrail: {
        nodes: [
          { eventType: 'AccessIssued', accessOf: { name: 'Первый', ...holder } },
          { eventType: 'AccessRenamed', accessOf: { name: 'Второй', ...holder } },
          { eventType: 'AccessRevoked', accessOf: { name: 'Второй', ...holder } },
        ],
      },
    });
  });

  it('ends by itself, and what is open by it with it', async () => {
    const past = { name: 'Былой', role: 'DASHBOARD', expiresAt: '2020-09-01T00:00:00Z' };
    expect((await onAccess(server, 'issueAccess', past)).userErrors).toMatchObject([
      { code: 'EXPIRY_PAST', field: 'expiresAt' },
    ]);
    const living = await startServer({ clock: 'PT0S', sample: 'off' });
    try {
      const expiresAt = new Date(Date.now() + 1_500).toISOString();
      const { token } = await newKey(living, { expiresAt });
      const { opened, closed } = following(token, living);
      await opened;
      expect(await closed).toBe(4403);
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
      expect(await statusOf(token, living)).toBe(401);
    } finally {
      await living.close();
    }
  });

  it('is renamed without a trace of the former name where it is listed', async () => {
    const { id } = await newKey(server, { name: 'Козлова М.М.' });
    await onAccess(server, 'renameAccess', { accessId: id, name: 'Приёмная' });
    const document = '{ accessHolders(first: 100) { nodes { name } } }';
    const text = JSON.stringify(await server.data(document));
    expect(text).toContain('Приёмная');
    expect(text).not.toContain('Козлова');
  });

  it('is given by the administrator who sees everything alone', async () => {
    const input = { name: 'Ключ', role: 'DASHBOARD' };
    for (const key of ['director', 'auditor', 'department'] as const) {
      expect((await onAccess(server, 'issueAccess', input, { key })).userErrors).toMatchObject([
        { code: 'NOT_AUTHORISED' },
      ]);
    }
    const { token } = await newKey(server, { role: 'ADMINISTRATOR', organisationIds: [school] });
    const document = 'mutation($input: IssueAccessInput!) { issueAccess(input: $input) { token userErrors { code } } }';
    const { data } = await server.post(JSON.stringify({ query: document, variables: { input } }), {
      authorization: `Bearer ${token}`,
    });
    expect(data).toEqual({ issueAccess: { token: null, userErrors: [{ code: 'WHOLE_SCOPE_REQUIRED' }] } });
  });
});

describe('the security log', () => {
  it('tells what was refused to whom, the newest first, page by page', async () => {
    const { planId } = await sampleOf(server);
    await server.refused('closePlan', { planId, outcomes: [] }, { key: 'methodologist' });
    await server.query('{ refusals { totalCount } }', { key: 'director' });
    const shape = z.object({
      refusals: z.object({
        totalCount: z.number(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(
          z.object({ role: z.string(), field: z.string(), code: z.string(), aboutId: z.string().nullable() }),
        ),
      }),
    });
    const document = `query($after: String, $filter: RefusalFilter) { refusals(first: 1, after: $after, filter: $filter) {
      totalCount pageInfo { hasNextPage endCursor } nodes { role field code aboutId } } }`;
    const page = async (variables: Readonly<Record<string, unknown>> = {}) =>
      (await server.read(shape, document, { variables, key: 'auditor' })).refusals;
    const first = await page();
    expect(first.nodes).toEqual([{ role: 'DIRECTOR', field: 'Query.refusals', code: 'FORBIDDEN', aboutId: null }]);
    expect((await page({ after: first.pageInfo.endCursor })).nodes).toEqual([
      {
        role: 'METHODOLOGIST',
        field: 'Mutation.closePlan',
        code: 'NOT_AUTHORISED',
        aboutId: planId,
      },
    ]);
    expect(await page({ filter: { code: 'FORBIDDEN' } })).toMatchObject({
      totalCount: 1,
      pageInfo: { hasNextPage: false },
    });
  });
});
