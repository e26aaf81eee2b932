import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { RequestParts } from '../request.js';

/** Close code for a WebSocket whose client does not read its results. */
const UNREAD = 4413;
/** Time that a closed WebSocket has to receive the rest, in milliseconds. */
const REST_MS = 10_000;
/** Interval of pings, in milliseconds. */
const PING_MS = 12_000;

/**
 * Counts an answer as unread until the client has received it. Disconnects a client that receives nothing for
 * `patienceMs`.
 */
export function heldUntilTaken(
  { budget, services }: RequestParts,
  key: string,
  response: ServerResponse,
  bytes: number,
): void {
  response.once('close', budget.hold(key, bytes));
  response.setTimeout(services.limits.patienceMs, () => response.destroy());
}

/** Disconnects a client that receives nothing of a file for `patienceMs` while there is something to receive. */
export function endedUnread({ services }: RequestParts, response: ServerResponse): void {
  response.setTimeout(services.limits.patienceMs, () => {
    if (response.writableLength > 0) response.destroy();
  });
}

/**
 * Watches a WebSocket. While its client does not keep up, nothing is read from it. If the client receives nothing for
 * `patienceMs`, the socket is closed with {@link UNREAD}. A client that does not answer pings is disconnected.
 */
export class WatchedSocket {
  #isBehind = false;
  #isAlive = true;
  #room = Promise.resolve();
  #madeRoom = () => {};

  constructor(
    private readonly socket: WebSocket,
    readonly stream: Socket,
    private readonly patienceMs: number,
    private readonly log: Logger,
  ) {
    const pinging = setInterval(() => this.#ping(), PING_MS).unref();
    socket.on('pong', () => {
      this.#isAlive = true;
    });
    socket.once('close', () => {
      clearInterval(pinging);
      this.#madeRoom();
    });
    stream.on('drain', () => this.#caughtUp());
    stream.on('timeout', () => this.#giveUp());
  }

  /** Resolves when the client has caught up or is gone. */
  get room(): Promise<void> {
    return this.#room;
  }

  /** Call it when more was written than the client has received. */
  isBehind(): void {
    if (this.#isBehind || this.stream.destroyed) return;
    this.#isBehind = true;
    this.#room = new Promise((resolve) => {
      this.#madeRoom = resolve;
    });
    this.socket.pause();
    // Fires when the client receives nothing for this time.
    this.stream.setTimeout(this.patienceMs);
  }

  #caughtUp(): void {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    this.#isAlive = true;
    this.stream.setTimeout(0);
    this.socket.resume();
    this.#madeRoom();
  }

  #giveUp(): void {
    if (!this.#isBehind) return;
    this.log.info('closing a connection whose client does not read');
    this.stream.setTimeout(0);
    this.socket.resume();
    this.socket.close(UNREAD, 'RATE_LIMITED: results were not read in time, reconnect and request less at once');
    const ending = setTimeout(() => this.socket.terminate(), REST_MS).unref();
    this.socket.once('close', () => clearTimeout(ending));
  }

  #ping(): void {
    // A ping would wait behind unread results.
    if (this.#isBehind) return;
    if (this.#isAlive) this.socket.ping();
    else this.socket.terminate();
    this.#isAlive = false;
  }
}
