import type { BudgetLimits } from './budget.js';
import type { DoorLimits } from './door.js';

/** What one caller may ask of one process. */
export interface Limits extends BudgetLimits, DoorLimits {
  /** Most that one operation may cost; see cost.ts. */
  readonly maxCost: number;
  /** Largest answer of a query, in characters. */
  readonly maxAnswer: number;
  /** A reader that takes nothing of what was sent for so long is given up, in milliseconds. */
  readonly patienceMs: number;
  /** Connections for subscriptions of one caller, and open operations of one connection. */
  readonly maxSockets: number;
  readonly maxSubscriptions: number;
  /** Most bytes of request bodies that are received at once, all callers together. */
  readonly maxUploads: number;
  /** Bytes of answers, and of what they are made from, that are kept for those that come after; 0: none. */
  readonly kept: number;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  /** Proxies of these addresses and ranges (CIDR) are trusted to say for whom they ask. */
  readonly proxies: readonly string[];
  /** Web pages of these origins may ask, beside the server's own. */
  readonly origins: readonly string[];
}

/** What holds where nothing else is set. */
export const LIMITS: Limits = {
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
  kept: 160_000_000,
  introspection: true,
  proxies: [],
  origins: [],
};
