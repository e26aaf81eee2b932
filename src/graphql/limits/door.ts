import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../request/who.js';

/** Why a request or connection was refused before it was handled: labels of a metric. */
export type DoorRefusal = 'connections' | 'addressConnections' | 'unauthenticated' | 'bodySize' | 'uploads' | 'origin';

/** Counts requests and connections refused before they are handled. */
export interface DoorObserver {
  turnedAway(refusal: DoorRefusal): void;
}

/** Limits of connections and their time. */
export interface DoorLimits {
  /** Maximum number of connections in total. */
  readonly connections: number;
  /** Maximum number of connections of one IPv4 address or one IPv6 /64 network. */
  readonly addressConnections: number;
  /** Time limit of a query, in milliseconds. */
  readonly queryMs: number;
  /** Time limit for receiving a request body, in milliseconds. */
  readonly bodyMs: number;
}

/** Time limit for receiving the headers, in milliseconds. */
const HEADERS_MS = 10_000;
/** Idle connections are closed after this time, in milliseconds. WebSocket has its own pings. */
const IDLE_MS = 75_000;
/**
 * Time added to the query limit before a connection counts as idle, in milliseconds: the response must still be sent.
 */
const SENDING_MS = 15_000;
/** Interval in milliseconds at which time limits are checked. */
const LIMITS_CHECK_MS = 1_000;

/** Returns the time limits of a server as options of Node. */
export function timeLimits({ bodyMs }: DoorLimits) {
  return {
    headersTimeout: Math.min(HEADERS_MS, bodyMs),
    requestTimeout: bodyMs,
    connectionsCheckingInterval: LIMITS_CHECK_MS,
  };
}

/**
 * Limits the connections of a server, in total and by address, and closes idle ones. Connections of trusted proxies are
 * not counted by address, because they carry all their users.
 */
export function limitConnections(
  server: Server,
  limits: DoorLimits,
  isTrusted: (address: string) => boolean,
  refused: (refusal: DoorRefusal) => void,
): void {
  const open = new Map<string, number>();
  server.maxConnections = limits.connections;
  server.setTimeout(Math.max(IDLE_MS, limits.queryMs + SENDING_MS));
  server.on('drop', () => refused('connections'));
  // Runs before Node's own listener, which would read from the connection.
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
