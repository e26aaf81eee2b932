import { Arg, Args, Ctx, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import type { SessionEvent, SignInWay } from '../../access/sessionLog.js';
import type { Context } from '../context.js';
import { actorGlobalId, actorIdOf } from '../ids.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { connectionOf, pageOfRecords } from '../paging.js';
import { DateTimeScalar } from '../scalars.js';
import { sessionLogOf } from '../scope/oversight.js';
import { enumOf } from '../types/enumOf.js';
import { ACCESS_KEY_PATTERN } from './access.js';
import { PageArguments } from './args.js';

const SessionEventKindEnum = enumOf<SessionEvent['kind']>('SessionEventKind', 'Whether a person signed in or out.', {
  started: 'Signed in.',
  ended: 'Signed out in one browser.',
  endedAll: 'Signed out in all browsers.',
});
const SignInWayEnum = enumOf<SignInWay>('SignInWay', 'How a person signed in on the web page.', {
  key: 'With a key.',
  code: 'With the one-time code of a link.',
  provider: 'At the identity provider.',
});

@InputType({ description: 'Whose sessions.' })
class SessionEventFilter {
  @Field(() => ID, { nullable: true, description: 'Of this holder of access.' })
  actorId?: string | null;
}

@ObjectType('SessionEvent', { description: 'That a person signed in on the web page, or out.' })
class SessionEventType {
  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: string;
  @Field(() => ID, { description: 'Id of the access of the person.' })
  actorId!: string;
  @Field(() => SessionEventKindEnum, { description: 'Signed in or out.' })
  kind!: string;
  @Field(() => SignInWayEnum, { nullable: true, description: 'How they signed in; null: they signed out.' })
  way!: string | null;
}

const SessionEventConnection = connectionOf(() => SessionEventType, 'SessionEvent');
const SESSION_EVENT_ORDERS = ordersOf(
  'SessionEventOrder',
  { RECORDED: { description: 'By the time of recording.', fields: ['key'] } },
  { direction: 'desc' },
);

@Resolver()
export class SessionLogQueries {
  @Query(() => SessionEventConnection, {
    description:
      'Who signed in on the web page and out. The newest ten thousand are kept, a thousand of one holder, and none longer than other records of access.',
  })
  async sessionEvents(
    @Ctx() context: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => SessionEventFilter, { nullable: true, description: 'Left out: all.' })
    filter?: SessionEventFilter | null,
    @Arg('orderBy', () => SESSION_EVENT_ORDERS.type, SESSION_EVENT_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const log = sessionLogOf(context);
    const conditions = filter?.actorId == null ? {} : { actorId: actorIdOf(filter.actorId) };
    return pageOfRecords(
      {
        form: ACCESS_KEY_PATTERN,
        find: async (part) =>
          (await log.find(conditions, part)).map((event) => ({ ...event, actorId: actorGlobalId(event.actorId) })),
        count: () => log.count(conditions),
      },
      SESSION_EVENT_ORDERS.orderOf(orderBy),
      page,
    );
  }
}
