import type { Logger } from 'pino';
import { withOpened } from '../engine/closing.js';
import { batchesOf } from '../engine/eventstore/batches.js';
import { openChronicleReadOnly } from '../engine/eventstore/sqlite/openReadOnly.js';
import type { Config } from './config.js';
import { type DataDirectory, UnusableDirectory } from './dataDirectory.js';
import { pathExists } from './pathExists.js';
import { EMBEDDED, openChronicle } from './stores.js';

/** The beginning of a sealed name in the canonical JSON of an event. Inside a string the quotes would be escaped. */
const SEALED = '{"sealed":"';

/**
 * Checks that nothing is missing beside an existing chronicle. Throws when the keys of persons are missing (the file,
 * or the root key in MongoDB) and the chronicle has sealed names. Logs a warning when access.db is missing, which will
 * be created empty. Call this before any file is created.
 *
 * @throws UnusableDirectory with what is missing, what that means and what to do; EventStoreUnavailable,
 *   ReadStoreUnavailable.
 */
export async function checkForMissing(config: Config, files: DataDirectory, log: Pick<Logger, 'warn'>): Promise<void> {
  const isOwnChronicle = config.LETOPIS_EVENT_STORE === EMBEDDED;
  if (isOwnChronicle && !(await pathExists(files.chronicle))) return;
  if (config.LETOPIS_READ_STORE !== EMBEDDED) return checkKeysInMongo(config, files);
  if (!(await pathExists(files.vault)) && (await holdsSealedNames(config, files))) {
    throw new UnusableDirectory(
      `${files.vault} is missing: it holds the keys of all persons, and without it no name in the chronicle can be read, nor the log be signed by its key. No new one was made. Put it back from the latest backup (npx letopis restore into another directory, then take keys.db from there) together with the master.key that opens it`,
    );
  }
  if (isOwnChronicle && !(await pathExists(files.access))) {
    log.warn(
      `${files.access} is missing and is made anew: the records of when access was last used, who read names of persons and which requests were refused are lost, and so are pending webhook deliveries. If that was not intended, stop the server and put the file back from the latest backup`,
    );
  }
}

async function checkKeysInMongo(config: Config, files: DataDirectory): Promise<void> {
  const { hasKeysInMongo } = await import('./clusterStores.js');
  if (await hasKeysInMongo(config.LETOPIS_READ_STORE)) return;
  if (!(await holdsSealedNames(config, files))) return;
  throw new UnusableDirectory(
    'the MongoDB database of LETOPIS_READ_STORE has no root key (letopis_root), but the chronicle has names of persons: it must hold the keys of all persons, and without them no name in the chronicle can be read, nor the log be signed by its key. No new one was made. Check the name of the database, restore its backup, or copy the keys there (npx letopis copy --keys-to)',
  );
}

async function holdsSealedNames(config: Config, files: DataDirectory): Promise<boolean> {
  return withOpened(async (onClose) => {
    const chronicle =
      config.LETOPIS_EVENT_STORE === EMBEDDED ? await looked(files) : await openChronicle(config, files);
    onClose(() => chronicle.close());
    for await (const { events } of batchesOf(chronicle)) {
      if (events.some(({ body }) => body.includes(SEALED))) return true;
    }
    return false;
  });
}

/** Opens the chronicle read-only. An older schema is accepted: the check runs before the migration. */
function looked(files: DataDirectory) {
  return openChronicleReadOnly(files.chronicle, { mustBeWhole: false });
}
