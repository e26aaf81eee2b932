import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMongo, type MongoConnection } from '../../src/storage/mongodb.js';
import { openMongoVault } from '../../src/vault/mongodb.js';
import { SubjectTaken, type Vault } from '../../src/vault/vault.js';
import { MONGODB, type MongoServer, startMongo } from '../support/mongodb/server.js';
import { vaultConformance } from './vault.js';

if (MONGODB === undefined) {
  describe('vault: MongoDB', () => {
    it.skip('needs a server: run scripts/mongo-stand-in, or set MONGODB_URL', () => undefined);
  });
} else {
  let server: MongoServer;
  let connection: MongoConnection;
  beforeAll(async () => {
    server = await startMongo();
    connection = await connectMongo(server.url);
  });
  afterAll(async () => {
    await connection?.db.client.db('testvault').dropDatabase();
    await connection?.close();
    await server?.close();
  });

  const open = (directory: string, masterKey: Buffer): Promise<Vault> =>
    openMongoVault(connection.db.client.db(`test${directory.replace(/[^A-Za-z0-9]/g, '')}`), masterKey);

  vaultConformance(`MongoDB (${MONGODB})`, open);

  describe('keys that several processes share', () => {
    const masterKey = randomBytes(32);

    it('are destroyed for all of them: whoever has read the name notices within a second or two', async () => {
      const [a, b] = [await open('vault', masterKey), await open('vault', masterKey)];
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
      const [a, b] = [await open('vault', masterKey), await open('vault', masterKey)];
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
}
