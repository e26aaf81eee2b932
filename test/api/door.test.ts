import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_ANONYMOUS_BODY } from '../../src/graphql/http/bodies.js';
import { Uploads } from '../../src/graphql/http/uploads.js';
import { networkOf } from '../../src/graphql/request/who.js';
import { newKey } from '../support/access.js';
import { keyOf } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';
import { headOf, type RawConnection, rawConnection } from '../support/sockets.js';

const KEY = { authorization: `Bearer ${keyOf('administrator')}` };
const MEGABYTE = 1_000_000;
/** The largest body of a server with this LETOPIS_MAX_UPLOAD is about 2.4 MB. */
const SETTINGS = { LETOPIS_MAX_UPLOAD: '1000000', LETOPIS_UPLOADS_MB: '8' };

/** Returns the numbers of refused requests of a server, by reason. */
async function refusals(server: TestServer): Promise<Record<string, number>> {
  const text = await (await fetch(`${server.address}/metrics`, { headers: KEY })).text();
  const found = text.matchAll(/^letopis_refused_total\{reason="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...found].map(([, reason, count]) => [reason, Number(count)]));
}

async function opened(server: TestServer, text: string): Promise<RawConnection> {
  const connection = await rawConnection(server.address);
  connection.send(text);
  return connection;
}

describe('a body is read only from a caller who is known by the headers', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ sample: 'off', settings: SETTINGS });
  });
  afterAll(() => server.close());

  it.each([
    ['no key', {}, '/graphql', 'UNAUTHENTICATED'],
    ['a wrong key', { authorization: 'Bearer letopis_wrong' }, '/graphql', 'INVALID_KEY'],
    ['no key at the stream', {}, '/graphql/stream', 'UNAUTHENTICATED'],
    ['no key where nothing is', {}, '/nowhere', 'UNAUTHENTICATED'],
  ])('%s: refused before a byte of it has come, and cut off', async (_, headers, path, code) => {
    const connection = await opened(server, headOf({ ...headers, 'content-length': 2 * MEGABYTE }, path));
    expect(await connection.status()).toBe(401);
    expect(await connection.closed()).toContain(code);
  });

  it('without a length too, and where the front would wait for a short one', async () => {
    for (const head of [headOf({ 'transfer-encoding': 'chunked' }), headOf({ 'content-length': 10 })]) {
      const connection = await opened(server, head);
      expect(await connection.status()).toBe(401);
      await connection.closed();
    }
  });

  it('which is counted', async () => {
    const before = (await refusals(server)).unauthenticated ?? 0;
    await (await opened(server, headOf({ 'content-length': 100 }))).closed();
    expect((await refusals(server)).unauthenticated).toBe(before + 1);
  });

  it('with a key a larger body than is allowed is refused by its length', async () => {
    const connection = await opened(server, headOf({ ...KEY, 'content-length': 3 * MEGABYTE }));
    expect(await connection.status()).toBe(413);
    await connection.closed();
  });

  it('and a body of unknown length by what has come of it', async () => {
    const connection = await opened(server, headOf({ ...KEY, 'transfer-encoding': 'chunked' }));
    const chunk = 'x'.repeat(100_000);
    for (let sent = 0; sent < 30; sent += 1) connection.send(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    expect(await connection.status()).toBe(413);
    await connection.closed();
  });
});

describe('a body of a caller without a key, where the server is open to everybody', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ sample: 'off', settings: { LETOPIS_PUBLIC: 'on' } });
  });
  afterAll(() => server.close());

  it('may be as long as a document, and no longer', async () => {
    const query = (length: number) => `{"query":"{ plans { totalCount } }","pad":"${'x'.repeat(length)}"}`;
    expect((await server.post(query(MAX_ANONYMOUS_BODY - 100))).status).toBe(200);
    expect((await server.post(query(MAX_ANONYMOUS_BODY))).status).toBe(413);
  });

  it('has its length', async () => {
    const connection = await opened(server, headOf({ 'transfer-encoding': 'chunked' }));
    expect(await connection.status()).toBe(411);
    await connection.closed();
  });
});

describe('uploads under way', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ sample: 'off', settings: SETTINGS });
  });
  afterAll(() => server.close());

  const held = async (authorization: string) =>
    opened(server, headOf({ authorization, 'content-length': 2 * MEGABYTE }));

  it('are bounded for each caller and in all by their lengths, while queries pass', async () => {
    const keys = [
      KEY.authorization,
      `Bearer ${(await newKey(server)).token}`,
      `Bearer ${(await newKey(server)).token}`,
    ];
    const [first = '', second = '', third = ''] = keys;
    const open = [await held(first), await held(first)];
    // The limits are 8 MB in total and 4 MB for one caller. An upload above them is refused before it is sent.
    const tooMuch = await held(first);
    expect(await tooMuch.status()).toBe(429);
    open.push(await held(second), await held(second));
    await tooMuch.closed();
    const full = await held(third);
    expect(await full.status()).toBe(503);
    expect(await full.closed()).toMatch(/retry-after: \d/i);
    expect(await server.data('{ system { version } }')).toMatchObject({ system: {} });
    expect((await refusals(server)).uploads).toBe(2);

    for (const { socket } of open) socket.destroy();
    await Promise.all(open.map((connection) => connection.closed()));
    // The server detects the end of the uploads itself. Then it accepts the next one.
    const body = JSON.stringify({ query: '{ system { version } }', variables: { pad: 'x'.repeat(2 * MEGABYTE) } });
    let status = 0;
    while (status !== 200) ({ status } = await server.post(body, { authorization: third }));
  });

  it('without a length are bounded by what has come', async () => {
    const chunk = 'x'.repeat(MEGABYTE);
    const open = [
      await opened(server, headOf({ ...KEY, 'transfer-encoding': 'chunked' })),
      await held(KEY.authorization),
    ];
    const chunked = await opened(server, headOf({ ...KEY, 'transfer-encoding': 'chunked' }));
    for (const connection of [open[0], chunked]) {
      for (let sent = 0; sent < 2; sent += 1) connection?.send(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    }
    const statuses = await Promise.race([open[0]?.status(), chunked.status()]);
    expect(statuses).toBe(429);
    for (const { socket } of [...open, chunked]) socket.destroy();
  });
});

