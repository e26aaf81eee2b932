import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { buildLog, type GrownTile, type LogState, type LogStore } from '../../../src/engine/eventlog/follower.js';
import { type EventBatch, type NativePosition, START, type StoredEvent } from '../../../src/engine/eventstore/port.js';
import { EMPTY_TREE, type Frontier, leafHash, rootOf, rootOver, withLeaf } from '../../../src/engine/log/merkle.js';
import { TILE } from '../../../src/engine/log/tiles.js';

const silent = pino({ level: 'silent' });

/**
 * Returns an event at a position from which its index cannot be derived, as on an engine with gaps between positions.
 */
function eventAt(index: number): StoredEvent {
  const position = String(index * 7 + 3).padStart(12, '0');
  return {
    id: `e${index}`,
    type: 'X',
    schemaVersion: 1,
    body: `{"n":${index}}`,
    stream: 's',
    revision: index,
    position,
  };
}

/** A log in memory, which can fail between the tiles and the tree. */
class Memory implements LogStore {
  now: LogState = { tree: EMPTY_TREE, position: START };
  readonly tiles = new Map<string, GrownTile>();
  /** Number of moves that succeed before one is lost, as if the process had ended. */
  dies = Number.POSITIVE_INFINITY;

  async state() {
    return this.now;
  }
  async tile(level: number, number: number) {
    return this.tiles.get(`${level}/${number}`);
  }
  async putTiles(grown: readonly GrownTile[]) {
    for (const tile of grown) {
      const name = `${tile.level}/${tile.number}`;
      if ((this.tiles.get(name)?.hashes.length ?? 0) < tile.hashes.length) this.tiles.set(name, tile);
    }
  }
  async move(from: LogState, to: LogState) {
    this.dies -= 1;
    if (this.dies < 0 || from.tree.size !== this.now.tree.size) return false;
    this.now = to;
    return true;
  }
  async clear() {
    this.now = { tree: EMPTY_TREE, position: START };
    this.tiles.clear();
  }
}

/** Returns a chronicle with this many events, which is read in batches of given sizes. */
function chronicle(count: number, sizes: () => number) {
  const batches = async function* ({
    after,
    signal,
  }: {
    after: NativePosition;
    signal: AbortSignal;
  }): AsyncGenerator<EventBatch> {
    let next = after === START ? 0 : (Number(after) - 3) / 7 + 1;
    while (next < count && !signal.aborted) {
      const events = Array.from({ length: Math.min(sizes(), count - next) }, (_, index) => eventAt(next + index));
      next += events.length;
      yield { events, position: events.at(-1)?.position ?? after, caughtUp: next === count };
    }
    if (signal.aborted) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  };
  return { subscribeToAll: batches };
}

/** Follows until the log has this many entries. */
async function followed(store: Memory, count: number, sizes: () => number = () => 1_000): Promise<void> {
  const follower = buildLog(chronicle(count, sizes), store, { isHeld: () => true }, { log: silent });
  while (store.now.tree.size < count) await new Promise((resolve) => setImmediate(resolve));
  await follower.stop();
}

const LEAVES = Array.from({ length: 70_000 }, (_, index) => leafHash(eventAt(index).body));
const treeOf = (size: number): Frontier => LEAVES.slice(0, size).reduce(withLeaf, EMPTY_TREE);

describe('the log that follows a chronicle', () => {
  it.each([1, 255, 256, 257, 1_000, 65_535, 65_536, 65_537, 70_000])(
    'has the tree and the tiles of %i events',
    async (size) => {
      const store = new Memory();
      await followed(store, size);
      expect(rootOf(store.now.tree)).toEqual(rootOf(treeOf(size)));
      expect(store.now.position).toBe(eventAt(size - 1).position);
      for (const { level, number, hashes, positions } of store.tiles.values()) {
        const width = TILE ** level;
        const first = number * TILE;
        const expected =
          level === 0
            ? LEAVES.slice(first, Math.min(first + TILE, size))
            : Array.from({ length: Math.min(TILE, Math.floor(size / width) - first) }, (_, index) =>
                rootOver(LEAVES.slice((first + index) * width, (first + index + 1) * width)),
              );
        expect([level, number, hashes.map(String)]).toEqual([level, number, expected.map(String)]);
        expect(positions.length).toBe(level === 0 ? hashes.length : 0);
      }
    },
  );

  it('is the same however it was read, cut short and begun again, and when it is built anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_200 }),
        fc.array(fc.integer({ min: 30, max: 300 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
        async (count, sizes, deaths) => {
          let turn = 0;
          const sizeOf = () => sizes[turn++ % sizes.length] ?? 1;
          const store = new Memory();
          for (const dies of deaths) {
            store.dies = dies;
            const follower = buildLog(chronicle(count, sizeOf), store, { isHeld: () => true }, { log: silent });
            while (store.dies >= 0 && store.now.tree.size < count)
              await new Promise((resolve) => setImmediate(resolve));
            await follower.stop();
          }
          store.dies = Number.POSITIVE_INFINITY;
          await followed(store, count, sizeOf);
          const root = rootOf(treeOf(count));
          expect(rootOf(store.now.tree)).toEqual(root);
          await store.clear();
          await followed(store, count, sizeOf);
          expect(rootOf(store.now.tree)).toEqual(root);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is the same when two follow at once', async () => {
    const store = new Memory();
    const followers = [3, 50].map((size) =>
      buildLog(
        chronicle(900, () => size),
        store,
        { isHeld: () => true },
        { log: silent },
      ),
    );
    while (store.now.tree.size < 900) await new Promise((resolve) => setImmediate(resolve));
    for (const follower of followers) await follower.stop();
    expect(rootOf(store.now.tree)).toEqual(rootOf(treeOf(900)));
  });

  it('is kept by nobody whose work it is not', async () => {
    const store = new Memory();
    const follower = buildLog(
      chronicle(10, () => 5),
      store,
      { isHeld: () => false },
      { log: silent },
    );
    await new Promise((resolve) => setImmediate(resolve));
    await follower.stop();
    expect(store.now.tree.size).toBe(0);
  });
});
