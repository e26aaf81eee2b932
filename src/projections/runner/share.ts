import type { CollectionSpec } from '../../readstore/port.js';

/** Which read models this process keeps, where several processes share the work. */
export interface Share {
  /** True when other processes write the same read models, so that what they did has to be looked up. */
  readonly isShared: boolean;
  /** False where another process has to do it: this one takes no part in the elections. */
  readonly takesPart: boolean;
  /** Whether this process may write the read model now. */
  holds(spec: CollectionSpec): boolean;
  /** Aborted when what is held changes. */
  term(): AbortSignal;
}

/** One process that keeps them all. */
export const ALONE: Share = { isShared: false, takesPart: true, holds: () => true, term: () => NEVER };

const NEVER = new AbortController().signal;

/** The name of the lease by which a process holds a read model: each version has one of its own. */
export function leaseOf({ name, version }: CollectionSpec): string {
  return `projection ${name}@${version}`;
}
