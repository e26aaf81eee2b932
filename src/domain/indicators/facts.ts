import { accountableOf } from '../accountable.js';
import { addMonths, dayNumber, type LocalDate, later } from '../dates.js';
import { memoized } from '../memo.js';
import type { Activity, Amendment, ExistingPlan, PlanStatus } from '../plan.js';
import { type ControlPoint, countedDay, pointsOf } from '../points.js';
import type { PlanPeriod } from '../schedule.js';
import { type ControlSettings, DEFAULT_SETTINGS, type DisciplineRule, type WorkingCalendar } from '../settings.js';
import type { Evidence, TimingKey } from '../timing.js';

/** The activity, section and accountable party by which facts are grouped. */
export interface FactPlace {
  readonly activityId: string;
  readonly sectionId: string;
  /** Key of the accountable party. */
  readonly accountable: string;
}

/** The data of a control point that indicators are computed from. */
export interface PointFact extends FactPlace {
  readonly pointId: string;
  /** Last day on which completion is on time, by the present timeframe; null for an undated point. */
  readonly due: LocalDate | null;
  /** Last day on which completion is on time, by the timeframe that was approved first; null for an undated point. */
  readonly firstDue: LocalDate | null;
  readonly firm: boolean;
  readonly timing: TimingKey;
  readonly evidence: Evidence;
  readonly actualOn: LocalDate | null;
  /** The last day for the report; null when no report is required. */
  readonly reportDue: LocalDate | null;
  /** The day of the first final report that was not withdrawn. */
  readonly reportedOn: LocalDate | null;
  /**
   * The days by which the executor expected to be done, with the day of each statement, in order. The last one counts.
   */
  readonly expected: readonly { readonly since: LocalDate; readonly on: LocalDate }[];
  /** Days on which the timeframe of the activity was moved after approval. */
  readonly movedOn: readonly LocalDate[];
  /** Weight of the point in the discipline indicator. */
  readonly weight: number;
}

/** The data of an activity that indicators are computed from. */
export interface ActivityFact extends FactPlace {
  readonly excluded: boolean;
  /** Days of the amendments that changed the activity. */
  readonly amendedOn: readonly LocalDate[];
  /** True when its timeframe is not understood, or is ambiguous. */
  readonly unread: boolean;
}

/** A final or interim report that was not withdrawn. */
export interface ReportFact extends FactPlace {
  readonly reportId: string;
  readonly submittedOn: LocalDate;
  readonly returned: boolean;
}

/** A timeframe that was moved after approval. */
export interface MoveFact extends FactPlace {
  readonly on: LocalDate;
  /** Days from the last due day before the move to the last one after it; null if one of them is undated. */
  readonly shift: number | null;
}

/** A request for another timeframe. */
export interface RequestFact extends FactPlace {
  readonly on: LocalDate;
  readonly late: boolean;
}

/** The standing of a plan: in preparation, in force (or closed), or withdrawn or cancelled. */
export type PlanStanding = 'PREPARED' | 'IN_FORCE' | 'GIVEN_UP';

/** All data of a plan that indicators are computed from. The same plan always gives the same facts. */
export interface PlanFacts {
  readonly standing: PlanStanding;
  /** Null while the plan has no period. */
  readonly period: PlanPeriod | null;
  readonly calendar: WorkingCalendar;
  readonly discipline: DisciplineRule | null;
  readonly points: readonly PointFact[];
  readonly activities: readonly ActivityFact[];
  readonly reports: readonly ReportFact[];
  readonly moves: readonly MoveFact[];
  readonly requests: readonly RequestFact[];
}

/** Returns the facts of a plan. */
export function indicatorFacts(plan: ExistingPlan): PlanFacts {
  const settings = plan.settings ?? DEFAULT_SETTINGS;
  const { calendar, discipline } = settings;
  const amended = amendmentDays(plan.amendments);
  const moves = movesOf(plan);
  const moved = new Map<string, LocalDate[]>();
  for (const { activityId, on } of moves) moved.set(activityId, [...(moved.get(activityId) ?? []), on]);
  const rows = [...plan.activities.values()].map((activity) =>
    ofActivity(
      activity,
      accountableOf(plan, activity).key,
      pointsOf(plan, activity),
      settings,
      amended.get(activity.id) ?? NO_DAYS,
      moved.get(activity.id) ?? NO_DAYS,
    ),
  );
  return {
    standing: standingOf(plan.status),
    period: plan.details.period,
    // Only the discipline indicator counts working days. Without it the facts must not depend on the calendar.
    calendar: discipline === null ? DEFAULT_SETTINGS.calendar : calendar,
    discipline,
    points: rows.flatMap(({ points }) => points),
    activities: rows.map(({ activity }) => activity),
    reports: rows.flatMap(({ reports }) => reports),
    requests: rows.flatMap(({ requests }) => requests),
    moves,
  };
}

