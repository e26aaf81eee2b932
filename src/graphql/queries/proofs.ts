import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { consistencyProof } from '../../engine/log/merkle.js';
import { withTiles } from '../../engine/log/tiles.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { parseId } from '../ids.js';
import { InclusionProof, inclusionOf } from '../proofs.js';
import { storedEntry } from '../scope/entries.js';
import { logOf } from '../scope/system.js';

@ObjectType({ description: 'That the log of one size begins with the whole log of another (RFC 6962).' })
class ConsistencyProof {
  @Field(() => Int, { description: 'The smaller size.' })
  from!: number;
  @Field(() => Int, { description: 'The larger size.' })
  to!: number;
  @Field(() => [String], { description: 'The hashes, in base64.' })
  hashes!: string[];
}

@Resolver()
export class ProofQueries {
  @Query(() => InclusionProof, {
    description: 'The proof that an entry of the audit trail is in the signed log. See PROTOCOL.md.',
  })
  async proof(
    @Ctx() context: Context,
    @Arg('entryId', () => ID, { description: 'Id of the audit entry.' }) entryId: string,
  ): Promise<InclusionProof> {
    const log = logOf(context);
    const stored = await storedEntry(context, parseId(entryId, 'entry').uuid);
    if (!stored) throw apiError('NOT_FOUND', 'There is no such entry.');
    return inclusionOf(log, stored);
  }

  @Query(() => ConsistencyProof, {
    description: 'The proof that nothing of the log was changed between two of its sizes. See PROTOCOL.md.',
  })
  async consistency(
    @Ctx() context: Context,
    @Arg('from', () => Int, { description: 'The smaller size, of an earlier checkpoint.' }) from: number,
    @Arg('to', () => Int, { description: 'The larger size, of a later checkpoint.' }) to: number,
  ): Promise<ConsistencyProof> {
    const log = logOf(context);
    const { size } = await log.tree();
    if (from < 0 || from > to || to > size) {
      throw apiError('BAD_USER_INPUT', `Ask for two sizes of the log, the smaller one first; it has ${size} entries.`);
    }
    const hashes = await withTiles(
      size,
      (address) => log.hashes(address),
      (subtree) => consistencyProof(from, to, subtree),
    );
    return { from, to, hashes: hashes.map((hash) => hash.toString('base64')) };
  }
}
