import { Arg, Ctx, Field, ID, InputType, Resolver, Root, Subscription } from 'type-graphql';
import type { Filter } from '../readstore/port.js';
import type { Context } from './context.js';
import { type FeedEntry, feedPage } from './feed.js';
import { when } from './filters.js';
import { parseId } from './ids.js';
import { PositionScalar } from './scalars.js';
import { ChangeType, changeType } from './types/history.js';

@InputType({ description: 'Which changes.' })
class ChangeFilter {
  @Field(() => ID, { nullable: true, description: 'Of this plan.' })
  planId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Of these event types.' })
  eventType?: string[] | null;
}

@InputType({ description: 'Which changes of status.' })
class StatusFilter {
  @Field(() => ID, { nullable: true, description: 'Of this plan.' })
  planId?: string | null;
}

interface Args {
  readonly after?: string | null;
  readonly filter?: { readonly planId?: string | null; readonly eventType?: string[] | null } | null;
}

@Resolver()
export class Subscriptions {
  @Subscription(() => ChangeType, {
    description: 'Every change after a position: first what was missed, then live; told once all read models have it.',
    subscribe: ({ args, context }: { args: Args; context: Context }) => followed(context, args, []),
  })
  changes(
    @Ctx() context: Context,
    @Root() entry: FeedEntry,
    @Arg('after', () => PositionScalar, { nullable: true, description: 'Left out: from now on.' }) _after?:
      | string
      | null,
    @Arg('filter', () => ChangeFilter, { nullable: true, description: 'Left out: all.' }) _filter?: ChangeFilter | null,
  ): ChangeType {
    return changeType(context, entry);
  }

  @Subscription(() => ChangeType, {
    description: 'Changes that moved the status of activities; otherwise like `changes`.',
    subscribe: ({ args, context }: { args: Args; context: Context }) =>
      followed(context, args, [{ field: 'changesStatus', op: 'eq', value: true }]),
  })
  activityStatusChanged(
    @Ctx() context: Context,
    @Root() entry: FeedEntry,
    @Arg('filter', () => StatusFilter, { nullable: true, description: 'Left out: all.' }) _filter?: StatusFilter | null,
    @Arg('after', () => PositionScalar, { nullable: true, description: 'Left out: from now on.' }) _after?:
      | string
      | null,
  ): ChangeType {
    return changeType(context, entry);
  }
}

const PAGE = 100;

/**
 * Follows the `changes` read model up to what every read model has passed. The model is the buffer: a slow reader
 * holds one page, and a reader that comes back goes on where it was.
 */
function followed(context: Context, { after, filter }: Args, only: Filter): AsyncIterableIterator<FeedEntry> {
  const { runner, observer } = context.services;
  const tellsScope = only.length === 0 && !filter?.planId && !filter?.eventType;
  const conditions: Filter = [
    ...only,
    ...when(filter?.planId, (id) => ({ field: 'planId', op: 'eq', value: parseId(id, 'plan').uuid })),
    ...when(filter?.eventType, (values) => ({ field: 'eventType', op: 'in', values })),
  ];
  const { ended } = context.caller;
  return abortable(async function* (left) {
    const signal = AbortSignal.any([left, ended]);
    let position = after == null ? runner.position : await context.position(after);
    observer?.subscribed();
    try {
      while (!signal.aborted) {
        const page = await feedPage(context, { after: position, filter: conditions, limit: PAGE, tellsScope });
        for (const entry of page.entries) {
          yield entry;
          // What was told of it is told: whoever read a name by it has read it.
          await context.noteReadings();
        }
        position = page.upTo;
        if (!page.more && !(await runner.waitPast(position, signal))) return;
      }
    } finally {
      await context.noteReadings();
      observer?.unsubscribed();
    }
  });
}

/** A generator that ends at once when its reader goes away, also while it waits. */
function abortable<T>(generate: (signal: AbortSignal) => AsyncGenerator<T>): AsyncIterableIterator<T> {
  const stop = new AbortController();
  const generator = generate(stop.signal);
  return {
    next: () => generator.next(),
    return: () => {
      stop.abort();
      return generator.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
