import { ImpossibleEvent } from '../impossible.js';
import type { Activity, ExistingPlan, Report, RescheduleRequest } from '../plan.js';

/**
 * Returns the plan with one activity changed.
 *
 * @throws ImpossibleEvent when the plan has no such activity.
 */
export function withActivity(plan: ExistingPlan, id: string, change: (activity: Activity) => Activity): ExistingPlan {
  const activity = plan.activities.get(id);
  if (!activity) throw new ImpossibleEvent(`no activity ${id}`);
  return { ...plan, activities: plan.activities.with(id, change(activity)) };
}

/** Returns a copy of a map in which a key has this value. */
export function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}

/** Returns a copy of the map without the key. */
export function withoutEntry<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** Returns the counts of freed external ids after a section or activity was removed from the draft. */
export function withFreed(
  freed: ReadonlyMap<string, number>,
  removed: { readonly externalId: string | null } | undefined,
): ReadonlyMap<string, number> {
  const externalId = removed?.externalId ?? null;
  return externalId === null ? freed : withEntry(freed, externalId, (freed.get(externalId) ?? 0) + 1);
}

/** Returns the plan with another status of one report. */
export function withReportStatus(
  plan: ExistingPlan,
  { activityId, reportId }: { readonly activityId: string; readonly reportId: string },
  status: Report['status'],
): ExistingPlan {
  return withActivity(plan, activityId, (activity) => ({
    ...activity,
    reports: activity.reports.map((report) => (report.id === reportId ? { ...report, status } : report)),
  }));
}

/** Returns the requests of an activity, with a new status for one of them. A null `requestId` changes none. */
export function withRequestStatus(
  { requests }: Activity,
  requestId: string | null,
  status: RescheduleRequest['status'],
): readonly RescheduleRequest[] {
  if (requestId === null) return requests;
  return requests.map((request) => (request.id === requestId ? { ...request, status } : request));
}
