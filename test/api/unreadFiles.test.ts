import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { Authentication } from '../../src/access/authentication.js';
import { ADMINISTRATOR } from '../../src/access/principals.js';
import { SessionEndings } from '../../src/access/sessionEndings.js';
import { type Letopis, openLetopis } from '../../src/app/compose.js';
import type { Context } from '../../src/graphql/context.js';
import { turns } from '../../src/graphql/executor/turns.js';
import { readingParts } from '../../src/graphql/http/reading.js';
import { Budget } from '../../src/graphql/limits/budget.js';
import type { Limits } from '../../src/graphql/limits/limits.js';
import { Hub } from '../../src/graphql/live/hub.js';
import { Requests } from '../../src/graphql/request.js';
import { type RestAnswer, restHandlers } from '../../src/graphql/rest.js';
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

/** More bytes than the buffers of a connection hold. */
const LONG = 50_000_000;
const authorization = `Bearer ${keyOf('administrator')}`;

/** A running server of one file. */
interface ServedFile {
  readonly address: string;
  readonly budget: Budget;
}

/** Serves a file at `/file` under these limits during a test. */
async function withFile(
  limited: Partial<Limits>,
  content: (context: Context) => RestAnswer['content'],
  use: (served: ServedFile) => Promise<void>,
): Promise<void> {
  const { sessions } = letopis;
  const services = { ...letopis.services, limits: { ...letopis.services.limits, ...limited } };
  const { clock, uses, limits } = services;
  const endings = new SessionEndings({ sessions, clock, log: silent });
  const authentication = new Authentication({
    ...{ directory: letopis.directory, sessions, endings, uses, clock, unnoted: () => undefined, lookupOf: () => '' },
    administrator: { token: keyOf('administrator'), principal: ADMINISTRATOR },
  });
  const budget = new Budget(limits, { isTight: false });
  const { cache, lists, documents, ownWrites } = readingParts(services);
  const hub = new Hub(silent);
  const requests = new Requests({
    services,
    authentication,
    budget,
    cache,
    lists,
    documents,
    ownWrites,
    hub,
    log: silent,
  });
  const app = Fastify();
  const headers = { 'content-type': 'text/html' };
  app.get(
    '/file',
    restHandlers(requests)('GET /plans/{file}', 'document', async (context) => ({
      headers,
      content: content(context),
    })),
  );
  try {
    await use({ address: await app.listen({ host: '127.0.0.1', port: 0 }), budget });
  } finally {
    await app.close();
    await endings.close();
  }
  await until(() => budget.size === 0);
}

/** Requests the file, and stops reading after the first bytes. */
async function unreading(address: string): Promise<Socket> {
  const reader = connect(Number(new URL(address).port), '127.0.0.1');
  reader.write(`GET /file HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`);
  await once(reader, 'readable');
  return reader;
}

/** How long a client may receive nothing, in milliseconds: longer than the process stalls on a busy machine. */
const PATIENCE_MS = 400;

describe('a file that its client does not read', () => {
  it('counts for its caller until the connection ends', async () => {
    const file = () => Buffer.alloc(LONG);
    await withFile({ maxUnread: 1, maxQueued: 1 }, file, async ({ address }) => {
      const reader = await unreading(address);
      const asked = [1, 2].map(async () => {
        const response = await fetch(`${address}/file`, { headers: { authorization } });
        return { status: response.status, body: await response.text() };
      });
      // One request waits for the client, the other is refused.
      const refused = await Promise.race(asked);
      expect([refused.status, JSON.parse(refused.body)]).toMatchObject([429, { code: 'RATE_LIMITED' }]);
      reader.destroy();
      const answers = await Promise.all(asked);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
      expect(Math.max(...answers.map(({ body }) => body.length))).toBe(LONG);
    });
  });

  it.each([
    ['as a whole', () => Buffer.alloc(LONG)],
    ['page by page', () => pages(() => Promise.resolve())],
  ])('is ended when its client has received nothing for a time: %s', async (_, file) => {
    await withFile({ patienceMs: 200 }, file, async ({ address, budget }) => {
      const reader = await unreading(address);
      const end = once(reader, 'close');
      await until(() => budget.size === 0);
      // Bytes that were already sent can still be read, but the file is not complete.
      reader.resume();
      await end;
      expect(reader.bytesRead).toBeLessThan(LONG);
    });
  });

  it('is not ended while the server itself has nothing to send', async () => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await withFile(
      { patienceMs: PATIENCE_MS },
      () => pages(() => held),
      async ({ address, budget }) => {
        const response = await fetch(`${address}/file`, { headers: { authorization } });
        const text = response.text();
        // Several times as long as a client may receive nothing.
        for (let passed = 0; passed < 3; passed += 1) await once(AbortSignal.timeout(PATIENCE_MS), 'abort');
        expect(budget.size).toBe(1);
        go();
        expect((await text).length).toBe(LONG);
      },
    );
  });
});

describe('a file of any length', () => {
  it('is not a large request when each of its pages is small', async () => {
    const rows = 600;
    async function* file(context: Context): AsyncGenerator<string> {
      for (let page = 0; page < 5; page += 1) {
        await context.fresh(rows);
        context.holdRows(rows);
        yield `${page};`;
      }
    }
    await withFile({}, file, async ({ address, budget }) => {
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      // All large requests that there may be at once.
      const large = ['a', 'b'].map((caller) =>
        budget.work(turns.newTask(caller), undefined, async (share) => {
          await share.room(10_000_000);
          await ended;
        }),
      );
      const response = await fetch(`${address}/file`, { headers: { authorization } });
      expect(await response.text()).toBe('0;1;2;3;4;');
      end();
      await Promise.all(large);
    });
  });
});

/** A file of 50 texts. Waits after the first one. */
async function* pages(wait: () => Promise<void>): AsyncGenerator<string> {
  const page = 'x'.repeat(LONG / 50);
  yield page;
  await wait();
  for (let number = 1; number < 50; number += 1) yield page;
}
