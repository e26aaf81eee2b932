import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { verifyKeys } from '../../src/app/operations/verifyKeys.js';
import { connectMongo } from '../../src/engine/storage/mongodb.js';
import { keysInMongo } from '../../src/engine/vault/mongodb.js';
import { apiAt } from '../support/api.js';
import { describeMongo } from '../support/mongodb/server.js';
import { type Cluster, startCluster } from './cluster.js';

const CLIENTS = 8;
const PLANS = 16;
const LETTERS = 'абвгдежзик';

describeMongo('plans that many clients import at once', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster?.close());

  it(`lose no key of a person: ${PLANS} plans by ${CLIENTS} clients at two processes`, async () => {
    const sample = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
    const servers = await Promise.all([cluster.serve(), cluster.serve('api')]);
    let next = 0;
    const client = async (_: unknown, index: number) => {
      const api = apiAt(servers[index % 2]?.address ?? '');
      for (; next < PLANS; ) {
        const plan = next;
        next += 1;
        // A separate plan with separate persons.
        const surname = [...String(plan)].map((digit) => LETTERS[Number(digit)]).join('');
        const text = sample
          .replace('План работы', `План работы ${plan}-го отделения`)
          .replaceAll('Филатова', `Фил${surname}това`)
          .replaceAll('Стапинов', `Стап${surname}нов`);
        await api.done('importPlan', { fileName: `${plan}.txt`, content: Buffer.from(text).toString('base64') });
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    const { LETOPIS_READ_STORE: url = '', LETOPIS_MASTER_KEY: master = '' } = cluster.settings();
    const connection = await connectMongo(url);
    const keys = await keysInMongo(connection.db);
    await connection.close();
    const stored = { ...keys, masterKey: Buffer.from(master, 'base64'), forgotten: new Set<string>() };
    const verified = await cluster.withStores((events) => verifyKeys(events, stored));
    expect(verified).toMatchObject({ checked: 'opened', found: 0, held: verified.persons });
    expect(verified.persons).toBeGreaterThan(2 * PLANS);
  }, 300_000);
});
