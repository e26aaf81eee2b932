import type { Finding } from './findings.js';
import { type Hash, NO_HASH, rootOver } from './merkle.js';
import type { StoredLog, StoredTile } from './stored.js';
import { TILE, widthIn } from './tiles.js';

/** The stored tiles beside the events: the hash of an event under a full one is known twice. */
export class RecordedTiles {
  #number = -1;
  #known: readonly Hash[] = [];
  #hashes: Hash[] = [];

  constructor(
    private readonly log: StoredLog,
    /** Of the tree that is kept. */
    private readonly size: number,
    private readonly report: (finding: Finding) => void,
  ) {}

  /** The leaf of an entry as the full tile over it knows it. */
  recorded(index: number): Hash | undefined {
    const number = Math.floor(index / TILE);
    if (number !== this.#number) [this.#number, this.#known] = [number, this.#leavesOf(number)];
    return this.#known[index % TILE];
  }

  /** The leaves from an entry under a full tile on: of this tile and the next one. */
  recordedFrom(index: number): readonly Hash[] {
    if (this.recorded(index) === undefined) return [];
    return [...this.#known.slice(index % TILE), ...this.#leavesOf(this.#number + 1)];
  }

  /** Where the tile that was looked at last has this leaf. */
  placeOf(leaf: Hash): number | undefined {
    const index = this.#known.findIndex((hash) => hash.equals(leaf));
    return index < 0 ? undefined : this.#number * TILE + index;
  }

  /** Told each leaf, after it was looked up; looks at the tiles that end with it. */
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

  /** Told how large the whole tree is: what is called a full tile of more would be served instead of what is there. */
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

/** What a tile says, which it does only as long as its own root is over its hashes. */
function hashesOf(tile: StoredTile | undefined): readonly Hash[] {
  return tile && rootOver(tile.hashes).equals(tile.root) ? tile.hashes : [];
}
