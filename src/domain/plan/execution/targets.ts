import type { Given } from '../../actor.js';
import { earlier, type LocalDate, localDay } from '../../dates.js';
import { type Activity, activityIdOf, type ExistingPlan, type Report } from '../../plan.js';
import { type ControlPoint, pointsOf } from '../../points.js';
import { type Refused, refuse } from '../../refusal.js';
import type { PlanDecision } from '../catalogue.js';
import { type Check, validDate } from '../checks.js';

/** An activity with the control points that a command is about. */
interface ActivityTarget {
  readonly activity: Activity;
  readonly points: readonly ControlPoint[];
}

/** Maximum number of points that a refusal lists. */
const MAX_LISTED_POINTS = 50;

/** Returns the activity and the points that a command is about. With one point, the command need not name it. */
export function targetOf(
  plan: ExistingPlan,
  activityId: string,
  pointIds: readonly string[],
  field: string,
): ActivityTarget | Refused {
  const activity = plan.activities.get(activityId);
  if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
  const all = pointsOf(plan, activity);
  if (pointIds.length === 0) {
    const listed = all.slice(0, MAX_LISTED_POINTS).map(({ id }) => id);
    return all.length === 1
      ? { activity, points: all }
      : refuse('POINT_REQUIRED', field, { points: listed.join(', ') });
  }
  const points = all.filter(({ id }) => pointIds.includes(id));
  return points.length === new Set(pointIds).size ? { activity, points } : refuse('POINT_NOT_FOUND', field);
}

/** Returns the decision on the one point that a command is about; a refusal if it is not about one point. */
export function decideOnPoint(
  plan: ExistingPlan,
  { activityId, pointId }: { readonly activityId: string; readonly pointId: string | null },
  decide: (activity: Activity, point: ControlPoint) => PlanDecision,
): PlanDecision {
  const target = targetOf(plan, activityId, pointId === null ? [] : [pointId], 'pointId');
  if ('kind' in target) return target;
  const [point] = target.points;
  return point ? decide(target.activity, point) : refuse('POINT_NOT_FOUND', 'pointId');
}

/** Refuses an excluded activity. */
export function notExcluded({ excluded, number, id }: Activity): Check {
  return excluded ? refuse('ACTIVITY_EXCLUDED', 'activityId', { number: number ?? id }) : undefined;
}

/** Refuses a day of work after the local today, or before both the plan's start and the windows of the points. */
export function validActualDate(
  plan: ExistingPlan,
  points: readonly ControlPoint[],
  actualOn: LocalDate,
  given: Given,
): Check {
  const { period, timeZone } = plan.details;
  const starts = points.map(({ window }) => window?.start).filter((start) => start !== undefined);
  const from = starts.reduce(earlier, period?.start ?? actualOn);
  const invalid = validDate('actualOn', actualOn);
  if (invalid) return invalid;
  if (actualOn > localDay(given.now, timeZone)) {
    return refuse('ACTUAL_DATE_IN_FUTURE', 'actualOn', { date: actualOn });
  }
  return actualOn < from ? refuse('ACTUAL_DATE_TOO_EARLY', 'actualOn', { date: actualOn, from }) : undefined;
}

/** Returns a submitted report that is neither accepted, returned nor withdrawn, or a refusal. */
export function openReport(plan: ExistingPlan, reportId: string): Report | Refused {
  const activity = plan.activities.get(activityIdOf(reportId));
  const report = activity?.reports.find(({ id }) => id === reportId);
  if (!report) return refuse('REPORT_NOT_FOUND', 'reportId');
  return report.status === 'SUBMITTED' ? report : refuse('REPORT_DECIDED', 'reportId', { status: report.status });
}
