import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { keyOf } from '../support/keys.js';
import { type RawSocket, rawSocket, type SocketMessage } from '../support/rawSocket.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

const FIGURES = 'subscription { monitoringChanged { plans } }';
const LONG = { unused: 'x'.repeat(90_000) };

let server: WatchedServer;
let socket: RawSocket;

beforeAll(async () => {
  server = await startWatchedServer({ limits: { cacheBytes: 0 } });
  socket = await rawSocket(server.address, keyOf('auditor'));
});
afterAll(async () => {
  await socket.close();
  await server.close();
});

const Errors = z.array(z.object({ extensions: z.object({ code: z.string() }) }));

/** Returns the error code of a refused operation; undefined for an open one. */
function codeOf({ type, payload }: SocketMessage): string | undefined {
  return type === 'error' ? Errors.parse(payload)[0]?.extensions.code : undefined;
}

/** Begins subscriptions with long messages at the same time. Returns their error codes. */
async function subscribeTo(ids: readonly string[]): Promise<(string | undefined)[]> {
  for (const id of ids) socket.send(id, FIGURES, LONG);
  const codes = [];
  for (const id of ids) codes.push(codeOf(await socket.answer(id)));
  return codes;
}

it('the server reads on while subscriptions with long messages are open, as many as their memory allows', async () => {
  const first = Array.from({ length: 6 }, (_, index) => `first${index}`);
  const second = Array.from({ length: 6 }, (_, index) => `second${index}`);
  expect(await subscribeTo(first)).toEqual(first.map(() => undefined));
  expect(await socket.ping({})).toEqual({ type: 'pong' });
  expect((await subscribeTo(second)).filter((code) => code !== undefined)).toEqual(['RATE_LIMITED']);
  for (const id of [...first, ...second]) socket.complete(id);
  // The client is not informed when operations that it ended have released their memory.
  let sent = 0;
  for (let opened = 0; opened < 11; ) {
    sent += 1;
    const [code] = await subscribeTo([`again${sent}`]);
    if (code === undefined) opened += 1;
  }
});

it('the server handles no message of a connection that it closes', async () => {
  const closing = await rawSocket(server.address, keyOf('auditor'));
  const reads = await server.readsOf(async () => {
    closing.sendText('no message of the protocol');
    for (let count = 0; count < 20; count += 1) closing.send(`q${count}`, '{ plans { nodes { title } } }');
    expect(await closing.closed()).toBe(4400);
    await server.data('{ system { version } }');
  });
  expect(reads).toEqual([]);
});
