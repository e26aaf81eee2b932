import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { postQuery } from '../support/api.js';
import { holderIdOf, keyOf } from '../support/keys.js';
import { type RawSocket, rawSocket, type SocketMessage } from '../support/rawSocket.js';
import { type Sample, sampleOf, startServer } from '../support/server.js';
import { streamOf } from '../support/sse.js';
import { importCopies, startWatchedServer, type WatchedServer } from '../support/watched.js';

const VERSION = '{ system { version } }';
const WIDE = '{ activities(first: 200) { nodes { id title text responsibleText plan { title } } } }';

const Errors = z.array(z.object({ extensions: z.object({ code: z.string() }) }));
const Result = z.object({ data: z.unknown().optional(), errors: Errors.optional() });

/** The code of the first error of an operation over a socket; undefined when it succeeded. */
function codeOf({ type, payload }: SocketMessage): string | undefined {
  const errors = type === 'error' ? Errors.parse(payload) : Result.parse(payload).errors;
  return errors?.[0]?.extensions.code;
}

const withKey = (role: Parameters<typeof keyOf>[0]) => ({ authorization: `Bearer ${keyOf(role)}` });

describe('the requests of one caller in a minute', () => {
  it('are counted together, over HTTP, over WebSocket and as files', async () => {
    const server = await startServer({ settings: { LETOPIS_RATE: '5' } });
    const socket = await rawSocket(server.address, keyOf('auditor'));
    try {
      const file = await fetch(`${server.address}/plans.jsonl`, { headers: withKey('auditor') });
      await file.text();
      expect([file.status, (await postQuery(server.address, VERSION, withKey('auditor'))).status]).toEqual([200, 200]);
      const codes: (string | undefined)[] = [];
      for (const id of ['1', '2', '3', '4', '5']) {
        socket.send(id, VERSION);
        codes.push(codeOf(await socket.answer(id)));
      }
      expect(codes).toEqual([undefined, undefined, undefined, 'RATE_LIMITED', 'RATE_LIMITED']);
      expect((await postQuery(server.address, VERSION, withKey('auditor'))).status).toBe(429);
      expect((await postQuery(server.address, VERSION, withKey('director'))).status).toBe(200);
    } finally {
      await socket.close();
      await server.close();
    }
  });

  it('are not used up for the administrator by others of the same address', async () => {
    const server = await startServer({ settings: { LETOPIS_RATE: '5', LETOPIS_PUBLIC: 'on' }, sample: 'off' });
    try {
      const statuses = [];
      for (let count = 0; count < 7; count += 1) statuses.push((await postQuery(server.address, VERSION, {})).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect((await postQuery(server.address, VERSION, withKey('administrator'))).status).toBe(200);
    } finally {
      await server.close();
    }
  });

  it('are those of each address behind a trusted proxy, and of the proxy where it is not trusted', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': `203.0.113.9, ${address}` });
    for (const [trusted, last] of [
      ['127.0.0.1', 200],
      ['10.0.0.0/8', 429],
    ] as const) {
      const settings = { LETOPIS_RATE: '2', LETOPIS_PUBLIC: 'on', LETOPIS_TRUSTED_PROXIES: trusted };
      const server = await startServer({ settings, sample: 'off' });
      try {
        for (let count = 0; count < 2; count += 1) await postQuery(server.address, VERSION, from('198.51.100.1'));
        expect((await postQuery(server.address, VERSION, from('198.51.100.1'))).status).toBe(429);
        expect((await postQuery(server.address, VERSION, from('198.51.100.2'))).status).toBe(last);
      } finally {
        await server.close();
      }
    }
  });
});

