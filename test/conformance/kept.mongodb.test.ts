import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { openReadingLog } from '../../src/access/readings.js';
import { openRefusalLog } from '../../src/access/refusals.js';
import { openAccessUses } from '../../src/access/uses.js';
import { accessUnavailable } from '../../src/app/opened.js';
import { buildLog, type LogStore } from '../../src/engine/eventlog/follower.js';
import { openMongoLog } from '../../src/engine/eventlog/mongodb.js';
import type { EventLog, EventStore } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { rootOf } from '../../src/engine/log/merkle.js';
import { TILE, widthIn } from '../../src/engine/log/tiles.js';
import { mongoRecords } from '../../src/engine/records/mongodb.js';
import { onMongo } from '../support/mongodb/onMongo.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { deliveriesConformance } from './deliveries.js';
import { readingsConformance } from './readings.js';
import { recordsConformance } from './records.js';

const silent = pino({ level: 'silent' });

// All small stores beside the chronicle, on one server.
onMongo('the log, deliveries and who read names', ({ kind, databaseOf }) => {
  const open = async (directory: string) => mongoRecords(databaseOf(directory), accessUnavailable);
  recordsConformance(`MongoDB (${kind})`, open);
  deliveriesConformance(`MongoDB (${kind})`, open);
  readingsConformance(`MongoDB (${kind})`, open);

  describe(`the age of access records: MongoDB (${kind})`, () => {
    it('is limited by the time of their last write, also for records of an older version', async () => {
      const directory = await temporaryDirectory();
      const db = databaseOf(directory);
      const records = mongoRecords(db, accessUnavailable);
      const all = ['letopis_name_readings', 'letopis_refusals', 'letopis_access_uses'] as const;
      for (const name of all) await db.collection(name).insertOne({ lastAt: '2020-10-01T09:00:00.000Z' });
      for (const days of [30, 60, 30, 30, 60]) {
        const readings = await openReadingLog(records, days);
        const refusals = await openRefusalLog(records, days);
        const uses = await openAccessUses(records, days);
        const at = '2020-10-02T09:00:00.000Z';
        await readings.record('anna', 'query', ['s1'], at);
        await refusals.record({ at, actorId: 'anna', role: 'AUDITOR', field: 'x', code: 'y', stream: null });
        await uses.record('anna', at);
        const [refusal] = await refusals.find({ actorId: 'anna' }, { limit: 1 });
        expect(refusal).not.toHaveProperty('since');
        for (const name of all) {
          const collection = db.collection(name);
          expect(await collection.countDocuments({ since: { $exists: false } })).toBe(0);
          const index = (await collection.indexes()).find((each) => each.name === 'age');
          expect(index).toMatchObject({ key: { since: 1 }, expireAfterSeconds: days * 86_400 });
          const [latest] = await collection.find().sort({ since: -1 }).limit(1).toArray();
          expect(Math.abs(Date.now() - Number(latest?.since))).toBeLessThan(60_000);
        }
      }
      await removeDirectory(directory);
    });
  });

  describe(`log: MongoDB (${kind}) beside the one that an engine keeps itself`, () => {
    let directory: string;
    let events: EventStore;
    let log: EventLog & LogStore;
    let own: EventLog;
    beforeAll(async () => {
      directory = await temporaryDirectory();
      events = await openSqliteEventStore(join(directory, 'chronicle.db'));
      if (!events.log) throw new Error('this engine keeps a log');
      own = events.log;
      log = await openMongoLog(databaseOf(directory));
      await append(600);
      await followed();
    });
    afterAll(async () => {
      await events?.close();
      await removeDirectory(directory);
    });

    let revision = -1;
    async function append(count: number): Promise<void> {
      const batch = Array.from({ length: count }, (_, index) => {
        const id = `00000000-0000-4000-8000-${String(revision + 1 + index).padStart(12, '0')}`;
        return { id, type: 'X', schemaVersion: 1, body: `{"id":"${id}"}` };
      });
      await events.append('plan-1', revision < 0 ? 'noStream' : revision, batch);
      revision += count;
    }

    async function followed(): Promise<void> {
      const follower = buildLog(events, log, { isHeld: () => true }, { log: silent });
      const { size } = await own.tree();
      while ((await log.tree()).size < size) await new Promise((resolve) => setTimeout(resolve, 10));
      await follower.stop();
    }

    async function expectSame(): Promise<void> {
      const [ours, theirs] = [await own.tree(), await log.tree()];
      expect([theirs.size, rootOf(theirs)]).toEqual([ours.size, rootOf(ours)]);
      for (let number = 0; number * TILE < ours.size; number += 1) {
        const address = { level: 0, number, width: widthIn(ours.size, { level: 0, number }) };
        expect(await log.hashes(address)).toEqual(await own.hashes(address));
      }
    }

    it('has the same tree, tiles and places', async () => {
      await expectSame();
      for (const index of [0, 255, 256, 511, 599]) {
        const position = await own.positionAt(index);
        expect(await log.positionAt(index)).toBe(position);
        expect(await log.indexOf(position ?? '')).toBe(index);
      }
      expect([await log.positionAt(600), await log.positionAt(-1), await log.indexOf('999999')]).toEqual(
        Array(3).fill(undefined),
      );
    });

    it('goes on where it was, within a second', async () => {
      await append(3);
      const start = performance.now();
      await followed();
      expect(performance.now() - start).toBeLessThan(1_000);
      await expectSame();
    });

    it('is built again with the same root', async () => {
      await log.clear();
      expect((await log.tree()).size).toBe(0);
      await followed();
      await expectSame();
    });

    it('keeps checkpoints, the first of a size', async () => {
      await log.putCheckpoint(3, 'three');
      await log.putCheckpoint(600, 'six hundred');
      await log.putCheckpoint(600, 'another');
      await log.putCheckpoint(20, 'twenty');
      expect(await log.lastCheckpoint()).toBe('six hundred');
    });
  });
});
