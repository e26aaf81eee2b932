import type { EventStore, NativePosition, StoredEvent } from '../eventstore/port.js';
import { type Frontier, type Hash, leafHash, rootOver, withLeaf } from '../log/merkle.js';
import { TILE } from '../log/tiles.js';
import { type Supervised, type SupervisorParts, supervise, type WorkerLease } from '../workers/supervisor.js';

/** The part of a log that has been built from its event store. */
export interface LogState {
  readonly tree: Frontier;
  /** Position of the last event in the log. */
  readonly position: NativePosition;
}

/** A tile after some events were added. */
export interface GrownTile {
  readonly level: number;
  readonly number: number;
  readonly hashes: readonly Hash[];
  /** Positions of the events of a tile of leaves; empty in a tile of a higher level. */
  readonly positions: readonly NativePosition[];
}

/** The store to which a follower writes a log. */
export interface LogStore {
  /** Returns the state of the log. */
  state(): Promise<LogState>;
  /** Returns a tile; undefined if there is none. */
  tile(level: number, number: number): Promise<Pick<GrownTile, 'hashes' | 'positions'> | undefined>;
  /** Stores tiles. A stored tile that is longer is not replaced. */
  putTiles(grown: readonly GrownTile[]): Promise<void>;
  /** Moves the state from the loaded size. Returns false if another follower moved it first. */
  move(from: LogState, to: LogState): Promise<boolean>;
  /** Deletes the tree and the tiles, to build them again. */
  clear(): Promise<void>;
}

/** Pause after the end of a run and after a failure, in milliseconds. */
const FOLLOWER_TURN_MS = 200;
const FOLLOW_AGAIN_MS = 1_000;

/**
 * Builds the log for an event store that writes none. Entries are numbered in the order of the event store, without
 * gaps. The log is derived from the events alone, so that several followers write the same content. The tree is updated
 * by compare-and-set on its size, so that a slow follower changes nothing.
 */
export function buildLog(
  events: Pick<EventStore, 'subscribeToAll'>,
  store: LogStore,
  lease: WorkerLease,
  parts: SupervisorParts,
): Supervised {
  const retry = { first: FOLLOW_AGAIN_MS, longest: FOLLOW_AGAIN_MS };
  /** Follows until it is stopped, another process has the task, or another follower moved the state first. */
  const run = async (signal: AbortSignal): Promise<void> => {
    let state = await store.state();
    for await (const batch of events.subscribeToAll({ after: state.position, signal })) {
      if (!lease.isHeld()) return;
      const last = batch.events.at(-1);
      if (!last) continue;
      const { tree, tiles } = await grown(store, state, batch.events);
      // Write the tiles first: every hash that the tree counts is then stored.
      await store.putTiles(tiles);
      const next = { tree, position: last.position };
      if (!(await store.move(state, next))) return;
      state = next;
    }
  };
  return supervise({ name: 'log follower', every: FOLLOWER_TURN_MS, retry, lease, run }, parts);
}

/** Returns the tree after some events, and the tiles that they changed. */
async function grown(store: LogStore, { tree }: LogState, events: readonly StoredEvent[]) {
  const open = new Map<string, { level: number; number: number; hashes: Hash[]; positions: NativePosition[] }>();
  const tileAt = async (level: number, index: number) => {
    const number = Math.floor(index / TILE);
    const name = `${level}/${number}`;
    const known = open.get(name);
    if (known) return known;
    const stored = index % TILE === 0 ? undefined : await store.tile(level, number);
    // Ignore hashes beyond the size of the tree: their follower did not move the tree, so their events come again.
    const hashes = stored?.hashes.slice(0, index % TILE) ?? [];
    const positions = stored?.positions.slice(0, index % TILE) ?? [];
    if (hashes.length !== index % TILE) throw new Error(`tile ${name} of the log is not there: build it again`);
    const tile = { level, number, hashes, positions };
    open.set(name, tile);
    return tile;
  };
  let after = tree;
  for (const { body, position } of events) {
    const leaf = leafHash(body);
    const tile = await tileAt(0, after.size);
    tile.hashes.push(leaf);
    tile.positions.push(position);
    after = withLeaf(after, leaf);
    for (let [level, full] = [0, tile.hashes]; full.length === TILE; level += 1) {
      const above = await tileAt(level + 1, after.size / TILE ** (level + 1) - 1);
      above.hashes.push(rootOver(full));
      full = above.hashes;
    }
  }
  return { tree: after, tiles: [...open.values()] };
}
