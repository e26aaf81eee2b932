import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { connectMongo } from '../../src/engine/storage/mongodb.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { apiAt } from '../support/api.js';
import { emptyData, textAt, WITH_KEY } from '../support/keptData.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { MONGODB, type MongoServer, startMongo } from '../support/mongodb/server.js';
import { letopis } from '../support/process.js';
import { describeIf } from '../support/skipping.js';

const Verified = z.object({
  events: z.number(),
  found: z.number(),
  findings: z.array(z.object({ kind: z.string() })),
  key: z.string(),
  keyFrom: z.string(),
  anchor: z.object({ size: z.number() }).optional(),
  persons: z.object({ checked: z.string(), persons: z.number(), found: z.number() }).nullable(),
});
const Plans = z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });

let kurrentDb: StandIn;
let mongo: MongoServer | undefined;

beforeAll(async () => {
  kurrentDb = await startStandIn();
  mongo = MONGODB === undefined ? undefined : await startMongo();
});
afterAll(async () => {
  await kurrentDb.close();
  await mongo?.close();
});

const place = emptyData({ ...WITH_KEY, LETOPIS_MASTER_KEY: randomBytes(32).toString('base64') });
let settings: Record<string, string>;
let planId: string;

async function verify(...args: readonly string[]) {
  const { code, stdout, stderr } = await letopis(['verify', '--json', ...args], settings);
  if (stdout === '') throw new Error(`verify ended with ${code}: ${stderr}`);
  return { code, ...Verified.parse(JSON.parse(stdout)) };
}

/** Serves the sample plan until its log is signed. */
async function served(meanwhile: (address: string) => Promise<void> = async () => undefined): Promise<void> {
  const server = await place.serve(settings);
  const { plans } = await apiAt(server.address).read(Plans, '{ plans { nodes { id } } }');
  planId = plans.nodes[0]?.id ?? '';
  await textAt(`${server.address}/checkpoint`);
  await meanwhile(server.address);
  await server.stop('SIGTERM');
}

/** Removes the plan from the server, as an operator with rights does. */
async function scavengePlan(): Promise<void> {
  const client = EventStoreDBClient.connectionString(kurrentDb.url);
  const stream = `${settings.LETOPIS_NAMESPACE}.plan-${planId.replace('plan_', '')}`;
  await client.setStreamMetadata(stream, { truncateBefore: 3 });
  await kurrentDb.scavenge(stream);
  await client.dispose();
}

/** Runs a statement on a SQLite file of the data directory. */
async function edited(file: string, sql: string): Promise<void> {
  const database = await openSqlite(join(settings.LETOPIS_DATA ?? '', file), 'writer');
  database.exec(sql);
  database.close();
}

const KEPT = [
  {
    where: 'files',
    isHere: true,
    readStore: () => 'sqlite:',
    loseAllKeys: () => rm(join(settings.LETOPIS_DATA ?? '', 'keys.db')),
    loseKey: () => edited('keys.db', 'DELETE FROM subject WHERE id = (SELECT min(id) FROM subject)'),
    forge: () => edited('log.db', `UPDATE checkpoint SET note = replace(note, '\n', 'x\n')`),
  },
  {
    where: 'MongoDB',
    isHere: MONGODB !== undefined,
    readStore() {
      const url = new URL(mongo?.url ?? '');
      url.pathname = `/${settings.LETOPIS_NAMESPACE}`;
      return url.href;
    },
    async loseAllKeys() {
      const { db, close } = await connectMongo(settings.LETOPIS_READ_STORE ?? '');
      for (const name of ['letopis_root', 'letopis_subjects']) await db.collection(name).deleteMany({});
      await close();
    },
    async loseKey() {
      const { db, close } = await connectMongo(settings.LETOPIS_READ_STORE ?? '');
      await db.collection('letopis_subjects').deleteOne({});
      await close();
    },
    async forge() {
      const { db, close } = await connectMongo(settings.LETOPIS_READ_STORE ?? '');
      await db.collection('letopis_log_checkpoints').updateMany({}, { $set: { note: 'forged' } });
      await close();
    },
  },
] as const;

