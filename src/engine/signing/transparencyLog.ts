import type { EventLog, EventStore, NativePosition, StoredEvent } from '../eventstore/port.js';
import { EVENTS_FORMAT, type EventsBundle } from '../log/bundle.js';
import { type PublicKeys, parseCheckpoint } from '../log/checkpoint.js';
import { type Hash, inclusionProof } from '../log/merkle.js';
import { verifierKey } from '../log/note.js';
import { type TileAddress, tilePath, withTiles } from '../log/tiles.js';
import type { Vault } from '../vault/vault.js';
import { logKeyring, publicKeysOf, signLog } from './logKeys.js';

/** The signed log over all events of a store. */
export interface TransparencyLog {
  /** The public key of the log, which verifiers trust. */
  readonly key: string;
  /** Signs the present log. Returns the number of events that it covers. */
  sign(): Promise<number>;
  /**
   * Returns the whole history of a stream with its proofs; undefined while the last checkpoint does not cover it.
   * `verifyBundle` checks it anywhere, without the store.
   */
  prove(stream: string): Promise<EventsBundle | undefined>;
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
    prove: async (stream) => proofOfStream(log, keys, stream, await events.readStream(stream)),
  };
}

/** The parts of a log that inclusion proofs are made of. */
export interface ProvableLog {
  lastCheckpoint(): Promise<string | undefined> | string | undefined;
  indexOf(position: NativePosition): Promise<number | undefined> | number | undefined;
  hashes(address: TileAddress): Promise<readonly Hash[]> | readonly Hash[];
}

/** Returns all events of a stream with their proofs; undefined while the last checkpoint does not cover them. */
export async function proofOfStream(
  log: ProvableLog,
  keys: PublicKeys,
  stream: string,
  events: readonly Pick<StoredEvent, 'position' | 'body'>[],
): Promise<EventsBundle | undefined> {
  const checkpoint = await log.lastCheckpoint();
  if (checkpoint === undefined) return undefined;
  const { size } = parseCheckpoint(checkpoint);
  // Events of one stream share most of the tiles above them.
  const tiles = new Map<string, readonly Hash[]>();
  const fetch = async (address: TileAddress): Promise<readonly Hash[]> => {
    const path = tilePath(address);
    const hashes = tiles.get(path) ?? (await log.hashes(address));
    tiles.set(path, hashes);
    return hashes;
  };
  const entries = [];
  for (const { position, body } of events) {
    const index = await log.indexOf(position);
    if (index === undefined || index >= size) return undefined;
    const proof = await withTiles(size, fetch, (subtree) => inclusionProof(index, size, subtree));
    entries.push({ index, entry: body, proof: proof.map((hash) => hash.toString('base64')) });
  }
  return { format: EVENTS_FORMAT, stream, keys, checkpoint, entries };
}
