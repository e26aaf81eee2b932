import { setTimeout as pause } from 'node:timers/promises';
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { parseCheckpoint } from '../../audit/log/checkpoint.js';
import { consistencyProof, inclusionProof, leafHash } from '../../audit/log/merkle.js';
import { subtreesIn } from '../../audit/log/tiles.js';
import type { EventLog } from '../../eventstore/port.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { parseId } from '../ids.js';

/** How long the checkpoint over an event is waited for: it comes within a second. In milliseconds. */
const SIGNING_MS = 5_000;
const LOOK_MS = 50;

@ObjectType({ description: 'That an event is in the signed log (RFC 6962): anybody can check it without this server.' })
class InclusionProof {
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
    context.demand('audit');
    const log = logOf(context);
    const { events } = context.services;
    const stored = await events.eventOf(parseId(entryId, 'entry').uuid, { engine: events.engine, position: '' });
    if (!stored) throw apiError('NOT_FOUND', 'There is no such entry.');
    const index = log.indexOf(stored.position);
    const checkpoint = await checkpointOver(log, index);
    const { size } = parseCheckpoint(checkpoint);
    return {
      checkpoint,
      index,
      entry: stored.body,
      leaf: leafHash(stored.body).toString('base64'),
      hashes: inclusionProof(index, size, subtreesIn(log)).map((hash) => hash.toString('base64')),
    };
  }

  @Query(() => ConsistencyProof, {
    description: 'The proof that nothing of the log was changed between two of its sizes. See PROTOCOL.md.',
  })
  async consistency(
    @Ctx() context: Context,
    @Arg('from', () => Int, { description: 'The smaller size, of an earlier checkpoint.' }) from: number,
    @Arg('to', () => Int, { description: 'The larger size, of a later checkpoint.' }) to: number,
  ): Promise<ConsistencyProof> {
    context.demand('audit');
    const log = logOf(context);
    const { size } = log.tree;
    if (from < 0 || from > to || to > size) {
      throw apiError('BAD_USER_INPUT', `Ask for two sizes of the log, the smaller one first; it has ${size} entries.`);
    }
    return { from, to, hashes: consistencyProof(from, to, subtreesIn(log)).map((hash) => hash.toString('base64')) };
  }
}

/** @throws GraphQLError where the engine of the chronicle keeps no log. */
function logOf({ services }: Context): EventLog {
  const { log, engine } = services.events;
  if (!log) throw apiError('BAD_USER_INPUT', `This server keeps no signed log: its chronicle lies in ${engine}.`);
  return log;
}

async function checkpointOver(log: EventLog, index: number): Promise<string> {
  for (let waited = 0; waited <= SIGNING_MS; waited += LOOK_MS) {
    const note = log.lastCheckpoint();
    if (note !== undefined && parseCheckpoint(note).size > index) return note;
    await pause(LOOK_MS);
  }
  throw apiError('UNAVAILABLE', 'The log was not signed over this entry yet: ask again.');
}
