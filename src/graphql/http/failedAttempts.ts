import { LRUCache } from 'lru-cache';
import { apiError } from '../errors.js';
import { networkOf } from '../request/who.js';

/** Failed attempts to sign in that one network may make within a minute. */
const MAX_FAILED = 10;
/** Failed attempts are counted within this time from the first one, in milliseconds. */
const FAILURE_MS = 60_000;
/** Maximum number of networks with counted attempts. Beyond it, the least recently used network is dropped. */
const MAX_NETWORKS = 10_000;

/** Failed attempts to sign in, by the network from which they come. */
export class FailedAttempts {
  readonly #counts = new LRUCache<string, number>({ max: MAX_NETWORKS, ttl: FAILURE_MS, noUpdateTTL: true });

  /** Returns true when a network has failed too often. */
  areTooMany(ip: string): boolean {
    return (this.#counts.get(networkOf(ip)) ?? 0) >= MAX_FAILED;
  }

  /** Refuses a further attempt if {@link areTooMany}. @throws GraphQLError RATE_LIMITED */
  check(ip: string): void {
    if (!this.areTooMany(ip)) return;
    throw apiError('RATE_LIMITED', 'Too many failed attempts to sign in: try again in a minute.');
  }

  count(ip: string): void {
    const network = networkOf(ip);
    this.#counts.set(network, (this.#counts.get(network) ?? 0) + 1);
  }
}
