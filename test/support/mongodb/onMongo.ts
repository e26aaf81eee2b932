import { afterAll, beforeAll } from '@jest/globals';
import type { Db } from 'mongodb';
import { connectMongo, type MongoConnection } from '../../../src/engine/storage/mongodb.js';
import { skipped } from '../skipping.js';
import { MONGODB, type MongoServer, REAL_MONGODB, startMongo } from './server.js';

/** The server that all cases of a file share. */
export interface OnMongo {
  /** The kind of server, for the names of cases. */
  readonly kind: string;
  url(): string;
  /** Returns the database for a directory. */
  databaseOf(directory: string): Db;
}

/** Declares cases that run on one MongoDB. Without one they are skipped, with a message. */
export function onMongo(what: string, declare: (mongo: OnMongo) => void): void {
  if (MONGODB === undefined) {
    skipped(`${what}: MongoDB`, 'needs MongoDB: run scripts/mongo-stand-in, or set MONGODB_URL');
    return;
  }
  const databases = new Map<string, Db>();
  let server: MongoServer;
  let connection: MongoConnection;
  beforeAll(async () => {
    server = await startMongo();
    connection = await connectMongo(server.url);
  });
  afterAll(async () => {
    // The whole file of the stand-in is deleted.
    if (REAL_MONGODB !== undefined) for (const database of databases.values()) await database.dropDatabase();
    await connection?.close();
    await server?.close();
  });
  declare({
    kind: MONGODB,
    url: () => server.url,
    databaseOf(directory) {
      const name = `test${directory.replace(/[^A-Za-z0-9]/g, '')}`;
      const database = connection.db.client.db(name);
      databases.set(name, database);
      return database;
    },
  });
}
