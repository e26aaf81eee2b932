import { afterAll, beforeAll } from '@jest/globals';
import type { Db } from 'mongodb';
import { connectMongo, type MongoConnection } from '../../../src/engine/storage/mongodb.js';
import { skipped } from '../skipping.js';
import { MONGODB, type MongoServer, startMongo } from './server.js';

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
  declare({
    kind: MONGODB,
    url: () => server.url,
    databaseOf: (directory) => connection.db.client.db(`test${directory.replace(/[^A-Za-z0-9]/g, '')}`),
  });
}
