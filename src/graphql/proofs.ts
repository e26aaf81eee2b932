import { setTimeout as pause } from 'node:timers/promises';
import { Field, Int, ObjectType } from 'type-graphql';
import type { StoredEvent } from '../engine/eventstore/port.js';
import { parseCheckpoint } from '../engine/log/checkpoint.js';
import { inclusionProof, leafHash } from '../engine/log/merkle.js';
import { withTiles } from '../engine/log/tiles.js';
import { apiError } from './errors.js';
import type { PublicLog } from './scope/system.js';

/** How long to wait for a checkpoint that includes an event, in milliseconds. It is usually signed within a second. */
const SIGNING_MS = 5_000;
const PROOF_POLL_MS = 50;

@ObjectType({ description: 'That an event is in the signed log (RFC 6962): anybody can check it without this server.' })
export class InclusionProof {
  @Field(() => String, { description: 'The checkpoint: a signed note (C2SP tlog-checkpoint) with size and root.' })
  checkpoint!: string;
  @Field(() => Int, { description: 'The place of the event in the log, from 0.' })
  index!: number;
  @Field(() => String, { description: 'The event as it was recorded, byte for byte: what its leaf is the hash of.' })
  entry!: string;
  @Field(() => String, { description: 'The leaf: SHA-256 over a zero byte and the entry, in base64.' })
  leaf!: string;
  @Field(() => [String], { description: 'The hashes from the leaf to the root, in base64.' })
  hashes!: string[];
}

/**
 * Returns the proof that a stored event is in the log. Waits until a signed checkpoint includes it.
 *
 * @throws GraphQLError UNAVAILABLE when that takes too long.
 */
export async function inclusionOf(log: PublicLog, stored: StoredEvent): Promise<InclusionProof> {
  const { index, checkpoint, size } = await signedOver(log, stored);
  const hashes = await withTiles(
    size,
    (address) => log.hashes(address),
    (subtree) => inclusionProof(index, size, subtree),
  );
  return {
    checkpoint,
    index,
    entry: stored.body,
    leaf: leafHash(stored.body).toString('base64'),
    hashes: hashes.map((hash) => hash.toString('base64')),
  };
}

async function signedOver(log: PublicLog, { position }: StoredEvent) {
  for (let waited = 0; waited <= SIGNING_MS; waited += PROOF_POLL_MS) {
    const index = await log.indexOf(position);
    const checkpoint = index === undefined ? undefined : await log.lastCheckpoint();
    if (index !== undefined && checkpoint !== undefined) {
      const { size } = parseCheckpoint(checkpoint);
      if (size > index) return { index, checkpoint, size };
    }
    await pause(PROOF_POLL_MS);
  }
  throw apiError('UNAVAILABLE', 'No signed checkpoint includes this entry yet: ask again in a few seconds.');
}
