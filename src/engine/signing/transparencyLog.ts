import type { EventLog, EventStore } from '../eventstore/port.js';
import { BUNDLE_FORMAT, type ProofBundle } from '../log/bundle.js';
import { parseCheckpoint } from '../log/checkpoint.js';
import { inclusionProof } from '../log/merkle.js';
import { verifierKey } from '../log/note.js';
import { withTiles } from '../log/tiles.js';
import type { Vault } from '../vault/vault.js';
import { logKeyring, publicKeysOf, signLog } from './logKeys.js';

/** The signed log over all events of a store. */
export interface TransparencyLog {
  /** The public key of the log, which verifiers trust. */
  readonly key: string;
  /** Signs the log as it is. Returns the number of events that it covers. */
  sign(): Promise<number>;
  /**
   * Returns the whole history of a stream with its proofs; undefined while the last checkpoint does not cover it.
   * `verifyBundle` checks it anywhere, without the store.
   */
  prove(stream: string): Promise<ProofBundle | undefined>;
}

/**
 * Returns the transparency log of a store. Its key is derived from the root key of the vault.
 *
 * @example
 * const log = transparencyLog(events, events.log, vault);
 * await log.sign();
 * const { findings } = verifyBundle(await log.prove('counter-1'), verifierFrom(log.key));
 */
export function transparencyLog(events: EventStore, log: EventLog, vault: Pick<Vault, 'secretFor'>): TransparencyLog {
  const { signers } = logKeyring(events.chronicleId, vault);
  const keys = publicKeysOf(signers);
  return {
    key: verifierKey(signers.log),
    async sign() {
      await log.putPublicKeys(keys);
      return (await signLog(log, signers)) ?? 0;
    },
    async prove(stream) {
      const checkpoint = await log.lastCheckpoint();
      if (checkpoint === undefined) return undefined;
      const { size } = parseCheckpoint(checkpoint);
      const entries = [];
      for (const { position, body } of await events.readStream(stream)) {
        const index = await log.indexOf(position);
        if (index === undefined || index >= size) return undefined;
        const proof = await withTiles(
          size,
          (address) => log.hashes(address),
          (subtree) => inclusionProof(index, size, subtree),
        );
        entries.push({ index, entry: body, proof: proof.map((hash) => hash.toString('base64')) });
      }
      return { format: BUNDLE_FORMAT, stream, keys, checkpoint, entries };
    },
  };
}
