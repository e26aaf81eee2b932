import type { LogStore } from '../../engine/eventlog/follower.js';
import { type LogArchive, storedLogOf, type VerifiableEvents } from '../../engine/eventlog/storedLog.js';
import { batchesOf } from '../../engine/eventstore/batches.js';
import type { Damage } from '../../engine/eventstore/damage.js';
import { ChronicleDamaged, type EventLog, type EventStore } from '../../engine/eventstore/port.js';
import { unavailable } from '../../engine/eventstore/sqlite/errors.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import { damageOfPages } from '../../engine/eventstore/sqlite/wholeCheck.js';
import { parseCheckpoint, type SignedCheckpoint } from '../../engine/log/checkpoint.js';
import { verifierOf } from '../../engine/log/keyRing.js';
import { type AnchorStore, readAnchor } from '../../engine/log/logAnchor.js';
import {
  isSameVerifier,
  MalformedNote,
  type NoteVerifier,
  verifierFrom,
  verifierKey,
  witnessFrom,
} from '../../engine/log/note.js';
import type { StoredLog } from '../../engine/log/stored.js';
import { type Verification, verifyLog } from '../../engine/log/verify.js';
import { isDamage } from '../../engine/storage/failure.js';
import { checkLogKeys, type GivenKeys, readLastVerification, storeLastVerification } from './trustedLogs.js';

/** Source of a key: the caller, an earlier verification, or the chronicle itself. */
export type KeySource = 'given' | 'remembered' | 'chronicle';

/** The result of verifying a chronicle, and the keys that were used. */
export interface VerifiedHistory extends Verification {
  readonly origin: string;
  /** The public key by which the checkpoints were verified. */
  readonly key: string;
  readonly keyFrom: KeySource;
  /** True when the log has another key than the trusted one. */
  readonly hasWrongKey: boolean;
  /** The public key of the witness, which proves when checkpoints were signed; empty when it is not known. */
  readonly witness: string;
  readonly witnessFrom: KeySource;
  /** True when the chronicle names another witness than the trusted one. */
  readonly hasWrongWitness: boolean;
  /** The witness of the last verification, if the caller has given another one. */
  readonly witnessBefore: string | undefined;
  /** Damage of the file, or of streams on a server. */
  readonly damage: readonly Damage[];
  /** Number of events that the anchor covers; undefined when there is no anchor. */
  readonly anchored: number | undefined;
  /** Where the anchor is stored: the name of a file or a collection. */
  readonly anchorPlace: string;
  /** Number of events of the last verification by this user; undefined when there was none. */
  readonly remembered: number | undefined;
  /** Number of persons whose names were erased. Their sealed names are unchanged in the events, but unreadable. */
  readonly erased: number;
}

/** The anchor of a log, as it is read for a verification. */
export interface AnchorPlace {
  /** The name of the file or the collection. */
  readonly name: string;
  readonly store: Pick<AnchorStore, 'read'>;
}

/**
 * Verifies the chronicle in a file against its log. Opens the file read-only. If nothing is found, stores the last
 * checkpoint in the directory `state`, for the next verification.
 *
 * @param given the published public keys; the default is the key of the last verification, else that in the chronicle.
 * @throws ChronicleDamaged when the file itself is damaged; OperationRefused for the key of another log;
 *   EventStoreUnavailable, MalformedNote.
 */
export async function verifyHistory(
  chronicle: string,
  anchors: AnchorPlace,
  given: GivenKeys,
  onProgress: (events: number) => void,
): Promise<VerifiedHistory> {
  const look = await openChronicleReadOnly(chronicle, { mustBeWhole: false });
  try {
    const damage = await damageOfPages(chronicle);
    // Read before the chronicle is frozen: a running server appends, so an anchor read later could be ahead.
    const anchor = await anchorIn(anchors);
    look.freeze();
    return await verifyAgainstLog({ chronicle: look, log: look.log, damage, anchor, anchors }, given, onProgress);
  } catch (error) {
    throw isDamage(error) ? unavailable(chronicle, error) : error;
  } finally {
    look.close();
  }
}

/**
 * Verifies the chronicle on a server against the log beside it, as {@link verifyHistory} does. Events that are not in
 * the log yet are not verified.
 *
 * @throws LogNotBuilt, ChronicleDamaged, OperationRefused, EventStoreUnavailable, ReadStoreUnavailable, MalformedNote.
 */
