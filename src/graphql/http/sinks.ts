import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import type { Sink } from '../live/group.js';
import type { SerializedResult } from '../live/operation.js';
import type { WatchedSocket } from './watchedSocket.js';

/**
 * A client with more unsent bytes than this counts as slow. It then receives further results from the event store,
 * until it has caught up.
 */
const MAX_UNREAD = 1_000_000;

/** State of a connection that its sinks share. */
export interface Shared {
  /** Number of open operations. */
  open: number;
  /** Total characters of the messages whose operations have not ended. */
  characters: number;
  readonly watched: WatchedSocket;
}

/**
 * Sends the results of one operation by the protocol of graphql-ws, several in one write. It has no closures: besides
 * the write itself, most of the cost of a broadcast to a thousand sinks is memory access (bench/subscriptions.js).
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
    // If the connection has other operations, their results of this turn are sent in the same write.
    write(this.#stream, serializedBytes(results, frames, this.id), this.shared.open === 1 ? when : 'soon');
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

  /** Waits until everything is handed to the operating system, or the connection has ended. */
  taken(): Promise<void> {
    const stream = this.#stream;
    if (stream.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      stream.write('', () => resolve());
    });
  }
}

/** Sends results as server-sent events. */
export class StreamSink implements Sink {
  constructor(
    private readonly response: ServerResponse,
    private readonly patienceMs: number,
  ) {}

  get isFull(): boolean {
    return isFull(this.response);
  }

  send(results: readonly SerializedResult[], when: 'now' | 'soon'): void {
    write(this.response, serializedBytes(results, events, ''), when);
  }

  /**
   * Waits until the client has received enough. A client that receives nothing for `patienceMs` is disconnected; it
   * resumes after its last event.
   */
  async room(signal: AbortSignal): Promise<void> {
    this.response.setTimeout(this.patienceMs, () => this.response.destroy());
    await drained(this.response, signal);
    this.response.setTimeout(0);
  }
}

function isFull(stream: Writable): boolean {
  return stream.writableLength > MAX_UNREAD;
}

/** Serializes results for an operation id. */
type ResultForm = (results: readonly SerializedResult[], id: string) => Buffer;

/** The last serialization of results. Subscribers with the same form and id share the bytes. */
const lastSerialization = new WeakMap<
  readonly SerializedResult[],
  { readonly form: ResultForm; readonly id: string; readonly bytes: Buffer }
>();

function serializedBytes(results: readonly SerializedResult[], form: ResultForm, id: string): Buffer {
  const known = lastSerialization.get(results);
  if (known?.form === form && known.id === id) return known.bytes;
  const bytes = form(results, id);
  lastSerialization.set(results, { form, id, bytes });
  return bytes;
}

const CLOSING_BRACE = Buffer.from('}');
const TEXT_FRAME = 0x81;

/**
 * Returns results as text frames of a server (RFC 6455, 5.2): unfragmented, unmasked, uncompressed. `ws` would
 * serialize the same text again for each client, and write it in two pieces.
 */
function frames(results: readonly SerializedResult[], id: string): Buffer {
  const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return Buffer.concat(
    results.flatMap(({ json }) => [
      frameHead(head.length + json.length + CLOSING_BRACE.length),
      head,
      json,
      CLOSING_BRACE,
    ]),
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

/** Returns results as server-sent events. The event id is the position of the result. */
function events(results: readonly SerializedResult[]): Buffer {
  return Buffer.concat(
    results.flatMap(({ id, json }) => {
      const head = Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: `);
      return [head, json, END_OF_EVENT];
    }),
  );
}

let corked: Writable[] = [];

/** Writes now, or soon: at the end of this turn of the event loop, together with other writes to the stream. */
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
