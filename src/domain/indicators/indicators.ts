import { addDays, type LocalDate } from '../dates.js';
import { workingDaysBetween } from '../workingDays.js';
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
import type { Scope } from './scope.js';

/**
 * How one thing counts: its part of the numerator, or undefined where it is none of the denominator. The same function
 * counts a figure and lists what stands behind it.
 */
type Measure<Fact> = (fact: Fact, scope: Scope, facts: PlanFacts) => number | undefined;

/** What an indicator is reckoned over, and how. */
export type Indicator = { readonly unit: Unit } & (
  | {
      readonly over: 'points';
      readonly measure: Measure<PointFact>;
      /** What a point adds to the denominator; left out: 1. */
      readonly weight?: (fact: PointFact) => number;
    }
  | { readonly over: 'activities'; readonly measure: Measure<ActivityFact> }
  | { readonly over: 'reports'; readonly measure: Measure<ReportFact> }
  | { readonly over: 'moves'; readonly measure: Measure<MoveFact> }
  | { readonly over: 'requests'; readonly measure: Measure<RequestFact> }
);

/** Every indicator. */
export const INDICATOR: Readonly<Record<IndicatorCode, Indicator>> = {
  DONE: shareOfPlanned((point, { on }) => isDone(point, on)),
  DONE_IN_TIME: shareOfPlanned((point, { on }) => isDone(point, on) && point.timing.settled === 'DONE_ON_TIME'),
  DONE_BY_FIRST_TERM: {
    unit: 'SHARE',
    over: 'points',
    measure: (point, scope) => {
      if (!isPlannedFirst(point, scope)) return undefined;
      const { actualOn, firstDue } = point;
      return Number(isDone(point, scope.on) && actualOn !== null && firstDue !== null && actualOn <= firstDue);
    },
  },
  OVERDUE: {
    unit: 'SHARE',
    over: 'points',
    measure: (point, scope) => {
      if (!isPlanned(point, scope) || point.due === null || !isPast(point.due, scope)) return undefined;
      return Number(!isDone(point, scope.on));
    },
  },
  MEAN_DELAY: { unit: 'DAYS', over: 'points', measure: delayOf },
  MEDIAN_DELAY: { unit: 'MEDIAN_DAYS', over: 'points', measure: delayOf },
  MOVED: shareOfPlanned(({ movedOn }, { on }) => movedOn.some((day) => day <= on)),
  MOVED_AGAIN: shareOfPlanned(({ movedOn }, { on }) => movedOn.filter((day) => day <= on).length >= 2),
  MEAN_SHIFT: {
    unit: 'DAYS',
    over: 'moves',
    measure: (move, scope) => (happened(move.on, scope) && move.shift !== null ? move.shift : undefined),
  },
  REQUESTED_LATE: {
    unit: 'SHARE',
    over: 'requests',
    measure: ({ on, late }, scope) => (happened(on, scope) ? Number(late) : undefined),
  },
  DISCIPLINE: { unit: 'SHARE', over: 'points', measure: disciplineOf, weight: ({ weight }) => weight },
  REPORTED_IN_TIME: {
    unit: 'SHARE',
    over: 'points',
    measure: (point, scope) => {
      const { reportDue, reportedOn } = point;
      if (!isPlanned(point, scope) || reportDue === null || reportDue > (scope.reportsOn ?? scope.on)) return undefined;
      return Number(reportedOn !== null && reportedOn <= reportDue);
    },
  },
  REPORTS_RETURNED: {
    unit: 'SHARE',
    over: 'reports',
    measure: ({ submittedOn, returned }, scope) => (happened(submittedOn, scope) ? Number(returned) : undefined),
  },
  ACTIVITIES_AMENDED: {
    unit: 'SHARE',
    over: 'activities',
    measure: ({ amendedOn }, { on }) => Number(amendedOn.some((day) => day <= on)),
  },
  WORDINGS_UNREAD: {
    unit: 'SHARE',
    over: 'activities',
    measure: ({ excluded, unread }) => (excluded ? undefined : Number(unread)),
  },
  DUE_IN_14_DAYS: dueWithin(14),
  DUE_IN_30_DAYS: dueWithin(30),
  EXPECTED_LATE: {
    unit: 'SHARE',
    over: 'points',
    measure: (point, { on }) => {
      const { expectedOn, due } = point;
      if (!isTracked(point) || isDone(point, on) || due === null || expectedOn === null) return undefined;
      return Number(expectedOn > due);
    },
  },
};

