import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongoReadStore } from '../../src/readstore/mongodb/store.js';
import type { ReadStore } from '../../src/readstore/port.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongodb.js';
import { MONGODB, type MongoServer, startMongo } from '../support/mongodb/server.js';
import { readStoreConformance } from './readstore.js';

if (MONGODB === undefined) {
  describe('read store: MongoDB', () => {
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
    await connection?.close();
    await server?.close();
  });

  // Every case has a database of its own on the one server, dropped with the last store that is closed.
  const open = async (directory: string): Promise<ReadStore> => {
    const { db } = connection;
    return mongoReadStore(db.client.db(`test${directory.replace(/[^A-Za-z0-9]/g, '')}`), { dropAfterMs: 0 });
  };

  // Java compares texts by UTF-16 unit: the stand-in cannot show what MongoDB does with the rarest characters.
  readStoreConformance(`MongoDB (${MONGODB})`, open, { ordersByCodePoint: MONGODB === 'real' });

  describe('which server answered', () => {
    it(MONGODB === 'real' ? 'a real one' : 'the stand-in: set MONGODB_URL for a real one', () => {
      expect(server.url).toMatch(/^mongodb/);
    });
  });
}