describe('the connections of callers without a key', () => {
  it('are counted for each address, over WebSocket and as streams together', async () => {
    const limits = { maxSockets: 2, proxies: ['127.0.0.1'] };
    const server = await startWatchedServer({ isPublic: true, limits });
    const open: { close(): Promise<void> }[] = [];
    const streamFrom = async (from: string) => {
      const stream = await streamOf(server.address, 'subscription { monitoringChanged { plans } }', {
        token: '',
        from,
      });
      open.push(stream);
      return stream.status;
    };
    /** Returns the close code of a refused connection; undefined if it stays open. */
    const socketFrom = async (from: string) => {
      const socket = await rawSocket(server.address, null, from);
      open.push(socket);
      return socket.messages.some(({ type }) => type === 'connection_ack') ? undefined : socket.closed();
    };
    try {
      const [one, other] = ['198.51.100.1', '198.51.100.2'];
      expect([await streamFrom(one), await socketFrom(one)]).toEqual([200, undefined]);
      expect([await streamFrom(one), await socketFrom(one)]).toEqual([429, 4429]);
      expect([await streamFrom(other), await socketFrom(other)]).toEqual([200, undefined]);
      expect([await streamFrom(other), await socketFrom(other)]).toEqual([429, 4429]);
    } finally {
      for (const each of open) await each.close();
      await server.close();
    }
  });
});

