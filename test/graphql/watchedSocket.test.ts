import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { WatchedSocket } from '../../src/graphql/http/watchedSocket.js';
import { silent } from '../support/server.js';

/** Bytes that a stream buffers before it asks its writer to wait: the default since Node 22. */
const HIGH_WATER_MARK = 65_536;
const REPLY = 'x'.repeat(500);

const server = createServer({ highWaterMark: HIGH_WATER_MARK });
const sockets = new WebSocketServer({ server });
let socket: WebSocket;
let client: WebSocket;
let watched: WatchedSocket;

beforeAll(async () => {
  const connected = new Promise<void>((resolve) => {
    sockets.once('connection', (opened: WebSocket, request) => {
      socket = opened;
      watched = new WatchedSocket(opened, request.socket, 60_000, silent);
      resolve();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address: string | AddressInfo | null = server.address();
  if (typeof address !== 'object') throw new Error('the server must have a port');
  client = new WebSocket(`ws://127.0.0.1:${address?.port}`);
  await Promise.all([connected, once(client, 'open')]);
});
afterAll(async () => {
  client.terminate();
  socket.terminate();
  sockets.close();
  await new Promise((resolve) => server.close(resolve));
});

/** Writes replies until the stream has this many bytes. The client receives them when the stream is uncorked. */
function replyUpTo(bytes: number): void {
  watched.stream.cork();
  while (watched.stream.writableLength < bytes) {
    socket.send(REPLY);
    watched.replied();
  }
}

it.each([
  ['below what a stream has room for', HIGH_WATER_MARK - 1_000, false],
  ['above it', HIGH_WATER_MARK, true],
])('the messages of a client are read again after it has received replies %s', async (_, bytes, waits) => {
  replyUpTo(bytes);
  expect(watched.stream.writableLength).toBeGreaterThan(64_000);
  expect(socket.isPaused).toBe(waits);
  watched.stream.uncork();
  const read = once(socket, 'message');
  client.send('read this');
  expect(String((await read)[0])).toBe('read this');
  expect(socket.isPaused).toBe(false);
});
