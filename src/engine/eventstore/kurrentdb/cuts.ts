import { operatorTerms } from '../../operatorTerms.js';
import { ChronicleDamaged } from '../port.js';
import { isDenied, typeOf } from './errors.js';
import type { CallWithRetries, KurrentReader } from './reading.js';

/** The part of a stream that its metadata hides from readers. */
interface StreamLimits {
  readonly maxCount: number | undefined;
  readonly maxAge: number | undefined;
  readonly truncateBefore: number | undefined;
}

const UNTIL = 'they are still in $all until a scavenge: run none';

/** Returns the limits in the JSON of a stream's metadata; undefined if it has none. */
export function limitsIn(metadata: unknown): StreamLimits | undefined {
  const [maxCount, maxAge, truncateBefore] = ['$maxCount', '$maxAge', '$tb'].map((key) => numberAt(metadata, key));
  const hides = maxCount !== undefined || maxAge !== undefined || (truncateBefore ?? 0) > 0;
  return hides ? { maxCount, maxAge, truncateBefore } : undefined;
}

/**
 * Returns how an operator of the server changed a stream, which events are missing for readers, and how to restore
 * them; undefined if the stream is complete.
 *
 * @param name the name of the stream on the server.
 */
export async function cutOf(reading: KurrentReader, name: string, ask: CallWithRetries): Promise<string | undefined> {
  try {
    const limits = limitsIn(await streamMetadata(reading, name, ask));
    const [first] = await ask((one) => reading.stream(name, { limit: 1 }, one));
    const begins = first && Number(first.revision);
    if (limits) return limitedText(name, limits, begins);
    return begins === undefined || begins === 0
      ? undefined
      : `its events 0–${begins - 1} are missing, and nothing hides them: a scavenge has removed them. Restore them from a backup of the server or from a copy of the chronicle`;
  } catch (error) {
    if (typeOf(error) !== 'stream-deleted') throw error;
    return `it was deleted for good (a tombstone ends ${name}): readers see none of its events; ${UNTIL}, and copy the chronicle to another place (${operatorTerms().copy})`;
  }
}

/** Returns the error that refuses an append to a cut stream, or a read of its missing events. */
export function cutStreamError(stream: string, problem: string): ChronicleDamaged {
  return new ChronicleDamaged(
    `the history of ${stream} was cut on the event store: ${problem}. Nothing more is appended to this stream, other streams go on (${operatorTerms().clusterGuide})`,
    { stream, remedy: 'brings the record back on the event store; the log of the server says how' },
  );
}

async function streamMetadata(reading: KurrentReader, name: string, ask: CallWithRetries): Promise<unknown> {
  try {
    const [last] = await ask((one) => reading.stream(`$$${name}`, { backwards: true, limit: 1 }, one));
    return last?.data;
  } catch (error) {
    // An account without the right to read metadata can still read the beginning of a stream.
    if (isDenied(error)) return undefined;
    throw error;
  }
}

function limitedText(
  name: string,
  { maxCount, maxAge, truncateBefore }: StreamLimits,
  begins: number | undefined,
): string {
  const undo = `write the metadata of ${name} again without $maxCount, $maxAge and $tb`;
  // A soft delete sets the largest number of 64 bits, which JavaScript rounds.
  if ((truncateBefore ?? 0) > Number.MAX_SAFE_INTEGER) {
    return `it was deleted ($tb in the metadata of ${name}): readers see none of its events; ${UNTIL}, and ${undo}`;
  }
  const named = Object.entries({ $maxCount: maxCount, $maxAge: maxAge, $tb: truncateBefore })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  const what = `the metadata of ${name} has ${named}`;
  if (begins === 0) return `${what}, which will hide events: ${undo}`;
  const hidden = begins === undefined ? 'all its events' : `its events 0–${begins - 1}`;
  return `${what}, which hides ${hidden} from readers; ${UNTIL}, and ${undo}`;
}

function numberAt(value: unknown, key: string): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'number' ? found : undefined;
}
