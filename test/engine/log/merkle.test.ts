import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  EMPTY_TREE,
  type Hash,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  NO_HASH,
  nodeHash,
  rootAt,
  rootOf,
  rootOver,
  type SubtreeHash,
  withLeaf,
} from '../../../src/engine/log/merkle.js';

/**
 * The entries and roots that the implementations of Certificate Transparency (RFC 6962) share as their test vectors.
 */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = ENTRIES.map((hex) => leafHash(Buffer.from(hex, 'hex')));

/** The definition of RFC 6962, word by word. */
function defined(hashes: readonly Hash[]): Hash {
  const [only] = hashes;
  if (only === undefined) return createHash('sha256').digest();
  if (hashes.length === 1) return only;
  let half = 1;
  while (half * 2 < hashes.length) half *= 2;
  return nodeHash(defined(hashes.slice(0, half)), defined(hashes.slice(half)));
}

const subtreesOf =
  (hashes: readonly Hash[]): SubtreeHash =>
  (level, index) =>
    defined(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level));

const hashesOf = (size: number): Hash[] => Array.from({ length: size }, (_, index) => leafHash(String(index)));

describe('a tree by the hashing of RFC 6962', () => {
  it.each(ROOTS.map((root, index) => ({ size: index + 1, root })))(
    'of $size entries has root $root',
    ({ size, root }) => {
      expect(rootOver(leaves.slice(0, size)).toString('hex')).toBe(root);
    },
  );

  it('has the hash of nothing for a root before the first entry', () => {
    expect(rootOf(EMPTY_TREE).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('grows entry by entry to the root that the definition gives', () => {
    let tree = EMPTY_TREE;
    const hashes = hashesOf(300);
    for (const [index, hash] of hashes.entries()) {
      tree = withLeaf(tree, hash);
      expect(rootOf(tree)).toEqual(defined(hashes.slice(0, index + 1)));
    }
  });
});

describe('a proof that an entry is in a tree', () => {
  const sizes = fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));

  it('holds for the entry, and for no other entry, place, size or root', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1_000), ([index, size], seed) => {
        const hashes = hashesOf(size);
        const root = defined(hashes);
        const proof = inclusionProof(index, size, subtreesOf(hashes));
        const leaf = hashes[index] ?? root;
        expect(isIncluded(leaf, index, size, proof, root)).toBe(true);
        expect(isIncluded(leafHash('another'), index, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof, leafHash('another'))).toBe(false);
        if (size > 1) expect(isIncluded(leaf, (index + 1 + (seed % (size - 1))) % size, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, index, size, [...proof, root], root)).toBe(false);
        if (proof.length > 0) expect(isIncluded(leaf, index, size, proof.slice(1), root)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('is refused for an entry that there is not', () => {
    expect(() => inclusionProof(8, 8, subtreesOf(leaves))).toThrow(RangeError);
  });
});

describe('a proof that a tree begins with another', () => {
  it('holds for every earlier size, and not once a hash of it or of the trees is another', () => {
    const pairs = fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.nat(size), fc.constant(size)));
    fc.assert(
      fc.property(pairs, fc.nat(), ([before, size], seed) => {
        const hashes = hashesOf(size);
        const [first, second] = [
          { size: before, root: defined(hashes.slice(0, before)) },
          { size, root: defined(hashes) },
        ];
        const proof = consistencyProof(before, size, subtreesOf(hashes));
        expect(isConsistent(first, second, proof)).toBe(true);
        if (before === 0) return;
        const forged = { size: before, root: leafHash('forged') };
        expect(isConsistent(forged, second, proof)).toBe(false);
        if (proof.length === 0) return;
        const wrong = proof.with(seed % proof.length, leafHash('forged'));
        expect(isConsistent(first, second, wrong)).toBe(false);
        expect(isConsistent(first, second, proof.slice(1))).toBe(false);
        expect(isConsistent(second, first, proof)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('proofs in trees of up to a hundred thousand entries', () => {
  const MOST = 100_000;
  /** The hashes of all whole subtrees, level by level. */
  const levels: Hash[][] = [hashesOf(MOST)];
  for (let below = levels[0] ?? []; below.length > 1; ) {
    const above = Array.from({ length: Math.floor(below.length / 2) }, (_, index) =>
      nodeHash(below[2 * index] ?? NO_HASH, below[2 * index + 1] ?? NO_HASH),
    );
    levels.push(above);
    below = above;
  }
  const subtree: SubtreeHash = (level, index) => levels[level]?.[index] ?? NO_HASH;
  const sizes = fc.integer({ min: 1, max: MOST });

  it('hold for every entry of every size, and for nothing else', () => {
    const places = sizes.chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
    fc.assert(
      fc.property(places, fc.nat(), ([index, size], other) => {
        const proof = inclusionProof(index, size, subtree);
        const root = rootAt(size, subtree);
        const leaf = subtree(0, index);
        expect(isIncluded(leaf, index, size, proof, root)).toBe(true);
        const elsewhere = other % size;
        if (elsewhere !== index) expect(isIncluded(leaf, elsewhere, size, proof, root)).toBe(false);
        expect(isIncluded(nodeHash(leaf, leaf), index, size, proof, root)).toBe(false);
        if (proof.length > 0) expect(isIncluded(leaf, index, size, proof.slice(1), root)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('hold between any two sizes, and not between others', () => {
    fc.assert(
      fc.property(sizes, sizes, (one, other) => {
        const [before, size] = one < other ? [one, other] : [other, one];
        const [first, second] = [before, size].map((count) => ({ size: count, root: rootAt(count, subtree) }));
        if (!first || !second) throw new Error('there are two');
        const proof = consistencyProof(before, size, subtree);
        expect(isConsistent(first, second, proof)).toBe(true);
        if (before < size) {
          const changed = { ...first, root: nodeHash(first.root, first.root) };
          expect(isConsistent(changed, second, proof)).toBe(false);
          expect(isConsistent(first, { ...second, root: changed.root }, proof)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are over the roots that the tree has as it grows', () => {
    let tree = EMPTY_TREE;
    for (const leaf of (levels[0] ?? []).slice(0, 3_000)) {
      tree = withLeaf(tree, leaf);
      if (tree.size % 97 === 0) expect(rootAt(tree.size, subtree)).toEqual(rootOf(tree));
    }
  });
});
