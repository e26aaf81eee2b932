import { addDays, type LocalDate } from '../dates.js';
import { workingDaysAfter } from '../workingDays.js';
import type { IndicatorCode, Unit } from './codes.js';
import {
  type ActivityFact,
  daysBetween,
  type MoveFact,
  type PlanFacts,
  type PointFact,
  type ReportFact,
  type RequestFact,
} from './facts.js';
import type { FiguresScope } from './scope.js';

/** The day as of which indicators are computed; see {@link FiguresScope}. */
export type FiguresDay = Omit<FiguresScope, 'from' | 'to'>;

/** The rule by which facts are counted. Figures, drill-downs and `FigureSums` all use the same rule. */
export interface IndicatorRule<Fact> {
  /** Returns the fact's share of the numerator; undefined when the denominator does not include the fact. */
  readonly measure: (fact: Fact, asOf: FiguresDay, facts: PlanFacts) => number | undefined;
  /**
   * Returns the day that decides to which period the fact belongs. Null: only queries without a period count the fact.
   * `always`: the fact belongs to every period.
   */
  readonly day: (fact: Fact) => LocalDate | null | 'always';
  /** Returns the days from which the measure may change. Between two of them it is constant, or grows linearly. */
  readonly changesOn: (fact: Fact, facts: PlanFacts) => readonly (LocalDate | null)[];
  /** True when the measure grows linearly between the days of `changesOn`. */
  readonly grows?: true;
}

/** Returns the measure of a fact. Facts of a withdrawn or cancelled plan never count, not even completed work. */
export function measured<Fact>(
  rule: IndicatorRule<Fact>,
  fact: Fact,
  asOf: FiguresDay,
  facts: PlanFacts,
): number | undefined {
  return facts.standing === 'GIVEN_UP' ? undefined : rule.measure(fact, asOf, facts);
}

/** The kind of facts that an indicator counts, and their rule. */
export type Indicator = { readonly unit: Unit } & (
  | ({
      readonly over: 'points' /** Weight of a point. Default: 1. */;
      readonly weight?: (fact: PointFact) => number;
    } & IndicatorRule<PointFact>)
  | ({ readonly over: 'activities' } & IndicatorRule<ActivityFact>)
  | ({ readonly over: 'reports' } & IndicatorRule<ReportFact>)
  | ({ readonly over: 'moves' } & IndicatorRule<MoveFact>)
  | ({ readonly over: 'requests' } & IndicatorRule<RequestFact>)
);

