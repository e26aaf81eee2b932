import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { LiveHeap } from '../../src/graphql/limits/liveHeap.js';
import { until } from '../support/waiting.js';

setFlagsFromString('--expose-gc');
const collect = z.custom<() => void>((value) => typeof value === 'function').parse(runInNewContext('gc'));

describe('the heap', () => {
  it('is tight when live objects take most of its limit after a full collection, and says how much they take', async () => {
    const told: number[] = [];
    // The test itself takes more than a megabyte.
    const heap = new LiveHeap((live) => told.push(live), 1_000_000);
    expect(heap.isTight).toBe(false);
    collect();
    await until(() => told.length > 0);
    expect(heap.isTight).toBe(true);
    expect(told[0]).toBeGreaterThan(600_000);
    heap.close();
  });

  it('is not tight while there is room', async () => {
    const told: number[] = [];
    const roomy = new LiveHeap((live) => told.push(live), Number.MAX_SAFE_INTEGER);
    const tight = new LiveHeap((live) => told.push(live), 1_000_000);
    collect();
    await until(() => tight.isTight);
    expect(roomy.isTight).toBe(false);
    expect(told).toHaveLength(1);
    for (const heap of [roomy, tight]) heap.close();
  });
});
