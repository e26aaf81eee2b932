import { writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type ReadStore, ReadStoreDamaged } from '../engine/readstore/port.js';
import { openSqliteReadStore } from '../engine/readstore/sqlite/store.js';
import type { DataDirectory } from './dataDirectory.js';
import { pathExists } from './pathExists.js';

/** Suffixes of the files of a SQLite database. */
const SUFFIXES = ['', '-wal', '-shm'] as const;

/**
 * Opens the read models of a data directory. A damaged file is renamed and replaced by a new one, because it can be
 * rebuilt from the event store. A file that cannot be opened is replaced at once. Damage that is found later marks the
 * file, and the next start replaces it.
 *
 * @throws ReadStoreUnavailable when the file cannot be opened for another reason than damage.
 */
export async function openReadModels(
  { readModels }: DataDirectory,
  log: Pick<Logger, 'warn' | 'error'>,
): Promise<ReadStore> {
  const mark = `${readModels}-damaged`;
  const onDamage = () => {
    // Synchronous, because the process may end right after this.
    writeFileSync(mark, '', { mode: 0o600 });
    log.error(`${readModels} is damaged: start the server again, which makes the read models anew from the chronicle`);
  };
  if (await pathExists(mark)) await moveAside(readModels, mark, log);
  try {
    return await openSqliteReadStore(readModels, onDamage);
  } catch (error) {
    if (!(error instanceof ReadStoreDamaged)) throw error;
    await moveAside(readModels, mark, log);
    return openSqliteReadStore(readModels, onDamage);
  }
}

async function moveAside(file: string, mark: string, log: Pick<Logger, 'warn'>): Promise<void> {
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const suffix of SUFFIXES) {
    if (await pathExists(`${file}${suffix}`)) await rename(`${file}${suffix}`, `${aside}${suffix}`);
  }
  await rm(mark, { force: true });
  log.warn(`${file} was damaged: it was moved to ${aside}, and the read models are made anew from the chronicle`);
}
