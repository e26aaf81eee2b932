import { parseCheckpoint } from '../../audit/log/checkpoint.js';
import { type NoteVerifier, verifierFrom, verifierKey } from '../../audit/log/note.js';
import { type Verification, verifyLog } from '../../audit/log/verify.js';
import { batchesOf } from '../../eventstore/batches.js';
import { type ChronicleLook, lookIntoChronicle } from '../../eventstore/sqlite/look.js';
import { type Remembered, recall, remember } from './trustedLogs.js';

/** How a chronicle was verified, and by what. */
export interface VerifiedHistory extends Verification {
  readonly origin: string;
  /** The public key that the checkpoints were held against. */
  readonly key: string;
  /** Where that key was taken from: the caller, an earlier verification, or the chronicle itself. */
  readonly keyFrom: 'given' | 'remembered' | 'chronicle';
  /** The log has another key than the one that is trusted. */
  readonly hasWrongKey: boolean;
  /** Persons whose names were erased: what was sealed for them stays as it was recorded, and nobody reads it. */
  readonly erased: number;
}

/**
 * Verifies the chronicle in a file against its log; nothing is written to it. The last checkpoint that held is remembered
 * in the home of the user who verifies.
 *
 * @param given the public key of the log as its keeper publishes it; without it the one of the last time, or the one in
 *   the chronicle itself.
 * @throws EventStoreUnavailable, MalformedNote
 */
export async function verifyHistory(
  chronicle: string,
  given: string | undefined,
  onProgress: (events: number) => void,
): Promise<VerifiedHistory> {
  const look = await lookIntoChronicle(chronicle, { mustBeWhole: false });
  try {
    look.freeze();
    const { log } = look;
    const remembered = await recall(log.origin);
    const own = log.publicKeys();
    const { key, keyFrom } = trusted(given, remembered, own?.log);
    // Of a chronicle that never ran with a log there is no key at all: whatever is signed there is signed by nobody.
    const verifier: NoteVerifier = key === '' ? { name: log.origin, publicKey: Buffer.alloc(32) } : verifierFrom(key);
    const witnessKey = (keyFrom === 'remembered' ? remembered?.witness : own?.witness) ?? '';
    const witness = witnessKey === '' ? verifier : verifierFrom(witnessKey);
    const trust = { log: verifier, witness, remembered: remembered && parseCheckpoint(remembered.checkpoint) };
    const result = verifyLog(log, trust, onProgress);
    const hasWrongKey = own !== undefined && key !== '' && !result.keys.includes(own.log);
    if (result.found === 0 && !hasWrongKey && result.anchor) {
      // The next time begins with the key that the log has come to.
      await remember(log.origin, {
        log: own ? verifierKey(verifierFrom(own.log)) : key,
        witness: witnessKey,
        checkpoint: log.lastCheckpoint() ?? '',
      });
    }
    return { ...result, origin: log.origin, key, keyFrom, hasWrongKey, erased: await erasedIn(look) };
  } finally {
    look.close();
  }
}

async function erasedIn(look: ChronicleLook): Promise<number> {
  let erased = 0;
  for await (const { events } of batchesOf(look, { types: ['PersonForgotten'] })) erased += events.length;
  return erased;
}

function trusted(given: string | undefined, remembered: Remembered | undefined, own: string | undefined) {
  if (given !== undefined) return { key: given, keyFrom: 'given' } as const;
  if (remembered) return { key: remembered.log, keyFrom: 'remembered' } as const;
  return { key: own ?? '', keyFrom: 'chronicle' } as const;
}
