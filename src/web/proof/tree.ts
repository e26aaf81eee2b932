import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesFromBase64 } from './bytes';

// The checks in this folder are written from PROTOCOL.md and the standards that it names, without code of the server.
// They are a second implementation, so that an error in the first one is detected. They do not use `crypto.subtle`,
// which browsers do not offer to pages over plain HTTP.

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Returns the leaf hash of an entry (RFC 6962, 2.1). */
export function leafHash(entry: string): Uint8Array {
  return sha256(concatBytes(LEAF, utf8ToBytes(entry)));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE, left, right));
}

/**
 * Returns the root to which an inclusion proof leads from a leaf (RFC 9162, 2.1.3.2).
 *
 * @param index index of the entry, from 0.
 * @param size number of entries of the tree.
 * @param proof hashes in base64, from the leaf to the root.
 * @returns undefined when a proof for this index and size has another number of hashes, or one is malformed.
 */
export function rootFrom(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly string[],
): Uint8Array | undefined {
  if (!(index >= 0 && index < size)) return undefined;
  let [node, last, reached] = [index, size - 1, leaf];
  for (const text of proof) {
    const sibling = bytesFromBase64(text);
    if (last === 0 || sibling?.length !== leaf.length) return undefined;
    if (node % 2 === 1 || node === last) {
      reached = nodeHash(sibling, reached);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      reached = nodeHash(reached, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? reached : undefined;
}
