import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openSqlite } from '../engine/storage/sqlite.js';
import { errorCode } from '../engine/storage/thrown.js';
import { pathExists } from './pathExists.js';
import { closeToOthers } from './rights.js';

/** The paths of the files in a data directory. */
export interface DataDirectory {
  readonly path: string;
  readonly chronicle: string;
  readonly readModels: string;
  readonly vault: string;
  readonly access: string;
  readonly masterKey: string;
  readonly forgotten: string;
  /** The anchor: the last signed state of the log, stored outside of the chronicle. */
  readonly logAnchor: string;
  /** The file of the signed log for an event store that writes none. */
  readonly log: string;
  readonly administratorKey: string;
  readonly lock: string;
}

/** Thrown when the data directory cannot be used. The message says what to do. */
export class UnusableDirectory extends Error {
  override readonly name = 'UnusableDirectory';
}

/** Returns the paths of the files in a data directory, which need not exist. */
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
    log: join(path, 'log.db'),
    administratorKey: join(path, 'administrator.key'),
    lock: join(path, 'lock.db'),
  };
}

/**
 * Creates the data directory if it does not exist, removes the rights of other users, and returns its paths.
 *
 * @throws UnusableDirectory when the directory cannot be created or written to.
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
 * Locks the directory for this process, until `release` or the end of the process. A second server would write the same
 * files.
 *
 * @throws UnusableDirectory when another process holds the lock.
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
      // ROLLBACK releases the lock at once. The driver closes the file only after its statements are garbage collected.
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** Returns the secret in a file. Creates the file with the result of `make` if it does not exist, with mode 0600. */
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

/**
 * Returns the master key, from the configuration or from its file. The file is created at the first start.
 *
 * @throws UnusableDirectory when the file is missing although there are keys, or holds no key.
 */
export async function masterKey(files: DataDirectory, configured: string | undefined): Promise<Buffer> {
  if (configured === undefined && (await pathExists(files.vault)) && !(await pathExists(files.masterKey))) {
    throw new UnusableDirectory(
      `${files.masterKey} is missing, and ${files.vault} cannot be opened without it: put the key back, or give it as LETOPIS_MASTER_KEY`,
    );
  }
  const text = configured ?? (await secretFile(files.masterKey, () => randomBytes(32).toString('base64'))).secret;
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new UnusableDirectory(`${files.masterKey} does not hold a key of 32 bytes in base64`);
  return key;
}
