import { controlPoints } from './controlPoints.js';
import { earlier, type LocalDate, type Window } from './dates.js';
import { remembered } from './memo.js';
import type { Activity, ExistingPlan, Report } from './plan.js';
import type { PlanPeriod } from './schedule.js';
import { type ControlSettings, DEFAULT_SETTINGS } from './settings.js';
import { closes, type Evidence, openKey, settledKey, type TimingKey } from './timing.js';
import { paperDay } from './workingDays.js';

/** A control point (контрольная точка) of a plan, with what is known of it. */
export interface ControlPoint {
  /** `a3.1`: the activity's id and the ordinal in its schedule. */
  readonly id: string;
  readonly activityId: string;
  readonly ordinal: number;
  readonly window: Window | null;
  readonly dueOn: LocalDate | null;
  /** The due day of the schedule that was approved first: shows what rescheduling hides. */
  readonly firstApprovedDueOn: LocalDate | null;
  /** The due day moved to a working day by the settings, before it as a rule. */
  readonly paperDueOn: LocalDate | null;
  /** The last day in time: the due day, or the one on paper where the settings count by it. */
  readonly countedDueOn: LocalDate | null;
  readonly firm: boolean;
  readonly target: number;
  /** How many of the target were recorded as done on the way: it informs and never closes. */
  readonly progress: number;
  readonly evidence: Evidence;
  /** The day on which the work was done, by its latest evidence; null without one. */
  readonly actualOn: LocalDate | null;
  readonly timing: TimingKey;
  /** The due days for which a notice was given that they were missed. */
  readonly missedOn: readonly LocalDate[];
  /** The due day that a notice is owed for once it has passed; null when none is owed. */
  readonly noticeOn: LocalDate | null;
}

/** What the control points of an activity depend on in its plan. */
type Ground = Pick<ExistingPlan, 'status' | 'settings' | 'underControlFrom' | 'noticesFrom' | 'outcomes'>;

/** The control points of an activity; none while the plan has no period. The same list as long as they are the same. */
export function pointsOf(plan: ExistingPlan, activity: Activity): readonly ControlPoint[] {
  const { details, status, settings, underControlFrom, noticesFrom, outcomes } = plan;
  return points(activity, details.period, status, settings, underControlFrom, noticesFrom, outcomes);
}

const points = remembered(
  (
    activity: Activity,
    period: PlanPeriod | null,
    status: Ground['status'],
    settings: Ground['settings'],
    underControlFrom: Ground['underControlFrom'],
    noticesFrom: Ground['noticesFrom'],
    outcomes: Ground['outcomes'],
  ): readonly ControlPoint[] =>
    period === null ? [] : computed(activity, period, { status, settings, underControlFrom, noticesFrom, outcomes }),
);

function computed(activity: Activity, period: PlanPeriod, plan: Ground): ControlPoint[] {
  const settings = plan.settings ?? DEFAULT_SETTINGS;
  const approved = activity.approvedSchedules.map((schedule) => controlPoints(schedule, period, settings));
  return controlPoints(activity.timeframe.schedule, period, settings).map((point) => {
    const id = `${activity.id}.${point.ordinal}`;
    const first = approved.find((points) => points.length >= point.ordinal)?.[point.ordinal - 1];
    const work = workAt(activity, id);
    const dueOn = point.window?.end ?? null;
    const countedDueOn = dueOn === null ? null : countedDay(dueOn, settings);
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

/** The last day in time for a due day: itself, or the one on paper where the settings count by it. */
export function countedDay(dueOn: LocalDate, { lateness, paperDue, calendar }: ControlSettings): LocalDate {
  return lateness === 'DUE' ? dueOn : paperDay(dueOn, paperDue, calendar);
}

interface Work {
  readonly evidence: Evidence;
  readonly actualOn: LocalDate | null;
  /** The due day that was in force when the evidence was recorded. */
  readonly dueOn: LocalDate | null;
}

/** What is known of the work at a point: an accepted report first, then the latest report, then the completion. */
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
 * The day whose passing a notice tells: of a firm open point that came under control here before that day passed, once a
 * due day. A report done in time holds it back until it is returned.
 */
function owedNotice(
  { status, noticesFrom }: Ground,
  { dueOn, firm, timing, work }: Pick<ControlPoint, 'dueOn' | 'firm' | 'timing'> & { readonly work: Work },
  missedOn: readonly LocalDate[],
): LocalDate | null {
  if (status !== 'APPROVED' || timing.settled !== null || !firm || dueOn === null || noticesFrom === null) return null;
  if (dueOn < noticesFrom || missedOn.includes(dueOn)) return null;
  const reportedInTime = work.evidence === 'REPORTED' && work.actualOn !== null && work.actualOn <= dueOn;
  return reportedInTime ? null : dueOn;
}

/** What is known of an activity as a whole: what waits for somebody first, then the weakest. */
export function evidenceOfAll(points: readonly Pick<ControlPoint, 'evidence'>[]): Evidence {
  const found = new Set(points.map(({ evidence }) => evidence));
  if (found.has('RETURNED')) return 'RETURNED';
  if (found.has('REPORTED')) return 'REPORTED';
  if (found.has('COMPLETION_MARKED')) return 'COMPLETION_MARKED';
  return found.has('ACCEPTED') ? 'ACCEPTED' : 'NONE';
}

/** A withdrawn report is evidence of nothing. */
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
  plan: Ground,
  activity: Activity,
  point: { readonly id: string; readonly window: Window | null; readonly firm: boolean },
  work: Work,
): TimingKey {
  const settings = plan.settings ?? DEFAULT_SETTINGS;
  if (closes(work.evidence, settings.closingRule)) {
    const inTime = work.dueOn === null || work.actualOn === null || work.actualOn <= countedDay(work.dueOn, settings);
    return settledKey(inTime ? 'DONE_ON_TIME' : 'DONE_LATE');
  }
  // What a cancelled plan still had open is asked of nobody any more.
  if (activity.excluded || plan.status === 'CANCELLED') return settledKey('EXCLUDED');
  if (point.window === null) return settledKey('NOT_DATED');
  if (plan.underControlFrom === null || point.window.end < plan.underControlFrom) return settledKey('NOT_TRACKED');
  if (plan.status === 'CLOSED') return settledKey(plan.outcomes[point.id]?.outcome ?? 'NOT_DONE');
  const lastDay = countedDay(point.window.end, settings);
  return openKey(earlier(point.window.start, lastDay), lastDay, point.firm, settings.dueSoonDays);
}

/** True for a point past its due day and not settled on the local day `on`; a soft one too, though it is never overdue. */
export function isPastDue(point: Pick<ControlPoint, 'countedDueOn' | 'timing'>, on: LocalDate): boolean {
  return point.timing.settled === null && point.countedDueOn !== null && point.countedDueOn < on;
}
