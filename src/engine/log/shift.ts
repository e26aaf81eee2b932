import type { Hash } from './merkle.js';

/** Number of leaves that must agree after an insertion or removal, if as many are known. */
const ENOUGH = 3;

/**
 * Detects whether events were inserted or removed and the later ones renumbered.
 *
 * @param stored leaf hashes of the present events, from the first one that differs from its record.
 * @param recorded leaf hashes in the tiles, from the same index.
 * @returns the number of inserted events; the negative number of removed events; 0 if neither explains the difference,
 * because events were edited or moved.
 */
export function shiftBetween(stored: readonly Hash[], recorded: readonly Hash[]): number {
  return leftOut(stored, recorded) || -leftOut(recorded, stored);
}

/**
 * Returns how many of the first leaves are missing in the other list, if it continues with the next leaf; otherwise 0.
 */
function leftOut(leaves: readonly Hash[], others: readonly Hash[]): number {
  const there = new Set(others.map((leaf) => leaf.toString('hex')));
  const count = leaves.findIndex((leaf) => there.has(leaf.toString('hex')));
  if (count <= 0) return 0;
  const known = Math.min(ENOUGH, leaves.length - count, others.length);
  return others.slice(0, known).every((leaf, index) => leaves[count + index]?.equals(leaf)) ? count : 0;
}
