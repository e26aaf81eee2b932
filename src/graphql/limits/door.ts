import type { Server } from 'node:http';
import { isIPv6, type Socket } from 'node:net';

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
  /** How long the body of a request may take, in milliseconds. */
  readonly bodyMs: number;
}

/** How long the headers of a request may take, in milliseconds. */
const HEADERS_MS = 10_000;
/** A connection over which nothing moves for so long is closed, in milliseconds; WebSocket has pings of its own. */
const IDLE_MS = 75_000;
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

/** Closes connections that are too many, in all or from one address, and those over which nothing moves. */
export function limitConnections(server: Server, limits: DoorLimits, refused: (refusal: Refusal) => void): void {
  const open = new Map<string, number>();
  server.maxConnections = limits.connections;
  server.setTimeout(IDLE_MS);
  server.on('drop', () => refused('connections'));
  // Before Node's own listener, which would read from the connection.
  server.prependListener('connection', (socket: Socket) => {
    const address = networkOf(socket.remoteAddress ?? '');
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

/** What counts as one address: IPv4 whole; of IPv6 the first 64 bits, since one customer has all of the others. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
