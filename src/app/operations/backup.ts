import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Damage } from '../../engine/eventstore/damage.js';
import { damageOfPages } from '../../engine/eventstore/sqlite/wholeCheck.js';
import { openSqlite, openSqliteReadOnly } from '../../engine/storage/sqlite.js';
import { faultOf } from '../../engine/storage/thrown.js';
import type { Config } from '../config.js';
import { type DataDirectory, filesIn } from '../dataDirectory.js';
import { pathExists } from '../pathExists.js';
import { faultInBoth } from '../russian/faults.js';
import { messageInBoth } from '../russian/messages.js';
import { checkEmbedded } from '../stores.js';
import { version } from '../version.js';
import { archiveHashes, type BackupManifest, PARTS, pack } from './archive.js';
import { OperationRefused } from './operation.js';
import { sha256Of, verifyChronicle, verifyMasterKey, verifyPages } from './verifyFiles.js';

/** The result of a backup that was written and read back. */
export interface BackedUp {
  readonly file: string;
  readonly bytes: number;
  readonly manifest: BackupManifest;
  readonly masterKey: 'opens' | 'wrong' | 'absent';
  /** Damage of the source. The copy does not have it, because its indexes were rebuilt from the events. */
  readonly damage: readonly Damage[];
}

/**
 * Copies everything that cannot be rebuilt into one file. A server may run. Each SQLite file is copied as a consistent
 * snapshot. The chronicle is copied first, so that the copy of the keys has the keys of all persons in it. The master
 * key is not part of a backup.
 *
 * @param state directory of the results of earlier verifications.
 * @param tell called with the number of events that were verified so far.
 * @throws OperationRefused when the file exists, or the copy does not verify.
 */
export async function backup(
  config: Config,
  target: string,
  state: string,
  tell: (events: number) => void,
): Promise<BackedUp> {
  const file = resolve(target);
  if (await pathExists(file))
    throw new OperationRefused({
      ru: `файл ${file} уже есть: укажите новый`,
      en: `${file} is there already: name a new file`,
    });
  checkEmbedded(
    config,
    'copy the chronicle with `npx letopis copy --to sqlite:DIRECTORY` and back that up, or use the tools of the engines',
  );
  const files = filesIn(config.LETOPIS_DATA);
  if (!(await pathExists(files.chronicle)))
    throw new OperationRefused({
      ru: `в ${files.path} нет летописи: укажите LETOPIS_DATA`,
      en: `${files.path} contains no chronicle: set LETOPIS_DATA`,
    });
  const work = await mkdtemp(join(dirname(file), `.${basename(file)}.partial-`));
  try {
    // The indexes of the source are checked here, because those of the copy are rebuilt.
    const damage = await damageOfPages(files.chronicle);
    await copyParts(files, work, damage);
    const { log: _, ...chronicle } = await verifyChronicle(
      join(work, 'chronicle.db'),
      { log: undefined, witness: undefined, state },
      tell,
    );
    for (const name of ['keys.db', 'access.db']) await verifyPages(join(work, name));
    const masterKey = await verifyMasterKey(config, files, join(work, 'keys.db'));
    const manifest = await manifestOf(work, chronicle);
    await writeFile(join(work, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const packed = join(work, 'packed');
    await pack(work, packed);
    await compare(packed, manifest);
    await rename(packed, file);
    return { file, bytes: (await stat(file)).size, manifest, masterKey, damage };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function copyParts(files: DataDirectory, directory: string, [damage]: readonly Damage[]): Promise<void> {
  const parts = { 'chronicle.db': files.chronicle, 'keys.db': files.vault, 'access.db': files.access };
  for (const name of PARTS) {
    if (!(await pathExists(parts[name]))) {
      await fillIn(name, join(directory, name), parts[name]);
      continue;
    }
    const database = await openSqliteReadOnly(parts[name]);
    try {
      // One statement reads one snapshot, even while another process writes.
      database.prepare('VACUUM INTO ?').run(join(directory, name));
    } catch (error) {
      const problem = name === 'chronicle.db' && damage ? damage.problem : faultOf(error);
      throw new OperationRefused(
        {
          ru: `${parts[name]} не копируется: ${messageInBoth(problem).ru}. Сохраните файлы как они есть и восстановите последнюю копию`,
          en: `${parts[name]} cannot be copied: ${problem}. Keep the files as they are, and restore the latest backup`,
        },
        { cause: error },
      );
    } finally {
      database.close();
    }
  }
  if (damage) await remakeIndexes(join(directory, 'chronicle.db'));
}

/** Rebuilds the indexes of a copied file from its rows. VACUUM INTO copies damaged indexes as they are. */
async function remakeIndexes(file: string): Promise<void> {
  const database = await openSqlite(file, 'writer');
  try {
    database.exec('REINDEX; PRAGMA journal_mode = DELETE');
  } catch (error) {
    throw new OperationRefused(
      {
        ru: `события не индексируются (${faultInBoth(error).ru}): ревизии использованы дважды. Сохраните файлы как они есть и восстановите последнюю копию`,
        en: `the events cannot be indexed (${faultOf(error)}): revisions were used twice. Keep the files as they are, and restore the latest backup`,
      },
      { cause: error },
    );
  } finally {
    database.close();
  }
}

/**
 * Creates an empty file in place of a missing access.db. A directory that `letopis copy` created from a cluster has no
 * access.db until a server has used it.
 *
 * @throws OperationRefused when another file is missing.
 */
async function fillIn(name: (typeof PARTS)[number], target: string, missing: string): Promise<void> {
  if (name !== 'access.db') {
    throw new OperationRefused({
      ru: `файла ${missing} нет, а копию без него было бы не прочесть: верните его или перенесите летопись вместе с ключами`,
      en: `${missing} is missing, and a backup without it could not be read: put it back, or copy the chronicle with its keys`,
    });
  }
  const database = await openSqlite(target, 'writer');
  database.exec('PRAGMA journal_mode = DELETE; VACUUM');
  database.close();
}

async function manifestOf(
  directory: string,
  chronicle: Pick<BackupManifest, 'chronicleId' | 'events' | 'streams' | 'head'>,
): Promise<BackupManifest> {
  const described = async (name: string) => {
    const path = join(directory, name);
    return { bytes: (await stat(path)).size, sha256: await sha256Of(path) };
  };
  return {
    format: 1,
    createdAt: new Date().toISOString(),
    letopis: version,
    ...chronicle,
    files: {
      'chronicle.db': await described('chronicle.db'),
      'keys.db': await described('keys.db'),
      'access.db': await described('access.db'),
    },
  };
}

/** Throws OperationRefused when the files in the archive differ from those that were verified. */
async function compare(archive: string, { files }: BackupManifest): Promise<void> {
  const hashes = await archiveHashes(archive);
  const wrong = PARTS.filter((name) => hashes.get(name) !== files[name].sha256);
  if (wrong.length > 0)
    throw new OperationRefused({
      ru: `копия записана не полностью (${wrong.join(', ')}): сделайте её ещё раз`,
      en: `the backup was not written completely (${wrong.join(', ')}): make it again`,
    });
}
