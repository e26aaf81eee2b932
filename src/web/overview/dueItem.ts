import type {
  DueFragment,
  Evidence,
  ItemsFragment,
  ReportStatus,
  WaitingActivityFragment,
} from '../api/generated/graphql';
import { type ShownTiming, shownTiming, shownTimingOf } from '../api/timing';

/** A line of a list: an activity, one of its control points or one of its reports. */
export interface DueItem {
  readonly key: string;
  readonly activity: DueFragment;
  readonly due: string | null;
  /** Further due days of the activity in the same line. */
  readonly otherDays: readonly string[];
  readonly timing: ShownTiming;
  readonly evidence: Evidence;
  /** The report, where reports are listed. */
  readonly report: { readonly status: ReportStatus; readonly submittedOn: string } | null;
}

/** The first lines of a list, and the number of lines of the whole list. */
export interface DueItems {
  readonly totalCount: number;
  readonly items: readonly DueItem[];
}

/** Returns the lines of a list of activities. */
export function ofActivities(found: {
  readonly totalCount: number;
  readonly nodes: readonly WaitingActivityFragment[];
}): DueItems {
  const items = found.nodes.map((activity) => {
    const { id: key, due, evidence, plan } = activity;
    const timing = shownTimingOf(activity, plan?.today ?? '');
    return { key, activity, due, otherDays: [], timing, evidence, report: null };
  });
  return { totalCount: found.totalCount, items };
}

/** Returns the lines of a list of what a figure counts. */
export function ofCounted({ totalCount, nodes }: Pick<ItemsFragment, 'totalCount' | 'nodes'>): DueItems {
  const items = nodes.flatMap(({ point, report, activity }, index) => {
    if (!activity) return [];
    const { evidence } = point ?? activity;
    const due = point ? point.dueOn : activity.due;
    const timing = point ? shownTiming(point, activity.plan?.today ?? '') : activity.timing;
    const key = point?.id ?? `${activity.id} ${index}`;
    return [{ key, activity, due, otherDays: [], timing, evidence, report }];
  });
  return { totalCount, items };
}

/** Returns one line for the points of one activity with the same state, with all their days. Reports stay apart. */
export function joinedByState(items: readonly DueItem[]): DueItem[] {
  const alike = Map.groupBy(items, ({ key, activity, timing, evidence, report }) =>
    report ? key : `${activity.id} ${timing} ${evidence}`,
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, otherDays: others.flatMap(({ due }) => due ?? []) }] : [],
  );
}

/** Lines with due days in the same month. */
export interface MonthOfItems {
  /** YYYY-MM; empty for lines without a due day. */
  readonly month: string;
  /** Number of points or reports in the lines. */
  readonly count: number;
  readonly items: readonly DueItem[];
}

/** Returns lines by month, in their order. */
export function byMonth(items: readonly DueItem[]): MonthOfItems[] {
  const months = Map.groupBy(items, ({ due }) => due?.slice(0, 7) ?? '');
  return [...months].map(([month, of]) => ({ month, count: of.length, items: joinedByState(of) }));
}
