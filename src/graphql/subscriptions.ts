import { setTimeout as wait } from 'node:timers/promises';
import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { addDays, localDay, noonOf } from '../domain/dates.js';
import type { Filter } from '../engine/readstore/port.js';
import { ChangeFilter, feedFilter, StatusFilter } from './changeFilter.js';
import type { Context } from './context.js';
import { ItemSource } from './live/source.js';
import type { GroupBy } from './monitoring/groups.js';
import { MonitoringFilter, selected } from './monitoring/selection.js';
import { MonitoringType, monitoringOf } from './queries/monitoring.js';
import { DateScalar, PositionScalar } from './scalars.js';
import { type FeedEntry, feedPage } from './scope/feed.js';
import { GroupByEnum } from './types/figureEnums.js';
import { ChangeType, changeType } from './types/history.js';
import { PlanType } from './types/plan.js';

interface Args {
  readonly resumeAfter?: string | null;
  readonly filter?: ChangeFilter | null;
}

@ObjectType({ description: 'A change of a plan, with the state of the plan when the change is sent.' })
class PlanChange {
  @Field(() => PositionScalar, { description: 'Give it as `resumeAfter` to go on from here.' })
  position!: string | Promise<string>;
  @Field(() => ChangeType, { description: 'What changed.' })
  change!: ChangeType;
  @Field(() => PlanType, { nullable: true, description: 'The plan; null when the caller does not see it any more.' })
  plan!: PlanType | null;
}

/**
 * Options of the argument that continues a subscription. Without `after`, the query `changes` begins with the first
 * change.
 */
const RESUMED = { nullable: true, description: 'Continue after this position; left out: from now on.' } as const;

interface MonitoringArgs {
  readonly filter?: MonitoringFilter | null;
  readonly groupBy?: GroupBy | null;
  readonly on?: string | null;
}

@Resolver()
export class Subscriptions {
  @Subscription(() => ChangeType, {
    description:
      'Every change from now on, or after `resumeAfter`: first the missed ones, then live ones. A change is sent once all read models have applied it.',
    subscribe: ({ args, context }: { args: Args; context: Context }) => changeSource(context, args, []),
  })
  changes(
    @Ctx() context: Context,
    @Root() entry: FeedEntry,
    @Arg('resumeAfter', () => PositionScalar, RESUMED) _resumeAfter?: string | null,
    @Arg('filter', () => ChangeFilter, { nullable: true, description: 'Left out: all.' }) _filter?: ChangeFilter | null,
  ): ChangeType {
    return changeType(context, entry);
  }

  @Subscription(() => ChangeType, {
    description: 'Changes that moved the status of activities; otherwise like `changes`.',
    subscribe: ({ args, context }: { args: Args; context: Context }) =>
      changeSource(context, args, [{ field: 'changesStatus', op: 'eq', value: true }]),
  })
  activityStatusChanged(
    @Ctx() context: Context,
    @Root() entry: FeedEntry,
    @Arg('filter', () => StatusFilter, { nullable: true, description: 'Left out: all.' }) _filter?: StatusFilter | null,
    @Arg('resumeAfter', () => PositionScalar, RESUMED) _resumeAfter?: string | null,
  ): ChangeType {
    return changeType(context, entry);
  }

  @Subscription(() => PlanChange, {
    description:
      'Every change of one plan, with the state of the plan when the change is sent; otherwise like `changes`.',
    subscribe: ({ args: { planId, ...args }, context }: { args: { planId: string } & Args; context: Context }) =>
      changeSource(context, { ...args, filter: { planId } }, []),
  })
  async planChanged(
    @Ctx() context: Context,
    @Root() entry: FeedEntry,
    @Arg('planId', () => ID, { description: 'The plan.' }) _planId: string,
    @Arg('resumeAfter', () => PositionScalar, RESUMED) _resumeAfter?: string | null,
  ): Promise<PlanChange> {
    const change = changeType(context, entry);
    const body = entry.planId === null ? undefined : await context.loaders.plan.load(entry.planId);
    return { position: change.position, change, plan: body ? new PlanType(context, body) : null };
  }

  @Subscription(() => MonitoringType, {
    description:
      'The figures of `monitoring` now, after each change that the caller sees, and at midnight; at most once a second.',
    subscribe: ({ args }: { args: MonitoringArgs }) => monitored(args),
  })
  monitoringChanged(
    @Root() figures: MonitoringType,
    @Arg('filter', () => MonitoringFilter, { nullable: true, description: 'Left out: all.' })
    _filter?: MonitoringFilter | null,
    @Arg('groupBy', () => GroupByEnum, {
      nullable: true,
      defaultValue: 'PLAN',
      description: 'By what groups are made.',
    })
    _groupBy?: GroupBy | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Default today.' }) _on?: string | null,
  ): MonitoringType {
    return figures;
  }
}

const CHANGES_PER_PAGE = 100;
/** Shortest interval between two results with figures, in milliseconds. */
const FIGURES_MS = 1_000;

/**
 * Returns the source of `monitoringChanged`: the figures now, after each change that the caller sees, and at midnight.
 */
function monitored({ filter, groupBy, on }: MonitoringArgs): ItemSource {
  // The hub opens several readers for one subscription. A new reader must not send figures that have not changed.
  let lastDay: string | undefined;
  return new ItemSource('state', '', (context) => {
    const { timeZone } = context;
    const today = () => localDay(context.now(), timeZone);
    let day = lastDay;
    return {
      async read(after) {
        const isAnotherDay = day !== today();
        const upTo = context.freshness.reached;
        const feed = { ...feedFilter(null), after, limit: 1 };
        if (
          after !== '' &&
          day !== undefined &&
          !isAnotherDay &&
          (await feedPage(context, feed)).entries.length === 0
        ) {
          return { items: [], upTo, more: false };
        }
        day = today();
        lastDay = day;
        const root = monitoringOf(await selected(context, filter, on, null), groupBy ?? 'PLAN', null);
        return { items: [{ root, position: upTo }], upTo, more: false };
      },
      async wait(after, signal) {
        await wait(FIGURES_MS, undefined, { signal }).catch(() => undefined);
        await context.freshness.waitPast(
          after,
          AbortSignal.any([signal, AbortSignal.timeout(untilMidnight(context.now(), timeZone))]),
        );
      },
    };
  });
}

/** Returns the milliseconds until shortly after local midnight; at most an hour, because clocks may be adjusted. */
function untilMidnight(now: string, timeZone: string): number {
  const next = addDays(localDay(now, timeZone), 1);
  const left = Date.parse(noonOf(next, timeZone)) - 12 * 3_600_000 - Date.parse(now);
  return Math.min(Math.max(left, 0) + 50, 3_600_000);
}

/**
 * Returns the source of a subscription to changes: the `changes` read model from a valid position, up to the position
 * that all read models have passed.
 */
async function changeSource(context: Context, { resumeAfter, filter }: Args, only: Filter): Promise<ItemSource> {
  const asked = feedFilter(filter, only);
  const from = context.execution.lastEventId ?? resumeAfter;
  const start = from == null ? context.freshness.reached : await context.positions.native(from);
  return new ItemSource('log', start, (own) => ({
    async read(position) {
      const page = await feedPage(own, { ...asked, after: position, limit: CHANGES_PER_PAGE });
      return { ...page, items: page.entries.map((root) => ({ root, position: root.position })) };
    },
    async wait(position, signal) {
      await own.freshness.waitPast(position, signal);
    },
  }));
}
