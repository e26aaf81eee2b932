import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Sink } from '../live/group.js';

/** A reader who has not taken so much of what was sent, in bytes, is not sent more: what it lacks is read from the log then. */
const MAX_UNREAD = 1_000_000;

/** Results of one operation of a connection by the protocol of graphql-ws, several in one write. */
export function socketSink(socket: WebSocket, stream: Writable, id: string): Sink {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  return {
    get isFull() {
      return socket.bufferedAmount > MAX_UNREAD;
    },
    send(results) {
      corked(stream);
      for (const { text } of results) socket.send(`${head}${text}}`);
    },
    room: (signal) => drained(stream, () => socket.bufferedAmount > MAX_UNREAD, signal),
  };
}

/** Results as server-sent events. */
export function streamSink(response: Writable): Sink {
  const isFull = () => response.writableLength > MAX_UNREAD;
  return {
    get isFull() {
      return isFull();
    },
    send(results) {
      corked(response);
      for (const { id, text } of results) {
        response.write(`${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: ${text}\n\n`);
      }
    },
    room: (signal) => drained(response, isFull, signal),
  };
}

/** What is written until the end of this turn goes out at once. */
function corked(stream: Writable): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}

async function drained(stream: Writable, isFull: () => boolean, signal: AbortSignal): Promise<void> {
  while (isFull() && !signal.aborted && !stream.destroyed) {
    const left = new AbortController();
    const either = { signal: AbortSignal.any([signal, left.signal]) };
    await Promise.race([once(stream, 'drain', either), once(stream, 'close', either)]).catch(() => undefined);
    left.abort();
  }
}