function standingOf(status: PlanStatus): PlanStanding {
  switch (status) {
    case 'DRAFT':
    case 'ON_AGREEMENT':
    case 'AGREED':
      return 'PREPARED';
    case 'APPROVED':
    case 'CLOSED':
      return 'IN_FORCE';
    case 'WITHDRAWN':
    case 'CANCELLED':
      return 'GIVEN_UP';
  }
}

const NO_DAYS: readonly LocalDate[] = [];

function factPlace({ id, sectionId }: Activity, accountable: string): FactPlace {
  return { activityId: id, sectionId, accountable };
}

/** Memoized: an event about another activity leaves the facts of this one unchanged. */
const ofActivity = memoized(factsOfActivity);

function factsOfActivity(
  activity: Activity,
  accountable: string,
  points: readonly ControlPoint[],
  settings: ControlSettings,
  amendedOn: readonly LocalDate[],
  movedOn: readonly LocalDate[],
) {
  const place = factPlace(activity, accountable);
  const { timeframe, excluded, reports, requests, references } = activity;
  const standing = reports.filter(({ status }) => status !== 'WITHDRAWN');
  const citesOrder = references.some(({ type }) => type === 'order');
  const weight = citesOrder ? (settings.discipline?.orderWeight ?? 1) : 1;
  return {
    points: points.map((point): PointFact => {
      const { id, firstApprovedDueOn, countedDueOn, firm, timing, evidence, actualOn } = point;
      return {
        ...place,
        pointId: id,
        due: countedDueOn,
        firstDue: firstApprovedDueOn === null ? null : countedDay(firstApprovedDueOn, settings),
        firm,
        timing,
        evidence,
        actualOn,
        reportDue: countedDueOn === null ? null : reportDueOf(countedDueOn, settings),
        reportedOn: firstReport(activity, id),
        expected: activity.progress.flatMap(({ pointId, actualOn: since, expectedOn: on }) =>
          pointId === id && on !== null ? [{ since, on }] : [],
        ),
        movedOn,
        weight,
      };
    }),
    activity: {
      ...place,
      excluded,
      amendedOn,
      unread: timeframe.confidence === 'unknown' || timeframe.flags.includes('AMBIGUOUS'),
    },
    reports: standing.map(({ id, submittedOn, status }) => ({
      ...place,
      reportId: id,
      submittedOn,
      returned: status === 'RETURNED',
    })),
    requests: requests.map(({ requestedOn, late }) => ({ ...place, on: requestedOn, late })),
  };
}

/** Returns the day of the month after the due day by which the report is due: the 10th as a rule. */
function reportDueOf(due: LocalDate, { reportDueDay }: ControlSettings): LocalDate | null {
  if (reportDueDay === null) return null;
  return `${addMonths(`${due.slice(0, 7)}-01`, 1).slice(0, 7)}-${String(reportDueDay).padStart(2, '0')}`;
}

function firstReport({ reports }: Activity, pointId: string): LocalDate | null {
  const report = reports.find(
    ({ status, interim, points }) =>
      status !== 'WITHDRAWN' && !interim && points.some((point) => point.pointId === pointId),
  );
  return report?.submittedOn ?? null;
}

const amendmentDays = memoized((amendments: readonly Amendment[]): ReadonlyMap<string, readonly LocalDate[]> => {
  const days = new Map<string, LocalDate[]>();
  for (const { amendedOn, rows } of amendments) {
    for (const { after } of rows) days.set(after.id, [...(days.get(after.id) ?? []), amendedOn]);
  }
  return days;
});

function movesOf(plan: ExistingPlan): MoveFact[] {
  return plan.amendments.flatMap(({ amendedOn, rows }) =>
    rows.flatMap(({ kind, before, after }) => {
      if (kind !== 'RESCHEDULE' || before === null) return [];
      // A move counts for the present section and accountable party of the activity.
      const activity = plan.activities.get(after.id) ?? after;
      const place = factPlace(activity, accountableOf(plan, activity).key);
      const [from, to] = [lastDue(plan, before), lastDue(plan, after)];
      return [{ ...place, on: amendedOn, shift: from === null || to === null ? null : daysBetween(from, to) }];
    }),
  );
}

function lastDue(plan: ExistingPlan, activity: Activity): LocalDate | null {
  return pointsOf(plan, activity)
    .map(({ countedDueOn }) => countedDueOn)
    .filter((day) => day !== null)
    .reduce<LocalDate | null>((last, day) => (last === null ? day : later(last, day)), null);
}

/** Returns the number of calendar days from one day to another; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}
