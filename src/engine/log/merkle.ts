import { hash } from 'node:crypto';

/** A SHA-256 hash, 32 bytes. */
export type Hash = Buffer;

/** Bytes of a hash. */
export const HASH_BYTES = 32;

/** Used in place of the hash of the previous event for the first event: 32 zero bytes. */
export const NO_HASH: Hash = Buffer.alloc(HASH_BYTES);

/** Splits bytes into hashes. */
export function hashesIn(bytes: Uint8Array): Hash[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
    Buffer.from(bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)),
  );
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** Returns the hash of an entry (RFC 6962, 2.1). */
export function leafHash(entry: string | Uint8Array): Hash {
  return hash('sha256', typeof entry === 'string' ? `\0${entry}` : Buffer.concat([LEAF, entry]), 'buffer');
}

/** Returns the hash over two subtrees (RFC 6962, 2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}

/**
 * A tree as its right edge: the roots of its perfect subtrees, the largest first, one for each set bit of its size. It
 * suffices for appending and for computing the root.
 */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Hash[];
}

/** The tree without entries. */
export const EMPTY_TREE: Frontier = { size: 0, roots: [] };

/** Returns the tree with one more entry. */
export function withLeaf({ size, roots }: Frontier, leaf: Hash): Frontier {
  const edge = [...roots];
  let root = leaf;
  // The number of merges is the number of trailing one bits of the size.
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = edge.pop();
    if (left === undefined) throw new RangeError(`a tree of ${size} entries has too few roots`);
    root = nodeHash(left, root);
  }
  edge.push(root);
  return { size: size + 1, roots: edge };
}

/** Returns the root of a tree; for the empty tree the hash of the empty string (RFC 6962, 2.1). */
export function rootOf({ roots }: Frontier): Hash {
  const [last, ...others] = roots.toReversed();
  if (last === undefined) return hash('sha256', '', 'buffer');
  return others.reduce((right, left) => nodeHash(left, right), last);
}

/** Returns the root of a tree over adjacent hashes. */
export function rootOver(hashes: readonly Hash[]): Hash {
  return rootOf(hashes.reduce(withLeaf, EMPTY_TREE));
}

/** Returns the hash of the complete subtree over the entries from `index · 2^level` on. */
export type SubtreeHash = (level: number, index: number) => Hash;

/**
 * Returns the inclusion proof of the entry at `index` in the tree of `size` entries (RFC 6962, 2.1.1), from the entry
 * to the root.
 *
 * @throws RangeError if there is no such entry.
 */
export function inclusionProof(index: number, size: number, subtree: SubtreeHash): Hash[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`there is no entry ${index} in a tree of ${size}`);
  return path(index, 0, size, subtree);
}

function path(index: number, from: number, to: number, subtree: SubtreeHash): Hash[] {
  if (to - from <= 1) return [];
  const middle = from + largestPowerBelow(to - from);
  return index < middle
    ? [...path(index, from, middle, subtree), rangeRoot(middle, to, subtree)]
    : [...path(index, middle, to, subtree), rangeRoot(from, middle, subtree)];
}

/**
 * Returns the proof that a tree of `size` entries begins with the whole tree of `before` entries (RFC 6962, 2.1.2).
 *
 * @throws RangeError if the first tree is larger.
 */
export function consistencyProof(before: number, size: number, subtree: SubtreeHash): Hash[] {
  if (!(before >= 0 && before <= size)) throw new RangeError(`a tree of ${size} does not begin with ${before} entries`);
  if (before === 0 || before === size) return [];
  return subproof(before, 0, size, true, subtree);
}

function subproof(before: number, from: number, to: number, isWhole: boolean, subtree: SubtreeHash): Hash[] {
  if (before === to - from) return isWhole ? [] : [rangeRoot(from, to, subtree)];
  const half = largestPowerBelow(to - from);
  const middle = from + half;
  return before <= half
    ? [...subproof(before, from, middle, isWhole, subtree), rangeRoot(middle, to, subtree)]
    : [...subproof(before - half, middle, to, false, subtree), rangeRoot(from, middle, subtree)];
}

/** Returns the root that a tree had at this size. */
export function rootAt(size: number, subtree: SubtreeHash): Hash {
  return size === 0 ? rootOf(EMPTY_TREE) : rangeRoot(0, size, subtree);
}

/** Returns the root over the entries from..to. `from` is a multiple of the largest power of two in their number. */
function rangeRoot(from: number, to: number, subtree: SubtreeHash): Hash {
  const count = to - from;
  if (isPower(count)) return subtree(Math.log2(count), from / count);
  const middle = from + largestPowerBelow(count);
  return nodeHash(rangeRoot(from, middle, subtree), rangeRoot(middle, to, subtree));
}

/**
 * Returns true if the proof shows the entry with this leaf hash at `index` of the tree with this root (RFC 9162,
 * 2.1.3.2).
 */
export function isIncluded(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (!(index >= 0 && index < size)) return false;
  let [node, last, reached] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      reached = nodeHash(sibling, reached);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      reached = nodeHash(reached, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && reached.equals(root);
}

/** Returns true if the proof shows that the second tree begins with the whole first one (RFC 9162, 2.1.4.2). */
export function isConsistent(
  first: { readonly size: number; readonly root: Hash },
  second: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (first.size > second.size) return false;
  if (first.size === 0) return proof.length === 0;
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root);
  const [start, ...rest] = isPower(first.size) ? [first.root, ...proof] : proof;
  if (start === undefined) return false;
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [older, newer] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && older.equals(first.root) && newer.equals(second.root);
}

function largestPowerBelow(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}

function isPower(count: number): boolean {
  return 2 ** Math.round(Math.log2(count)) === count;
}
