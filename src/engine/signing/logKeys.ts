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

/** The key that signed last, when it is here and another one signs from now on. */
export async function outgoingKey(log: EventLog, keys: LogKeyring): Promise<NoteSigner | undefined> {
  const kept = (await log.publicKeys())?.log;
  if (kept === verifierKey(keys.signers.log)) return undefined;
  return keys.earlier.find((signer) => verifierKey(signer) === kept);
}

/**
 * Refuses to go on without the key that signed last. A key that the anchor does not name was put there by somebody else:
 * that is a matter of the anchor.
 *
 * @throws LogKeyMissing if it is not available and so cannot hand over.
 */
export async function checkOutgoingKey(log: EventLog, anchors: AnchorStore, keys: LogKeyring): Promise<void> {
  const kept = (await log.publicKeys())?.log;
  const known = [keys.signers.log, ...keys.earlier].map(verifierKey);
  if (kept === undefined || known.includes(kept)) return;
  const text = await anchors.read();
  if (text !== undefined && keyIn(text) !== kept) return;
  throw new LogKeyMissing(
    `the log was signed by another key (${kept}), which must hand over to the new one: give it once by LETOPIS_LOG_KEY_BEFORE, or take LETOPIS_LOG_KEY back`,
  );
}

/** The key that an anchor names; undefined when it cannot be read, which the comparison with the anchor tells. */
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

/** The checkpoint over a tree, signed. When it was signed is the time of this machine, also where plans live by another clock. */
export function checkpointOver(tree: Frontier, signers: LogSigners): string {
  const checkpoint = { origin: signers.log.name, size: tree.size, root: rootOf(tree) };
  return signedCheckpoint(checkpoint, signers, Math.floor(Date.now() / 1_000));
}

/** Signs the log as it is and returns the signed size; undefined when nothing was recorded yet. */
export async function signLog(log: EventLog, signers: LogSigners): Promise<number | undefined> {
  const tree = await log.tree();
  if (tree.size === 0) return undefined;
  const last = await log.lastCheckpoint();
  const signed = last === undefined ? 0 : parseCheckpoint(last).size;
  if (tree.size > signed) await log.putCheckpoint(tree.size, checkpointOver(tree, signers));
  return Math.max(tree.size, signed);
}