it('reserves and gives back as much as it has reserved', () => {
  const uploads = new Uploads(10, 6);
  expect([uploads.reserve('a', 6), uploads.reserve('a', 1), uploads.reserve('b', 5)]).toEqual([
    'reserved',
    'caller',
    'all',
  ]);
  uploads.release('a', 2);
  expect([uploads.reserve('b', 5), uploads.bytes]).toEqual(['reserved', 9]);
});

describe('a connection that sends nothing', () => {
  it('or a body that does not come is ended', async () => {
    const server = await startServer({ sample: 'off', settings: { LETOPIS_BODY_SECONDS: '1' } });
    try {
      const silent = await rawConnection(server.address);
      const headless = await opened(server, 'POST /graphql HTTP/1.1\r\n');
      const large = await opened(server, headOf({ ...KEY, 'content-length': 500_000 }));
      const small = await opened(server, headOf({ ...KEY, 'content-length': 50 }));
      for (const connection of [headless, large, small]) {
        expect(await connection.status()).toBe(408);
      }
      await Promise.all([silent, headless, large, small].map((connection) => connection.closed()));
    } finally {
      await server.close();
    }
  });
});

describe('a server that stops', () => {
  it('does not wait for connections that have sent nothing', async () => {
    const server = await startServer({ sample: 'off' });
    const connection = await rawConnection(server.address);
    await server.close();
    await connection.closed();
    // Shorter than the time for which such a connection may stay open.
  }, 30_000);
});

describe('connections', () => {
  it('of one address are at most as many as may be; one that ends makes room', async () => {
    const server = await startServer({ sample: 'off', settings: { LETOPIS_ADDRESS_CONNECTIONS: '3' } });
    try {
      const open: RawConnection[] = [];
      for (let count = 0; count < 3; count += 1) open.push(await rawConnection(server.address));
      expect(await (await rawConnection(server.address)).closed()).toBe('');
      for (const { socket } of open) socket.destroy();
      for (;;) {
        const connection = await opened(server, 'GET /health/live HTTP/1.1\r\nhost: letopis.test\r\n\r\n');
        if ((await connection.status().catch(() => 0)) === 200) break;
      }
      expect((await refusals(server)).addressConnections).toBeGreaterThanOrEqual(1);
    } finally {
      await server.close();
    }
  });

  it('of a trusted proxy are those of many users, and not counted by address', async () => {
    const settings = { LETOPIS_ADDRESS_CONNECTIONS: '3', LETOPIS_TRUSTED_PROXIES: '127.0.0.1' };
    const server = await startServer({ sample: 'off', settings });
    try {
      const open: RawConnection[] = [];
      for (let count = 0; count < 5; count += 1) {
        open.push(await opened(server, 'GET /health/live HTTP/1.1\r\nhost: letopis.test\r\n\r\n'));
      }
      expect(await Promise.all(open.map((connection) => connection.status()))).toEqual([200, 200, 200, 200, 200]);
      for (const { socket } of open) socket.destroy();
    } finally {
      await server.close();
    }
  });

  it('are at most as many as may be in all', async () => {
    const server = await startServer({ sample: 'off', settings: { LETOPIS_CONNECTIONS: '10' } });
    try {
      const open: RawConnection[] = [];
      for (let count = 0; count < 10; count += 1) open.push(await rawConnection(server.address));
      const [first] = open;
      const beyond = await rawConnection(server.address);
      expect(await beyond.closed()).toBe('');
      first?.send(`GET /metrics HTTP/1.1\r\nhost: letopis.test\r\nauthorization: ${KEY.authorization}\r\n\r\n`);
      expect(await first?.status()).toBe(200);
      for (const { socket } of open) socket.destroy();
      await Promise.all(open.map(({ socket }) => socket.closed || once(socket, 'close')));
    } finally {
      await server.close();
    }
  });

  it('of IPv6 are counted by network', () => {
    expect(
      ['2001:db8::1', '2001:db8:0:0:1::2', '2001:db8:0:1::1', '::ffff:10.1.2.3', '10.1.2.3'].map(networkOf),
    ).toEqual(['2001:db8:0:0::/64', '2001:db8:0:0::/64', '2001:db8:0:1::/64', '10.1.2.3', '10.1.2.3']);
  });
});
