import { mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.js';
import { dataDirectory, lockDirectory } from '../dataDirectory.js';
import { pathExists } from '../pathExists.js';
import { BackupManifest, PARTS, unpack } from './archive.js';
import { OperationRefused } from './operation.js';
import type { GivenKeys } from './trustedLogs.js';
import type { VerifiedCopy } from './verifyCopy.js';
import { sha256Of, verifyChronicle, verifyMasterKey, verifyPages } from './verifyFiles.js';

/** The result of a restore. */
export interface Restored {
  readonly directory: string;
  readonly manifest: BackupManifest;
  readonly masterKey: 'opens' | 'absent';
  readonly log: VerifiedCopy;
}

/**
 * Restores a backup into a data directory without a chronicle. All files are verified before they are moved to their
 * places. This includes the history, which is verified against its signed log.
 *
 * @param given the published public keys of the log and its witness.
 * @param tell called with the number of events that were verified so far.
 * @throws OperationRefused when the directory holds a chronicle, the file is not a backup or does not verify, or the
 *   available master key does not open it; UnusableDirectory.
 */
export async function restore(
  config: Config,
  archive: string,
  given: GivenKeys,
  tell: (events: number) => void,
): Promise<Restored> {
  if (!(await pathExists(archive)))
    throw new OperationRefused({
      ru: `файла ${resolve(archive)} нет`,
      en: `${resolve(archive)} is not there`,
    });
  const files = await dataDirectory(config.LETOPIS_DATA);
  const lock = await lockDirectory(files);
  try {
    for (const path of [files.chronicle, files.vault, files.access, files.readModels]) {
      if (await pathExists(path)) {
        throw new OperationRefused({
          ru: `${path} уже есть, а перезаписывать ничего нельзя: уберите файлы или укажите пустую папку через --data`,
          en: `${path} is there already, and nothing is overwritten: move the files away, or name an empty directory with --data`,
        });
      }
    }
    const work = await mkdtemp(join(files.path, '.restore-'));
    try {
      unpack(archive, work);
      const { manifest, log } = await verified(work, given, tell);
      const masterKey = await verifyMasterKey(config, files, join(work, 'keys.db'));
      if (masterKey === 'wrong') {
        throw new OperationRefused({
          ru: `имеющийся главный ключ не подходит к этой копии: положите тот, с которым она сделана, в ${files.masterKey} или в LETOPIS_MASTER_KEY`,
          en: `the master key at hand does not open this backup: put the one with which it was made into ${files.masterKey} or LETOPIS_MASTER_KEY`,
        });
      }
      // The chronicle is moved last, so that a directory with a chronicle always has the keys that open it.
      for (const name of [...PARTS].reverse()) await rename(join(work, name), join(files.path, name));
      await syncDirectory(files.path);
      return { directory: files.path, manifest, masterKey, log };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

async function verified(directory: string, given: GivenKeys, tell: (events: number) => void) {
  const manifest = BackupManifest.parse(JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')));
  for (const name of PARTS) {
    const path = join(directory, name);
    if ((await sha256Of(path)) !== manifest.files[name].sha256) {
      throw new OperationRefused({
        ru: `${name} в копии не сходится с её описью: файл повреждён или изменён`,
        en: `${name} in the backup does not match its manifest: it was damaged or changed`,
      });
    }
    await verifyPages(path);
    await syncFile(path);
  }
  const facts = await verifyChronicle(join(directory, 'chronicle.db'), given, tell);
  if (facts.events !== manifest.events || facts.head !== manifest.head) {
    throw new OperationRefused({
      ru: `в копии должно быть событий ${manifest.events}, а есть ${facts.events}`,
      en: `the backup should hold ${manifest.events} events and holds ${facts.events}`,
    });
  }
  return { manifest, log: facts.log };
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}
