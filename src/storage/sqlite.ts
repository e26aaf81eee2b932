import type { DatabaseSync } from '@photostructure/sqlite';

/** A connection by the node:sqlite API. */
export type SqliteDatabase = InstanceType<typeof DatabaseSync>;

/**
 * Opens a SQLite file in WAL mode, by a package with the API of node:sqlite that also serves Node 20. A writer is durable at each COMMIT (synchronous FULL, read back); a reader cannot write.
 *
 * @throws Error when the file cannot be opened or the settings do not hold.
 */
export async function openSqlite(file: string, mode: 'writer' | 'reader' | 'lock'): Promise<SqliteDatabase> {
  const Driver = await driver();
  const database = new Driver(file, { readOnly: mode === 'reader' });
  // A lock is held or refused at once, and by a plain transaction, which ends with its process.
  if (mode === 'lock') return database;
  database.exec('PRAGMA busy_timeout = 5000');
  if (mode === 'reader') return database;
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  const { synchronous } = database.prepare('PRAGMA synchronous').get() ?? {};
  if (synchronous !== 2)
    throw new Error(`${file}: SQLite did not take synchronous=FULL (it says ${String(synchronous)})`);
  return database;
}

let loaded: Promise<typeof DatabaseSync> | undefined;

function driver(): Promise<typeof DatabaseSync> {
  loaded ??= import('@photostructure/sqlite').then((module) => module.DatabaseSync);
  return loaded;
}
