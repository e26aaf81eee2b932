import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt } from '../support/api.js';
import { MONGODB } from '../support/mongodb/server.js';
import type { ServerProcess } from '../support/process.js';
import { type Cluster, startCluster } from './cluster.js';

const describeCluster = MONGODB === undefined ? describe.skip : describe;

describeCluster('several processes', () => {
  let cluster: Cluster;
  let one: ServerProcess;
  beforeAll(async () => {
    cluster = await startCluster();
    one = await cluster.serve();
  }, 60_000);
  afterAll(() => cluster?.close());

  it('works', async () => {
    const api = apiAt(one.address);
    const shape = z.object({ system: z.object({ eventStore: z.string(), readStore: z.string() }) });
    expect(await api.read(shape, '{ system { eventStore readStore } }')).toEqual({
      system: { eventStore: 'kurrentdb', readStore: 'mongodb' },
    });
  });
});
