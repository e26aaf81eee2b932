import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { DatabaseSync } from '@photostructure/sqlite';

/** SQLite's result code for a file that cannot be opened. */
export const CANTOPEN = 14;

/** A connection with the API of node:sqlite. */
export type SqliteDatabase = InstanceType<typeof DatabaseSync>;

/**
 * Opens a SQLite file in WAL mode. The driver has the API of node:sqlite and also supports Node 20. A `writer` is
 * durable at each COMMIT (synchronous=FULL, which is read back). A `reader` cannot write. A `lock` has neither WAL nor
 * a busy timeout.
 *
 * @throws Error when the file cannot be opened or the settings do not hold.
 */
export async function openSqlite(file: string, mode: 'writer' | 'reader' | 'lock'): Promise<SqliteDatabase> {
  const Driver = await driver();
  const database = new Driver(file, { readOnly: mode === 'reader' });
  // Without a busy timeout a lock is acquired or refused at once. Its transaction ends with the process.
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
 * Opens a SQLite file read-only, even in a read-only directory, where SQLite cannot create its -shm file. There it
 * opens the file as immutable, which is correct only while there is no WAL with content.
 *
 * @throws Error when the file does not exist or cannot be read.
 */
export async function openSqliteReadOnly(file: string): Promise<SqliteDatabase> {
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

/** Runs work in a transaction, and rolls back on an error. The work must be synchronous. */
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
 * Rewrites the file and truncates its WAL, so that neither contains deleted data. Use it with `secure_delete`.
 *
 * @throws Error when another connection reads an older snapshot: then it must be repeated.
 */
export function withoutTraces(database: SqliteDatabase): void {
  // A short timeout: a long read, such as a backup, is reported instead of waited for.
  database.exec('PRAGMA busy_timeout = 1000');
  try {
    database.exec('VACUUM');
    const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
    if (busy === 0) return;
    throw new Error('the file is being read by another program, such as a backup: repeat this after that');
  } finally {
    database.exec('PRAGMA busy_timeout = 5000');
  }
}

/** Returns the primary result code of a SQLite error, the low byte of its code; undefined for any other error. */
export function primaryCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  // The driver gives no code with read errors, only the message of SQLite.
  const message = 'message' in error ? String(error.message) : '';
  return SENTENCES.find(([sentence]) => message.includes(sentence))?.[1];
}

/** The messages of SQLite for its primary codes (sqlite3_errstr). */
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
