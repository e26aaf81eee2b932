import { type LogSigners, originOf, parseCheckpoint, signedCheckpoint, witnessOf } from '../audit/log/checkpoint.js';
import { rootOf } from '../audit/log/merkle.js';
import { type NoteSigner, signerOf, verifierKey } from '../audit/log/note.js';
import type { EventLog } from '../eventstore/port.js';
import type { Vault } from '../vault/vault.js';

/** The log was signed by a key that is not here any more. */
export class LogKeyMissing extends Error {
  override readonly name = 'LogKeyMissing';
}

/** Keys that were chosen outside, 32 bytes each; undefined: the one that follows from the secret of all keys here. */
export interface ChosenLogKeys {
  readonly log: Buffer | undefined;
  /** The one that signed before, for as long as it takes to hand over. */
  readonly before: Buffer | undefined;
}

/** Who signs the log from now on, and who may have signed it before. */
export interface LogKeyring {
  readonly signers: LogSigners;
  readonly earlier: readonly NoteSigner[];
}

/** The keys that sign the log of a chronicle: chosen ones, or made of the secret that its other keys are made of. */
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
 * @throws LogKeyMissing when it is not here, so that it could not hand over.
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
