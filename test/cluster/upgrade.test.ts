import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt, type TestApi } from '../support/api.js';
import { compareReadModels } from '../support/load.js';
import { MONGODB } from '../support/mongodb/server.js';
import { registered } from '../support/organisations.js';
import type { ServerProcess } from '../support/process.js';
import { describeIf } from '../support/skipping.js';
import { importCopies } from '../support/watched.js';
import { type Cluster, startCluster } from './cluster.js';

/** An older version, as `scripts/older-build` makes it. */
const OLDER = fileURLToPath(new URL('../../.cache/older-build', import.meta.url));
const describeUpgrade = describeIf(
  MONGODB !== undefined && existsSync(`${OLDER}/version`),
  'needs MongoDB and an older version: run scripts/mongo-stand-in and scripts/older-build',
);

const PLANS = z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string(), status: z.string() })) }) });

let cluster: Cluster;
let older: ServerProcess;
let keeper: ServerProcess;
let api: ServerProcess;
let planId: string;
const activity = (number: number) => `${planId.replace('plan', 'activity')}.a${number}`;

beforeAll(async () => {
  cluster = await startCluster();
  older = await cluster.serve('api,projections,deadlines', {}, OLDER);
  const at = await importCopies(apiAt(older.address), 1);
  const { plans } = await apiAt(older.address).read(
    PLANS,
    'query($at: Position) { plans(atLeast: $at) { nodes { id status } } }',
    { variables: { at } },
  );
  planId = plans.nodes[0]?.id ?? '';
  await apiAt(older.address).done('confirmPrintedApproval', { planId, underControlFrom: '2020-09-01' });
}, 60_000);
afterAll(() => cluster.close());

async function ready(server: ServerProcess): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${server.address}/health/ready`);
  return { status: response.status, text: await response.text() };
}

async function becomes(server: ServerProcess, status: number): Promise<string> {
  for (const start = performance.now(); performance.now() - start < 30_000; await pause(100)) {
    const answer = await ready(server);
    if (answer.status === status) return answer.text;
  }
  throw new Error(`${server.address} is not ${status}: ${JSON.stringify(await ready(server))}`);
}

/** Returns the evidence of an activity, once the server has reached a position. */
async function evidence(server: TestApi, number: number, at: string): Promise<unknown> {
  return server.data('query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { evidence } }', {
    variables: { id: activity(number), at },
  });
}

describeUpgrade('an upgrade of a cluster, in the order of docs/cluster.md', () => {
  it('begins with a keeper of the new version: it builds its read models while the old version answers', async () => {
    keeper = await cluster.serve('projections,deadlines');
    await becomes(keeper, 200);
    const { position } = await apiAt(older.address).done('completeActivity', {
      activityId: activity(3),
      actualOn: '2020-09-28',
    });
    expect(await evidence(apiAt(older.address), 3, position)).toEqual({ activity: { evidence: 'COMPLETION_MARKED' } });
  });

  it('goes on with api processes: what is done on either version is seen on both', async () => {
    api = await cluster.serve('api');
    await becomes(api, 200);
    const byOld = await apiAt(older.address).done('withdrawCompletion', { activityId: activity(3), reason: 'Проба' });
    expect(await evidence(apiAt(api.address), 3, byOld.position)).toEqual({ activity: { evidence: 'NONE' } });
    const byNew = await apiAt(api.address).done('completeActivity', {
      activityId: activity(8),
      actualOn: '2020-09-29',
    });
    expect(await evidence(apiAt(older.address), 8, byNew.position)).toEqual({
      activity: { evidence: 'COMPLETION_MARKED' },
    });
    expect((await ready(older)).status).toBe(200);
  });

  it('ends the old version at the first event of a new kind: it stops before it, and says which', async () => {
    const organisationId = await registered(apiAt(api.address), { name: 'МБУДО «ЦВР»' });
    const assign = { planId, organisationId, reason: 'Учредитель' };
    const { position } = await apiAt(api.address).done('assignPlan', assign);
    // The old version finds one of the two first: by the list of event types in the store, or when it reads the events.
    expect(await becomes(older, 503)).toMatch(/(OrganisationRegistered|PlanAssigned) of version 1.*install/);
    const found = await apiAt(api.address).data(
      'query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) { organisationId } }',
      { variables: { id: planId, at: position } },
    );
    expect(found).toEqual({ plan: { organisationId } });
  });

  it('leaves read models that are as if they were made anew', async () => {
    await older.stop('SIGTERM');
    const { position } = await apiAt(api.address).done('withdrawCompletion', {
      activityId: activity(8),
      reason: 'Проба',
    });
    expect(await evidence(apiAt(api.address), 8, position)).toEqual({ activity: { evidence: 'NONE' } });
    const compared = await cluster.withStores((events, store) =>
      compareReadModels(events, store, join(cluster.directory, 'anew.db')),
    );
    expect(compared.documents).toBeGreaterThan(50);
    expect(compared.differing).toBe(0);
  });
});
