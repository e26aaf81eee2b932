import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { RequestParts } from '../request.js';

/** The code that a WebSocket is closed with when its client does not read what it asked for. */
export const UNREAD = 4413;
/** A closed WebSocket has so long to take the rest, in milliseconds. */
const REST_MS = 10_000;
/** How often a client is asked whether it is still there, in milliseconds. */
const PING_MS = 12_000;

/** Counts an answer over HTTP as unread until its reader has it, and gives up a reader that takes nothing of it. */
export function heldUntilTaken(
  { budget, services }: RequestParts,
  key: string,
  response: ServerResponse,
  bytes: number,
): void {
  response.once('close', budget.hold(key, bytes));
  response.setTimeout(services.limits.patienceMs, () => response.destroy());
}

/**
 * Watches a WebSocket: one whose client does not keep up is not read from until the client has caught up, and closed with
 * {@link UNREAD} when it takes nothing any more; one whose client is gone is ended.
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

  /** Fulfilled once the client has caught up, or is gone. */
  get room(): Promise<void> {
    return this.#room;
  }

  /** To be called when more was written than the client has taken. */
  isBehind(): void {
    if (this.#isBehind || this.stream.destroyed) return;
    this.#isBehind = true;
    this.#room = new Promise((resolve) => {
      this.#madeRoom = resolve;
    });
    this.socket.pause();
    // Fires when the system takes nothing of what was written for so long.
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
    this.log.info('a connection is closed whose client does not read');
    this.stream.setTimeout(0);
    this.socket.resume();
    this.socket.close(UNREAD, 'What you asked for is not read: come again and ask for less at once');
    const ending = setTimeout(() => this.socket.terminate(), REST_MS).unref();
    this.socket.once('close', () => clearTimeout(ending));
  }

  #ping(): void {
    // Behind what is unread no ping arrives.
    if (this.#isBehind) return;
    if (this.#isAlive) this.socket.ping();
    else this.socket.terminate();
    this.#isAlive = false;
  }
}
