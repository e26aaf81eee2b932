import type { Hash } from './merkle.js';

/** Leaves that must agree behind what was put in or taken out, where so many are known. */
const ENOUGH = 3;

/**
 * Tells whether events were put in or taken out and the later ones numbered anew.
 *
 * @param stored leaves made of the events that are there, from the first one that is not as recorded.
 * @param recorded leaves as the tiles know them, from the same place on.
 * @returns how many were put in; below 0 how many were taken out; 0 when neither explains what is there, since events were
 *   edited or changed places.
 */
export function shiftBetween(stored: readonly Hash[], recorded: readonly Hash[]): number {
  return leftOut(stored, recorded) || -leftOut(recorded, stored);
}

/** How many of the first leaves are nowhere in the other ones, which go on with the next; 0 when they do not. */
function leftOut(leaves: readonly Hash[], others: readonly Hash[]): number {
  const there = new Set(others.map((leaf) => leaf.toString('hex')));
  const count = leaves.findIndex((leaf) => there.has(leaf.toString('hex')));
  if (count <= 0) return 0;
  const known = Math.min(ENOUGH, leaves.length - count, others.length);
  return others.slice(0, known).every((leaf, index) => leaves[count + index]?.equals(leaf)) ? count : 0;
}
