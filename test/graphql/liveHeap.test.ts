import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { LiveHeap, type MeasuredHeap } from '../../src/graphql/limits/liveHeap.js';
import { until } from '../support/waiting.js';

setFlagsFromString('--expose-gc');
const collect = z.custom<() => void>((value) => typeof value === 'function').parse(runInNewContext('gc'));

/** Collects garbage `times` times and returns the measurements. The process may collect by itself in between. */
async function measuredOf(limit: number, times = 1) {
  const measured: MeasuredHeap[] = [];
  const heap = new LiveHeap((now) => measured.push(now), limit);
  const before = heap.isTight;
  for (let count = 1; count <= times; count += 1) {
    collect();
    await until(() => measured.length >= count);
  }
  heap.close();
  return { before, measured, isTight: heap.isTight };
}

/** The test itself needs more than a megabyte. */
const LITTLE = 1_000_000;

describe('the heap', () => {
  it('is tight when live objects take most of its limit after a full collection, and says how much they take', async () => {
    const { before, measured, isTight } = await measuredOf(LITTLE);
    expect(before).toBe(false);
    expect(isTight).toBe(true);
    expect(measured[0]).toMatchObject({ isTight: true, limit: LITTLE });
    expect(measured[0]?.live).toBeGreaterThan(600_000);
  });

  it('is not tight while there is room', async () => {
    const { measured, isTight } = await measuredOf(Number.MAX_SAFE_INTEGER);
    expect(isTight).toBe(false);
    expect(measured.every((each) => !each.isTight && !each.hasChanged)).toBe(true);
  });

  it('changes once, however often it is collected', async () => {
    const { measured } = await measuredOf(LITTLE, 3);
    expect(measured.length).toBeGreaterThanOrEqual(3);
    expect(measured.filter(({ hasChanged }) => hasChanged)).toEqual(measured.slice(0, 1));
  });
});
