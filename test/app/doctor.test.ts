import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readConfig } from '../../src/app/config.js';
import { filesIn } from '../../src/app/dataDirectory.js';
import { checkDisk, checkSettings, losesCommits } from '../../src/app/doctor/machine.js';
import { checkSkew } from '../../src/app/doctor/mongo.js';
import { tableOf } from '../../src/engine/readstore/layout.js';
import { mongoReadStore } from '../../src/engine/readstore/mongodb/store.js';
import { connectMongo } from '../../src/engine/storage/mongodb.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { plans as plansModel } from '../../src/projections/plans.js';
import { type Cluster, startCluster } from '../cluster/cluster.js';
import { apiAt } from '../support/api.js';
import { emptyData, textAt } from '../support/keptData.js';
import { planIds } from '../support/load.js';
import { describeStandIn } from '../support/mongodb/server.js';
import { letopis } from '../support/process.js';
import { importCopies } from '../support/watched.js';

type Settings = Readonly<Record<string, string>>;

const Examined = z.object({
  state: z.string(),
  checks: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['good', 'warning', 'broken', 'skipped']),
      found: z.object({ ru: z.string(), en: z.string() }),
      advice: z.object({ ru: z.string(), en: z.string() }).nullable(),
    }),
  ),
});

/** Runs `letopis doctor --json`. Returns the exit code, and the checks that are not good, by name. */
async function doctor(settings: Settings) {
  const { code, stdout, stderr } = await letopis(['doctor', '--json'], settings);
  if (stdout === '') throw new Error(`doctor ended with ${code}: ${stderr}`);
  const { checks } = Examined.parse(JSON.parse(stdout));
  const faults = checks.filter(({ state }) => state !== 'good');
  return {
    code,
    faults: Object.fromEntries(faults.map(({ name, state }) => [name, state])),
    advice: Object.fromEntries(faults.map(({ name, advice }) => [name, advice?.ru ?? ''])),
    found: Object.fromEntries(checks.map(({ name, found }) => [name, found.ru])),
  };
}

describe('doctor on the files of one process', () => {
  const place = emptyData();

  async function served(): Promise<void> {
    const server = await place.serve();
    await textAt(`${server.address}/checkpoint`);
    await server.stop('SIGTERM');
  }

  const edited = async (file: string, sql: string): Promise<void> => {
    const database = await openSqlite(join(place.home, 'data', file), 'writer');
    database.exec(sql);
    database.close();
  };

  it('finds nothing beside a running server and without it, and says so in Russian first', async () => {
    const server = await place.serve();
    await textAt(`${server.address}/checkpoint`);
    expect(await doctor(place.settings)).toMatchObject({ code: 0, faults: {} });
    await server.stop('SIGTERM');
    const { code, stdout } = await letopis(['doctor'], place.settings);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ представления не отстают$/m);
    expect(stdout.trimEnd().endsWith('Всё в порядке')).toBe(true);
  });

  it('names lost keys, read models that are behind, a lost index and a directory that is open to others', async () => {
    await served();
    await edited('keys.db', 'DELETE FROM subject');
    await edited('readmodels.db', "UPDATE checkpoint SET pos = '0000000000000003' WHERE model LIKE 'plans@%'");
    const database = await openSqlite(join(place.home, 'data', 'readmodels.db'), 'writer');
    const index = database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'ix_plans_%'").get()?.name;
    database.exec(`DROP INDEX ${String(index)}`);
    database.close();
    await chmod(join(place.home, 'data'), 0o755);
    const { code, faults, found, advice } = await doctor(place.settings);
    expect({ code, faults }).toEqual({
      code: 2,
      faults: { directory: 'warning', indexes: 'warning', readModels: 'warning', keys: 'broken' },
    });
    expect(found.readModels).toMatch(/отстают на \d+ событий и стоят \(plans\)/);
    expect(found.indexes).toContain(String(index));
    expect(advice.readModels).toContain('запустите сервер');
  });

  it('says what to do where there is no chronicle, and no use of wrong settings', async () => {
    await mkdir(join(place.home, 'data'), { mode: 0o700 });
    const { code, faults, advice } = await doctor(place.settings);
    expect({ code, faults }).toMatchObject({ code: 2, faults: { eventStore: 'broken', damage: 'skipped' } });
    expect(advice.eventStore).toContain('проверьте LETOPIS_DATA');
    const { code: unusable, stderr } = await letopis(['doctor'], { ...place.settings, LETOPIS_RATE: 'fast' });
    expect({ unusable, stderr }).toEqual({ unusable: 3, stderr: expect.stringContaining('LETOPIS_RATE') });
  });

  it('asks for an anchor of a log that has none', async () => {
    await served();
    await rm(join(place.home, 'data', 'log.anchor'));
    expect(await doctor(place.settings)).toMatchObject({
      code: 1,
      faults: { log: 'warning' },
      advice: { log: expect.stringContaining('letopis log accept') },
    });
  });

  it('measures the disk', async () => {
    await served();
    const files = filesIn(join(place.home, 'data'));
    const states = [];
    for (const free of [50_000_000, 500_000_000, 5_000_000_000]) states.push((await checkDisk(files, free)).state);
    expect(states).toEqual(['broken', 'warning', 'good']);
  });
});

