import type { CollectionSpec } from '../readstore/port.js';

/** Decides which read models a process projects, if several processes share the work. */
export interface Share {
  /** True when other processes write the same read models, so that checkpoints must be polled. */
  readonly isShared: boolean;
  /** False for a process that never requests a lease. */
  readonly takesPart: boolean;
  /** Returns whether this process may write the read model now. */
  holds(spec: CollectionSpec): boolean;
  /** Returns a signal that aborts when the set of held read models changes. */
  term(): AbortSignal;
}

/** The share of a single process, which projects all read models. */
export const ALONE: Share = { isShared: false, takesPart: true, holds: () => true, term: () => NEVER_ABORTS };

const NEVER_ABORTS = new AbortController().signal;

/** Returns the name of the lease of a read model. Each version of a read model has its own lease. */
export function leaseOf({ name, version }: CollectionSpec): string {
  return `projection ${name}@${version}`;
}
