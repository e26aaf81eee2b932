import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openSqlite } from '../storage/sqlite.js';
import { errorCode } from './errorCode.js';
import { isThere } from './isThere.js';
import { closeToOthers } from './rights.js';

/** The files of an embedded Letopis. */
export interface DataDirectory {
  readonly path: string;
  readonly chronicle: string;
  readonly readModels: string;
  readonly vault: string;
  readonly access: string;
  readonly masterKey: string;
  readonly forgotten: string;
  /** The last signed state of the log, apart from the chronicle. */
  readonly logAnchor: string;
  readonly administratorKey: string;
  readonly lock: string;
}

/** The data directory cannot be used as it is; the message says what to do. */
export class UnusableDirectory extends Error {
  override readonly name = 'UnusableDirectory';
}

/** Names the files in a directory. */
export function filesIn(path: string): DataDirectory {
  return {
    path: resolve(path),
    chronicle: join(path, 'chronicle.db'),
    readModels: join(path, 'readmodels.db'),
    vault: join(path, 'keys.db'),
    access: join(path, 'access.db'),
    masterKey: join(path, 'master.key'),
    forgotten: join(path, 'forgotten.list'),
    logAnchor: join(path, 'log.anchor'),
    administratorKey: join(path, 'administrator.key'),
    lock: join(path, 'lock.db'),
  };
}

/**
 * Names the files in a directory, which is made when it is not there, and closes it to other users.
 *
 * @throws UnusableDirectory when it cannot be made or written to.
 */
export async function dataDirectory(path: string): Promise<DataDirectory> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UnusableDirectory(
      `${resolve(path)} cannot be written to (${String(errorCode(error))}): give its owner the right to write, or name another directory with LETOPIS_DATA. Nothing was changed`,
      { cause: error },
    );
  }
  await closeToOthers(path);
  return filesIn(path);
}

/**
 * Takes the directory for this process alone, until it ends: a second server would fold and write beside it.
 *
 * @throws UnusableDirectory when another process has it.
 */
export async function lockDirectory(files: DataDirectory): Promise<{ release(): void }> {
  const database = await openSqlite(files.lock, 'lock').catch((error: unknown) => {
    throw new UnusableDirectory(`${files.lock} cannot be opened: check the rights of its directory`, { cause: error });
  });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw new UnusableDirectory(
      `another Letopis works on ${files.path}: stop it, or give this one another LETOPIS_DATA`,
      { cause: error },
    );
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
export async function secretFile(
  path: string,
  make: () => string,
): Promise<{ readonly secret: string; readonly isNew: boolean }> {
  try {
    return { secret: (await readFile(path, 'utf8')).trim(), isNew: false };
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const secret = make();
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return { secret, isNew: true };
}

/** The master key: from configuration, or from a file made at first start. */
export async function masterKey(files: DataDirectory, configured: string | undefined): Promise<Buffer> {
  if (configured === undefined && (await isThere(files.vault)) && !(await isThere(files.masterKey))) {
    throw new UnusableDirectory(
      `${files.masterKey} is missing, and ${files.vault} cannot be opened without it: put the key back, or give it as LETOPIS_MASTER_KEY`,
    );
  }
  const text = configured ?? (await secretFile(files.masterKey, () => randomBytes(32).toString('base64'))).secret;
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new UnusableDirectory(`${files.masterKey} does not hold a key of 32 bytes in base64`);
  return key;
}