export async function verifyHistoryOnServer(
  events: VerifiableEvents & Pick<EventStore, 'damage'>,
  eventLog: EventLog & LogArchive & Pick<LogStore, 'state'>,
  anchors: AnchorPlace,
  given: GivenKeys,
  onProgress: (events: number) => void,
): Promise<VerifiedHistory> {
  const anchor = await anchorIn(anchors);
  const log = await storedLogOf(events, eventLog, anchor?.size ?? 0);
  const damage = events.damage();
  return verifyAgainstLog({ chronicle: events, log, damage, anchor, anchors }, given, onProgress);
}

interface OpenedHistory {
  readonly chronicle: Pick<EventStore, 'readAll'>;
  readonly log: StoredLog;
  readonly damage: readonly Damage[];
  readonly anchor: SignedCheckpoint | undefined;
  readonly anchors: AnchorPlace;
}

async function verifyAgainstLog(
  { chronicle, log, damage, anchor, anchors }: OpenedHistory,
  given: GivenKeys,
  onProgress: (events: number) => void,
): Promise<VerifiedHistory> {
  checkLogKeys(given, log.origin);
  const remembered = await readLastVerification(given, log.origin);
  const own = log.publicKeys();
  const key = trusted(given.log, remembered?.log, own?.log);
  const witnessKey = trusted(given.witness, remembered?.witness, own?.witness, witnessFrom);
  const trust = {
    // A chronicle that never had a log has no key. A key of zeros makes any signature in it invalid.
    log: key.verifier ?? { name: log.origin, publicKey: Buffer.alloc(32) },
    witness: witnessKey.verifier,
    remembered: remembered && parseCheckpoint(remembered.checkpoint),
    // An anchor of size 0 of a chronicle that was never signed covers nothing.
    anchor: own === undefined && anchor?.size === 0 ? undefined : anchor,
  };
  const result = await verifyLog(log, trust, onProgress);
  const hasWrongKey = own !== undefined && key.text !== '' && !result.keys.includes(own.log);
  const hasWrongWitness =
    own !== undefined && witnessKey.text !== '' && !isSameWitness(witnessKey.verifier, own.witness);
  if (result.found + damage.length === 0 && !hasWrongKey && !hasWrongWitness && result.anchor) {
    // The key of the log can be rotated, so the present one is stored. The witness never changes.
    await storeLastVerification(given, log.origin, {
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
    key: key.text,
    keyFrom: key.from,
    hasWrongKey,
    witness: witnessKey.text,
    witnessFrom: witnessKey.from,
    hasWrongWitness,
    witnessBefore: before === undefined || isSameWitness(witnessKey.verifier, before) ? undefined : before,
    anchored: anchor?.size,
    anchorPlace: anchors.name,
    remembered: trust.remembered?.size,
    erased: await countErased(chronicle),
  };
}

/** Reads an anchor; undefined when there is none. @throws ChronicleDamaged when the stored data is not an anchor. */
async function anchorIn({ name, store }: AnchorPlace): Promise<SignedCheckpoint | undefined> {
  const text = await store.read();
  try {
    return text === undefined ? undefined : readAnchor(text).checkpoint;
  } catch (error) {
    if (!(error instanceof MalformedNote)) throw error;
    throw new ChronicleDamaged(`${name}: ${error.message}`, { cause: error });
  }
}

async function countErased(chronicle: Pick<EventStore, 'readAll'>): Promise<number> {
  let erased = 0;
  for await (const { events } of batchesOf(chronicle, { types: ['PersonForgotten'] })) erased += events.length;
  return erased;
}

interface TrustedKey {
  readonly text: string;
  readonly from: KeySource;
  readonly verifier: NoteVerifier | undefined;
}

/**
 * Returns the key to trust: given by the caller, of the last verification, or from the chronicle itself.
 *
 * @throws MalformedNote when a given or stored key is malformed. A malformed key in the chronicle gives no verifier.
 */
function trusted(given: string | undefined, remembered: string | undefined, own = '', read = verifierFrom): TrustedKey {
  const outside = given ?? remembered;
  if (outside === undefined) return { text: own, from: 'chronicle', verifier: verifierOf(own, read) };
  return { text: outside, from: given === undefined ? 'remembered' : 'given', verifier: read(outside) };
}

function isSameWitness(one: NoteVerifier | undefined, text: string): boolean {
  const other = verifierOf(text, witnessFrom);
  return one !== undefined && other !== undefined && isSameVerifier(one, other);
}
