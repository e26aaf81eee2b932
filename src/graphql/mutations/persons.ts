import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { isUnknown } from '../../application/persons/traces.js';
import type { LegalGround } from '../../domain/person/events.js';
import { MAX_HOLDER_NAME } from '../../domain/texts.js';
import { auditBody } from '../../projections/auditTrail.js';
import type { Context } from '../context.js';
import { personSearchFrom } from '../queries/persons.js';
import { DateScalar } from '../scalars.js';
import { SingleLine } from '../texts/rules.js';
import { enumOf } from '../types/enumOf.js';
import { entryType } from '../types/history.js';
import { PersonType, personType } from '../types/person.js';
import { commandServices } from './commands.js';
import { COMMAND, CommandInput } from './inputs.js';
import { MutationPayload } from './payloads.js';
import { circumstancesOf, NOTHING_WRITTEN, userErrorsOf, writtenOutcome } from './run.js';

const LegalGroundEnum = enumOf<LegalGround>(
  'LegalGround',
  'Why personal data are erased (152-ФЗ, ст. 14 and 21; GDPR, Art. 17).',
  {
    CONSENT_WITHDRAWN: 'The person withdrew the consent.',
    PURPOSE_ACHIEVED: 'The purpose of the processing is achieved.',
    UNLAWFUL: 'The processing was unlawful.',
    DEMAND_OF_PERSON: 'The person demands it: the data are outdated, inexact or not needed.',
    DECISION_OF_AUTHORITY: 'A court or the supervising authority decided so.',
  },
);

@InputType({ description: 'Erases the name of a person for ever.' })
class ForgetPersonInput extends CommandInput {
  @SingleLine(MAX_HOLDER_NAME)
  @Field(() => String, { nullable: true, description: 'The name as it is printed …' })
  name?: string | null;
  @Field(() => ID, { nullable: true, description: '… or the id of the person.' })
  subject?: string | null;
  @Field(() => LegalGroundEnum, { description: 'The legal ground.' })
  ground!: LegalGround;
  @Field(() => DateScalar, { nullable: true, description: 'When it was asked for.' })
  requestedOn?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'It is to be done although plans that name the person must be kept longer.',
  })
  despiteRetention?: boolean | null;
}

@ObjectType({ description: 'The outcome of forgetting a person.' })
class PersonPayload extends MutationPayload {
  @Field(() => PersonType, {
    nullable: true,
    description: 'What was known before: its mentions are not erased. Null when the chronicle knows no such person.',
  })
  person!: PersonType | null;
}

@Resolver()
export class PersonMutations {
  @Mutation(() => PersonPayload, {
    description:
      'Destroys the key of a person, so that the name is read in no event, view, export or backup of the chronicle any more. Proofs stay.',
  })
  async forgetPerson(
    @Ctx() context: Context,
    @Arg('input', () => ForgetPersonInput, COMMAND) input: ForgetPersonInput,
  ): Promise<PersonPayload> {
    // This is needed for refusals too, because their payload has data of the person.
    context.demand('persons');
    const { payload: _, ...circumstances } = circumstancesOf(context, input);
    const { ground, requestedOn = null, despiteRetention } = input;
    const { result, traces } = await commandServices(context).forgetPerson({
      ...circumstances,
      sought: personSearchFrom(input.name, input.subject),
      ground,
      requestedOn,
      despiteRetention: despiteRetention ?? false,
    });
    const person = isUnknown(traces) ? null : personType(context, traces);
    if (result.kind === 'refused') {
      return { person, ...NOTHING_WRITTEN, userErrors: userErrorsOf(context, result.refusal) };
    }
    const entries = result.events.map((recorded) => entryType(context, auditBody({ of: 'plain', recorded })));
    return { person, ...(await writtenOutcome(context, input, result, entries)) };
  }
}
