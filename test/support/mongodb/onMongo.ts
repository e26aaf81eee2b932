import { afterAll, beforeAll } from '@jest/globals';
import type { Db } from 'mongodb';
import { connectMongo, type MongoConnection } from '../../../src/engine/storage/mongodb.js';
import { skipped } from '../skipping.js';
import { MONGODB, type MongoServer, startMongo } from './server.js';

/** The one server of the cases in a file. */
export interface OnMongo {
  /** Which it is, for the names of cases. */
  readonly kind: string;
  url(): string;
  /** A database that no other directory has. */
  databaseOf(directory: string): Db;
}

/** Declares cases on a MongoDB that runs as long as they do; where none can be had, it is told that they are left out. */
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
