import type { DueFragment, Evidence, ItemsFragment, ReportStatus, Timing } from '../api/generated/graphql';

/** A line of a list: an activity, one of its control points or one of its reports. */
export interface DueItem {
  readonly key: string;
  readonly activity: DueFragment;
  readonly due: string | null;
  readonly timing: Timing;
  readonly evidence: Evidence;
  /** The report, where reports are listed. */
  readonly report: { readonly status: ReportStatus; readonly submittedOn: string } | null;
}

/** A list with the number of all that it would have. */
export interface DueItems {
  readonly totalCount: number;
  readonly items: readonly DueItem[];
}

/** Returns the lines of a list of activities. */
export function ofActivities(found: { readonly totalCount: number; readonly nodes: readonly DueFragment[] }): DueItems {
  const items = found.nodes.map((activity) => {
    const { id: key, due, timing, evidence } = activity;
    return { key, activity, due, timing, evidence, report: null };
  });
  return { totalCount: found.totalCount, items };
}

/** Returns the lines of a list of what a figure counts. */
export function ofCounted({ totalCount, nodes }: Pick<ItemsFragment, 'totalCount' | 'nodes'>): DueItems {
  const items = nodes.flatMap(({ point, report, activity }, index) => {
    if (!activity) return [];
    const { timing, evidence } = point ?? activity;
    const due = point ? point.dueOn : activity.due;
    return [{ key: point?.id ?? `${activity.id} ${index}`, activity, due, timing, evidence, report }];
  });
  return { totalCount, items };
}
