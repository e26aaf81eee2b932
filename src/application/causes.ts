import { rowChanges } from '../domain/comparison.js';
import type { Instant } from '../domain/dates.js';
import { scopeOf } from '../domain/plan/scope.js';
import { NO_PLAN, type Plan } from '../domain/plan.js';
import { planChanges } from '../projections/differences.js';
import type { Change } from '../projections/model.js';
import { type AsOf, eventsAsOf, type History, type PastEvent } from './past.js';

/** One side of a comparison of a plan with itself. */
export type ComparedState =
  | { readonly kind: 'edition'; readonly edition: number }
  | { readonly kind: 'past'; readonly asOf: AsOf }
  | { readonly kind: 'present' };

/** The events between two sides of a comparison, and the events that caused its differences, oldest first. */
export interface Causes {
  /** The events that changed a field of the plan itself, by the path of the field, see `planChanges`. */
  readonly ofFields: ReadonlyMap<string, readonly Change[]>;
  /** The events that changed an activity, by activity id. */
  readonly ofRows: ReadonlyMap<string, readonly Change[]>;
  /** Ids of all events that only one side has. */
  readonly between: ReadonlySet<string>;
}

/** The history of a plan. */
export interface PlanHistory {
  readonly planId: string;
  readonly events: History;
}

/** The events of one side. */
export interface SideEvents {
  readonly ids: ReadonlySet<string>;
  /** When the last of these events was recorded; undefined when there are none. */
  readonly lastAt: Instant | undefined;
}

/** Returns the events that a side consists of. */
export async function eventsOfSide(history: PlanHistory, side: ComparedState): Promise<SideEvents> {
  const ids = new Set<string>();
  let lastAt: Instant | undefined;
  for await (const { recorded } of sideHistory(history, side)) {
    ids.add(recorded.id);
    lastAt = recorded.recordedAt;
  }
  return { ids, lastAt };
}

/**
 * Returns the events of a side that the other side does not have, and those among them that changed a field of the plan
 * or a row.
 *
 * @param withWork true to include changes of evidence, see `rowDifferences`.
 */
export async function causesOf(
  history: PlanHistory,
  side: ComparedState,
  other: SideEvents,
  withWork: boolean,
): Promise<Causes> {
  const [ofFields, ofRows] = [new Map<string, Change[]>(), new Map<string, Change[]>()];
  const between = new Set<string>();
  let before: Plan = NO_PLAN;
  for await (const { recorded, plan: after } of sideHistory(history, side)) {
    if (!other.ids.has(recorded.id)) {
      between.add(recorded.id);
      const change: Change = { of: 'plan', planId: history.planId, before, after, recorded, appears: false };
      const scope = scopeOf(recorded.event);
      if (typeof scope === 'string')
        for (const { path } of planChanges(before, after)) addCause(ofFields, path, change);
      else if (rowChanges(before, after, scope.activityId, withWork).length > 0)
        addCause(ofRows, scope.activityId, change);
    }
    before = after;
  }
  return { ofFields, ofRows, between };
}

function addCause(to: Map<string, Change[]>, key: string, change: Change): void {
  const known = to.get(key);
  if (known) known.push(change);
  else to.set(key, [change]);
}

async function* sideHistory({ planId, events }: PlanHistory, side: ComparedState): AsyncGenerator<PastEvent> {
  const whole = { kind: 'revision', revision: Number.POSITIVE_INFINITY } as const;
  const asOf = side.kind === 'past' ? side.asOf : whole;
  for await (const past of eventsAsOf(events, planId, asOf)) {
    if (side.kind === 'edition' && past.plan.edition > side.edition) return;
    yield past;
  }
}
