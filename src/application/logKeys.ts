import { type LogSigners, originOf, parseCheckpoint, signedCheckpoint, witnessOf } from '../audit/log/checkpoint.js';
import { rootOf } from '../audit/log/merkle.js';
import { type NoteSigner, signerOf, verifierKey } from '../audit/log/note.js';
import type { EventLog } from '../eventstore/port.js';
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

/**
 * The key that signed last, when it is another one than signs from now on.
 *
 * @throws LogKeyMissing if it is not available and so cannot hand over.
 */
export async function outgoingKey(log: EventLog, { signers, earlier }: LogKeyring): Promise<NoteSigner | undefined> {
  const kept = (await log.publicKeys())?.log;
  if (kept === undefined || kept === verifierKey(signers.log)) return undefined;
  const outgoing = earlier.find((signer) => verifierKey(signer) === kept);
  if (outgoing) return outgoing;
  throw new LogKeyMissing(
    `the log was signed by another key (${kept}), which must hand over to the new one: give it once by LETOPIS_LOG_KEY_BEFORE, or take LETOPIS_LOG_KEY back`,
  );
}

/** Signs the log as it is; undefined when nothing was recorded or it is signed already. */
export async function signLog(log: EventLog, signers: LogSigners): Promise<number | undefined> {
  const tree = await log.tree();
  const last = await log.lastCheckpoint();
  const signed = last === undefined ? 0 : parseCheckpoint(last).size;
  if (tree.size <= signed) return undefined;
  const checkpoint = { origin: signers.log.name, size: tree.size, root: rootOf(tree) };
  // When it was seen is told by this machine's clock, also where the plans live by another.
  await log.putCheckpoint(tree.size, signedCheckpoint(checkpoint, signers, Math.floor(Date.now() / 1_000)));
  return tree.size;
}
