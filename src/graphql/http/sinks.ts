import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Sink } from '../live/group.js';
import type { Told } from '../live/operation.js';

/** A reader who has not taken so much of what was sent, in bytes, is not sent more: what it lacks is read from the log then. */
const MAX_UNREAD = 1_000_000;

/** What sinks know of the connection that they share. */
export interface Shared {
  /** How many operations are told over it. */
  open: number;
}

/** Results of one operation of a connection by the protocol of graphql-ws, several in one write. */
export function socketSink(socket: WebSocket, stream: Writable, id: string, shared: Shared): Sink {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const isFull = () => stream.writableLength > MAX_UNREAD;
  return {
    get isFull() {
      return isFull();
    },
    send(results, when) {
      if (socket.readyState !== socket.OPEN) return;
      // What other operations are told in this turn goes out with it.
      const bytes = inForm(head, results, (told) => frames(Buffer.from(head), told));
      write(stream, bytes, shared.open === 1 ? when : 'soon');
    },
    room: (signal) => drained(stream, isFull, signal),
  };
}

/** The form in which results were sent last: whoever is told them in the same form is told the same bytes. */
const sent = new WeakMap<readonly Told[], { readonly form: string; readonly bytes: Buffer }>();

/** Results as bytes, made by `make` unless those told before were in the same form. */
function inForm(form: string, results: readonly Told[], make: (results: readonly Told[]) => Buffer): Buffer {
  const known = sent.get(results);
  if (known?.form === form) return known.bytes;
  const bytes = make(results);
  sent.set(results, { form, bytes });
  return bytes;
}

const END = Buffer.from('}');
const TEXT_FRAME = 0x81;

/**
 * Results as frames of text (RFC 6455, 5.2) from a server: whole, not masked, not packed. What `ws` would write; but it would make bytes
 * of the same text for each reader again, and write them in two pieces.
 */
function frames(head: Buffer, results: readonly Told[]): Buffer {
  return Buffer.concat(
    results.flatMap(({ json }) => [frameHead(head.length + json.length + END.length), head, json, END]),
  );
}

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
    send: (results, when) => write(response, inForm('', results, events), when),
    room: (signal) => drained(response, isFull, signal),
  };
}

const END_OF_EVENT = Buffer.from('\n\n');

function events(results: readonly Told[]): Buffer {
  return Buffer.concat(
    results.flatMap(({ id, json }) => {
      const head = Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: `);
      return [head, json, END_OF_EVENT];
    }),
  );
}

let corked: Writable[] = [];

/** Writes now, or soon: what is written to the same stream until the end of this turn goes out with it then. */
function write(stream: Writable, bytes: Buffer, when: 'now' | 'soon'): void {
  if (when === 'soon' && stream.writableCorked === 0) {
    stream.cork();
    if (corked.length === 0) setImmediate(uncork);
    corked.push(stream);
  }
  stream.write(bytes);
}

function uncork(): void {
  const now = corked;
  corked = [];
  for (const stream of now) stream.uncork();
}

async function drained(stream: Writable, isFull: () => boolean, signal: AbortSignal): Promise<void> {
  while (isFull() && !signal.aborted && !stream.destroyed) {
    const left = new AbortController();
    const either = { signal: AbortSignal.any([signal, left.signal]) };
    await Promise.race([once(stream, 'drain', either), once(stream, 'close', either)]).catch(() => undefined);
    left.abort();
  }
}
