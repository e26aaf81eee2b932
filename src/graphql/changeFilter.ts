import { Field, InputType } from 'type-graphql';
import type { Filter } from '../engine/readstore/port.js';
import { PlansPart, plansConditions } from './filterParts.js';
import { when } from './filters.js';
import { parseId } from './ids.js';
import type { FeedRequest } from './scope/feed.js';
import { EventTypeEnum } from './types/eventTypes.js';

@InputType({
  description:
    'Which changes; all conditions hold together. With `organisationId` also the change by which a plan leaves the organisation: it has the `organisationId` of another one.',
})
export class ChangeFilter extends PlansPart {
  @Field(() => [EventTypeEnum], { nullable: true, description: 'Of these event types.' })
  eventType?: string[] | null;
}

@InputType({ description: 'Which changes of status; all conditions hold together.' })
export class StatusFilter extends PlansPart {}

/**
 * Returns the part of a request for changes that a filter determines. If the filter selects only some plans or kinds of
 * changes, plans that enter or leave the scope of the caller are not reported.
 *
 * @param only further conditions.
 * @throws GraphQLError BAD_ID, BAD_USER_INPUT
 */
export function feedFilter(
  filter: ChangeFilter | null | undefined,
  only: Filter = [],
): Pick<FeedRequest, 'filter' | 'organisationId' | 'tellsScope'> {
  const { organisationId, ...rest } = filter ?? {};
  const conditions: Filter = [
    ...only,
    ...plansConditions(rest),
    ...when(filter?.eventType, (values) => ({ field: 'eventType', op: 'in', values })),
  ];
  return {
    filter: conditions,
    organisationId: organisationId == null ? null : parseId(organisationId, 'organisation').uuid,
    tellsScope: conditions.length === 0,
  };
}
