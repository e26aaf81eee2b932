import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { witnessOf } from '../../engine/log/checkpoint.js';
import { verifierFrom, witnessFrom } from '../../engine/log/note.js';
import { errorCode } from '../../engine/storage/thrown.js';
import { OperationRefused } from './operation.js';

/** What a user trusts when verifying a log. */
export interface GivenKeys {
  /** The published public key of the log. */
  readonly log: string | undefined;
  /** The published public key of its witness. */
  readonly witness: string | undefined;
  /** Directory of the results of earlier verifications. */
  readonly state: string;
}

/**
 * Checks the names in given public keys: that of the log must name the log, and that of a built-in witness the witness
 * of this log. This is checked first, because a signature that fails under the key of another log proves nothing about
 * the history.
 *
 * @throws OperationRefused when a key is that of another log; MalformedNote.
 */
export function checkLogKeys({ log, witness }: Pick<GivenKeys, 'log' | 'witness'>, origin: string): void {
  const named = log === undefined ? origin : verifierFrom(log).name;
  if (named !== origin) throw otherLog('--key', named, origin);
  const seenBy = witness === undefined ? '' : witnessFrom(witness).name;
  // A built-in witness has the name of its log with a suffix. Other witnesses have independent names.
  if (seenBy.startsWith('letopis/') && seenBy.endsWith(witnessOf('')) && seenBy !== witnessOf(origin)) {
    throw otherLog('--witness', seenBy, witnessOf(origin));
  }
}

function otherLog(option: string, named: string, origin: string): OperationRefused {
  return new OperationRefused({
    ru: `${option}: это ключ другого журнала, ${named}, а проверяется ${origin}; дайте ключ этого журнала, как его опубликовал владелец, и сверьте, тот ли это журнал`,
    en: `${option} is the key of another log, ${named}; the one to verify is ${origin}: give the key of this log, as its keeper published it, and check that it is the right log`,
  });
}

/** The result of a verification that the next one relies on. It is stored outside of the verified data. */
const LastVerification = z.object({
  log: z.string(),
  // Absent (or empty in files of older versions) when the witness was not known at the verification.
  witness: z
    .string()
    .optional()
    .transform((key) => (key === '' ? undefined : key)),
  checkpoint: z.string(),
});
/** The keys and the checkpoint of the last verification of a log. */
export type LastVerification = z.infer<typeof LastVerification>;

/**
 * Returns what was stored about the last verification of a log; undefined if there was none.
 *
 * @throws OperationRefused when the file cannot be read.
 */
export async function readLastVerification(
  { state }: GivenKeys,
  origin: string,
): Promise<LastVerification | undefined> {
  const file = memoryOf(state, origin);
  try {
    return LastVerification.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new OperationRefused(
      {
        ru: `файл ${file} не читается: в нём итог прошлой проверки. Верните его из копии или удалите и дайте через --key ключ, которому доверяете`,
        en: `${file} cannot be read: it holds the result of the last verification. Put it back from a backup; or remove it, and give --key with the key that you trust`,
      },
      { cause: error },
    );
  }
}

/** Stores the result of a verification without findings. */
export async function storeLastVerification(
  { state }: GivenKeys,
  origin: string,
  what: LastVerification,
): Promise<void> {
  const file = memoryOf(state, origin);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Replaced atomically, because the next verification trusts this file.
  const part = `${file}.part`;
  await writeFile(part, `${JSON.stringify(what)}\n`, { mode: 0o600 });
  await rename(part, file);
}

/** Returns the file of a log. It is outside of the data directory: access to the data must not allow changing it. */
function memoryOf(state: string, origin: string): string {
  return join(state, `${origin.replaceAll(/[^A-Za-z0-9-]/g, '_')}.json`);
}
