import type { EventLog } from '../eventstore/port.js';
import {
  type LogSigners,
  originOf,
  type PublicKeys,
  parseCheckpoint,
  signedCheckpoint,
  witnessOf,
} from '../log/checkpoint.js';
import { type AnchorStore, readAnchor } from '../log/logAnchor.js';
import { type Frontier, rootOf } from '../log/merkle.js';
import { MalformedNote, type NoteSigner, signerOf, verifierKey } from '../log/note.js';
import { operatorTerms } from '../operatorTerms.js';
import type { Vault } from '../vault/vault.js';

/** The key that signed the log is not available. */
export class LogKeyMissing extends Error {
  override readonly name = 'LogKeyMissing';
}

/** Keys from the configuration, 32 bytes each. Undefined: the key is derived from the vault's secret. */
export interface ChosenLogKeys {
  readonly log: Buffer | undefined;
  /** The previous signing key, configured until it has handed over to the new one. */
  readonly before: Buffer | undefined;
}

/** The present signers of the log, and earlier ones. */
export interface LogKeyring {
  readonly signers: LogSigners;
  readonly earlier: readonly NoteSigner[];
}

/** Returns the keys that sign the log of a chronicle: configured ones, or keys derived from the vault's secret. */
export function logKeyring(
  chronicleId: string,
  vault: Pick<Vault, 'secretFor'>,
  { log, before }: ChosenLogKeys = { log: undefined, before: undefined },
): LogKeyring {
  const origin = originOf(chronicleId);
  const own = vault.secretFor('log');
  return {
    signers: {
      log: signerOf(origin, log ?? own),
      witness: signerOf(witnessOf(origin), vault.secretFor('log witness')),
    },
    earlier: [before, own].flatMap((key) => (key ? [signerOf(origin, key)] : [])),
  };
}

/** Returns the previous signing key, if it is available and another key signs now. */
export async function outgoingKey(log: EventLog, keys: LogKeyring): Promise<NoteSigner | undefined> {
  const kept = (await log.publicKeys())?.log;
  if (kept === verifierKey(keys.signers.log)) return undefined;
  return keys.earlier.find((signer) => verifierKey(signer) === kept);
}

/**
 * Checks that the key that signed last is available. Ignores a key that the anchor does not name: such a key was put
 * into the store by another program, which the comparison with the anchor detects.
 *
 * @throws LogKeyMissing if the key is not available, so that it cannot sign the event that names its successor.
 */
export async function checkOutgoingKey(log: EventLog, anchors: AnchorStore, keys: LogKeyring): Promise<void> {
  const kept = (await log.publicKeys())?.log;
  const known = [keys.signers.log, ...keys.earlier].map(verifierKey);
  if (kept === undefined || known.includes(kept)) return;
  const text = await anchors.read();
  if (text !== undefined && keyIn(text) !== kept) return;
  throw new LogKeyMissing(
    `the log was signed by another key (${kept}), which must hand over to the new one: give it once by ${operatorTerms().previousLogKey}, or take ${operatorTerms().logKey} back`,
  );
}

/** Returns the key in an anchor; undefined for an unreadable anchor, which the comparison with the anchor reports. */
function keyIn(text: string): string | undefined {
  try {
    return readAnchor(text).key;
  } catch (error) {
    if (error instanceof MalformedNote) return undefined;
    throw error;
  }
}

/** Returns the public keys of signers, as the log names them. */
export function publicKeysOf({ log, witness }: LogSigners): PublicKeys {
  return { log: verifierKey(log), witness: verifierKey(witness) };
}

/**
 * Returns the signed checkpoint of a tree. Its time is that of this machine, even if events are recorded with the times
 * of another clock.
 */
export function checkpointOver(tree: Frontier, signers: LogSigners): string {
  const checkpoint = { origin: signers.log.name, size: tree.size, root: rootOf(tree) };
  return signedCheckpoint(checkpoint, signers, Math.floor(Date.now() / 1_000));
}

/** Signs the present log and returns the signed size; undefined if there are no events yet. */
export async function signLog(log: EventLog, signers: LogSigners): Promise<number | undefined> {
  const tree = await log.tree();
  if (tree.size === 0) return undefined;
  const last = await log.lastCheckpoint();
  const signed = last === undefined ? 0 : parseCheckpoint(last).size;
  if (tree.size > signed) await log.putCheckpoint(tree.size, checkpointOver(tree, signers));
  return Math.max(tree.size, signed);
}
