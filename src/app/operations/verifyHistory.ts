import { parseCheckpoint, type SignedCheckpoint } from '../../audit/log/checkpoint.js';
import { verifierOf } from '../../audit/log/keyRing.js';
import { readAnchor } from '../../audit/log/logAnchor.js';
import {
  isSameKey,
  MalformedNote,
  type NoteVerifier,
  verifierFrom,
  verifierKey,
  witnessFrom,
} from '../../audit/log/note.js';
import { type Verification, verifyLog } from '../../audit/log/verify.js';
import { batchesOf } from '../../eventstore/batches.js';
import type { Damage } from '../../eventstore/damage.js';
import { ChronicleDamaged } from '../../eventstore/port.js';
import { unavailable } from '../../eventstore/sqlite/errors.js';
import { type ChronicleLook, lookIntoChronicle } from '../../eventstore/sqlite/look.js';
import { isDamage } from '../../storage/failure.js';
import { textIn } from '../anchorFile.js';
import { damageOfPages } from './filePages.js';
import { recall, remember } from './trustedLogs.js';

/** Where a key was taken from: the caller, an earlier verification, or the chronicle itself. */
export type KeySource = 'given' | 'remembered' | 'chronicle';

/** How a chronicle was verified, and by what. */
export interface VerifiedHistory extends Verification {
  readonly origin: string;
  /** The public key that the checkpoints were held against. */
  readonly key: string;
  readonly keyFrom: KeySource;
  /** The log has another key than the one that is trusted. */
  readonly hasWrongKey: boolean;
  /** The public key of the witness, who says when checkpoints were signed; empty when nobody has told it. */
  readonly witness: string;
  readonly witnessFrom: KeySource;
  /** The chronicle names another witness than the one that is trusted. */
  readonly hasWrongWitness: boolean;
  /** The witness that was remembered, where the caller has given another one. */
  readonly witnessBefore: string | undefined;
  /** What is wrong with the pages and indexes of the file. */
  readonly damage: readonly Damage[];
  /** How many events the anchor beside the chronicle covers; undefined when there is none. */
  readonly anchored: number | undefined;
  /** How many events were verified here before; undefined at the first time. */
  readonly remembered: number | undefined;
  /** Persons whose names were erased: what was sealed for them stays as it was recorded, and nobody reads it. */
  readonly erased: number;
}

/**
 * Verifies the chronicle in a file against its log; nothing is written to it. The last checkpoint that held is remembered
 * in the home of the user who verifies.
 *
 * @param anchorFile where the anchor of the log is, if there is one.
 * @param given the public keys as their keeper publishes them; instead of each that is left out the one of the last time
 *   counts, else the one in the chronicle itself.
 * @throws ChronicleDamaged when the file itself is; EventStoreUnavailable, MalformedNote
 */
export async function verifyHistory(
  chronicle: string,
  anchorFile: string,
  given: { readonly log: string | undefined; readonly witness: string | undefined },
  onProgress: (events: number) => void,
): Promise<VerifiedHistory> {
  const look = await lookIntoChronicle(chronicle, { mustBeWhole: false });
  try {
    const damage = await damageOfPages(chronicle);
    // Before the chronicle, which goes on beside a server: the anchor is never ahead of it.
    const anchor = await anchorIn(anchorFile);
    look.freeze();
    const { log } = look;
    const remembered = await recall(log.origin);
    const own = log.publicKeys();
    const key = trusted(given.log, remembered?.log, own?.log);
    const witnessKey = trusted(given.witness, remembered?.witness, own?.witness, witnessFrom);
    const trust = {
      // Of a chronicle that never ran with a log there is no key at all: whatever is signed there is signed by nobody.
      log: key.verifier ?? { name: log.origin, publicKey: Buffer.alloc(32) },
      witness: witnessKey.verifier,
      remembered: remembered && parseCheckpoint(remembered.checkpoint),
      // The anchor of a chronicle that was never signed is of nothing.
      anchor: own === undefined && anchor?.size === 0 ? undefined : anchor,
    };
    const result = verifyLog(log, trust, onProgress);
    const hasWrongKey = own !== undefined && key.text !== '' && !result.keys.includes(own.log);
    const hasWrongWitness =
      own !== undefined && witnessKey.text !== '' && !isSameWitness(witnessKey.verifier, own.witness);
    if (result.found + damage.length === 0 && !hasWrongKey && !hasWrongWitness && result.anchor) {
      // The next time begins with the key that the log has come to. A witness is never another one.
      await remember(log.origin, {
        log: own ? verifierKey(verifierFrom(own.log)) : key.text,
        witness: witnessKey.text,
        checkpoint: log.lastCheckpoint() ?? '',
      });
    }
    const before = remembered?.witness;
    return {
      ...result,
      damage,
      origin: log.origin,
      ...{ key: key.text, keyFrom: key.from, hasWrongKey },
      ...{ witness: witnessKey.text, witnessFrom: witnessKey.from, hasWrongWitness },
      witnessBefore: before === undefined || isSameWitness(witnessKey.verifier, before) ? undefined : before,
      ...{ anchored: anchor?.size, remembered: trust.remembered?.size },
      erased: await erasedIn(look),
    };
  } catch (error) {
    throw isDamage(error) ? unavailable(chronicle, error) : error;
  } finally {
    look.close();
  }
}

/** @throws ChronicleDamaged when it is no anchor. */
async function anchorIn(file: string): Promise<SignedCheckpoint | undefined> {
  const text = await textIn(file);
  try {
    return text === undefined ? undefined : readAnchor(text).checkpoint;
  } catch (error) {
    if (!(error instanceof MalformedNote)) throw error;
    throw new ChronicleDamaged(`${file}: ${error.message}`, { cause: error });
  }
}

async function erasedIn(look: ChronicleLook): Promise<number> {
  let erased = 0;
  for await (const { events } of batchesOf(look, { types: ['PersonForgotten'] })) erased += events.length;
  return erased;
}

interface TrustedKey {
  readonly text: string;
  readonly from: KeySource;
  readonly verifier: NoteVerifier | undefined;
}

/** @throws MalformedNote when the caller gave no key: what stands in the chronicle instead of one is for the findings. */
function trusted(given: string | undefined, remembered: string | undefined, own = '', read = verifierFrom): TrustedKey {
  const outside = given ?? remembered;
  if (outside === undefined) return { text: own, from: 'chronicle', verifier: verifierOf(own, read) };
  return { text: outside, from: given === undefined ? 'remembered' : 'given', verifier: read(outside) };
}

function isSameWitness(one: NoteVerifier | undefined, text: string): boolean {
  const other = verifierOf(text, witnessFrom);
  return one !== undefined && other !== undefined && isSameKey(one, other);
}
