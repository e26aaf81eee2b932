import { LRUCache } from 'lru-cache';
import { apiError } from '../errors.js';
import { networkOf } from '../request/who.js';

/** Failed attempts to sign in that one network may make within a minute. */
const MAX_FAILED = 10;
/** How long a failed attempt counts, in milliseconds. */
const FAILURE_MS = 60_000;
/** Networks whose failed attempts are counted at once. */
const MAX_NETWORKS = 10_000;

/** Failed attempts to sign in, by the network from which they come. */
export class FailedAttempts {
  readonly #counts = new LRUCache<string, number>({ max: MAX_NETWORKS, ttl: FAILURE_MS });

  /** @throws GraphQLError RATE_LIMITED when a network has failed too often. */
  check(ip: string): void {
    if ((this.#counts.get(networkOf(ip)) ?? 0) < MAX_FAILED) return;
    throw apiError('RATE_LIMITED', 'Too many failed attempts to sign in: try again in a minute.');
  }

  count(ip: string): void {
    const network = networkOf(ip);
    this.#counts.set(network, (this.#counts.get(network) ?? 0) + 1);
  }
}
