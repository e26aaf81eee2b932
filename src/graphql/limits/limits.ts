import type { BudgetLimits } from './budget.js';
import type { DoorLimits } from './door.js';

/** The limits of one process and of each caller. */
export interface Limits extends BudgetLimits, DoorLimits {
  /** Cost limit of one operation; see cost.ts. */
  readonly maxCost: number;
  /** Largest answer of a query, in characters. */
  readonly maxAnswer: number;
  /** A client that receives nothing for this time is disconnected, in milliseconds. */
  readonly patienceMs: number;
  /** Subscription connections of one caller, and open operations of one connection. */
  readonly maxSockets: number;
  readonly maxSubscriptions: number;
  /** Maximum bytes of request bodies received at once, for all callers together. */
  readonly maxUploads: number;
  /** Capacity of the response cache and the list cache together, in bytes; 0 disables them. */
  readonly cacheBytes: number;
  /** True when introspection is allowed. */
  readonly introspection: boolean;
  /** Addresses and ranges (CIDR) of proxies whose forwarding headers are trusted. */
  readonly proxies: readonly string[];
  /** Other origins whose web pages may call the API. */
  readonly origins: readonly string[];
}

/** The default limits. */
export const DEFAULT_LIMITS: Limits = {
  maxCost: 100_000,
  queryMs: 20_000,
  maxAnswer: 20_000_000,
  perMinute: 3_000,
  maxAtWork: 16,
  maxAtWorkInAll: 64,
  maxQueued: 500,
  maxUnread: 40_000_000,
  maxUnreadInAll: 200_000_000,
  maxOperations: 1_000,
  patienceMs: 20_000,
  maxSockets: 100,
  maxSubscriptions: 50,
  connections: 5_000,
  addressConnections: 2_000,
  bodyMs: 60_000,
  maxUploads: 64_000_000,
  cacheBytes: 160_000_000,
  introspection: true,
  proxies: [],
  origins: [],
};
