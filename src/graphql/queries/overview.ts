import { Arg, Args, Ctx, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { MAX_SHORT } from '../../domain/texts.js';
import type { Writing } from '../../engine/eventstore/damage.js';
import type { Filter } from '../../engine/readstore/port.js';
import type { LogProblem } from '../../engine/signing/acceptance.js';
import type { Cosigned, WitnessProblem } from '../../engine/signing/cosigning.js';
import type { Context } from '../context.js';
import { PlansPart, plansConditions } from '../filterParts.js';
import { textFilter, when } from '../filters.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { copiedConnectionOf } from '../paging.js';
import { pageOfParties } from '../parties.js';
import { DateTimeScalar, PositionScalar } from '../scalars.js';
import { systemState } from '../scope/system.js';
import { SingleLine } from '../texts/rules.js';
import { PartyKindEnum } from '../types/enums.js';
import { PartyType } from '../types/party.js';
import { LogProblemEnum, WitnessProblemEnum, WritingEnum } from '../types/systemEnums.js';
import { FRESH, RootPageArguments } from './args.js';

@ObjectType('WitnessStanding', { description: 'A witness, and whether it has cosigned the last checkpoint.' })
class WitnessStandingType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it cosigned the last checkpoint; null: not yet.' })
  cosignedAt!: string | null;
  @Field(() => WitnessProblemEnum, { nullable: true, description: 'Why not; null while that is not known.' })
  problem!: WitnessProblem | null;
}

@ObjectType('Cosigned', { description: 'The last checkpoint of the log, and who has cosigned it.' })
class CosignedType {
  @Field(() => Int, { description: 'Entries that the checkpoint covers.' })
  size!: number;
  @Field(() => Int, { description: 'So many witnesses make it a witnessed one.' })
  quorum!: number;
  @Field(() => Boolean, { description: 'Whether so many have cosigned it.' })
  isWitnessed!: boolean;
  @Field(() => [WitnessStandingType], { description: 'All witnesses that are set.' })
  witnesses!: readonly WitnessStandingType[];
}

@ObjectType('System', { description: 'The server.' })
class SystemType {
  @Field(() => String, { description: 'Version of Letopis.' })
  version!: string;
  @Field(() => String, { description: 'Names this chronicle for ever.' })
  chronicleId!: string;
  @Field(() => String, { description: 'Engine of the chronicle.' })
  eventStore!: string;
  @Field(() => String, { description: 'Engine of the read models.' })
  readStore!: string;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when the engine of the chronicle has not answered, so that commands fail; null while it answers.',
  })
  eventStoreAwaySince!: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the engine of the read models last answered, if it does not answer now. Commands fail; queries fail too, or are answered from the cache with `extensions.stale`; null while it answers.',
  })
  readStoreAwaySince!: string | null;
  @Field(() => PositionScalar, { description: 'Last event of the chronicle.' })
  head!: string;
  @Field(() => PositionScalar, { description: 'Up to here all read models are complete.' })
  readModels!: string;
  @Field(() => Int, {
    description: 'Events known to wait for the read models, counted to 1,000; at least 1 while they are behind.',
  })
  lag!: number;
  @Field(() => Int, { description: 'Size of the largest document that is taken, in bytes.' })
  maxDocument!: number;
  @Field(() => WritingEnum, { description: 'Which commands the chronicle accepts. Reading always works.' })
  writing!: Writing;
  @Field(() => [ID], {
    description: 'Plans that the caller sees whose record is damaged: they take no commands until it is restored.',
  })
  damagedPlans!: string[];
  @Field(() => String, {
    nullable: true,
    description: 'The public key of the signed log (C2SP): compare it with the one that its keeper publishes.',
  })
  logKey!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The public key of the witness, who says when checkpoints were signed: compare it in the same way.',
  })
  witnessKey!: string | null;
  @Field(() => Int, {
    description:
      'Persons whose names this process could not read or trust, since their keys are gone or damaged and nobody forgot them: `npx letopis verify` names them.',
  })
  damagedPersonKeys!: number;
  @Field(() => LogProblemEnum, {
    nullable: true,
    description: 'Why the log is not signed; null while it is.',
  })
  logProblem!: LogProblem | null;
  @Field(() => String, { nullable: true, description: 'The same in words, with what to do.' })
  logProblemText!: string | null;
  @Field(() => CosignedType, {
    nullable: true,
    description: 'Witnesses that are not this server, and the last checkpoint; null where none is set.',
  })
  cosigned!: CosignedType | null;
}

function cosignedType(cosigned: Cosigned | undefined): CosignedType | null {
  if (!cosigned) return null;
  const witnesses = cosigned.witnesses.map(({ cosignedAt, ...rest }) => ({
    ...rest,
    cosignedAt: cosignedAt === null ? null : new Date(cosignedAt * 1_000).toISOString(),
  }));
  return { ...cosigned, witnesses };
}

@InputType({ description: 'Which parties; all conditions hold together.' })
class PartyFilter extends PlansPart {
  @Field(() => PartyKindEnum, { nullable: true, description: 'Of this kind.' })
  kind?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Words that begin words of the name.' })
  text?: string | null;
}

const PARTY_ORDERS = ordersOf('PartyOrder', { NAME: { description: 'By name.', fields: ['name'] } });
const PartyConnection = copiedConnectionOf(() => PartyType, 'Party');
@Resolver()
export class OverviewQueries {
  @Query(() => PartyConnection, { description: 'Responsible parties as printed, by name.' })
  async parties(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('filter', () => PartyFilter, { nullable: true, description: 'Left out: all.' }) filter?: PartyFilter | null,
    @Arg('orderBy', () => PARTY_ORDERS.type, PARTY_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    await context.freshness.atLeast(atLeast);
    const conditions: Filter = [
      ...plansConditions(filter),
      ...when(filter?.kind, (value) => ({ field: 'kind', op: 'eq', value })),
      ...textFilter(filter?.text),
    ];
    return pageOfParties(
      context,
      conditions,
      PARTY_ORDERS.orderOf(orderBy),
      page,
      (body) => new PartyType(context, body),
    );
  }

  @Query(() => SystemType, { description: 'Version, head of the chronicle and how far the read models are.' })
  async system(
    @Ctx() context: Context,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<SystemType> {
    await context.freshness.atLeast(atLeast);
    await context.fresh();
    const { cosigned, ...state } = await systemState(context);
    return { ...state, cosigned: cosignedType(cosigned) };
  }
}
