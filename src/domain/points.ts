import { controlPoints } from './controlPoints.js';
import { earlier, type LocalDate, type Window } from './dates.js';
import { memoized } from './memo.js';
import type { Activity, ExistingPlan, Report } from './plan.js';
import type { PlanPeriod } from './schedule.js';
import { type ControlSettings, DEFAULT_SETTINGS } from './settings.js';
import { closes, type Evidence, openKey, settledKey, type TimingKey } from './timing.js';
import { paperDay } from './workingDays.js';

/** A control point (контрольная точка) of a plan, with its evidence and timing. */
export interface ControlPoint extends DueDays {
  /** The activity's id and the ordinal of the point in its schedule: `a3.1`. */
  readonly id: string;
  readonly activityId: string;
  readonly ordinal: number;
  readonly window: Window | null;
  /** The due day in the schedule that was approved first. It shows by how much the point was rescheduled. */
  readonly firstApprovedDueOn: LocalDate | null;
  /** The due day moved to a working day, by the setting `paperDue`. */
  readonly paperDueOn: LocalDate | null;
  readonly firm: boolean;
  readonly target: number;
  /** The part of the target that was recorded as progress. It informs and never closes the point. */
  readonly progress: number;
  readonly evidence: Evidence;
  /** The day on which the work was done, by the evidence that counts; null without evidence. */
  readonly actualOn: LocalDate | null;
  readonly timing: TimingKey;
  /** Due days for which a missed deadline was recorded. */
  readonly missedOn: readonly LocalDate[];
  /** The due day for which a DeadlineMissed event must be recorded; null if no event is due. */
  readonly noticeOn: LocalDate | null;
}

/** The part of a plan that the control points of an activity depend on. */
type PointBasis = Pick<ExistingPlan, 'status' | 'settings' | 'underControlFrom' | 'noticesFrom' | 'outcomes'>;

/**
 * Returns the control points of an activity; none while the plan has no period. The result is memoized: the same
 * arguments give the same array.
 */
export function pointsOf(plan: ExistingPlan, activity: Activity): readonly ControlPoint[] {
  const { details, status, settings, underControlFrom, noticesFrom, outcomes } = plan;
  return points(activity, details.period, status, settings, underControlFrom, noticesFrom, outcomes);
}

const points = memoized(
  (
    activity: Activity,
    period: PlanPeriod | null,
    status: PointBasis['status'],
    settings: PointBasis['settings'],
    underControlFrom: PointBasis['underControlFrom'],
    noticesFrom: PointBasis['noticesFrom'],
    outcomes: PointBasis['outcomes'],
  ): readonly ControlPoint[] =>
    period === null ? [] : computed(activity, period, { status, settings, underControlFrom, noticesFrom, outcomes }),
);

function computed(activity: Activity, period: PlanPeriod, plan: PointBasis): ControlPoint[] {
  const settings = plan.settings ?? DEFAULT_SETTINGS;
  const approved = activity.approvedSchedules.map((schedule) => controlPoints(schedule, period, settings));
  return controlPoints(activity.timeframe.schedule, period, settings).map((point) => {
    const id = `${activity.id}.${point.ordinal}`;
    const first = approved.find((points) => points.length >= point.ordinal)?.[point.ordinal - 1];
    const work = workAt(activity, id);
    const { dueOn, countedDueOn } = dueDays(point.window, settings);
    const timing = timingKey(plan, activity, { id, window: point.window, firm: point.firm }, work);
    const missedOn = activity.missed[id] ?? [];
    return {
      id,
      activityId: activity.id,
      ordinal: point.ordinal,
      window: point.window,
      dueOn,
      firstApprovedDueOn: first?.window?.end ?? null,
      paperDueOn: dueOn === null ? null : paperDay(dueOn, settings.paperDue, settings.calendar),
      countedDueOn,
      firm: point.firm,
      target: point.target,
      progress: activity.progress.reduce((sum, each) => sum + (each.pointId === id ? (each.count ?? 0) : 0), 0),
      evidence: work.evidence,
      actualOn: work.actualOn,
      timing,
      missedOn,
      noticeOn: owedNotice(plan, { dueOn: countedDueOn, firm: point.firm, timing, work }, missedOn),
    };
  });
}

/** The due day of a control point; null when it is undated. */
export interface DueDays {
  readonly dueOn: LocalDate | null;
  /** The last day that counts as in time: `dueOn`, or `paperDueOn` depending on the setting `lateness`. */
  readonly countedDueOn: LocalDate | null;
}

/** Returns the due day of a window, and the last day that counts as in time. */
export function dueDays(window: Window | null, settings: ControlSettings): DueDays {
  const dueOn = window?.end ?? null;
  return { dueOn, countedDueOn: dueOn === null ? null : countedDay(dueOn, settings) };
}

