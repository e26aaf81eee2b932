import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { keyOf } from '../support/keys.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

const PLANS = z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string(), title: z.string() })) }) });
const METHODOLOGIST = { key: 'methodologist' } as const;
const DRAFT = { title: 'Первый', ownerUnit: 'Кабинет', period: { start: '2020-09-01', end: '2021-08-31' } };
const ORIGIN = 'https://portal.example';

let server: WatchedServer;
let planId: string;
/** Number of requests that the framework has handled. The others were answered before the framework ran. */
let seen = 0;

beforeAll(async () => {
  const log = pino({ level: 'info' }, { write: (line) => (seen += line.includes('incoming request') ? 1 : 0) });
  server = await startWatchedServer({ limits: { perMinute: 1_000, origins: [ORIGIN] } }, log);
  [{ id: planId = '' } = {}] = (await server.read(PLANS, '{ plans { nodes { id title } } }')).plans.nodes;
});
afterAll(() => server.close());

interface Given {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** True if the answer was sent before the framework ran. */
  readonly inFront: boolean;
}

const plain = (key: Parameters<typeof keyOf>[0] = 'integrator') => ({
  'content-type': 'application/json',
  authorization: `Bearer ${keyOf(key)}`,
});
const bodyFor = (query: string) => JSON.stringify({ query, variables: { id: planId } });
const ofPlan = (mark: string) => bodyFor(`query ${mark}($id: ID!) { plan(id: $id) { id title revision } }`);

/** Sends a request with exactly these headers. */
async function send(body: string | readonly string[], headers: Readonly<Record<string, string>> = plain()) {
  const before = seen;
  const parts = typeof body === 'string' ? [body] : body;
  return new Promise<Given>((resolve, reject) => {
    const asked = request(`${server.address}/graphql`, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { date, 'ratelimit-remaining': _, 'ratelimit-reset': __, ...told } = response.headers;
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode, headers: told, text, inFront: seen === before });
      });
    });
    asked.on('error', reject);
    const [last = '', ...others] = parts.toReversed();
    if (others.length === 0) asked.setHeader('content-length', Buffer.byteLength(last));
    for (const part of others.toReversed()) asked.write(part);
    asked.end(last);
  });
}

/** Repeats a request until its answer comes from the cache. */
async function known(body: string, headers = plain()): Promise<Given> {
  // Known as a document, then as a question.
  for (let times = 0; times < 2; times += 1) await send(body, headers);
  return send(body, headers);
}

describe('a plain question that comes again, word for word, is answered in front of the framework', () => {
  it('with the bytes and headers that the framework gives, packed or not', async () => {
    const wide = bodyFor(
      'query Wide($id: ID!) { plan(id: $id) { sections { id title activities { nodes { text } } } } }',
    );
    let spaces = '';
    for (const body of [ofPlan('Small'), wide]) {
      for (const more of [{}, { 'accept-encoding': 'gzip, br' }, { accept: '*/*' }, { 'accept-language': 'en' }]) {
        const headers = { ...plain(), ...more };
        const { inFront, ...given } = await known(body, headers);
        spaces += ' ';
        const { inFront: isOther, ...other } = await send(`${body}${spaces}`, headers);
        expect([inFront, isOther]).toEqual([true, false]);
        expect(given).toEqual(other);
        expect(given.status).toBe(200);
      }
    }
  });

  it.each<[string, (body: string) => Promise<Given>]>([
    ['another accept', (body) => send(body, { ...plain(), accept: 'application/graphql-response+json' })],
    ['a page of another origin', (body) => send(body, { ...plain(), origin: ORIGIN })],
    ['a body in chunks', (body) => send([body.slice(0, 20), body.slice(20)])],
    [
      'a key that opens nothing',
      (body) => send(body, { ...plain(), authorization: 'Bearer letopis_of-nobody-at-all' }),
    ],
    ['no key', (body) => send(body, { 'content-type': 'application/json' })],
    ['another body', (body) => send(body.replace('revision', 'revision status'))],
    ['an empty body', () => send('')],
  ])('but not %s', async (_, ask) => {
    const body = ofPlan('Other');
    expect((await known(body)).inFront).toBe(true);
    expect((await ask(body)).inFront).toBe(false);
  });

  it('and to each role what that role sees', async () => {
    const body = ofPlan('Roles');
    expect((await known(body, plain('dashboard'))).inFront).toBe(true);
    expect((await send(body)).inFront).toBe(false);
    expect((await send(body)).inFront).toBe(true);
  });

  it('as long as nothing of it has changed', async () => {
    const { plan } = await server.done('draftPlan', DRAFT, METHODOLOGIST);
    const body = ofPlan('Changed').replace(planId, plan.id);
    const before = await known(body);
    expect(before.inFront).toBe(true);
    const { position } = await server.done('changePlanDetails', { planId: plan.id, title: 'Другой' }, METHODOLOGIST);
    await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
    const after = await send(body);
    expect(after.inFront).toBe(false);
    expect(after.text).not.toBe(before.text);
  });

  it('when several come in one piece, in their order', async () => {
    const [first, second] = [ofPlan('First'), bodyFor('query Second($id: ID!) { plan(id: $id) { status } }')];
    const texts = [(await known(first)).text, (await known(second)).text, (await known(first)).text];
    const before = seen;
    const answers = await new Promise<string>((resolve) => {
      const { hostname, port } = new URL(server.address);
      const socket = connect({ host: hostname, port: Number(port) });
      let all = '';
      socket.setEncoding('utf8').on('data', (part: string) => {
        all += part;
      });
      socket.on('close', () => resolve(all));
      const headOf = (body: string, more = '') =>
        `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer ${keyOf('integrator')}\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      socket.write(headOf(first) + headOf(second) + headOf(first, 'connection: close\r\n'));
    });
    expect(answers.split('\r\n').filter((line) => line.startsWith('{'))).toHaveLength(3);
    expect([...answers.matchAll(/\{"data".*\n/g)].map(([text]) => text)).toEqual(texts);
    expect(seen).toBe(before);
  });

  it('and is counted with the others of its caller', async () => {
    const body = ofPlan('Counted');
    const remaining = async (asked: string) => {
      const response = await fetch(`${server.address}/graphql`, {
        method: 'POST',
        headers: plain('dashboard'),
        body: asked,
      });
      await response.text();
      return Number(response.headers.get('ratelimit-remaining'));
    };
    for (let times = 0; times < 2; times += 1) await remaining(body);
    const left = [await remaining(body), await remaining(body), await remaining(`${body} `), await remaining(body)];
    const [first = 0] = left;
    expect(left).toEqual([first, first - 1, first - 2, first - 3]);
    for (let n = 0; n < 1_000; n += 100) await Promise.all(Array.from({ length: 100 }, () => remaining(body)));
    const response = await fetch(`${server.address}/graphql`, { method: 'POST', headers: plain('dashboard'), body });
    expect(response.status).toBe(429);
  });

  it('and keeps no server from ending, however much it is asked', async () => {
    const ending = await startWatchedServer();
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    const body = JSON.stringify({ query: '{ plans { totalCount } }' });
    const ask = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request(`${ending.address}/graphql`, { method: 'POST', agent, headers: plain() }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        });
        asked.on('error', reject).end(body);
      });
    for (let times = 0; times < 5; times += 1) expect(await ask()).toBe(200);
    const asking = Array.from({ length: 50 }, async () => {
      while ((await ask().catch(() => undefined)) === 200);
    });
    // Repeat until every connection is open and sends requests.
    for (let times = 0; times < 20; times += 1) await ask();
    await Promise.all([ending.close(), ...asking]);
    agent.destroy();
  });
});
