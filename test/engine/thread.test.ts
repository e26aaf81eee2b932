import { once } from 'node:events';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { afterAll, describe, expect, it } from '@jest/globals';
import { endThread, startThread } from '../../src/engine/thread.js';

/** A thread that posts the limit of its heap, in bytes. */
const MODULE = new URL(
  `data:text/javascript,import { parentPort } from 'node:worker_threads'; import { getHeapStatistics } from 'node:v8'; parentPort.postMessage(getHeapStatistics().heap_size_limit);`,
);
const MB = 1_048_576;

async function limitOf(...limits: [] | [{ readonly maxOldGenerationSizeMb: number }]): Promise<number> {
  const [limit] = await once(startThread(MODULE, null, ...limits), 'message');
  return Number(limit);
}

describe('a thread of a process that was started with --max-old-space-size', () => {
  afterAll(() => setFlagsFromString('--max-old-space-size=0'));

  it('has the limit of its own, and the process keeps that with which it began', async () => {
    const before = getHeapStatistics().heap_size_limit;
    setFlagsFromString('--max-old-space-size=3000');
    setFlagsFromString('--max-semi-space-size=64');
    expect(await limitOf({ maxOldGenerationSizeMb: 100 })).toBeLessThan(200 * MB);
    expect(getHeapStatistics().heap_size_limit).toBe(before);
  });

  it('has the limit of the process when it has none of its own', async () => {
    const own = getHeapStatistics().heap_size_limit;
    setFlagsFromString('--max-old-space-size=0');
    expect(Math.abs((await limitOf()) - own)).toBeLessThan(own / 4);
  });
});

it('a thread that fails while it is ended does not end the process', async () => {
  const thread = startThread(MODULE, null);
  const ended = endThread(thread);
  expect(thread.emit('error', new Error('Worker terminated due to reaching memory limit'))).toBe(true);
  await ended;
});
