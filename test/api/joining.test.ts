import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Subscribed } from '../support/api.js';
import { type Sample, sampleOf } from '../support/server.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

let server: WatchedServer;
let sample: Sample;
beforeAll(async () => {
  server = await startWatchedServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const CHANGES = 'subscription { changes { position } }';
const TOLD = z.object({ data: z.object({ changes: z.object({ position: z.string() }) }) });

const complete = async () => {
  const input = { activityId: sample.activity(3), actualOn: '2020-09-30' };
  return (await server.done('completeActivity', input)).position;
};
const withdraw = async () => {
  const input = { activityId: sample.activity(3), reason: 'Проба' };
  return (await server.done('withdrawCompletion', input)).position;
};

/**
 * Returns a subscription that starts at the present and has read that there are no changes yet. It has joined the other
 * subscribers when this function returns, because the query at the end takes longer.
 */
async function begun(): Promise<Subscribed> {
  const page = server.holdPage();
  const subscribed = server.subscribe(CHANGES);
  await page.asked;
  page.release();
  await server.data('{ plans { nodes { id } } }');
  return subscribed;
}

async function next(subscribed: Subscribed): Promise<string> {
  return TOLD.parse(await subscribed.next()).data.changes.position;
}

describe('a reader who joins others that are told the same', () => {
  it('and has begun behind a change that these are still to be told is not told it again', async () => {
    const first = await begun();
    const held = server.holdPage();
    const earlier = await complete();
    await held.asked;
    const second = await begun();
    held.release();
    expect(await next(first)).toBe(earlier);
    const later = await withdraw();
    expect(await next(first)).toBe(later);
    expect(await next(second)).toBe(later);
    await first.close();
    await second.close();
  });
});
