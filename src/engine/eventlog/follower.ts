import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EventStore, NativePosition, StoredEvent } from '../eventstore/port.js';
import { type Frontier, type Hash, leafHash, rootOver, withLeaf } from '../log/merkle.js';
import { TILE } from '../log/tiles.js';

/** How far a log has been built from its event store. */
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

/** The store in which a follower writes a log. */
export interface LogStore {
  /** Returns the state of the log. */
  state(): Promise<LogState>;
  /** Returns a tile; undefined if there is none. */
  tile(level: number, number: number): Promise<Pick<GrownTile, 'hashes' | 'positions'> | undefined>;
  /** Stores tiles. A stored tile that is longer stays. */
  putTiles(grown: readonly GrownTile[]): Promise<void>;
  /** Moves the state from the loaded size. Returns false if another follower moved it first. */
  move(from: LogState, to: LogState): Promise<boolean>;
  /** Deletes the tree and the tiles, to build them again. */
  clear(): Promise<void>;
}

/** Pause after a failure, in milliseconds. */
const AGAIN_MS = 1_000;
/** Interval for checking whether this process has the task, in milliseconds. */
const TURN_MS = 200;

/**
 * Builds the log of a chronicle whose engine writes none. Entries are numbered in the order of the event store, without
 * gaps. The log is derived from the events alone, so that several followers write the same content. The tree is moved
 * by compare-and-set on its size, so that a slow follower changes nothing.
 */
export class LogFollower {
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  /** @param isMine returns true while this process has the task. */
  constructor(
    private readonly events: Pick<EventStore, 'subscribeToAll'>,
    private readonly store: LogStore,
    private readonly isMine: () => boolean,
    private readonly log: Pick<Logger, 'error'>,
  ) {
    this.#done = this.#run();
  }

  /** Stops following and waits for the batch in progress. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let wait = TURN_MS;
      try {
        if (this.isMine()) await this.#follow(signal);
      } catch (error) {
        this.log.error({ err: error }, 'the log of the chronicle could not be written, it will be tried again');
        wait = AGAIN_MS;
      }
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Follows until it is stopped, another process has the task, or another follower moved the state first. */
  async #follow(signal: AbortSignal): Promise<void> {
    let state = await this.store.state();
    for await (const { events } of this.events.subscribeToAll({ after: state.position, signal })) {
      if (!this.isMine()) return;
      const last = events.at(-1);
      if (!last) continue;
      const { tree, tiles } = await grown(this.store, state, events);
      // Write the tiles first: every hash that the tree counts is then stored.
      await this.store.putTiles(tiles);
      const next = { tree, position: last.position };
      if (!(await this.store.move(state, next))) return;
      state = next;
    }
  }
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