for (const { where, isHere, readStore, loseKey, loseAllKeys, forge } of KEPT) {
  describeIf(isHere, 'needs MongoDB: run scripts/mongo-stand-in, or set MONGODB_URL')(
    `a chronicle on KurrentDB with ${where}`,
    () => {
      beforeEach(() => {
        settings = {
          ...place.settings,
          LETOPIS_EVENT_STORE: kurrentDb.url,
          LETOPIS_NAMESPACE: `v${randomBytes(6).toString('hex')}`,
        };
        settings.LETOPIS_READ_STORE = readStore();
      });

      it('is verified beside a running server and without it, to the keys of persons', async () => {
        await served(async () => {
          expect(await verify()).toMatchObject({ code: 0, found: 0, keyFrom: 'chronicle' });
        });
        const verified = await verify();
        expect(verified).toMatchObject({ code: 0, found: 0, keyFrom: 'remembered', persons: { checked: 'opened' } });
        expect(verified.events).toBeGreaterThan(10);
        expect(verified.persons?.persons).toBeGreaterThan(0);
        expect(verified.anchor?.size).toBeLessThanOrEqual(verified.events);
        const { stdout } = await letopis(['verify'], settings);
        expect(stdout).toMatch(/Якорь: (log\.anchor|letopis_log_anchor), событий/);
      });

      it('gives the proof of a plan', async () => {
        await served();
        const file = join(place.home, 'proof.html');
        const { code, stderr } = await letopis(['export-proof', planId, '--output', file], settings);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        const { key } = await verify();
        expect(await letopis(['verify', '--bundle', file, '--key', key], settings)).toMatchObject({ code: 0 });
      });

      it('is not verified after events were removed on the server', async () => {
        await served();
        expect((await verify()).code).toBe(0);
        await scavengePlan();
        const { code, findings } = await verify();
        const kinds = findings.map(({ kind }) => kind);
        expect({ code, kinds }).toMatchObject({ code: 1, kinds: expect.arrayContaining(['damagedFile']) });
        // The end of the log is missing, or other events have replaced those that it had signed.
        expect(kinds.filter((kind) => kind === 'cut' || kind === 'forked')).not.toEqual([]);
      });

      it('is verified with its events in a file too', async () => {
        settings.LETOPIS_EVENT_STORE = 'sqlite:';
        await served();
        expect(await verify()).toMatchObject({ code: 0, found: 0, persons: { checked: 'opened', found: 0 } });
      });

      it('is not served without its keys of persons, and gets no new ones', async () => {
        await served();
        await loseAllKeys();
        await expect(place.serve(settings)).rejects.toThrow(/(корневого ключа|ключи (всех )?лиц).*Новы[йе] не создан/s);
        await expect(place.serve(settings)).rejects.toThrow(/Новы[йе] не создан/);
      });

      it('is not verified with forged checkpoints, or without the key of a person', async () => {
        await served();
        await loseKey();
        expect(await verify()).toMatchObject({ code: 1, found: 0, persons: { found: 1 } });
        await forge();
        const { code, findings } = await verify();
        expect({ code, kinds: new Set(findings.map(({ kind }) => kind)) }).toEqual({
          code: 1,
          kinds: new Set(['forged']),
        });
      });
    },
  );
}

it('names the log that is not there, and reads a copied directory whatever engines are configured', async () => {
  settings = {
    ...place.settings,
    LETOPIS_EVENT_STORE: kurrentDb.url,
    LETOPIS_NAMESPACE: `v${randomBytes(6).toString('hex')}`,
  };
  await served();
  const { events } = await verify();
  const copy = join(place.home, 'copy');
  const from = ['--from', kurrentDb.url, '--keys-from', `sqlite:${settings.LETOPIS_DATA}`, '--to', `sqlite:${copy}`];
  expect(await letopis(['copy', ...from], settings)).toMatchObject({ code: 0 });
  expect(await verify('--data', copy)).toMatchObject({ events, found: 0 });
  await rm(join(settings.LETOPIS_DATA ?? '', 'log.db'));
  const { code, stderr } = await letopis(['verify'], settings);
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/log\.db нет: укажите LETOPIS_DATA/) });
});
