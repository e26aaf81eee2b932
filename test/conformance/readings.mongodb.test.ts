import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { openMongoReadingLog } from '../../src/access/readingsMongodb.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongodb.js';
import { MONGODB, type MongoServer, startMongo } from '../support/mongodb/server.js';
import { readingsConformance } from './readings.js';

if (MONGODB === undefined) {
  describe('log of readings: MongoDB', () => {
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

  readingsConformance(`MongoDB (${MONGODB})`, (directory) =>
    openMongoReadingLog(connection.db.client.db(`test${directory.replace(/[^A-Za-z0-9]/g, '')}`)),
  );
}
