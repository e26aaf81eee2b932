import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { DatabaseSync } from '@photostructure/sqlite';

/** A connection by the node:sqlite API. */
export type SqliteDatabase = InstanceType<typeof DatabaseSync>;

/** SQLite's result code for a file that cannot be opened. */
const CANTOPEN = 14;

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

/**
 * Opens a SQLite file that is only looked at, also where nothing may be written beside it: then the file alone is read,
 * which is whole as long as no log of unfinished writes lies beside it.
 *
 * @throws Error when the file is not there or cannot be read.
 */
export async function openSqliteToLook(file: string): Promise<SqliteDatabase> {
  await stat(file);
  const database = await openSqlite(file, 'reader');
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    const log = await stat(`${file}-wal`).catch(() => undefined);
    if (primaryCode(error) !== CANTOPEN || (log?.size ?? 0) > 0) throw error;
    const Driver = await driver();
    const still = pathToFileURL(file);
    still.search = '?immutable=1';
    return new Driver(still, { readOnly: true });
  }
}

/** Does the work in a transaction: all of it, or on an error none. The work must not wait for anything. */
export function inTransaction<T>(database: SqliteDatabase, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Writes the file anew without what was deleted from it, and empties the log of writes beside it: what was deleted is then
 * in neither of them. To be used with `secure_delete`.
 *
 * @throws Error when somebody reads an older state meanwhile: it must be done again.
 */
export function withoutTraces(database: SqliteDatabase): void {
  // Whoever reads the file for longer, as a backup does, is told of rather than waited for.
  database.exec('PRAGMA busy_timeout = 1000');
  try {
    database.exec('VACUUM');
    const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
    if (busy === 0) return;
    throw new Error('the file is being read by another program, such as a backup: do it again after that');
  } finally {
    database.exec('PRAGMA busy_timeout = 5000');
  }
}

/** The primary result code of an error of SQLite; undefined for another error. The low byte is the primary one. */
export function primaryCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  // The driver gives no code with errors of reading, but SQLite's own sentence, which tells the same.
  const message = 'message' in error ? String(error.message) : '';
  return SENTENCES.find(([sentence]) => message.includes(sentence))?.[1];
}

/** SQLite's sentences for its primary codes (sqlite3_errstr). */
const SENTENCES: readonly (readonly [string, number])[] = [
  ['database disk image is malformed', 11],
  ['file is not a database', 26],
  ['database or disk is full', 13],
  ['disk I/O error', 10],
  ['unable to open database file', CANTOPEN],
  ['attempt to write a readonly database', 8],
];

let loaded: Promise<typeof DatabaseSync> | undefined;

function driver(): Promise<typeof DatabaseSync> {
  loaded ??= import('@photostructure/sqlite').then((module) => module.DatabaseSync);
  return loaded;
}
