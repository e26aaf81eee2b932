import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Change, follow } from '../../clients/typescript/src/index.js';
import { newKey, onAccess } from '../support/access.js';
import { type Answering, answering } from '../support/answering.js';
import { keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { boundPort, freePort } from '../support/ports.js';
import { startProxy, type TcpProxy } from '../support/proxy.js';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';

let directory: string;
let port: string;
let server: TestServer;
let sample: Sample;
let proxy: TcpProxy;
const start = () => startServer({ directory, settings: { LETOPIS_PORT: port } });
beforeAll(async () => {
  directory = await temporaryDirectory();
  port = String(await freePort());
  server = await start();
  sample = await sampleOf(server);
  proxy = await startProxy(Number(port));
});
afterAll(async () => {
  await proxy.close();
  await server.close();
  await removeDirectory(directory);
});

const Head = z.object({ system: z.object({ head: z.string() }) });
const head = async () => (await server.read(Head, '{ system { head } }')).system.head;
const Feed = z.object({
  changes: z.object({ changes: z.array(z.object({ entryId: z.string(), planId: z.string().nullable() })) }),
});
/** Returns all changes after a position from the query. */
async function feedAfter(after: string) {
  const document = 'query($after: Position) { changes(after: $after) { changes { entryId planId } } }';
  return (await server.read(Feed, document, { variables: { after } })).changes.changes;
}

const named = (changes: readonly Change[]) => changes.map(({ entryId, planId }) => ({ entryId, planId }));

const endings = new Set<AbortController>();
afterEach(() => {
  // Clean-up after a failed test.
  for (const ended of endings) ended.abort();
  endings.clear();
});

/** Starts a proxy that cuts the first connection after this many bytes of the answer. */
async function startCutting(bytes: number) {
  let connections = 0;
  const listening = createServer((client) => {
    connections += 1;
    let left = connections === 1 ? bytes : Number.POSITIVE_INFINITY;
    const upstream = connect(Number(port), '127.0.0.1');
    client.pipe(upstream);
    upstream.on('data', (part) => {
      const passed = part.subarray(0, left);
      left -= passed.length;
      client.write(passed, () => left === 0 && client.resetAndDestroy());
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.end());
  }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: boundPort(listening),
    connections: () => connections,
    async close(): Promise<void> {
      listening.close();
      await once(listening, 'close');
    },
  };
}

/** Follows through a proxy. Each call of `next` returns that many changes. */
function following(key: string, after: string, through = proxy.port) {
  const ended = new AbortController();
  endings.add(ended);
  const to = { address: `http://127.0.0.1:${through}`, key };
  const changes = follow(to, { after, signal: ended.signal });
  const received: Change[] = [];
  return {
    received,
    async until(count: number): Promise<void> {
      while (received.length < count) {
        const { value, done } = await changes.next();
        if (done) throw new Error('the changes have ended');
        received.push(value);
      }
    },
    async stop(): Promise<void> {
      const end = changes.next().catch(() => undefined);
      ended.abort();
      await end;
    },
  };
}

/** Completes an activity, or withdraws the completion, in turn. */
function change(n: number) {
  const commandId = `follow-${n}`;
  const activityId = sample.activity(3);
  return n % 2 === 1
    ? server.done('completeActivity', { activityId, actualOn: '2020-09-28', commandId })
    : server.done('withdrawCompletion', { activityId, reason: 'Проба', commandId });
}

describe('follow', () => {
  it('yields each change once, though connections are cut, answers are torn and the server starts again', async () => {
    const after = await head();
    const followed = following(keyOf('administrator'), after);
    const count = 12;
    for (let n = 1; n <= count; n += 1) {
      if (n % 2 === 0) proxy.set({ kind: 'refuse' });
      if (n % 3 === 0) proxy.set({ kind: 'cutAnswer', after: 700 });
      if (n % 6 === 0) {
        await server.close();
        server = await start();
      }
      await change(n);
      proxy.set({ kind: 'clear' });
      await followed.until(n);
      if (n % 4 === 0) proxy.cut();
    }
    await followed.stop();
    const wanted = await feedAfter(after);
    expect(wanted).toHaveLength(count);
    // A change that came twice would be before the last one.
    expect(named(followed.received)).toEqual(wanted);
  });

  it('yields each plan once that enters the scope, though the connection is cut between plans of one position', async () => {
    const organisationId = await registered(server, { name: 'Третья' });
    for (let n = 0; n < 5; n += 1) {
      await server.done('draftPlan', { title: `План ${n}`, ownerUnit: 'Центр', organisationId });
    }
    const none = await registered(server, { name: 'Четвёртая' });
    const { id: accessId, token } = await newKey(server, { organisationIds: [none] });
    const after = await head();
    await onAccess(server, 'grantAccess', { accessId, organisationIds: [organisationId], reason: 'Соглашение' });
    const whole = following(token, after);
    await whole.until(5);
    await whole.stop();
    expect(new Set(named(whole.received).map(({ planId }) => planId)).size).toBe(5);

    // Headers take some hundred bytes, and each change as many.
    let cutWithin = 0;
    for (let bytes = 400; bytes < 4_000; bytes += 200) {
      const cutting = await startCutting(bytes);
      const followed = following(token, after, cutting.port);
      await followed.until(5);
      expect(named(followed.received)).toEqual(named(whole.received));
      if (cutting.connections() > 1) cutWithin += 1;
      await followed.stop();
      await cutting.close();
    }
    expect(cutWithin).toBeGreaterThan(5);
  });

  it('begins with what happens from now on when no position is given', async () => {
    const ended = new AbortController();
    const to = { address: server.address, key: keyOf('administrator') };
    const changes = follow(to, { signal: ended.signal });
    const before = await feedAfter(await head());
    expect(before).toEqual([]);
    const first = changes.next();
    let isThere = false;
    const arrived = first.then(() => {
      isThere = true;
    });
    // Only a change after the position was read counts, so several may be needed.
    for (let n = 13; !isThere; n += 1) {
      await change(n);
      await Promise.race([arrived, new Promise(setImmediate)]);
    }
    expect(['ActivityCompleted', 'CompletionWithdrawn']).toContain((await first).value?.eventType);
    const end = changes.next().catch(() => undefined);
    ended.abort();
    await end;
  });

  it('ends with the code when a retry does not help', async () => {
    const to = { address: server.address, key: keyOf('administrator') };
    await expect(follow({ ...to, key: 'letopis_wrong' }).next()).rejects.toMatchObject({ code: 'INVALID_KEY' });
    await expect(follow(to, { after: 'elsewhere' }).next()).rejects.toMatchObject({ code: 'BAD_POSITION' });
    const { id: accessId, token } = await newKey(server);
    const changes = follow({ ...to, key: token }, { after: await head() });
    const first = changes.next();
    await server.done('draftPlan', { title: 'План', ownerUnit: 'Центр' });
    await first;
    const second = changes.next();
    await onAccess(server, 'revokeAccess', { accessId, reason: 'Утерян' });
    await expect(second).rejects.toMatchObject({ code: 'INVALID_KEY' });
  });
});

describe('follow, on a connection that tears events', () => {
  let torn: Answering | undefined;
  afterEach(() => torn?.close());

  it('joins their parts, skips heartbeats, and reconnects after the last whole one', async () => {
    const event = (n: number) => {
      const data = JSON.stringify({ data: { changes: { entryId: `e${n}`, position: `p${n}`, kind: 'PLAN' } } });
      return `id: p${n}\nevent: next\ndata: ${data}\n\n`;
    };
    const stream = { 'content-type': 'text/event-stream' };
    torn = await answering(
      (response) => {
        response.writeHead(200, stream);
        response.write(`: open\n\n${event(1)}${event(2).slice(0, 20)}`);
        setImmediate(() => {
          response.write(`${event(2).slice(20)}: alive\n\n${event(3).slice(0, 30)}`);
          setImmediate(() => response.destroy());
        });
      },
      (response) => void response.writeHead(200, stream).end(`${event(3)}event: complete\ndata:\n\n`),
    );
    const positions: string[] = [];
    for await (const { position } of follow({ address: torn.address, key: 'key' }, { after: 'p0' })) {
      positions.push(position);
      if (position === 'p3') break;
    }
    expect(positions).toEqual(['p1', 'p2', 'p3']);
    expect(torn.received.map(({ headers }) => headers['last-event-id'])).toEqual(['p0', 'p2']);
  });
});
