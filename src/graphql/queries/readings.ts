import { Arg, Args, Ctx, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import type { ReadWay } from '../../access/readings.js';
import type { Context } from '../context.js';
import { actorGlobalId, actorIdOf, globalId, parseId } from '../ids.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { connectionOf, pageOfRecords } from '../paging.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { readingLog } from '../scope/oversight.js';
import { enumOf } from '../types/enumOf.js';
import { PageArguments } from './args.js';

const ReadWayEnum = enumOf<ReadWay>('ReadWay', 'By which way a name was read.', {
  query: 'By a query.',
  subscription: 'By a subscription.',
  document: 'In a document: an export, a printout or a calendar.',
  auditFile: 'In a file of the audit trail.',
});

@InputType({ description: 'Which readings; all conditions hold together.' })
class NameReadingFilter {
  @Field(() => ID, { nullable: true, description: 'Of the name of this person.' })
  subject?: string | null;
  @Field(() => ID, { nullable: true, description: 'By this holder of access.' })
  actorId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'On this day (UTC) or later.' })
  from?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'On this day (UTC) or earlier.' })
  to?: string | null;
}

@ObjectType('NameReading', {
  description: 'That somebody read the name of a person on a day: one entry, however often.',
})
class NameReadingType {
  @Field(() => DateScalar, { description: 'The day, in UTC.' })
  day!: string;
  @Field(() => ID, { description: 'Id of the access of the reader.' })
  actorId!: string;
  @Field(() => ID, { description: 'Id of the person.' })
  subject!: string;
  @Field(() => ReadWayEnum, { description: 'By which way.' })
  way!: string;
  @Field(() => DateTimeScalar, { description: 'When first on that day.' })
  firstAt!: string;
  @Field(() => DateTimeScalar, { description: 'When last on that day, to the minute.' })
  lastAt!: string;
}

const ReadingConnection = connectionOf(() => NameReadingType, 'NameReading');

const READING_ORDERS = ordersOf('NameReadingOrder', { DAY: { description: 'By the day.', fields: ['key'] } });

/** Pattern of a key in the log of readings. */
const READING_KEY_PATTERN = /^\d{4}-\d\d-\d\d /;

@Resolver()
export class ReadingQueries {
  @Query(() => ReadingConnection, {
    description: 'Who read names of persons, by day.',
  })
  async nameReadings(
    @Ctx() context: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => NameReadingFilter, { nullable: true, description: 'Left out: all.' })
    filter?: NameReadingFilter | null,
    @Arg('orderBy', () => READING_ORDERS.type, READING_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const readings = readingLog(context);
    const { subject, actorId, from, to } = filter ?? {};
    const conditions = {
      ...(subject == null ? {} : { subject: parseId(subject, 'person').uuid }),
      ...(actorId == null ? {} : { actorId: actorIdOf(actorId) }),
      ...(from == null ? {} : { from }),
      ...(to == null ? {} : { to }),
    };
    return pageOfRecords(
      {
        form: READING_KEY_PATTERN,
        find: async (part) =>
          (await readings.find(conditions, part)).map((reading) => ({
            ...reading,
            actorId: actorGlobalId(reading.actorId),
            subject: globalId('person', reading.subject),
          })),
        count: () => readings.count(conditions),
      },
      READING_ORDERS.orderOf(orderBy),
      page,
    );
  }
}
