import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt, type TestApi } from '../support/api.js';
import { type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, sampleOf } from '../support/server.js';
import { caughtUp, pauseReadModels } from '../support/waiting.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

const PLAN = z.object({ revision: z.number() });
/** Activities of the sample with one control point. */
const WITH_ONE_POINT = [1, 2, 3, 5];

let server: WatchedServer;
let other: TestApi;
let sample: Sample;
/** Number of activities that were completed. */
let completed = 0;

beforeAll(async () => {
  server = await startWatchedServer();
  other = apiAt(await server.beside({}));
  sample = await sampleOf(server);
});
beforeEach(() => caughtUp(server.letopis.services));
afterAll(() => server.close());

/** Returns the revision of the sample plan that a caller reads. */
async function readBy(key: KeyRole, api: TestApi = server): Promise<number> {
  const { plan } = await api.read(z.object({ plan: PLAN }), `{ plan(id: "${sample.planId}") { revision } }`, { key });
  return plan.revision;
}

/** Returns the revision of the sample plan in a downloaded file. */
async function revisionInFile(): Promise<number> {
  const headers = { authorization: `Bearer ${keyOf('methodologist')}` };
  const response = await fetch(`${server.address}/plans.jsonl?planId=${sample.planId}`, { headers });
  const [, line = ''] = (await response.text()).split('\n');
  return PLAN.parse(JSON.parse(line)).revision;
}

/** Stops the read models between two batches while `work` is done, or until it calls its argument. */
async function whileReadModelsPause(work: (goOn: () => Promise<void>) => Promise<void>): Promise<void> {
  const goOn = pauseReadModels(server.letopis.services.runner);
  try {
    await work(goOn);
  } finally {
    await goOn();
  }
}

/** Changes the plan as the methodologist, and returns its new revision. */
async function changed(): Promise<number> {
  const number = WITH_ONE_POINT[completed] ?? 0;
  completed += 1;
  const input = { activityId: sample.activity(number), actualOn: '2020-09-30' };
  const { plan } = await server.done('completeActivity', input, { key: 'methodologist' });
  return plan.revision;
}

describe('a caller who has changed a plan', () => {
  it('reads the change also when the read models have not reached it yet', async () => {
    await whileReadModelsPause(async (goOn) => {
      const revision = await changed();
      const [read, downloaded] = [readBy('methodologist'), revisionInFile()];
      await goOn();
      expect([await read, await downloaded]).toEqual([revision, revision]);
    });
  });

  it('gets no cached answer from before the change', async () => {
    const before = await readBy('methodologist');
    expect(await readBy('methodologist')).toBe(before);
    await whileReadModelsPause(async (goOn) => {
      const revision = await changed();
      const read = readBy('methodologist');
      await goOn();
      expect(await read).toBe(revision);
    });
  });

  it('is the only one who waits, and not at another process', async () => {
    const before = await readBy('auditor');
    await whileReadModelsPause(async () => {
      await changed();
      expect(await readBy('auditor')).toBe(before);
      expect(await readBy('methodologist', other)).toBe(before);
    });
  });

  it('gets an answer without the change after a second, and the next one at once, if the read models do not reach it', async () => {
    const before = await readBy('methodologist');
    await whileReadModelsPause(async () => {
      await changed();
      expect(await readBy('methodologist')).toBe(before);
      const { runner } = server.letopis.services;
      const { waitFor } = runner;
      let waits = 0;
      runner.waitFor = (...args) => {
        waits += 1;
        return waitFor.apply(runner, args);
      };
      expect(await readBy('methodologist')).toBe(before);
      runner.waitFor = waitFor;
      expect(waits).toBe(0);
    });
  });
});