/** Firm, dated, under control here and not excluded. */
function isTracked({ firm, due, timing }: PointFact): boolean {
  const { settled } = timing;
  return firm && due !== null && settled !== 'EXCLUDED' && settled !== 'NOT_TRACKED' && settled !== 'NOT_DATED';
}

/** One of N: a firm point whose term in force lies in the period asked about (field notes 5). */
export function isPlanned(point: PointFact, scope: Scope): boolean {
  return isTracked(point) && isWithin(point.due, scope);
}

/** One of N₀: the same by the term that was approved first. */
export function isPlannedFirst(point: PointFact, scope: Scope): boolean {
  return isTracked(point) && isWithin(point.firstDue, scope);
}

/** Counted apart, and never overdue. */
export function isSoft(point: PointFact, scope: Scope): boolean {
  const { firm, due, timing } = point;
  if (firm || timing.settled === 'EXCLUDED' || timing.settled === 'NOT_TRACKED') return false;
  return due === null ? scope.from === null && scope.to === null : isWithin(due, scope);
}

function isWithin(day: LocalDate | null, { from, to }: Scope): boolean {
  return day !== null && (from === null || day >= from) && (to === null || day <= to);
}

function isPast(due: LocalDate, { on, isOver }: Scope): boolean {
  return isOver ? due <= on : due < on;
}

/** What happened by the day asked for, in the period asked about. */
function happened(day: LocalDate, scope: Scope): boolean {
  return day <= scope.on && isWithin(day, scope);
}

/** By the evidence as it is known, with its actual date: what was done later was not yet done on the day. */
function isDone({ timing, actualOn }: PointFact, on: LocalDate): boolean {
  const isSettled = timing.settled === 'DONE_ON_TIME' || timing.settled === 'DONE_LATE';
  return isSettled && actualOn !== null && actualOn <= on;
}

function shareOfPlanned(hits: (point: PointFact, scope: Scope) => boolean): Indicator {
  return {
    unit: 'SHARE',
    over: 'points',
    measure: (point, scope) => (isPlanned(point, scope) ? Number(hits(point, scope)) : undefined),
  };
}

/** Days from the due day to the actual one, or to the day asked for where it is still open. */
function delayOf(point: PointFact, scope: Scope): number | undefined {
  const { due, actualOn } = point;
  if (!isPlanned(point, scope) || due === null) return undefined;
  const end = isDone(point, scope.on) && actualOn !== null ? actualOn : scope.on;
  return end > due ? daysBetween(due, end) : undefined;
}

/** Кид: 1 in time, less with each working day of delay, nothing from the limit on; weighed (field notes 5). */
function disciplineOf(point: PointFact, scope: Scope, { discipline, calendar }: PlanFacts): number | undefined {
  const { due, actualOn, weight } = point;
  if (discipline === null || !isPlanned(point, scope) || due === null) return undefined;
  const done = isDone(point, scope.on);
  if (!done && !isPast(due, scope)) return undefined;
  const end = done && actualOn !== null ? actualOn : scope.on;
  const delay = end > due ? workingDaysBetween(due, end, calendar) : 0;
  return weight * Math.max(0, 1 - delay / discipline.limitDays);
}

/** Of what is open and not overdue, what is due so soon. */
function dueWithin(days: number): Indicator {
  return {
    unit: 'SHARE',
    over: 'points',
    measure: (point, { on }) => {
      if (!isTracked(point) || isDone(point, on) || point.due === null || point.due < on) return undefined;
      return Number(point.due <= addDays(on, days));
    },
  };
}
