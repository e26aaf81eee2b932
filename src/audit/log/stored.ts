import type { PublicKeys } from './checkpoint.js';
import type { Rotation } from './keyRing.js';
import type { Frontier, Hash } from './merkle.js';

/** An event as it lies in a chronicle, with the leaf that stands beside it. */
export interface StoredEntry {
  /** From 1, without gaps: entry `position - 1` of the log. */
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly body: string;
  readonly leaf: Hash;
}

/** A full tile: 256 hashes, and the root over them. */
export interface StoredTile {
  readonly hashes: readonly Hash[];
  readonly root: Hash;
}

/** A chronicle with its log, as it is stored. */
export interface StoredLog {
  readonly origin: string;
  readonly tree: Frontier;
  /** The position of the last event, as it is kept for appending. */
  readonly head: number;
  /** In the order of their positions, those behind one of them. */
  entries(after?: number): Iterable<StoredEntry>;
  tile(level: number, number: number): StoredTile | undefined;
  /** Which tiles there are. */
  tiles(): Iterable<{ readonly level: number; readonly number: number }>;
  /** The events by which the log came to other keys, in their order; what they say is verified like any event. */
  rotations(): Iterable<Rotation>;
  /** What the chronicle says of its own keys; undefined before the first start with a log. */
  publicKeys(): PublicKeys | undefined;
  /** Signed notes, in the order of their sizes. */
  checkpoints(): Iterable<{ readonly size: number; readonly note: string }>;
}
