import { parseCheckpoint } from '../../audit/log/checkpoint.js';
import { type Followed, followLog, type ServedLog } from '../../audit/log/follow.js';
import { verifierFrom } from '../../audit/log/note.js';
import { OperationRefused } from './operation.js';
import { memoryOf, recall, remember } from './trustedLogs.js';

/** How long one answer of the server may take, in milliseconds. */
const ANSWER_MS = 10_000;

/** No tile is longer; a checkpoint is far shorter. */
const MAX_BYTES = 256 * 32;

/**
 * Verifies the log that a server gives to everybody, and remembers its checkpoint when nothing was found.
 *
 * @param given the public key of the log; left out: the one that was remembered.
 * @throws OperationRefused when there is no key to trust, or the server cannot be reached; MalformedNote.
 */
export async function verifyServed(
  address: string,
  given: string | undefined,
  onProgress: (entries: number) => void,
): Promise<Followed & { readonly key: string }> {
  const log = servedAt(address);
  const { origin } = parseCheckpoint(await log.checkpoint());
  const memory = memoryOf(origin);
  const remembered = await recall(memory);
  const key = given ?? remembered?.log;
  if (key === undefined) {
    throw new OperationRefused(
      `the key of ${origin} is not known here: give it with --key, as its keeper publishes it (letopis verify prints it on the server)`,
    );
  }
  const verifier = verifierFrom(key);
  const witness = remembered && remembered.witness !== '' ? verifierFrom(remembered.witness) : verifier;
  const followed = await followLog(
    log,
    { log: verifier, witness, remembered: remembered && parseCheckpoint(remembered.checkpoint) },
    onProgress,
  );
  if (followed.findings.length === 0) {
    await remember(memory, { log: key, witness: remembered?.witness ?? '', checkpoint: followed.note });
  }
  return { ...followed, key };
}

function servedAt(address: string): ServedLog {
  const base = address.replace(/\/+$/, '');
  const get = async (path: string): Promise<Buffer> => {
    let answer: Response;
    try {
      answer = await fetch(`${base}${path}`, { signal: AbortSignal.timeout(ANSWER_MS) });
    } catch (error) {
      throw new OperationRefused(`${base}${path} cannot be reached: check the address and that the server runs`, {
        cause: error,
      });
    }
    if (!answer.ok)
      throw new OperationRefused(`${base}${path} answered ${answer.status}: is that a Letopis with a log?`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (bytes.length > MAX_BYTES) throw new OperationRefused(`${base}${path} answered more than a log does`);
    return bytes;
  };
  return {
    checkpoint: async () => (await get('/checkpoint')).toString('utf8'),
    tile: (path) => get(`/tile/${path}`),
  };
}