describe('the settings and versions', () => {
  it.each([
    [{ LETOPIS_EVENT_STORE: 'esdb://db.example:2113?tls=false' }, 'warning'],
    [{ LETOPIS_EVENT_STORE: 'esdb://u:p@127.0.0.1:1,db.example:2113?tls=false' }, 'warning'],
    [{ LETOPIS_EVENT_STORE: 'esdb://127.0.0.1:2113?tls=false' }, 'good'],
    [{ LETOPIS_EVENT_STORE: 'esdb://db.example:2113' }, 'good'],
    [{ LETOPIS_READ_STORE: 'mongodb://u:p@db.example/letopis' }, 'warning'],
    [{ LETOPIS_READ_STORE: 'mongodb://u:p@db.example/letopis?tls=true' }, 'good'],
    [{ LETOPIS_CLOCK: '-P1D' }, 'warning'],
  ])('%j: %s', (settings, state) => {
    const config = readConfig({ LETOPIS_MASTER_KEY: Buffer.alloc(32).toString('base64'), ...settings });
    expect(checkSettings(config).map((check) => check.state)).toEqual([state]);
  });

  it('wants one master key for several processes', () => {
    const checks = checkSettings(readConfig({ LETOPIS_READ_STORE: 'mongodb://localhost/letopis' }));
    expect(checks).toMatchObject([{ state: 'warning', advice: { ru: expect.stringContaining('LETOPIS_MASTER_KEY') } }]);
  });

  it.each([
    ['3.44.5', true],
    ['3.44.6', false],
    ['3.50.6', true],
    ['3.50.7', false],
    ['3.51.2', true],
    ['3.51.3', false],
    ['3.53.0', false],
  ])('SQLite %s can lose a commit: %s', (version, loses) => expect(losesCommits(version)).toBe(loses));
});

