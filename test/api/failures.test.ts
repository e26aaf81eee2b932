import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isEnumType, isNonNullType } from 'graphql';
import { z } from 'zod';
import { ERROR_KINDS } from '../../src/graphql/errors.js';
import { schema } from '../../src/graphql/schema.js';
import { keyOf } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';
import { rawConnection } from '../support/sockets.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const Code = z.enum(Object.keys(ERROR_KINDS));
const GraphQLErrors = z.strictObject({
  errors: z.array(z.looseObject({ message: z.string(), extensions: z.looseObject({ code: Code }) })).min(1),
});
const ProblemDetails = z.looseObject({
  ...{ type: z.literal('about:blank'), title: z.string(), status: z.number(), detail: z.string(), code: Code },
});

interface Wrong {
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string | null;
}

/** Sends a request and returns its status and code. Throws when the response has not the form of its address. */
async function failureOf({ path, method = 'GET', body, headers = {}, key = keyOf('auditor') }: Wrong) {
  const response = await fetch(`${server.address}${path}`, {
    method,
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const { status } = response;
  const type = response.headers.get('content-type');
  if (path.startsWith('/graphql')) {
    expect([path, type]).toEqual([path, expect.stringMatching(/^application\/json/)]);
    return { status, code: GraphQLErrors.parse(JSON.parse(text)).errors[0]?.extensions.code };
  }
  expect([path, type]).toEqual([path, 'application/problem+json; charset=utf-8']);
  const problem = ProblemDetails.parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  return { status, code: problem.code };
}

const JSON_BODY = { method: 'POST', headers: { 'content-type': 'application/json' } };

describe('every failure has the one form of its address', () => {
  it.each<[string, Wrong, number, string]>([
    ['no key', { path: '/audit.csv', key: null }, 401, 'UNAUTHENTICATED'],
    ['a wrong key', { path: '/audit.csv', key: 'letopis_wrong' }, 401, 'INVALID_KEY'],
    [
      'no key for GraphQL',
      { path: '/graphql', ...JSON_BODY, body: '{"query":"{ viewer { name } }"}', key: null },
      401,
      'UNAUTHENTICATED',
    ],
    [
      'a wrong key for GraphQL',
      { path: '/graphql', ...JSON_BODY, body: '{"query":"{ viewer { name } }"}', key: 'x' },
      401,
      'INVALID_KEY',
    ],
    ['a wrong key for metrics', { path: '/metrics', key: 'letopis_wrong' }, 401, 'INVALID_KEY'],
    ['a role that may not', { path: '/audit.jsonl', key: keyOf('dashboard') }, 403, 'FORBIDDEN'],
    ['a plan that is not there', { path: '/plans/plan_00000000-0000-4000-8000-000000000000.html' }, 404, 'NOT_FOUND'],
    ['an address that is not there', { path: '/nowhere' }, 404, 'NOT_FOUND'],
    ['an address below /graphql', { path: '/graphql/nowhere' }, 404, 'NOT_FOUND'],
    ['another method', { path: '/audit.csv', method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['another method for GraphQL', { path: '/graphql', method: 'PUT' }, 405, 'METHOD_NOT_ALLOWED'],
    ['JSON that is none', { path: '/graphql', ...JSON_BODY, body: '{"query":' }, 400, 'BAD_REQUEST'],
    [
      'no JSON at all',
      { path: '/graphql', method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' },
      415,
      'BAD_REQUEST',
    ],
    ['a wrong tile', { path: '/tile/9/9' }, 400, 'BAD_USER_INPUT'],
    ['a parameter that is not known', { path: '/plans.jsonl?x=1' }, 400, 'BAD_USER_INPUT'],
    ['a stream that is no subscription', { path: '/graphql/stream', ...JSON_BODY, body: '{}' }, 400, 'BAD_USER_INPUT'],
  ])('for %s', async (_, wrong, status, code) => {
    expect(await failureOf(wrong)).toEqual({ status, code });
  });

  it('says which methods an address takes', async () => {
    const response = await fetch(`${server.address}/audit.csv`, { method: 'DELETE' });
    expect(response.headers.get('allow')).toContain('GET');
  });

  it('when too many requests come', async () => {
    const busy = await startServer({ sample: 'off', settings: { LETOPIS_RATE: '3' } });
    try {
      const sent = async (path: string) => fetch(`${busy.address}${path}`);
      for (let n = 0; n < 3; n += 1) await sent('/checkpoint');
      const [file, graphql] = [await sent('/checkpoint'), await sent('/graphql')];
      expect([file.status, graphql.status]).toEqual([429, 429]);
      expect(Number(file.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(ProblemDetails.parse(await file.json()).code).toBe('RATE_LIMITED');
      expect(GraphQLErrors.parse(await graphql.json()).errors[0]?.extensions.code).toBe('RATE_LIMITED');
    } finally {
      await busy.close();
    }
  });

  const HOST = 'Host: letopis.test';
  const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket';
  const KEYED = `${UPGRADE}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`;
  it.each<[string, string, number, string]>([
    ['a request line that is none', 'LETOPIS\r\n\r\n', 400, 'BAD_REQUEST'],
    ['a header that is none', `GET /audit.csv HTTP/1.1\r\n${HOST}\r\n: x\r\n\r\n`, 400, 'BAD_REQUEST'],
    ['headers that are too long', `GET / HTTP/1.1\r\n${HOST}\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'BAD_REQUEST'],
    [
      'a chunk with too long an extension',
      `POST /plans HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\na\r\n`,
      413,
      'BAD_REQUEST',
    ],
    ['no host', 'GET /audit.csv HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'an address that is none',
      `GET /plans/%zz.html HTTP/1.1\r\n${HOST}\r\nConnection: close\r\n\r\n`,
      400,
      'BAD_REQUEST',
    ],
    ['an expectation', `GET /audit.csv HTTP/1.1\r\n${HOST}\r\nExpect: x\r\n\r\n`, 417, 'BAD_REQUEST'],
    ['a WebSocket without a key', `GET /elsewhere HTTP/1.1\r\n${HOST}\r\n${UPGRADE}\r\n\r\n`, 400, 'BAD_REQUEST'],
    ['a WebSocket elsewhere', `GET /elsewhere HTTP/1.1\r\n${HOST}\r\n${KEYED}\r\n\r\n`, 404, 'NOT_FOUND'],
    [
      'a WebSocket of another origin',
      `GET /graphql HTTP/1.1\r\n${HOST}\r\nOrigin: https://evil.test\r\n${KEYED}\r\n\r\n`,
      403,
      'FORBIDDEN',
    ],
    [
      'a WebSocket for GraphQL without a key',
      `GET /graphql HTTP/1.1\r\n${HOST}\r\n${UPGRADE}\r\n\r\n`,
      400,
      'BAD_REQUEST',
    ],
    ['an expectation of GraphQL', `GET /graphql HTTP/1.1\r\n${HOST}\r\nExpect: x\r\n\r\n`, 417, 'BAD_REQUEST'],
  ])('for %s, which never reaches the framework or its handlers', async (_, sent, status, code) => {
    const connection = await rawConnection(server.address);
    connection.send(sent);
    const [head = '', body = ''] = (await connection.closed()).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    if (sent.includes(' /graphql ')) {
      expect(head).toMatch(/content-type: application\/json/i);
      expect(GraphQLErrors.parse(JSON.parse(body)).errors[0]?.extensions.code).toBe(code);
    } else {
      expect(head).toMatch(/content-type: application\/problem\+json/i);
      expect(ProblemDetails.parse(JSON.parse(body))).toMatchObject({ status, code });
    }
  });

  it('for a request that does not arrive in time', async () => {
    const impatient = await startServer({ sample: 'off', settings: { LETOPIS_BODY_SECONDS: '1' } });
    try {
      const connection = await rawConnection(impatient.address);
      connection.send(`GET /audit.csv HTTP/1.1\r\n${HOST}\r\n`);
      const [head = '', body = ''] = (await connection.closed()).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 408 /);
      expect(ProblemDetails.parse(JSON.parse(body))).toMatchObject({ status: 408, code: 'BAD_REQUEST' });
    } finally {
      await impatient.close();
    }
  });

  it('while the server stops, on connections that are still open', async () => {
    const stopping = await startServer({ sample: 'off' });
    const { port, hostname } = new URL(stopping.address);
    const asked = ['GET /plans.jsonl', 'GET /nowhere', 'DELETE /audit.csv', 'GET /openapi.json', 'GET /']
      .concat([
        'POST /graphql',
        'GET /graphql?query=%7B',
        'PUT /graphql',
        'POST /graphql/stream',
        'GET /graphql/nowhere',
      ])
      .map((line) => ({ line, socket: connect(Number(port), hostname) }));
    for (const { line, socket } of asked) {
      await once(socket, 'connect');
      // The headers are incomplete, so the connection is not idle and stays open.
      socket.write(`${line} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${keyOf('auditor')}\r\n`);
    }
    // When a later request is answered, the server has read all of these.
    await fetch(`${stopping.address}/health/live`);
    const closing = stopping.close();
    const refused = async () => {
      try {
        await fetch(`${stopping.address}/health/live`);
        return false;
      } catch {
        return true;
      }
    };
    while (!(await refused())) await new Promise((resolve) => setImmediate(resolve));
    const answered = async ({ line, socket }: (typeof asked)[number]) => {
      const body = /^(?:POST|PUT)/.test(line) ? '{"query":' : '';
      socket.write(`content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      let text = '';
      for await (const chunk of socket) text += chunk.toString();
      const [head = '', rest = ''] = text.split('\r\n\r\n');
      const error = line.includes('/graphql')
        ? GraphQLErrors.parse(JSON.parse(rest)).errors[0]?.extensions
        : ProblemDetails.parse(JSON.parse(rest));
      return [line, head.slice(0, 12), error?.code];
    };
    const answers = await Promise.all(asked.map(answered));
    expect(answers).toEqual(asked.map(({ line }) => [line, 'HTTP/1.1 503', 'UNAVAILABLE']));
    await closing;
  });
});

describe('the schema', () => {
  it('lists all codes of errors', () => {
    const type = schema().getType('ErrorCode');
    expect(isEnumType(type) && type.getValues().map(({ name }) => name)).toEqual(Object.keys(ERROR_KINDS));
  });

  it('lets every root field be null, so that one which fails does not empty the others', async () => {
    const roots = [schema().getQueryType(), schema().getMutationType()];
    const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
    expect(fields.length).toBeGreaterThan(60);
    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
    const { data, errors } = await server.query(
      '{ viewer { role } accessHolders { totalCount } plans { totalCount } }',
      {
        key: 'director',
      },
    );
    expect(data).toEqual({ viewer: { role: 'DIRECTOR' }, accessHolders: null, plans: { totalCount: 1 } });
    expect(errors).toMatchObject([{ path: ['accessHolders'], extensions: { code: 'FORBIDDEN' } }]);
  });
});
