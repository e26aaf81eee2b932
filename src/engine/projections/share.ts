import { type CollectionSpec, checkpointOf, type StreamPart } from '../readstore/port.js';

/** Decides which read models a process projects, if several processes share the work. */
export interface Share {
  /** True when other processes write the same read models, so that checkpoints must be polled. */
  readonly isShared: boolean;
  /** False for a process that never requests a lease. */
  readonly takesPart: boolean;
  /** The parts into which the streams are divided; empty if they are not. The same in all processes. */
  readonly parts: readonly StreamPart[];
  /** Returns whether this process may write the read model now, for the streams of its part. */
  holds(spec: CollectionSpec): boolean;
  /** Returns a signal that aborts when the set of held read models changes. */
  term(): AbortSignal;
}

/** The share of a single process, which projects all read models. */
export const ALONE: Share = {
  isShared: false,
  takesPart: true,
  parts: [],
  holds: () => true,
  term: () => NEVER_ABORTS,
};

const NEVER_ABORTS = new AbortController().signal;

/** Returns the name of the lease of a read model. Each version has its own, and each part of it; all builds share it. */
export function leaseOf(spec: CollectionSpec): string {
  return `projection ${checkpointOf({ ...spec, build: 0 })}`;
}
