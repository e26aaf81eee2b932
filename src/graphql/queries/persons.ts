import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { isUnknown, type PersonSearch } from '../../application/persons/traces.js';
import { MAX_HOLDER_NAME } from '../../domain/texts.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { parseId } from '../ids.js';
import { PositionScalar } from '../scalars.js';
import { personTraces } from '../scope/oversight.js';
import { singleLineRule, Texts } from '../texts/rules.js';
import { PersonType, personType } from '../types/person.js';
import { FRESH } from './args.js';

@Resolver()
export class PersonQueries {
  @Texts({ name: singleLineRule(MAX_HOLDER_NAME) })
  @Query(() => PersonType, {
    nullable: true,
    description: 'The data about a person, by name or by subject; null when no event names the person.',
  })
  async person(
    @Ctx() context: Context,
    @Arg('name', () => String, { nullable: true, description: 'The name as it is printed.' }) name?: string | null,
    @Arg('subject', () => ID, { nullable: true, description: 'Id of the person.' }) subject?: string | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.freshness.atLeast(atLeast);
    await context.fresh();
    const traces = await personTraces(context, personSearchFrom(name, subject));
    return isUnknown(traces) ? null : personType(context, traces);
  }
}

/**
 * Returns the search for a person by name or by subject.
 *
 * @throws GraphQLError BAD_USER_INPUT unless exactly one is given
 */
export function personSearchFrom(name: string | null | undefined, subject: string | null | undefined): PersonSearch {
  if (subject != null && name == null) return { subject: parseId(subject, 'person').uuid };
  if (name != null && subject == null && name.length <= 200) return { name };
  throw apiError(
    'BAD_USER_INPUT',
    'Give the name as it is printed, or the subject, the id of the person: one of both.',
  );
}
