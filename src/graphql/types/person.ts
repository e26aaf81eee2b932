import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Traces } from '../../application/persons/traces.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';

@ObjectType('NamingPlan', { description: 'A plan that names a person.' })
export class NamingPlanType {
  @Field(() => ID, { description: 'Id of the plan.' })
  planId!: string;
  @Field(() => String, { description: 'Its title.' })
  title!: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day on which it need not be kept any more; null when it need not be.',
  })
  retainedUntil!: string | null;
  @Field(() => Boolean, { description: 'It must be kept still.' })
  isRetained!: boolean;
}

@ObjectType('Mention', { description: 'A free text in which a name may stand. No key erases it.' })
export class MentionType {
  @Field(() => ID, { description: 'Id of the audit entry.' })
  entryId!: string;
  @Field(() => ID, { nullable: true, description: 'Id of the plan.' })
  planId!: string | null;
  @Field(() => String, { description: 'Where in the event.' })
  path!: string;
  @Field(() => String, { description: 'The place, with a little around it.' })
  excerpt!: string;
}

@ObjectType({ description: 'An API key whose name, post or organisation names the person.' })
export class BearingKey {
  @Field(() => ID, { description: 'Id of the access.' })
  accessId!: string;
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => Boolean, { description: 'It bears just this name: rename it before the person is forgotten.' })
  isSame!: boolean;
}

@ObjectType({ description: 'A person with a like name.' })
export class LikePerson {
  @Field(() => ID, { description: 'Id of the person.' })
  subject!: string;
  @Field(() => String, { description: 'The name.' })
  name!: string;
}

@ObjectType('Person', { description: 'All that is known here of a person.' })
export class PersonType {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the person; null when no name is sealed, though free texts may name the person.',
  })
  subject!: string | null;
  @Field(() => String, { nullable: true, description: 'Null: erased.' })
  name!: string | null;
  @Field(() => Int, { description: 'Audit entries that name the person, as acting ones too.' })
  entryCount!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first of them was recorded.' })
  firstAt!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the last of them was recorded.' })
  lastAt!: string | null;
  @Field(() => [NamingPlanType], { description: 'Plans that name the person, or that the person has worked on.' })
  plans!: readonly NamingPlanType[];
  @Field(() => [MentionType], { description: 'Free texts in which the name may stand: none of them is erased.' })
  mentions!: readonly MentionType[];
  @Field(() => Boolean, { description: 'There are more mentions than these.' })
  hasMoreMentions!: boolean;
  @Field(() => [BearingKey], { description: 'API keys of this name, or of one like it.' })
  apiKeys!: readonly BearingKey[];
  @Field(() => [LikePerson], { description: 'Others whose names look alike: perhaps the same person.' })
  alike!: readonly LikePerson[];
}

/** Returns the GraphQL object of the traces of a person. Records that it shows names. */
export function personType(context: Context, { entries, plans, mentions, ...traces }: Traces): PersonType {
  const { subject, name, alike } = traces;
  context.names.noteShown([
    ...(name === null || subject === null ? [] : [subject]),
    ...alike.map((other) => other.subject),
  ]);
  return {
    ...traces,
    subject: subject && globalId('person', subject),
    apiKeys: traces.apiKeys.map(({ id, ...key }) => ({ ...key, accessId: globalId('access', id) })),
    alike: alike.map((other) => ({ ...other, subject: globalId('person', other.subject) })),
    entryCount: entries,
    plans: plans.map(({ planId, ...plan }) => ({ ...plan, planId: globalId('plan', planId) })),
    mentions: mentions.map(({ entryId, planId, ...mention }) => ({
      ...mention,
      entryId: globalId('entry', entryId),
      planId: planId && globalId('plan', planId),
    })),
  };
}