/** The definition of each indicator. */
export const INDICATOR: Readonly<Record<IndicatorCode, Indicator>> = {
  DONE: shareOfPlanned(
    (point, { on }) => isDone(point, on),
    ({ actualOn }) => [actualOn],
  ),
  DONE_IN_TIME: shareOfPlanned(
    (point, { on }) => isDone(point, on) && point.timing.settled === 'DONE_ON_TIME',
    ({ actualOn }) => [actualOn],
  ),
  DONE_BY_FIRST_TERM: {
    unit: 'SHARE',
    over: 'points',
    day: ({ firstDue }) => firstDue,
    changesOn: ({ actualOn }) => [actualOn],
    measure: (point, { on }) => {
      const { actualOn, firstDue } = point;
      if (!isTracked(point) || firstDue === null) return undefined;
      return Number(isDone(point, on) && actualOn !== null && actualOn <= firstDue);
    },
  },
  OVERDUE: {
    unit: 'SHARE',
    over: 'points',
    day: dueDayOfPoint,
    changesOn: ({ due, actualOn }) => [dayAfter(due), actualOn],
    measure: (point, asOf) => {
      if (!isTracked(point) || point.due === null || !isPast(point.due, asOf)) return undefined;
      return Number(!isDone(point, asOf.on));
    },
  },
  MEAN_DELAY: { unit: 'DAYS', ...delays() },
  MEDIAN_DELAY: { unit: 'MEDIAN_DAYS', ...delays() },
  MOVED: shareOfPlanned(
    ({ movedOn }, { on }) => movedOn.some((day) => day <= on),
    ({ movedOn }) => movedOn,
  ),
  MOVED_AGAIN: shareOfPlanned(
    ({ movedOn }, { on }) => movedOn.filter((day) => day <= on).length >= 2,
    ({ movedOn }) => movedOn,
  ),
  MEAN_SHIFT: {
    unit: 'DAYS',
    over: 'moves',
    day: ({ on }) => on,
    changesOn: ({ on }) => [on],
    measure: (move, { on }) => (move.on <= on && move.shift !== null ? move.shift : undefined),
  },
  REQUESTED_LATE: {
    unit: 'SHARE',
    over: 'requests',
    day: ({ on }) => on,
    changesOn: ({ on }) => [on],
    measure: (request, { on }) => (request.on <= on ? Number(request.late) : undefined),
  },
  DISCIPLINE: {
    unit: 'SHARE',
    over: 'points',
    day: dueDayOfPoint,
    changesOn: daysOfDelay,
    measure: disciplineOf,
    weight: ({ weight }) => weight,
  },
  REPORTED_IN_TIME: {
    unit: 'SHARE',
    over: 'points',
    day: dueDayOfPoint,
    changesOn: ({ reportDue }) => [reportDue],
    measure: (point, { on, reportsOn }) => {
      const { reportDue, reportedOn } = point;
      if (!isTracked(point) || reportDue === null || reportDue > (reportsOn ?? on)) return undefined;
      return Number(reportedOn !== null && reportedOn <= reportDue);
    },
  },
  REPORTS_RETURNED: {
    unit: 'SHARE',
    over: 'reports',
    day: ({ submittedOn }) => submittedOn,
    changesOn: ({ submittedOn }) => [submittedOn],
    measure: ({ submittedOn, returned }, { on }) => (submittedOn <= on ? Number(returned) : undefined),
  },
  ACTIVITIES_AMENDED: {
    unit: 'SHARE',
    over: 'activities',
    day: () => 'always',
    changesOn: ({ amendedOn }) => amendedOn,
    measure: ({ amendedOn }, { on }, { standing }) =>
      standing === 'IN_FORCE' ? Number(amendedOn.some((day) => day <= on)) : undefined,
  },
  WORDINGS_UNREAD: {
    unit: 'SHARE',
    over: 'activities',
    day: () => 'always',
    changesOn: () => [],
    // Counts plans in preparation as well, where unread wordings matter most.
    measure: ({ excluded, unread }) => (excluded ? undefined : Number(unread)),
  },
  DUE_IN_14_DAYS: dueWithin(14),
  DUE_IN_30_DAYS: dueWithin(30),
  EXPECTED_LATE: {
    unit: 'SHARE',
    over: 'points',
    day: () => 'always',
    changesOn: ({ actualOn, expected }) => [actualOn, ...expected.map(({ since }) => since)],
    measure: (point, { on }) => {
      const { expected, due } = point;
      const last = expected.findLast(({ since }) => since <= on);
      if (!isTracked(point) || isDone(point, on) || due === null || last === undefined) return undefined;
      return Number(last.on > due);
    },
  },
};

/** N: firm points that are due in the period by the present timeframe. */
export const PLANNED: IndicatorRule<PointFact> = {
  day: dueDayOfPoint,
  changesOn: () => [],
  measure: (point) => (isTracked(point) ? 1 : undefined),
};

/** N₀: firm points that are due in the period by the timeframe that was approved first. */
export const PLANNED_FIRST: IndicatorRule<PointFact> = {
  day: ({ firstDue }) => firstDue,
  changesOn: () => [],
  measure: (point) => (isTracked(point) && point.firstDue !== null ? 1 : undefined),
};

/** Soft points, which are counted separately and are never overdue. */
export const SOFT: IndicatorRule<PointFact> = {
  day: dueDayOfPoint,
  changesOn: () => [],
  measure: ({ firm, timing: { settled } }) =>
    !firm && settled !== 'EXCLUDED' && settled !== 'NOT_TRACKED' ? 1 : undefined,
};

