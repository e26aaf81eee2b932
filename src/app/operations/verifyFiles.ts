import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fromStore } from '../../domain/recorded.js';
import { batchesOf } from '../../engine/eventstore/batches.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import { damageOfPages } from '../../engine/eventstore/sqlite/wholeCheck.js';
import { openSqliteReadOnly } from '../../engine/storage/sqlite.js';
import { errorCode } from '../../engine/storage/thrown.js';
import { opensVault } from '../../engine/vault/sqlite.js';
import type { Config } from '../config.js';
import type { DataDirectory } from '../dataDirectory.js';
import { messageInBoth } from '../russian/messages.js';
import { OperationRefused } from './operation.js';
import type { GivenKeys } from './trustedLogs.js';
import { type VerifiedCopy, verifyCopy } from './verifyCopy.js';

/** The result of reading a whole chronicle. */
export interface ChronicleFacts {
  readonly log: VerifiedCopy;
  readonly chronicleId: string;
  readonly events: number;
  readonly streams: number;
  /** Position of the last event. */
  readonly head: string;
}

/**
 * Reads and verifies a whole chronicle: its pages and indexes are not damaged, positions and the revisions of each
 * stream have no gap, every event matches the log, and this version can read it.
 *
 * @param given the public keys of the log and its witness; the default is the key of the last verification.
 * @param tell called with the number of events that were verified so far.
 * @throws OperationRefused, EventStoreUnavailable, UnreadableEvent with the fault.
 */
export async function verifyChronicle(
  file: string,
  given: GivenKeys,
  tell: (events: number) => void,
): Promise<ChronicleFacts> {
  const [damage] = await damageOfPages(file);
  if (damage)
    throw new OperationRefused({
      ru: `файл ${file} повреждён: ${messageInBoth(damage.problem).ru}`,
      en: `${file} is damaged: ${damage.problem}`,
    });
  const log = await verifyCopy(file, given, tell);
  const chronicle = await openChronicleReadOnly(file);
  try {
    const revisions = new Map<string, number>();
    let events = 0;
    for await (const batch of batchesOf(chronicle)) {
      for (const stored of batch.events) {
        const recorded = fromStore(stored);
        const expected = (revisions.get(recorded.stream) ?? -1) + 1;
        if (stored.revision !== expected) {
          throw new OperationRefused({
            ru: `${file}: в потоке ${stored.stream} нет события ${expected}`,
            en: `${file}: stream ${stored.stream} has no event ${expected}`,
          });
        }
        revisions.set(recorded.stream, stored.revision);
        events += 1;
        if (Number(stored.position) !== events)
          throw new OperationRefused({
            ru: `${file}: нет события ${events}`,
            en: `${file}: there is no event ${events}`,
          });
      }
      tell(events);
    }
    return { log, chronicleId: chronicle.chronicleId, events, streams: revisions.size, head: chronicle.head() };
  } finally {
    chronicle.close();
  }
}

/**
 * Runs the integrity check of SQLite on a file.
 *
 * @throws OperationRefused when the file is damaged.
 */
export async function verifyPages(file: string): Promise<void> {
  const database = await openSqliteReadOnly(file);
  try {
    const faults = database.prepare('PRAGMA integrity_check(3)').all();
    const said = faults.map((row) => Object.values(row).join(' ')).join('; ');
    if (said !== 'ok')
      throw new OperationRefused({
        ru: `файл ${file} повреждён: ${said}`,
        en: `${file} is damaged: ${said}`,
      });
  } finally {
    database.close();
  }
}

/** Returns whether the master key opens a file of keys; `absent` when there is no master key. */
export async function verifyMasterKey(
  config: Config,
  files: DataDirectory,
  vault: string,
): Promise<'opens' | 'wrong' | 'absent'> {
  const text = config.LETOPIS_MASTER_KEY ?? (await optional(files.masterKey));
  if (text === undefined) return 'absent';
  return (await opensVault(vault, Buffer.from(text, 'base64'))) ? 'opens' : 'wrong';
}

async function optional(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}

/** Returns the SHA-256 of a file, in hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
