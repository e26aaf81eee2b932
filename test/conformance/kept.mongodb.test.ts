import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { openMongoReadingLog } from '../../src/access/readings/mongodb.js';
import { rootOf } from '../../src/audit/log/merkle.js';
import { TILE, widthIn } from '../../src/audit/log/tiles.js';
import { LogFollower, type LogStore } from '../../src/eventlog/follower.js';
import { openMongoLog } from '../../src/eventlog/mongodb.js';
import type { EventLog, EventStore } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/store.js';
import { openMongoVault } from '../../src/vault/mongodb.js';
import { SubjectTaken, type Vault } from '../../src/vault/vault.js';
import { openMongoDeliveries } from '../../src/webhooks/deliveries/mongodb.js';
import { onMongo } from '../support/mongodb/onMongo.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { deliveriesConformance } from './deliveries.js';
import { readingsConformance } from './readings.js';
import { vaultConformance } from './vault.js';

const silent = pino({ level: 'silent' });

// What is kept beside the chronicle, all of it on one server.
onMongo('keys of persons, the log, deliveries and who read names', ({ kind, databaseOf }) => {
  deliveriesConformance(`MongoDB (${kind})`, (directory) => openMongoDeliveries(databaseOf(directory)));

  readingsConformance(`MongoDB (${kind})`, (directory) => openMongoReadingLog(databaseOf(directory)));

  const open = (directory: string, masterKey: Buffer): Promise<Vault> =>
    openMongoVault(databaseOf(directory), masterKey);

  vaultConformance(`MongoDB (${kind})`, open);

  describe('keys that several processes share', () => {
    const masterKey = randomBytes(32);
    const shared = `vault${randomBytes(6).toString('hex')}`;

    it('are destroyed for all of them: whoever has read the name notices within a second or two', async () => {
      const [a, b] = [await open(shared, masterKey), await open(shared, masterKey)];
      const sealed = a.seal({ person: 'Е.Н. Филатова' });
      await a.flush();
      await b.learn([sealed]);
      expect(b.open(sealed)).toBe('Е.Н. Филатова');
      const alike = b.seal({ person: 'Е.Н. Филатова' });
      expect(alike.subject).toBe(sealed.subject);
      await a.forget(sealed.subject);
      const start = performance.now();
      while (b.open(sealed) !== null) {
        if (performance.now() - start > 3_000) throw new Error('the name is read for ever');
        await pause(50);
        await b.learn([{ ...sealed }]);
      }
      expect(performance.now() - start).toBeLessThan(2_000);
      // What was about to be stored under the destroyed key is sealed anew.
      const anew = b.seal({ person: 'Е.Н. Филатова' });
      expect(anew.subject).not.toBe(sealed.subject);
      a.close();
      b.close();
    });

    it('are not used any more by whoever stores something after they were destroyed elsewhere', async () => {
      const [a, b] = [await open(shared, masterKey), await open(shared, masterKey)];
      const sealed = a.seal({ person: 'СВ Стапинов' });
      await a.flush();
      await b.learn([sealed]);
      await a.forget(sealed.subject);
      const start = performance.now();
      let noticed: unknown;
      while (noticed === undefined && performance.now() - start < 3_000) {
        expect(b.seal({ person: 'СВ Стапинов' }).subject).toBe(sealed.subject);
        await pause(50);
        noticed = await b.flush().catch((error: unknown) => error);
      }
      expect(noticed).toBeInstanceOf(SubjectTaken);
      expect(b.seal({ person: 'СВ Стапинов' }).subject).not.toBe(sealed.subject);
      await b.flush();
      a.close();
      b.close();
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
      const follower = new LogFollower(events, log, () => true, silent);
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