describe('a server with narrow limits', () => {
  let server: WatchedServer;
  let sample: Sample;
  const sockets: RawSocket[] = [];
  const scratches = countedScratches();
  const logged: string[] = [];
  const isGivenUp = () => logged.some((line) => line.includes('client does not read'));
  const open = async (role: Parameters<typeof keyOf>[0]) => {
    const socket = await rawSocket(server.address, keyOf(role));
    sockets.push(socket);
    return socket;
  };

  beforeAll(async () => {
    const log = pino({ level: 'info' }, { write: (line) => logged.push(line) });
    const limits = { maxAnswer: 400_000, maxUnread: 1_000_000, maxOperations: 20, patienceMs: 2_000, cacheBytes: 0 };
    server = await startWatchedServer({ limits, scratchOf: scratches.counted }, log);
    sample = await sampleOf(server);
    await importCopies(server, 12);
  });
  afterAll(async () => {
    for (const socket of sockets) await socket.close();
    await server.close();
  });

  it('ends an answer at the limit, over HTTP as over WebSocket', async () => {
    const aliases = Array.from({ length: 20 }, (_, index) => `a${index}: activities(first: 200) { nodes { id text } }`);
    const query = `{ ${aliases.join(' ')} }`;
    const socket = await open('auditor');
    socket.send('long', query);
    expect(codeOf(await socket.answer('long'))).toBe('ANSWER_TOO_LARGE');
    const { errors, data } = await postQuery(server.address, query, withKey('auditor'));
    expect({ errors, data }).toMatchObject({ errors: [{ extensions: { code: 'ANSWER_TOO_LARGE' } }], data: null });
  });

  it('begins no more work for a reader that reads nothing, and closes the connection with its code', async () => {
    const socket = await open('dashboard');
    socket.pause();
    for (let count = 0; count < 50; count += 1) socket.send(`q${count}`, WIDE);
    const begun = await server.readsOf(async () => {
      // Others are served meanwhile, by the same server.
      while (!isGivenUp()) await server.data(VERSION, { key: 'auditor' });
    });
    socket.resume();
    expect(await socket.closed()).toBe(4413);
    expect(begun.length).toBeLessThan(500);
    expect(socket.messages.filter(({ type }) => type === 'next').length).toBeLessThan(50);
  });

  it('reads no more from a client that does not read replies either, and sends back no payload of a ping', async () => {
    const socket = await open('dashboard');
    expect(await socket.ping({ long: 'x'.repeat(50_000) })).toEqual({ type: 'pong' });
    const before = logged.length;
    socket.pause();
    // The id is sent back with the error. Together these are more than the buffers of the operating system hold.
    for (let count = 0; count < 400; count += 1) socket.send(`${count} ${'x'.repeat(50_000)}`, '{');
    while (!logged.slice(before).some((line) => line.includes('client does not read'))) {
      await server.data(VERSION, { key: 'auditor' });
    }
    socket.resume();
    expect(await socket.closed()).toBe(4413);
  });

  it('lets one caller have so many operations open, over all connections', async () => {
    const figures = 'subscription { monitoringChanged { plans } }';
    const [first, second] = [await open('integrator'), await open('integrator')];
    for (let count = 0; count < 10; count += 1) first.send(`a${count}`, figures);
    for (let count = 0; count < 9; count += 1) second.send(`b${count}`, figures);
    for (let count = 0; count < 10; count += 1) await first.answer(`a${count}`);
    for (let count = 0; count < 9; count += 1) await second.answer(`b${count}`);
    const stream = await streamOf(server.address, figures, { token: keyOf('integrator') });
    expect((await stream.next())?.event).toBe('next');
    second.send('last', figures);
    expect(codeOf(await second.answer('last'))).toBe('RATE_LIMITED');
    await stream.close();
    const other = await open('methodologist');
    other.send('other', 'subscription { monitoringChanged { plans } }');
    expect(codeOf(await other.answer('other'))).toBeUndefined();
  });

  it('makes the figures of equal subscriptions once, for those who come later too', async () => {
    const socket = await open('administrator');
    const figures = 'subscription { monitoringChanged(groupBy: MONTH) { plans total { total } } }';
    const reads = await server.readsOf(async () => {
      for (let count = 0; count < 10; count += 1) socket.send(`m${count}`, figures);
      for (let count = 0; count < 10; count += 1) await socket.answer(`m${count}`);
      socket.send('later', figures);
      await socket.answer('later');
    });
    expect(reads.filter(({ spec }) => spec.name === 'organisations').length).toBe(1);
    const told = socket.messages.filter(({ type }) => type === 'next').map(({ payload }) => JSON.stringify(payload));
    expect([told.length, new Set(told).size]).toEqual([11, 1]);
  });

  it('notes whose names were read over WebSocket, and closes the pasts that were opened', async () => {
    const socket = await open('director');
    const query = 'query($id: ID!) { plan(id: $id, asOf: { at: "2020-10-01T09:00:00Z" }) { stamps { person } } }';
    socket.send('names', query, { id: sample.planId });
    const { payload } = await socket.answer('names');
    expect(JSON.stringify(payload)).toMatch(/"person":"[^…]/);
    expect(scratches.standing()).toEqual({ opened: 1, open: 0 });
    const shape = z.object({
      nameReadings: z.object({ nodes: z.array(z.object({ actorId: z.string(), way: z.string() })) }),
    });
    const { nameReadings } = await server.read(shape, '{ nameReadings { nodes { actorId way } } }');
    const id = `access_${holderIdOf('director')}`;
    expect(nameReadings.nodes.filter(({ actorId }) => actorId === id).map(({ way }) => way)).toContain('QUERY');
  });
});

describe('what costs much is refused before anything is read for it', () => {
  let server: WatchedServer;
  beforeAll(async () => {
    server = await startWatchedServer({ limits: { maxCost: 100_000 } });
  });
  afterAll(() => server.close());

  const times = (count: number, field: string) =>
    Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');
  const DEEP =
    '__schema { types { fields { args { type { name fields { name } } } type { name fields { args { name } } } } } }';

  it.each([
    ['the schema by many aliases', `{ ${times(30, DEEP)} }`],
    ['figures by many aliases', `{ ${times(30, 'monitoring { groups { key total firm pastDue } }')} }`],
    ['values by the row', `{ plans(first: 200) { nodes { sections { activities(first: 200) { nodes { id } } } } } }`],
  ])('%s', async (_, query) => {
    const answer = await server.query(query);
    expect(answer.status).toBe(400);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }]);
    expect((await server.readsOf(() => server.query(query))).length).toBe(0);
  });

  it('more than ten thousand fields by fragments are answered like any others', async () => {
    const { id } = (
      await server.read(
        z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }),
        '{ plans { nodes { id } } }',
      )
    ).plans.nodes[0] ?? { id: '' };
    const query = `{ ${times(29, `plan(id: "${id}") { ...F }`)} } fragment F on Plan { ${'id title '.repeat(200)} }`;
    const { status, errors } = await server.query(query);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
  });

  it('a subscription that is sent by POST is told where subscriptions go', async () => {
    const { status, errors } = await server.query('subscription { changes { position } }');
    expect({ status, errors }).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringContaining('/graphql/stream') }],
    });
  });
});

/** Counts the stores of past states that are opened and closed. */
function countedScratches() {
  let [opened, closed] = [0, 0];
  return {
    standing: () => ({ opened, open: opened - closed }),
    counted: (open: () => Promise<ReadStore>) => async () => {
      const store = await open();
      const close = store.close.bind(store);
      opened += 1;
      store.close = async () => {
        closed += 1;
        await close();
      };
      return store;
    },
  };
}
