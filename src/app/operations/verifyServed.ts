import { parseCheckpoint, type SignedCheckpoint } from '../../engine/log/checkpoint.js';
import { type Followed, verifyServedLog } from '../../engine/log/follow.js';
import { HASH_BYTES } from '../../engine/log/merkle.js';
import { verifierFrom, witnessFrom } from '../../engine/log/note.js';
import { TILE } from '../../engine/log/tiles.js';
import { OperationRefused } from './operation.js';
import { checkLogKeys, type GivenKeys, readLastVerification, storeLastVerification } from './trustedLogs.js';

/** Timeout of a request, in milliseconds. */
const SERVED_LOG_TIMEOUT_MS = 10_000;

/** Longest response that is accepted, in bytes: the size of a full tile. */
const MAX_BYTES = TILE * HASH_BYTES;

/** The result of verifying a served log, and the keys that were used. */
export interface VerifiedServed extends Followed {
  readonly checkpoint: SignedCheckpoint;
  /** The public key that was trusted. */
  readonly key: string;
  /** The public key of the witness; undefined when it is not known. */
  readonly witness: string | undefined;
}

/**
 * Verifies the public log of a server. If nothing is found, stores its checkpoint for the next verification.
 *
 * @param given the public keys of the log and its witness; the default is the key of the last verification.
 * @throws OperationRefused when there is no key to trust, a given one is that of another log, or the server cannot be
 *   reached; MalformedNote.
 */
export async function verifyServed(
  address: string,
  given: GivenKeys,
  onProgress: (entries: number) => void,
): Promise<VerifiedServed> {
  let end = address.length;
  while (address[end - 1] === '/') end -= 1;
  const base = address.slice(0, end);
  const note = (await got(`${base}/checkpoint`)).toString('utf8');
  const checkpoint = parseCheckpoint(note);
  const { origin } = checkpoint;
  checkLogKeys(given, origin);
  const remembered = await readLastVerification(given, origin);
  const key = given.log ?? remembered?.log;
  if (key === undefined) {
    throw new OperationRefused({
      ru: `ключ журнала ${origin} здесь не известен: дайте его через --key, как его публикует хранитель (его печатает npx letopis verify на файлах и отдаёт API: { system { logKey } })`,
      en: `the key of ${origin} is not known here: give it with --key, as its keeper publishes it (npx letopis verify prints it when run on the files, and the API returns it: { system { logKey } })`,
    });
  }
  const log = verifierFrom(key);
  const witness = given.witness ?? remembered?.witness;
  const trust = {
    log,
    witness: witness === undefined ? undefined : witnessFrom(witness),
    remembered: remembered && parseCheckpoint(remembered.checkpoint),
  };
  const followed = await verifyServedLog(checkpoint, (path) => got(`${base}/tile/${path}`), trust, onProgress);
  if (followed.findings.length === 0)
    await storeLastVerification(given, origin, { log: key, witness, checkpoint: note });
  return { ...followed, checkpoint, key, witness };
}

async function got(address: string): Promise<Buffer> {
  let answer: Response;
  try {
    answer = await fetch(address, { signal: AbortSignal.timeout(SERVED_LOG_TIMEOUT_MS) });
  } catch (error) {
    throw new OperationRefused(
      {
        ru: `${address} не отвечает: проверьте адрес и что сервер работает`,
        en: `${address} cannot be reached: check the address and that the server runs`,
      },
      {
        cause: error,
      },
    );
  }
  if (!answer.ok)
    throw new OperationRefused({
      ru: `${address} ответил ${answer.status}: точно ли это Летопись с журналом?`,
      en: `${address} answered ${answer.status}: is that a Letopis with a log?`,
    });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (bytes.length > MAX_BYTES)
    throw new OperationRefused({
      ru: `${address} прислал слишком длинный ответ для журнала`,
      en: `${address} sent a response that is too long for a log`,
    });
  return bytes;
}
