import type { PublicKeys } from './checkpoint.js';
import type { Rotation } from './keyRing.js';
import type { Frontier, Hash } from './merkle.js';

/** A stored event with its stored leaf hash. */
export interface StoredEntry {
  /** Position from 1, without gaps: entry `position - 1` of the log. */
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly body: string;
  readonly leaf: Hash;
}

/** A full tile: 256 hashes and their root. */
export interface StoredTile {
  readonly hashes: readonly Hash[];
  readonly root: Hash;
}

/** A stored chronicle with its log. */
export interface StoredLog {
  readonly origin: string;
  readonly tree: Frontier;
  /** Stored position of the last event. */
  readonly head: number;
  /** Yields the entries after a position, in order. */
  entries(after?: number): Iterable<StoredEntry> | AsyncIterable<StoredEntry>;
  /** Returns a stored full tile; undefined if there is none. */
  tile(level: number, number: number): StoredTile | undefined;
  /** Yields the addresses of the stored tiles. */
  tiles(): Iterable<{ readonly level: number; readonly number: number }>;
  /** Yields the rotations of the log's key, in order. Their events are verified like any other. */
  rotations(): Iterable<Rotation>;
  /** Returns the stored public keys of the chronicle; undefined before the first start with a log. */
  publicKeys(): PublicKeys | undefined;
  /** Yields the signed notes, ordered by size. */
  checkpoints(): Iterable<{ readonly size: number; readonly note: string }>;
  /** Returns the last signed note; undefined if there is none. */
  lastCheckpoint(): string | undefined;
}
