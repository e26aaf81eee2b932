import { expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { mongoReadStore } from '../../src/engine/readstore/mongodb/store.js';
import { checkpointOf } from '../../src/engine/readstore/port.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { liveThrough } from '../support/chronicle.js';
import { onMongo } from '../support/mongodb/onMongo.js';
import { openWorkshop } from '../support/readModels.js';
import { silent } from '../support/server.js';
import { caughtUp } from '../support/waiting.js';

onMongo('round trips', ({ url }) => {
  it('are three at most for each read model and batch', async () => {
    const workshop = await openWorkshop();
    const { events } = workshop.chronicle;
    for (const copy of [1, 2, 3]) await liveThrough(workshop.chronicle, await workshop.chronicle.plan(copy));
    const client = await new MongoClient(url(), { monitorCommands: true }).connect();
    const store = mongoReadStore(client.db('roundTrips'));
    let batches = 0;
    const observer = { passed: () => (batches += 1), failed: () => undefined, workerChanged: () => undefined };
    const runner = new ProjectionRunner(READ_MODELS, events, store, silent, observer);
    const calls = new Map<string, number>();
    try {
      // From the first event, so that the runner follows instead of filling empty read models.
      const { position } = await events.readAll({ after: '', limit: 1 });
      for (const spec of COLLECTIONS) await store.moveCheckpoint(checkpointOf(spec), undefined, position);
      await runner.open();
      client.on('commandStarted', ({ command }) => {
        const name = String(command.find ?? command.insert ?? command.update ?? '');
        const [model = ''] = name.split('_v');
        const moved = name === 'letopis_checkpoints' && String(command.updates?.[0]?.q?._id ?? '').split('@')[0];
        const of = moved || model;
        calls.set(of, (calls.get(of) ?? 0) + 1);
      });
      await runner.start();
      await caughtUp({ runner, events });
    } finally {
      await runner.stop();
      await store.close();
      await client.db('roundTrips').dropDatabase();
      await client.close();
      await workshop.close();
    }
    const counted = COLLECTIONS.map(({ name }) => ({ name, calls: calls.get(name) ?? 0 }));
    expect(batches).toBeGreaterThan(0);
    expect(counted.filter(({ calls }) => calls > 3 * batches)).toEqual([]);
    expect(calls.get('auditTrail')).toBeGreaterThanOrEqual(batches);
  });
});
