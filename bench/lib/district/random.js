/**
 * Returns a seeded pseudo-random generator (mulberry32). The same seed gives the same district on every machine, so
 * that figures of two runs are comparable.
 */
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    /** Returns true in this share of calls, in percent. */
    percent: (share) => next() * 100 < share,
    /** Returns a whole number from 0 to below the limit. */
    below: (limit) => Math.floor(next() * limit),
    /** Returns an element of a list. */
    pick: (list) => list[Math.floor(next() * list.length)],
    /** Returns an element of a list of `{ weight }`, by its weight. */
    weighted(list) {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0);
      for (const each of list) {
        left -= each.weight;
        if (left < 0) return each;
      }
      return list[0];
    },
  };
}
