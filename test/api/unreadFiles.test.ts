import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { Authentication } from '../../src/access/authentication.js';
import { ADMINISTRATOR } from '../../src/access/principals.js';
import { SessionEndings } from '../../src/access/sessionEndings.js';
import { type Letopis, openLetopis } from '../../src/app/compose.js';
import { readingParts } from '../../src/graphql/http/reading.js';
import { Budget } from '../../src/graphql/limits/budget.js';
import { Hub } from '../../src/graphql/live/hub.js';
import { Requests } from '../../src/graphql/request.js';
import { restHandlers } from '../../src/graphql/rest.js';
import { keyOf } from '../support/keys.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from '../support/server.js';
import { until } from '../support/waiting.js';

let directory: string;
let letopis: Letopis;

beforeAll(async () => {
  directory = await temporaryDirectory();
  letopis = await openLetopis(testConfig({ directory }), silent, { following: false });
});
afterAll(async () => {
  await letopis?.close();
  await removeDirectory(directory);
});

/** More than the buffers of a connection hold, in bytes. */
const LONG = 50_000_000;

it('a file that its client does not read counts for its caller until the connection ends', async () => {
  const { services, sessions } = letopis;
  const { clock, uses, limits } = services;
  const endings = new SessionEndings({ sessions, clock, log: silent });
  const authentication = new Authentication({
    ...{ directory: letopis.directory, sessions, endings, uses, clock, unnoted: () => undefined },
    administrator: { token: keyOf('administrator'), principal: ADMINISTRATOR },
  });
  const budget = new Budget({ ...limits, maxUnread: 1, maxQueued: 1 });
  const { cache, lists, documents } = readingParts(services);
  const hub = new Hub(silent);
  const requests = new Requests({ services, authentication, budget, cache, lists, documents, hub, log: silent });
  const app = Fastify();
  app.get(
    '/long',
    restHandlers(requests)('GET /plans/{file}', 'document', async () => ({
      headers: { 'content-type': 'text/html' },
      content: Buffer.alloc(LONG),
    })),
  );
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    const authorization = `Bearer ${keyOf('administrator')}`;
    const reader = connect(Number(new URL(address).port), '127.0.0.1');
    reader.write(`GET /long HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`);
    await once(reader, 'readable');
    const asked = [1, 2].map(async () => {
      const response = await fetch(`${address}/long`, { headers: { authorization } });
      return { status: response.status, body: await response.text() };
    });
    // One waits for the reader, the other is refused.
    const refused = await Promise.race(asked);
    expect([refused.status, JSON.parse(refused.body)]).toMatchObject([429, { code: 'RATE_LIMITED' }]);
    reader.destroy();
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    expect(Math.max(...answers.map(({ body }) => body.length))).toBe(LONG);
  } finally {
    await app.close();
    await endings.close();
  }
  await until(() => budget.size === 0);
});
