import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { apiAt } from '../support/api.js';
import { describeStandIn } from '../support/mongodb/server.js';
import type { ServerProcess } from '../support/process.js';
import { importCopies } from '../support/watched.js';
import { type Cluster, startCluster } from './cluster.js';
import { engineKills, type Fault, networkFaults, underFault } from './faults.js';

/** Duration of a fault in milliseconds: short in every run, longer with `npm run faults:cluster`. */
const HOLD_MS = Number(process.env.LETOPIS_FAULT_MS ?? 1_500);

/** A command may wait for its deadline in the event store, and again in the keys of persons. */
const DEADLINE_MS = 25_000;

describeStandIn('a cluster under load', () => {
  let cluster: Cluster;
  const servers: ServerProcess[] = [];
  beforeAll(async () => {
    cluster = await startCluster();
    servers.push(...(await Promise.all([cluster.serve('api'), cluster.serve()])));
    await importCopies(apiAt(servers[0]?.address ?? ''), 3);
    // The killed stand-in may lose read models but no keys. MongoDB itself loses neither.
    await cluster.mongo.server.flush();
  }, 60_000);
  afterAll(() => cluster?.close());

  const survives = async (fault: Fault) => {
    const row = await underFault(cluster, () => servers, fault);
    if (process.env.LETOPIS_FAULT_MS) process.stdout.write(`${JSON.stringify(row)}\n`);
    expect(row).toMatchObject({ found: row.acknowledged, doubled: 0, torn: 0, differing: 0 });
    expect(row.acknowledged).toBeGreaterThan(0);
    expect(row.longestAnswerMs).toBeLessThan(DEADLINE_MS);
  };

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])(
    'loses nothing, doubles nothing and recovers by itself from fault %i of the network',
    async (index) => {
      const fault = networkFaults(cluster, HOLD_MS)[index];
      if (!fault) throw new Error('there is no such fault');
      await survives(fault);
    },
    120_000,
  );

  it.each([0, 1])(
    'and from the kill of engine %i',
    async (index) => {
      const fault = engineKills(cluster, HOLD_MS)[index];
      if (!fault) throw new Error('there is no such engine');
      await survives(fault);
    },
    120_000,
  );

  it.each([
    { name: 'an api process', index: 0, roles: 'api' },
    { name: 'the process that keeps the read models', index: 1, roles: 'api,projections,deadlines' },
  ])(
    'and from the kill of $name',
    async ({ index, roles, name }) => {
      await survives({
        engine: 'processes',
        name: `kill -9 of ${name}`,
        async begin() {
          await servers[index]?.stop('SIGKILL');
        },
        async end() {
          servers[index] = await cluster.serve(roles);
        },
        holdMs: HOLD_MS,
      });
    },
    120_000,
  );
});