/**
 * Returns the last day that counts as in time for a due day: the due day, or its paper day, depending on the setting
 * `lateness`.
 */
export function countedDay(dueOn: LocalDate, { lateness, paperDue, calendar }: ControlSettings): LocalDate {
  return lateness === 'DUE' ? dueOn : paperDay(dueOn, paperDue, calendar);
}

interface Work {
  readonly evidence: Evidence;
  readonly actualOn: LocalDate | null;
  /** The due day in force when the evidence was recorded. */
  readonly dueOn: LocalDate | null;
}

/** Returns the evidence at a point: the accepted report, else the latest report, else the completion. */
function workAt(activity: Activity, pointId: string): Work {
  const reports = activity.reports.filter(
    (report) =>
      !report.interim && report.status !== 'WITHDRAWN' && report.points.some((point) => point.pointId === pointId),
  );
  const report = reports.find(({ status }) => status === 'ACCEPTED') ?? reports.at(-1);
  if (report) {
    const dueOn = report.points.find((point) => point.pointId === pointId)?.dueOn ?? null;
    return { evidence: evidenceOf(report.status), actualOn: report.actualOn, dueOn };
  }
  const completion = activity.completions[pointId];
  return completion
    ? { evidence: 'COMPLETION_MARKED', actualOn: completion.actualOn, dueOn: completion.dueOn }
    : { evidence: 'NONE', actualOn: null, dueOn: null };
}

/**
 * Returns the due day for which a DeadlineMissed event is owed, at most once per due day: for a firm open point that is
 * due on or after `noticesFrom`. A report done in time suppresses it until the report is returned.
 */
function owedNotice(
  { status, noticesFrom }: PointBasis,
  { dueOn, firm, timing, work }: Pick<ControlPoint, 'dueOn' | 'firm' | 'timing'> & { readonly work: Work },
  missedOn: readonly LocalDate[],
): LocalDate | null {
  if (status !== 'APPROVED' || timing.settled !== null || !firm || dueOn === null || noticesFrom === null) return null;
  if (dueOn < noticesFrom || missedOn.includes(dueOn)) return null;
  const reportedInTime = work.evidence === 'REPORTED' && work.actualOn !== null && work.actualOn <= dueOn;
  return reportedInTime ? null : dueOn;
}

/**
 * Returns the evidence of an activity: RETURNED or REPORTED if a point has it, because a person must act on it.
 * Otherwise returns the weakest evidence of its points; NONE when it has no points.
 */
export function evidenceOfAll(points: readonly Pick<ControlPoint, 'evidence'>[]): Evidence {
  const found = new Set(points.map(({ evidence }) => evidence));
  const byUrgency: readonly Evidence[] = ['RETURNED', 'REPORTED', 'NONE', 'COMPLETION_MARKED', 'ACCEPTED'];
  return byUrgency.find((evidence) => found.has(evidence)) ?? 'NONE';
}

/** A withdrawn report is not evidence. */
function evidenceOf(status: Report['status']): Evidence {
  switch (status) {
    case 'SUBMITTED':
      return 'REPORTED';
    case 'WITHDRAWN':
      return 'NONE';
    default:
      return status;
  }
}

function timingKey(
  plan: PointBasis,
  activity: Activity,
  point: { readonly id: string; readonly window: Window | null; readonly firm: boolean },
  work: Work,
): TimingKey {
  const settings = plan.settings ?? DEFAULT_SETTINGS;
  if (closes(work.evidence, settings.closingRule)) {
    const inTime = work.dueOn === null || work.actualOn === null || work.actualOn <= countedDay(work.dueOn, settings);
    return settledKey(inTime ? 'DONE_ON_TIME' : 'DONE_LATE');
  }
  // Open work of a cancelled plan is not required any more.
  if (activity.excluded || plan.status === 'CANCELLED') return settledKey('EXCLUDED');
  if (point.window === null) return settledKey('NOT_DATED');
  if (plan.underControlFrom === null || point.window.end < plan.underControlFrom) return settledKey('NOT_TRACKED');
  if (plan.status === 'CLOSED') return settledKey(plan.outcomes[point.id]?.outcome ?? 'NOT_DONE');
  const lastDay = countedDay(point.window.end, settings);
  return openKey(earlier(point.window.start, lastDay), lastDay, point.firm, settings.dueSoonDays);
}

/**
 * True for a point that is open on the local day `on` after its due day. Includes soft points, which are never overdue.
 */
export function isPastDue(point: Pick<ControlPoint, 'countedDueOn' | 'timing'>, on: LocalDate): boolean {
  return point.timing.settled === null && point.countedDueOn !== null && point.countedDueOn < on;
}
