import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSqlite } from '../storage/sqlite.js';

/** The files of an embedded Letopis. */
export interface DataDirectory {
  readonly chronicle: string;
  readonly readModels: string;
  readonly vault: string;
  readonly access: string;
  readonly masterKey: string;
  readonly administratorKey: string;
  readonly lock: string;
}

/** Names the files in a directory, which is made when it is not there. */
export async function dataDirectory(path: string): Promise<DataDirectory> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return {
    chronicle: join(path, 'chronicle.db'),
    readModels: join(path, 'readmodels.db'),
    vault: join(path, 'keys.db'),
    access: join(path, 'access.db'),
    masterKey: join(path, 'master.key'),
    administratorKey: join(path, 'administrator.key'),
    lock: join(path, 'lock.db'),
  };
}

/**
 * Takes the directory for this process alone, until it ends: a second server would fold and write beside it.
 *
 * @throws Error when another process has it.
 */
export async function lockDirectory(files: DataDirectory): Promise<{ release(): void }> {
  const database = await openSqlite(files.lock, 'lock');
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw new Error(`another Letopis works on ${files.lock}: stop it, or give this one another LETOPIS_DATA`, {
      cause: error,
    });
  }
  return {
    release() {
      // The driver closes a file only once its statements are collected: the lock must not wait for that.
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** The secret in a file, made at first by `make` and readable by its owner alone. */
export async function secretFile(path: string, make: () => string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (!(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const secret = make();
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

/** The master key: from configuration, or from a file made at first start. */
export async function masterKey(files: DataDirectory, configured: string | undefined): Promise<Buffer> {
  const text = configured ?? (await secretFile(files.masterKey, () => randomBytes(32).toString('base64')));
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new Error(`${files.masterKey} does not hold a key of 32 bytes in base64`);
  return key;
}