/** Returns true when a fact of this day belongs to the period of the scope. */
export function isOfPeriod(day: LocalDate | null | 'always', { from, to, isPart }: FiguresScope): boolean {
  if (day === 'always') return isPart !== true;
  if (from === null && to === null) return true;
  return day !== null && (from === null || day >= from) && (to === null || day <= to);
}

function dueDayOfPoint({ due }: PointFact): LocalDate | null {
  return due;
}

function dayAfter(day: LocalDate | null): LocalDate | null {
  return day === null ? null : addDays(day, 1);
}

/** Returns true for a firm, dated point that is under control and not excluded. */
function isTracked({ firm, due, timing }: PointFact): boolean {
  const { settled } = timing;
  return firm && due !== null && settled !== 'EXCLUDED' && settled !== 'NOT_TRACKED' && settled !== 'NOT_DATED';
}

function isPast(due: LocalDate, { on, isOver }: FiguresDay): boolean {
  return isOver ? due <= on : due < on;
}

/** Returns true when the work was done by the day, by its actual date in the evidence known now. */
function isDone({ timing, actualOn }: PointFact, on: LocalDate): boolean {
  const isSettled = timing.settled === 'DONE_ON_TIME' || timing.settled === 'DONE_LATE';
  return isSettled && actualOn !== null && actualOn <= on;
}

function shareOfPlanned(
  hits: (point: PointFact, asOf: FiguresDay) => boolean,
  changesOn: IndicatorRule<PointFact>['changesOn'],
): Indicator {
  return {
    unit: 'SHARE',
    over: 'points',
    day: dueDayOfPoint,
    changesOn,
    measure: (point, asOf) => (isTracked(point) ? Number(hits(point, asOf)) : undefined),
  };
}

/** Counts the days from the due day to the actual day, or to the day of the scope for open work. */
function delays(): { readonly over: 'points' } & IndicatorRule<PointFact> {
  return {
    over: 'points',
    day: dueDayOfPoint,
    grows: true,
    changesOn: ({ due, actualOn }) => [dayAfter(due), actualOn],
    measure: (point, { on }) => {
      const { due, actualOn } = point;
      if (!isTracked(point) || due === null) return undefined;
      const end = isDone(point, on) && actualOn !== null ? actualOn : on;
      return end > due ? daysBetween(due, end) : undefined;
    },
  };
}

/** Кид: 1 for work in time, less by each working day of delay, 0 from the limit on, times the weight of the point. */
function disciplineOf(point: PointFact, asOf: FiguresDay, { discipline, calendar }: PlanFacts): number | undefined {
  const { due, actualOn, weight } = point;
  if (discipline === null || !isTracked(point) || due === null) return undefined;
  const done = isDone(point, asOf.on);
  if (!done && !isPast(due, asOf)) return undefined;
  const end = done && actualOn !== null ? actualOn : asOf.on;
  const delay = workingDaysAfter(due, discipline.limitDays, calendar).filter((day) => day <= end).length;
  return weight * Math.max(0, 1 - delay / discipline.limitDays);
}

/** Each working day of the delay changes the measure, up to the limit. */
function daysOfDelay({ due, actualOn }: PointFact, { discipline, calendar }: PlanFacts): (LocalDate | null)[] {
  if (discipline === null || due === null) return [];
  return [dayAfter(due), ...workingDaysAfter(due, discipline.limitDays, calendar), actualOn];
}

/** The share of open, not overdue points that are due within a number of days. */
function dueWithin(days: number): Indicator {
  return {
    unit: 'SHARE',
    over: 'points',
    day: () => 'always',
    changesOn: ({ due, actualOn }) => (due === null ? [] : [addDays(due, -days), dayAfter(due), actualOn]),
    measure: (point, { on }) => {
      if (!isTracked(point) || isDone(point, on) || point.due === null || point.due < on) return undefined;
      return Number(point.due <= addDays(on, days));
    },
  };
}
