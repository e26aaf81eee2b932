import { describe, expect, it } from '@jest/globals';
import { lastKnown } from '../../../src/engine/storage/lastKnown.js';

/** A value that counts its reads. */
function counted() {
  const state = { reads: 0, isAway: false };
  const known = lastKnown(
    async () => {
      state.reads += 1;
      return state.reads;
    },
    () => state.isAway,
  );
  return { state, known };
}

describe('a value of an engine', () => {
  it('is read each time while the engine answers', async () => {
    const { known } = counted();
    expect([await known(), await known()]).toEqual([1, 2]);
  });

  it('is the last known one, without a read, while the engine is away', async () => {
    const { state, known } = counted();
    await known();
    state.isAway = true;
    expect([await known(), state.reads]).toEqual([1, 1]);
  });

  it('is read, engine or not, while nothing is known', async () => {
    const { state, known } = counted();
    state.isAway = true;
    expect(await known()).toBe(1);
  });
});
