import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocket } from 'ws';
import { keyOf } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';

const PORTAL = 'https://portal.example';
const STREAM = `/graphql/stream?query=${encodeURIComponent('subscription { changes { position } }')}`;

let server: TestServer;
beforeAll(async () => {
  // The server is open to everybody, so only the origin keeps a foreign page out.
  server = await startServer({ sample: 'off', settings: { LETOPIS_PUBLIC: 'on', LETOPIS_CORS_ORIGINS: PORTAL } });
});
afterAll(() => server.close());

/** Returns the result of opening a WebSocket from a page of an origin: 101, or the status of the refusal. */
async function socketFrom(origin: string | undefined): Promise<number> {
  const socket = new WebSocket(`${server.address.replace('http', 'ws')}/graphql`, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    ...(origin !== undefined && { origin }),
    headers: { authorization: `Bearer ${keyOf('administrator')}` },
  });
  socket.on('error', () => undefined);
  const opened = once(socket, 'open').then(() => 101);
  opened.catch(() => undefined);
  const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => Number(statusCode));
  refused.catch(() => undefined);
  const status = await Promise.race([opened, refused]);
  socket.terminate();
  return status;
}

/** The status of a stream as a page of an origin opens it by EventSource, or by fetch. */
async function streamFrom(origin: string | undefined, method: 'GET' | 'POST'): Promise<number> {
  const stop = new AbortController();
  const response = await fetch(`${server.address}${method === 'GET' ? STREAM : '/graphql/stream'}`, {
    method,
    headers: { ...(origin !== undefined && { origin }), 'content-type': 'application/json' },
    ...(method === 'POST' && { body: JSON.stringify({ query: 'subscription { changes { position } }' }) }),
    signal: stop.signal,
  });
  stop.abort();
  return response.status;
}

describe.each([
  ['a program', () => undefined, true],
  ['a page of this server', () => server.address, true],
  ['a page of an origin that is named', () => PORTAL, true],
  ['a foreign page', () => 'https://evil.example', false],
  ['a page of the same name at another port', () => 'http://127.0.0.1:1', false],
  ['a page whose name begins as a named one', () => `${PORTAL}.evil.example`, false],
  ['a sandboxed page', () => 'null', false],
])('a long connection from %s', (_, origin, isAllowed) => {
  it(isAllowed ? 'is opened' : 'is refused, and counted', async () => {
    expect(await socketFrom(origin())).toBe(isAllowed ? 101 : 403);
    expect(await streamFrom(origin(), 'GET')).toBe(isAllowed ? 200 : 403);
    expect(await streamFrom(origin(), 'POST')).toBe(isAllowed ? 200 : 403);
    const headers = { authorization: `Bearer ${keyOf('administrator')}` };
    const metrics = await (await fetch(`${server.address}/metrics`, { headers })).text();
    if (!isAllowed) expect(metrics).toMatch(/refused_total\{reason="origin"\} [1-9]/);
  });
});
