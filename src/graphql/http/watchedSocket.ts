import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { closeWith } from './closeReasons.js';

/** Close code for a WebSocket whose client does not read its results. */
const UNREAD = 4413;

/** Time for a closed WebSocket to receive the remaining data, in milliseconds. */
const REST_MS = 10_000;

/** Interval of pings, in milliseconds. */
const PING_MS = 12_000;

/** Replies of the protocol that may wait for a client that does not read, in bytes. Results have another limit. */
const MAX_REPLIES = 64_000;

/** Maximum number of messages of one client that are handled at the same time. */
const MAX_MESSAGES = 100;

/** Maximum length of the messages of one client that are handled at the same time, in characters. */
const MAX_HANDLED = 500_000;

/**
 * Watches a WebSocket. While its client does not keep up, or many of its messages are being handled, nothing is read
 * from the socket. If the client receives nothing for `patienceMs`, the socket is closed with {@link UNREAD}. A client
 * that does not answer pings is disconnected.
 */
export class WatchedSocket {
  #isBehind = false;
  #isGivenUp = false;
  #isAlive = true;
  #messages = 0;
  #characters = 0;
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
    // The library has replied.
    socket.on('ping', () => this.replied());
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
    this.#read();
    // The timeout event: the client has received nothing for this time.
    this.stream.setTimeout(this.patienceMs);
  }

  /** Call it when a reply of the protocol was written. */
  replied(): void {
    // Otherwise `drain` does not follow: a stream has room for more than MAX_REPLIES since Node 22.
    if (this.stream.writableLength > MAX_REPLIES && this.stream.writableNeedDrain) this.isBehind();
  }

  /** Counts a message of the client as being handled, until the returned function is called for the first time. */
  handling(characters: number): () => void {
    let isCounted = true;
    const count = (sign: 1 | -1) => {
      this.#messages += sign;
      this.#characters += sign * characters;
      this.#read();
    };
    count(1);
    return () => {
      if (isCounted) count(-1);
      isCounted = false;
    };
  }

  /** Reads from the client, or stops that. */
  #read(): void {
    const isFull = this.#messages > MAX_MESSAGES || this.#characters > MAX_HANDLED;
    if ((this.#isBehind || isFull) && !this.#isGivenUp) this.socket.pause();
    else this.socket.resume();
  }

  #caughtUp(): void {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    this.#isAlive = true;
    this.stream.setTimeout(0);
    this.#read();
    this.#madeRoom();
  }

  #giveUp(): void {
    if (!this.#isBehind) return;
    this.log.info('closing a connection whose client does not read');
    this.stream.setTimeout(0);
    this.#isGivenUp = true;
    this.#read();
    closeWith(this.socket, UNREAD, 'RATE_LIMITED', 'results were not read in time, reconnect and request less at once');
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