describeStandIn('doctor on a cluster', () => {
  let cluster: Cluster;
  let settings: Record<string, string>;

  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.close());
  beforeEach(() => {
    const { LETOPIS_CLOCK: _, ...rest } = cluster.settings();
    settings = rest;
  });

  /** Executes a command on a server, so that read models that no process maintains are behind. */
  const recorded = (address: string) =>
    apiAt(address).query('mutation { registerOrganisation(input: { name: "Школа № 7" }) { userErrors { code } } }');

  it('finds nothing while it is healthy; then a cluster that nobody maintains, and missing indexes', async () => {
    await mkdir(settings.LETOPIS_DATA ?? '', { mode: 0o700 });
    const api = await cluster.serve('api');
    const keeper = await cluster.serve('projections,deadlines,webhooks');
    const healthy = await doctor(settings);
    expect(healthy).toMatchObject({ code: 0, faults: {} });
    expect(healthy.found.leases).toMatch(/^всю работу ведут: .* \d+$/);

    await keeper.stop('SIGKILL');
    const { data, errors } = await recorded(api.address);
    expect({ data, errors }).toMatchObject({ data: { registerOrganisation: { userErrors: [] } }, errors: [] });
    const connection = await connectMongo(settings.LETOPIS_READ_STORE ?? '');
    const plans = connection.db.collection(tableOf(plansModel.spec));
    const [index = ''] = (await plans.indexes()).flatMap(({ name = '_id_' }) => (name === '_id_' ? [] : [name]));
    await plans.dropIndex(index);
    await connection.close();
    const lagging = await doctor(settings);
    expect(lagging).toMatchObject({ code: 2, faults: { leases: 'broken', readModels: 'warning', indexes: 'warning' } });
    expect(lagging.found.indexes).toContain(index);
    expect(lagging.found.readModels).toMatch(/отстают на 1 событий и стоят/);
    expect(lagging.advice.leases).toContain('LETOPIS_ROLES');
  });

  it('says of each engine that does not answer, or refuses, what to do', async () => {
    await mkdir(settings.LETOPIS_DATA ?? '', { mode: 0o700, recursive: true });
    cluster.mongo.proxy.set({ kind: 'refuse' });
    await cluster.events.server.set({ denied: 'all' });
    const denied = await doctor(settings);
    expect(denied).toMatchObject({ code: 2, faults: { eventStore: 'broken', readStore: 'broken', keys: 'skipped' } });
    expect(denied.advice.eventStore).toContain('право читать $all');
    expect(denied.advice.readStore).toContain('LETOPIS_READ_STORE');
    await cluster.events.server.set({ denied: '' });
    cluster.events.proxy.set({ kind: 'refuse' });
    const away = await doctor(settings);
    expect(away.advice.eventStore).toContain('проверьте, что сервер запущен');
    cluster.events.proxy.set({ kind: 'clear' });
    cluster.mongo.proxy.set({ kind: 'clear' });
  });

  it('names lost keys of persons and a plan whose stream was cut, with what brings each back', async () => {
    await mkdir(settings.LETOPIS_DATA ?? '', { mode: 0o700 });
    const server = await cluster.serve();
    await importCopies(apiAt(server.address), 1);
    const [plan = ''] = await planIds(apiAt(server.address));
    await server.stop('SIGTERM');
    const client = EventStoreDBClient.connectionString(cluster.events.server.url);
    await client.deleteStream(`${settings.LETOPIS_NAMESPACE}.plan-${plan.replace('plan_', '')}`);
    await client.dispose();
    const { db, close } = await connectMongo(settings.LETOPIS_READ_STORE ?? '');
    await db.collection('letopis_subjects').deleteMany({});
    await close();
    const { code, faults, found, advice } = await doctor(settings);
    expect({ code, faults }).toMatchObject({ code: 2, faults: { damage: 'broken', keys: 'broken' } });
    expect(found.damage).toContain(`plan-${plan.replace('plan_', '')}`);
    expect(advice.damage).toContain('не запускайте scavenge');
    expect(advice.keys).toContain('верните ключи');
  });

  it('compares the clock with that of MongoDB', async () => {
    const { db, close } = await connectMongo(settings.LETOPIS_READ_STORE ?? '');
    const mongo = { db, store: mongoReadStore(db) };
    expect(await checkSkew(mongo)).toMatchObject({ state: 'good' });
    expect(await checkSkew(mongo, () => Date.now() - 60_000)).toMatchObject({ state: 'warning', name: 'clock' });
    await close();
  });

  it('begins no chronicle on a server that has none', async () => {
    await mkdir(settings.LETOPIS_DATA ?? '', { mode: 0o700 });
    const elsewhere = { ...settings, LETOPIS_NAMESPACE: 'elsewhere' };
    for (let again = 0; again < 2; again += 1) {
      const { faults, advice } = await doctor(elsewhere);
      expect(faults.eventStore).toBe('broken');
      expect(advice.eventStore).toContain('LETOPIS_NAMESPACE');
    }
  });
});
