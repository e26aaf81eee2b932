import type { Logger } from 'pino';
import { batchesOf } from '../eventstore/batches.js';
import { lookIntoChronicle } from '../eventstore/sqlite/look.js';
import type { Config } from './config.js';
import { type DataDirectory, UnusableDirectory } from './dataDirectory.js';
import { isThere } from './isThere.js';
import { withOpened } from './opened.js';
import { EMBEDDED, openChronicle } from './stores.js';

/** How a sealed name begins in the canonical JSON of an event; in a text of a user the quotes would be escaped. */
const SEALED = '{"sealed":"';

/**
 * Refuses to begin a new file of keys beside a chronicle that holds sealed names, and says of other files that they are made
 * anew beside a chronicle that is there. To be called before anything is made.
 *
 * @throws UnusableDirectory that says what the missing file means and what to do; EventStoreUnavailable.
 */
export async function checkForMissing(config: Config, files: DataDirectory, log: Pick<Logger, 'warn'>): Promise<void> {
  if (config.LETOPIS_READ_STORE !== EMBEDDED) return;
  const isOwnChronicle = config.LETOPIS_EVENT_STORE === EMBEDDED;
  if (isOwnChronicle && !(await isThere(files.chronicle))) return;
  if (!(await isThere(files.vault)) && (await holdsSealedNames(config, files))) {
    throw new UnusableDirectory(
      `${files.vault} is missing: it holds the keys of all persons, and without it no name in the chronicle can be read, nor the log be signed by its key. No new one was made. Put it back from the latest backup (letopis restore into another directory, then take keys.db from there) together with the master.key that opens it`,
    );
  }
  if (isOwnChronicle && !(await isThere(files.access))) {
    log.warn(
      `${files.access} is missing and is made anew: when access was last used, who read names of persons, what was refused and what is still to be sent to webhooks is not known any more. If that was not intended, stop the server and put the file back from the latest backup`,
    );
  }
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

/** A chronicle that has yet to be brought to the present schema is looked at as it is: a file of its kind may hold names. */
function looked(files: DataDirectory) {
  return lookIntoChronicle(files.chronicle, { mustBeWhole: false });
}
