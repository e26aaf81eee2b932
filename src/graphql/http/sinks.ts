import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import type { Sink } from '../live/group.js';
import type { SerializedResult } from '../live/operation.js';
import type { WatchedSocket } from './unread.js';

/** A reader who has not taken so much of what was sent, in bytes, is not sent more: what it lacks is read from the log then. */
const MAX_UNREAD = 1_000_000;

/** What sinks know of the connection that they share. */
export interface Shared {
  /** How many operations are told over it. */
  open: number;
  readonly watched: WatchedSocket;
}

/**
 * Results of one operation of a connection by the protocol of graphql-ws, several in one write. One object without closures:
 * beside what the system takes for a write, telling a thousand costs mostly reaching them in memory (bench/subscriptions.js).
 */
export class SocketSink implements Sink {
  readonly #stream: Writable;

  constructor(
    private readonly socket: WebSocket,
    private readonly id: string,
    private readonly shared: Shared,
  ) {
    this.#stream = shared.watched.stream;
  }

  get isFull(): boolean {
    return isFull(this.#stream);
  }

  send(results: readonly SerializedResult[], when: 'now' | 'soon'): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    // What other operations are told in this turn goes out with it.
    write(this.#stream, bytesOf(results, frames, this.id), this.shared.open === 1 ? when : 'soon');
    if (isFull(this.#stream)) this.shared.watched.isBehind();
  }

  async room(signal: AbortSignal): Promise<void> {
    const { watched } = this.shared;
    while (isFull(this.#stream) && !signal.aborted && !this.#stream.destroyed) {
      watched.isBehind();
      const left = new AbortController();
      const aborted = once(signal, 'abort', { signal: left.signal }).catch(() => undefined);
      await Promise.race([watched.room, aborted]);
      left.abort();
    }
  }

  /** Waits until the system has taken everything that was sent, or the connection has ended. */
  taken(): Promise<void> {
    const stream = this.#stream;
    if (stream.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      stream.write('', () => resolve());
    });
  }
}

/** Results as server-sent events. */
export class StreamSink implements Sink {
  constructor(
    private readonly response: ServerResponse,
    private readonly patienceMs: number,
  ) {}

  get isFull(): boolean {
    return isFull(this.response);
  }

  send(results: readonly SerializedResult[], when: 'now' | 'soon'): void {
    write(this.response, bytesOf(results, events, ''), when);
  }

  /** A reader that takes nothing for long is given up: it comes again behind what it has read. */
  async room(signal: AbortSignal): Promise<void> {
    this.response.setTimeout(this.patienceMs, () => this.response.destroy());
    await drained(this.response, signal);
    this.response.setTimeout(0);
  }
}

function isFull(stream: Writable): boolean {
  return stream.writableLength > MAX_UNREAD;
}

/** How results are written for the operation of an id. */
type Form = (results: readonly SerializedResult[], id: string) => Buffer;

/** How results were written last: whoever is told them in the same form by the same id is told the same bytes. */
const written = new WeakMap<
  readonly SerializedResult[],
  { readonly form: Form; readonly id: string; readonly bytes: Buffer }
>();

function bytesOf(results: readonly SerializedResult[], form: Form, id: string): Buffer {
  const known = written.get(results);
  if (known?.form === form && known.id === id) return known.bytes;
  const bytes = form(results, id);
  written.set(results, { form, id, bytes });
  return bytes;
}

const END = Buffer.from('}');
const TEXT_FRAME = 0x81;

/**
 * Results as frames of text (RFC 6455, 5.2) from a server: whole, not masked, not packed. What `ws` would write; but it would make bytes
 * of the same text for each reader again, and write them in two pieces.
 */
function frames(results: readonly SerializedResult[], id: string): Buffer {
  const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
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

const END_OF_EVENT = Buffer.from('\n\n');

/** Results as server-sent events: each bears the position that it tells. */
function events(results: readonly SerializedResult[]): Buffer {
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

async function drained(stream: Writable, signal: AbortSignal): Promise<void> {
  while (isFull(stream) && !signal.aborted && !stream.destroyed) {
    const left = new AbortController();
    const either = { signal: AbortSignal.any([signal, left.signal]) };
    await Promise.race([once(stream, 'drain', either), once(stream, 'close', either)]).catch(() => undefined);
    left.abort();
  }
}
