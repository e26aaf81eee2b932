import type { Finding } from './findings.js';
import { type Hash, NO_HASH, rootOver } from './merkle.js';
import type { StoredLog, StoredTile } from './stored.js';
import { TILE, widthIn } from './tiles.js';

/** Checks the stored tiles against the events: the leaf of an event under a full tile is stored twice. */
export class RecordedTiles {
  #number = -1;
  #known: readonly Hash[] = [];
  #hashes: Hash[] = [];

  constructor(
    private readonly log: StoredLog,
    /** Size of the stored tree. */
    private readonly size: number,
    private readonly report: (finding: Finding) => void,
  ) {}

  /** Returns the leaf of an entry in the full tile over it; undefined if there is no full tile. */
  recorded(index: number): Hash | undefined {
    const number = Math.floor(index / TILE);
    if (number !== this.#number) [this.#number, this.#known] = [number, this.#leavesOf(number)];
    return this.#known[index % TILE];
  }

  /** Returns the leaves from an entry on in its full tile and the next one. */
  recordedFrom(index: number): readonly Hash[] {
    if (this.recorded(index) === undefined) return [];
    return [...this.#known.slice(index % TILE), ...this.#leavesOf(this.#number + 1)];
  }

  /** Returns the index of a leaf in the tile of the last lookup. */
  placeOf(leaf: Hash): number | undefined {
    const index = this.#known.findIndex((hash) => hash.equals(leaf));
    return index < 0 ? undefined : this.#number * TILE + index;
  }

  /** Adds a leaf after its lookup, and checks the tiles that are complete with this leaf. */
  check(size: number, leaf: Hash): void {
    this.#hashes.push(leaf);
    if (size % TILE !== 0) return;
    this.#compare(0, size / TILE - 1, this.#known, this.#hashes);
    this.#hashes = [];
    for (let [level, count] = [1, size / TILE]; count % TILE === 0; [level, count] = [level + 1, count / TILE]) {
      const below = Array.from({ length: TILE }, (_, index) => this.log.tile(level - 1, count - TILE + index)?.root);
      const number = count / TILE - 1;
      const roots = below.map((root) => root ?? NO_HASH);
      this.#compare(level, number, hashesOf(this.log.tile(level, number)), roots);
    }
  }

  /**
   * Checks that no stored tile is beyond the tree: such a full tile would be served instead of the correct partial one.
   */
  end(size: number): void {
    for (const tile of this.log.tiles()) {
      if (widthIn(size, tile) < TILE) this.report({ kind: 'wrongTile', ...tile });
    }
  }

  #leavesOf(number: number): readonly Hash[] {
    const isOne = widthIn(this.size, { level: 0, number }) === TILE;
    return isOne ? hashesOf(this.log.tile(0, number)) : [];
  }

  #compare(level: number, number: number, known: readonly Hash[], hashes: readonly Hash[]): void {
    const isSame = known.length === hashes.length && hashes.every((hash, index) => known[index]?.equals(hash));
    if (!isSame) this.report({ kind: 'wrongTile', level, number });
  }
}

/** Returns the hashes of a tile; an empty list if they do not match its root. */
function hashesOf(tile: StoredTile | undefined): readonly Hash[] {
  return tile && rootOver(tile.hashes).equals(tile.root) ? tile.hashes : [];
}
