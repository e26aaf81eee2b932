import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Frontier, type Hash, leafHash, rootOver, withLeaf } from '../audit/log/merkle.js';
import { TILE } from '../audit/log/tiles.js';
import type { EventStore, NativePosition, StoredEvent } from '../eventstore/port.js';

/** How far a log has come in its chronicle. */
export interface LogState {
  readonly tree: Frontier;
  /** Of the last event in it. */
  readonly position: NativePosition;
}

/** A tile as it is after some events. */
export interface GrownTile {
  readonly level: number;
  readonly number: number;
  readonly hashes: readonly Hash[];
  /** Of the events of a tile of leaves; none of a higher one. */
  readonly positions: readonly NativePosition[];
}

/** Where a follower keeps a log. */
export interface LogStore {
  state(): Promise<LogState>;
  tile(level: number, number: number): Promise<Pick<GrownTile, 'hashes' | 'positions'> | undefined>;
  /** Keeps tiles; one that is there in a longer form stays. */
  putTiles(grown: readonly GrownTile[]): Promise<void>;
  /** Moves the state on from the size that it was loaded with; false: another follower was faster. */
  move(from: LogState, to: LogState): Promise<boolean>;
  /** Forgets tree and tiles, to be made again. */
  clear(): Promise<void>;
}

/** After a failure it is followed again after this long, in milliseconds. */
const AGAIN_MS = 1_000;
/** How often it is asked whose work it is, in milliseconds. */
const TURN_MS = 200;

/**
 * Keeps the log of a chronicle whose engine keeps none: entries are numbered in the order of the chronicle, without gaps. It
 * follows from the chronicle alone, so that several followers write the same; the size of the tree is the fence by which a
 * slow one changes nothing.
 */
export class LogFollower {
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  /** @param isMine whether this process is to do it now. */
  constructor(
    private readonly events: Pick<EventStore, 'subscribeToAll'>,
    private readonly store: LogStore,
    private readonly isMine: () => boolean,
    private readonly log: Pick<Logger, 'error'>,
  ) {
    this.#done = this.#run();
  }

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
        this.log.error({ err: error }, 'the log of the chronicle cannot be kept, it will be tried again');
        wait = AGAIN_MS;
      }
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Until it is stopped, the work is another one's or another follower was faster. */
  async #follow(signal: AbortSignal): Promise<void> {
    let state = await this.store.state();
    for await (const { events } of this.events.subscribeToAll({ after: state.position, signal })) {
      if (!this.isMine()) return;
      const last = events.at(-1);
      if (!last) continue;
      const { tree, tiles } = await grown(this.store, state, events);
      // Tiles first: what the tree counts is there.
      await this.store.putTiles(tiles);
      const next = { tree, position: last.position };
      if (!(await this.store.move(state, next))) return;
      state = next;
    }
  }
}

/** The tree after some events, and the tiles in which they changed something. */
async function grown(store: LogStore, { tree }: LogState, events: readonly StoredEvent[]) {
  const open = new Map<string, { level: number; number: number; hashes: Hash[]; positions: NativePosition[] }>();
  const tileAt = async (level: number, index: number) => {
    const number = Math.floor(index / TILE);
    const name = `${level}/${number}`;
    const known = open.get(name);
    if (known) return known;
    const stored = index % TILE === 0 ? undefined : await store.tile(level, number);
    // What stands behind the place is of a follower that did not come to move the tree: it comes again.
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
