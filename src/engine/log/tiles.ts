import { type Hash, rootOver, type SubtreeHash } from './merkle.js';

/** Hashes in a full tile (C2SP tlog-tiles). */
export const TILE = 256;

/** Levels of the tree in a tile: 2^8 = 256. */
const HEIGHT = 8;

/** Address of hashes: `width` hashes from `number · 256` on, each over 256^level entries. */
export interface TileAddress {
  readonly level: number;
  readonly number: number;
  readonly width: number;
}

/**
 * Parses the part of an address after `/tile/`, such as `0/x001/x234/067` or `1/000.p/17` (C2SP tlog-tiles).
 *
 * @returns undefined for anything else.
 */
export function tileAddress(path: string): TileAddress | undefined {
  const [, level, groups, width] = /^(\d|[1-5]\d)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === undefined || groups === undefined) return undefined;
  const number = Number(groups.replaceAll(/[x/]/g, ''));
  const isShortest = groups === tileNumberPath(number);
  const count = width === undefined ? TILE : Number(width);
  const isPartial = width === undefined || (count >= 1 && count < TILE && String(count) === width);
  return isShortest && isPartial && Number.isSafeInteger(number)
    ? { level: Number(level), number, width: count }
    : undefined;
}

/** Returns the path of a full or partial tile below `/tile/`. */
export function tilePath({ level, number, width }: TileAddress): string {
  return `${level}/${tileNumberPath(number)}${width < TILE ? `.p/${width}` : ''}`;
}

/** Returns the number of a tile in the form of paths: 1234067 as `x001/x234/067`. */
function tileNumberPath(number: number): string {
  const digits = String(number);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, index) => (index < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** Returns the number of hashes of a tile in a tree of this size; 0 if the tree does not contain the tile. */
export function widthIn(size: number, { level, number }: Pick<TileAddress, 'level' | 'number'>): number {
  const whole = Math.floor(size / TILE ** level);
  return Math.max(0, Math.min(TILE, whole - number * TILE));
}

/**
 * Computes a value, such as a proof, from the hashes of a log of `size` entries. Fetches the tiles one by one as they
 * are needed.
 */
export async function withTiles<T>(
  size: number,
  fetch: (address: TileAddress) => Promise<readonly Hash[]>,
  make: (subtree: SubtreeHash) => T,
): Promise<T> {
  const known = new Map<string, readonly Hash[]>();
  const hashes = (asked: TileAddress): readonly Hash[] => {
    const address = { ...asked, width: widthIn(size, asked) };
    const tile = known.get(tilePath(address));
    if (!tile) throw new TileWanted(address);
    return tile.slice(0, asked.width);
  };
  for (;;) {
    try {
      return make(subtreesIn({ hashes }));
    } catch (error) {
      if (!(error instanceof TileWanted)) throw error;
      known.set(tilePath(error.address), await fetch(error.address));
    }
  }
}

/** A tile that must be fetched first. */
class TileWanted extends Error {
  constructor(readonly address: TileAddress) {
    super(tilePath(address));
  }
}

/**
 * Returns a function for the hashes of complete subtrees, computed from the tiles of a log and cached, because they
 * never change.
 */
function subtreesIn(log: { hashes(address: TileAddress): readonly Hash[] }): SubtreeHash {
  const made = new Map<string, Hash>();
  const make: SubtreeHash = (level, index) => {
    const tileLevel = Math.floor(level / HEIGHT);
    const count = 2 ** (level - tileLevel * HEIGHT);
    const first = index * count;
    const number = Math.floor(first / TILE);
    const from = first - number * TILE;
    return rootOver(log.hashes({ level: tileLevel, number, width: from + count }).slice(from));
  };
  return (level, index) => {
    const name = `${level}/${index}`;
    const hash = made.get(name) ?? make(level, index);
    made.set(name, hash);
    return hash;
  };
}
