import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Sink } from '../live/group.js';

/** A reader who has not taken so much of what was sent, in bytes, is not sent more: what it lacks is read from the log then. */
const MAX_UNREAD = 1_000_000;

/** Results of one operation of a connection by the protocol of graphql-ws, several in one write. */
export function socketSink(socket: WebSocket, stream: Writable, id: string): Sink {
  const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return {
    get isFull() {
      return socket.bufferedAmount > MAX_UNREAD;
    },
    send(results) {
      if (socket.readyState !== socket.OPEN) return;
      write(
        stream,
        results.flatMap(({ json }) => [frameHead(head.length + json.length + END.length), head, json, END]),
      );
    },
    room: (signal) => drained(stream, () => socket.bufferedAmount > MAX_UNREAD, signal),
  };
}

const END = Buffer.from('}');
const TEXT_FRAME = 0x81;

/**
 * The head of a frame of text (RFC 6455, 5.2) from a server: whole, not masked, not packed. What `ws` would write; but it would make
 * bytes of the same text for each reader again, and write them in two pieces.
 */
function frameHead(length: number): Buffer {
  if (length < 126) return Buffer.from([TEXT_FRAME, length]);
  if (length < 65_536) return Buffer.from([TEXT_FRAME, 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head.writeUInt8(TEXT_FRAME, 0);
  head.writeUInt8(127, 1);
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** Results as server-sent events. */
export function streamSink(response: Writable): Sink {
  const isFull = () => response.writableLength > MAX_UNREAD;
  return {
    get isFull() {
      return isFull();
    },
    send(results) {
      write(
        response,
        results.flatMap(({ id, json }) => [
          Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: `),
          json,
          END_OF_EVENT,
        ]),
      );
    },
    room: (signal) => drained(response, isFull, signal),
  };
}

const END_OF_EVENT = Buffer.from('\n\n');

const corked = new Set<Writable>();

/** Writes in one piece; what is written to the same stream until the end of this turn goes out with it. */
function write(stream: Writable, parts: readonly Buffer[]): void {
  if (!corked.has(stream)) {
    stream.cork();
    if (corked.size === 0) setImmediate(uncork);
    corked.add(stream);
  }
  stream.write(Buffer.concat(parts));
}

function uncork(): void {
  for (const stream of corked) stream.uncork();
  corked.clear();
}

async function drained(stream: Writable, isFull: () => boolean, signal: AbortSignal): Promise<void> {
  while (isFull() && !signal.aborted && !stream.destroyed) {
    const left = new AbortController();
    const either = { signal: AbortSignal.any([signal, left.signal]) };
    await Promise.race([once(stream, 'drain', either), once(stream, 'close', either)]).catch(() => undefined);
    left.abort();
  }
}
