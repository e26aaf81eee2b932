import { Field, ID, InputType } from 'type-graphql';
import type { Filter } from '../engine/readstore/port.js';
import { apiError } from './errors.js';
import { rangeCondition, when } from './filters.js';
import { parseId } from './ids.js';
import { DateTimeScalar } from './scalars.js';

/** Maximum number of plans that one filter names. */
const MAX_NAMED_PLANS = 200;

/** The part of a filter that selects plans. Every filter of plans and their parts extends it. */
@InputType()
export abstract class PlansPart {
  @Field(() => ID, { nullable: true, description: 'Of this plan.' })
  planId?: string | null;
  @Field(() => [ID], { nullable: true, description: `Of one of these plans, at most ${MAX_NAMED_PLANS}.` })
  planIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'About this organisation or the plans that it owns.' })
  organisationId?: string | null;
}

/** The part of a filter that selects by the time of the last change. */
@InputType()
export abstract class UpdatedPart {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Last changed at this moment or later.' })
  updatedSince?: Date | null;
}

/**
 * Returns the UUIDs of the plans that a filter names; null when it names none.
 *
 * @throws GraphQLError BAD_ID; BAD_USER_INPUT for too many plans.
 */
export function namedPlans({ planId, planIds }: Pick<PlansPart, 'planId' | 'planIds'>): readonly string[] | null {
  if ((planIds?.length ?? 0) > MAX_NAMED_PLANS) {
    throw apiError('BAD_USER_INPUT', `A filter names at most ${MAX_NAMED_PLANS} plans: ask for the others separately.`);
  }
  const several = planIds?.map((id) => parseId(id, 'plan').uuid);
  if (planId == null) return several ?? null;
  const { uuid } = parseId(planId, 'plan');
  return several === undefined || several.includes(uuid) ? [uuid] : [];
}

/** Returns the conditions of {@link PlansPart}. @throws GraphQLError as {@link namedPlans} */
export function plansConditions(filter: PlansPart | null | undefined): Filter {
  const plans = namedPlans(filter ?? {});
  const [only, ...others] = plans ?? [];
  return [
    ...when(plans, (values) =>
      only !== undefined && others.length === 0
        ? { field: 'planId', op: 'eq', value: only }
        : { field: 'planId', op: 'in', values },
    ),
    ...organisationCondition(filter?.organisationId),
  ];
}

/** Returns the condition for an organisation; an empty filter if no id is given. @throws GraphQLError BAD_ID */
export function organisationCondition(id: string | null | undefined): Filter {
  return when(id, (value) => ({ field: 'organisationId', op: 'eq', value: parseId(value, 'organisation').uuid }));
}

/** Returns the conditions of {@link UpdatedPart}. */
export function updatedCondition(filter: UpdatedPart | null | undefined): Filter {
  return rangeCondition('updatedAt', filter?.updatedSince?.toISOString(), null);
}
