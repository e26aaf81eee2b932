import { ArgsType, Field, Int } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE } from '../limits/pageSize.js';
import { PositionScalar } from '../scalars.js';

/** The paging arguments of every connection. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PAGE_SIZE,
    description: `How many from the front, at most ${MAX_PAGE}; the default does not count where \`last\` is given.`,
  })
  first?: number | null;
  @Field(() => String, { nullable: true, description: 'After this cursor.' })
  after?: string | null;
  @Field(() => Int, { nullable: true, description: `How many from the end, at most ${MAX_PAGE}.` })
  last?: number | null;
  @Field(() => String, { nullable: true, description: 'Before this cursor.' })
  before?: string | null;
}

/** Options of every `atLeast` argument. */
export const FRESH = { nullable: true, description: 'Wait until the read models have passed this position.' } as const;

/** The paging arguments of a root field, which may wait for the read models. */
@ArgsType()
export class RootPageArguments extends PageArguments {
  @Field(() => PositionScalar, FRESH)
  atLeast?: string | null;
}
