import { Field, ID, InputType } from 'type-graphql';
import { presentVersion } from '../domain/recorded.js';
import { MAX_NUMBER, MAX_SHORT } from '../domain/texts.js';
import { cutText } from '../engine/readable.js';
import type { Filter } from '../engine/readstore/port.js';
import { orderNumberOf } from '../projections/auditTrail.js';
import { searchWords } from '../projections/model.js';
import { apiError } from './errors.js';
import { PlansPart, plansConditions } from './filterParts.js';
import { rangeCondition, textFilter, when } from './filters.js';
import { actorIdOf, parseId } from './ids.js';
import { DateTimeScalar } from './scalars.js';
import { SingleLine } from './texts/rules.js';
import { EventTypeEnum } from './types/eventTypes.js';

@InputType({ description: 'Which entries; all conditions hold together.' })
export class AuditFilter extends PlansPart {
  @Field(() => ID, { nullable: true, description: 'About this activity.' })
  activityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'About this section or its activities.' })
  sectionId?: string | null;
  @Field(() => ID, { nullable: true, description: 'About activities that name this party, before or after.' })
  partyId?: string | null;
  @Field(() => ID, { nullable: true, description: 'By this holder of access.' })
  actorId?: string | null;
  @Field(() => [EventTypeEnum], { nullable: true, description: 'Of these event types.' })
  eventType?: string[] | null;
  @SingleLine(MAX_NUMBER)
  @Field(() => String, { nullable: true, description: 'Resting on an order of this number, such as «143-р».' })
  orderNumber?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, {
    nullable: true,
    description:
      'Words that begin words of what was written: wordings, reasons, numbers of orders, reports, remarks, posts. Names of persons are none.',
  })
  text?: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded at this moment or later.' })
  from?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded at this moment or earlier.' })
  to?: Date | null;
}

/**
 * Returns the conditions of a filter. Throws for values that match nothing or everything because of a typing error,
 * because an auditor would trust the result.
 *
 * @throws GraphQLError BAD_ID, BAD_USER_INPUT
 */
export function auditConditions(filter: AuditFilter | null | undefined): Filter {
  if (filter) checkAuditFilter(filter);
  const [activity, section] = [
    filter?.activityId ? parseId(filter.activityId, 'activity') : null,
    filter?.sectionId ? parseId(filter.sectionId, 'section') : null,
  ];
  return [
    ...plansConditions(filter),
    ...when(section, ({ uuid, local }) => ({ field: 'sectionKey', op: 'eq', value: `${uuid}.${local}` })),
    ...when(activity, ({ uuid, local }) => ({ field: 'activityKey', op: 'eq', value: `${uuid}.${local}` })),
    ...when(filter?.partyId, (id) => ({ field: 'partyIds', op: 'has', value: parseId(id, 'party').uuid })),
    ...when(filter?.actorId, (id) => ({ field: 'actorId', op: 'eq', value: actorIdOf(id) })),
    ...when(filter?.eventType, (values) => ({ field: 'eventType', op: 'in', values })),
    ...when(filter?.orderNumber, (number) => ({ field: 'orderNumber', op: 'eq', value: orderNumberOf(number) })),
    ...textFilter(filter?.text),
    ...rangeCondition('recordedAt', filter?.from?.toISOString(), filter?.to?.toISOString()),
  ];
}

function checkAuditFilter({ eventType, orderNumber, text, from, to }: AuditFilter): void {
  const unknown = eventType?.find((type) => presentVersion(type) === 0);
  if (unknown !== undefined) {
    throw apiError(
      'BAD_USER_INPUT',
      `There are no events «${cutText(unknown, 40)}»: name them as entries do (eventType).`,
    );
  }
  if (orderNumber != null && orderNumberOf(orderNumber) === '') {
    throw apiError('BAD_USER_INPUT', 'orderNumber is the number of an order, such as «143-р».');
  }
  if (text != null && searchWords(text).length === 0) {
    throw apiError('BAD_USER_INPUT', 'text is one or more words, or beginnings of words.');
  }
  if (from && to && from > to) throw apiError('BAD_USER_INPUT', 'from is after to: exchange them.');
}
