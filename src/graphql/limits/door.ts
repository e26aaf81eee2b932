import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../request/who.js';

/** Why something was refused before it was handled: labels of a metric. */
export type Refusal = 'connections' | 'addressConnections' | 'unauthenticated' | 'bodySize' | 'uploads' | 'origin';

/** Counts what is refused before it is handled. */
export interface DoorObserver {
  turnedAway(refusal: Refusal): void;
}

export interface DoorLimits {
  /** Most connections in all. */
  readonly connections: number;
  /** Most connections of one address: of one network of 64 bits, for IPv6. */
  readonly addressConnections: number;
  /** A query that is not answered by then is given up, in milliseconds. */
  readonly queryMs: number;
  /** How long the body of a request may take, in milliseconds. */
  readonly bodyMs: number;
}

/** How long the headers of a request may take, in milliseconds. */
const HEADERS_MS = 10_000;
/** A connection over which nothing moves for so long is closed, in milliseconds; WebSocket has pings of its own. */
const IDLE_MS = 75_000;
/** How much longer than a query may take nothing may move, in milliseconds: the answer goes out first. */
const ANSWER_MS = 15_000;
/** How often time limits are checked, in milliseconds. */
const CHECK_MS = 1_000;

/** The time limits of a server, as Node takes them. */
export function timeLimits({ bodyMs }: DoorLimits) {
  return {
    headersTimeout: Math.min(HEADERS_MS, bodyMs),
    requestTimeout: bodyMs,
    connectionsCheckingInterval: CHECK_MS,
  };
}

/**
 * Closes connections that are too many, in all or from one address, and those over which nothing moves. Connections of trusted proxies
 * are not counted by address: those of all their users come from it.
 */
export function limitConnections(
  server: Server,
  limits: DoorLimits,
  isTrusted: (address: string) => boolean,
  refused: (refusal: Refusal) => void,
): void {
  const open = new Map<string, number>();
  server.maxConnections = limits.connections;
  server.setTimeout(Math.max(IDLE_MS, limits.queryMs + ANSWER_MS));
  server.on('drop', () => refused('connections'));
  // Before Node's own listener, which would read from the connection.
  server.prependListener('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    if (isTrusted(remoteAddress)) return;
    const address = networkOf(remoteAddress);
    const count = (open.get(address) ?? 0) + 1;
    if (count > limits.addressConnections) {
      refused('addressConnections');
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
