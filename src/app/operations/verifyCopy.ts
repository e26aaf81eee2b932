import { unavailable } from '../../engine/eventstore/sqlite/errors.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import { verifierOf } from '../../engine/log/keyRing.js';
import { isSameVerifier, type NoteVerifier, verifierFrom, witnessFrom } from '../../engine/log/note.js';
import { verifyLog } from '../../engine/log/verify.js';
import { isDamage } from '../../engine/storage/failure.js';
import { findingText, moreText } from '../findings.js';
import { OperationRefused } from './operation.js';
import { type GivenKeys, readLastVerification } from './trustedLogs.js';

/** Number of findings that the error message lists. The others are counted. */
const NAMED = 5;

/** The result of verifying a copied chronicle against its log. */
export interface VerifiedCopy {
  /** Source of the key of the log; `none`: the chronicle has none. */
  readonly keyFrom: 'given' | 'remembered' | 'chronicle' | 'none';
  /** Number of events that the last valid checkpoint covers. */
  readonly signed: number;
}

/**
 * Verifies a copied chronicle against its log: each event, the tree, and the signed checkpoints. Unlike `verify` it
 * accepts a copy that is older than the last verification, because a backup is older than its chronicle.
 *
 * @throws OperationRefused with the differences; EventStoreUnavailable when the file is damaged; MalformedNote.
 */
export async function verifyCopy(
  file: string,
  given: GivenKeys,
  tell: (events: number) => void,
): Promise<VerifiedCopy> {
  const look = await openChronicleReadOnly(file);
  try {
    const { log } = look;
    const own = log.publicKeys();
    const remembered = await readLastVerification(given, log.origin);
    const outside = given.log ?? remembered?.log;
    const key = outside === undefined ? verifierOf(own?.log ?? '') : verifierFrom(outside);
    const witnessKey = given.witness ?? remembered?.witness;
    const witness = witnessKey === undefined ? undefined : witnessFrom(witnessKey);
    // A chronicle that never had a log has no key. A key of zeros makes any signature in it invalid.
    const trusted: NoteVerifier = key ?? { name: log.origin, publicKey: Buffer.alloc(32) };
    const result = await verifyLog(log, { log: trusted, witness, remembered: undefined }, tell);
    const faults = result.findings.slice(0, NAMED).map(findingText);
    if (result.found > faults.length) faults.push(moreText(result.found - faults.length));
    if (outside !== undefined && own !== undefined && !result.keys.includes(own.log)) {
      faults.push({
        ru: 'журнал подписан другим ключом, не тем, которому вы доверяете',
        en: 'the log has another key than the trusted one',
      });
    }
    const ownWitness = verifierOf(own?.witness ?? '', witnessFrom);
    if (witness && ownWitness && !isSameVerifier(witness, ownWitness)) {
      faults.push({
        ru: 'в летописи записан другой свидетель, не тот, которому вы доверяете',
        en: 'the chronicle names another witness than the trusted one',
      });
    }
    const signed = result.anchor?.checkpoint.size ?? 0;
    if (given.log !== undefined && signed === 0 && result.events > 0) {
      faults.push({
        ru: 'ни одна контрольная точка не подписана данным ключом',
        en: 'no checkpoint is signed by the given key',
      });
    }
    if (faults.length > 0) {
      throw new OperationRefused({
        ru: `история в ней не та, что была записана: ${faults.map(({ ru }) => ru).join('; ')}`,
        en: `the history in it is not the one that was recorded: ${faults.map(({ en }) => en).join('; ')}`,
      });
    }
    return { keyFrom: sourceOf(given.log, remembered?.log, own?.log), signed };
  } catch (error) {
    throw isDamage(error) ? unavailable(file, error) : error;
  } finally {
    look.close();
  }
}

function sourceOf(given: string | undefined, remembered: string | undefined, own: string | undefined) {
  if (given !== undefined) return 'given';
  if (remembered !== undefined) return 'remembered';
  return own === undefined ? 'none' : 'chronicle';
}
