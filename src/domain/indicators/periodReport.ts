import { addDays, addMonths, cut, type LocalDate, type Window, yearMonthOf } from '../dates.js';
import type { PlanPeriod } from '../schedule.js';
import type { Figures } from './figure.js';
import type { Scope } from './scope.js';

/** The periods that reports are issued on. */
export const PERIOD_REPORT_KINDS = ['MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'] as const;
export type PeriodReportKind = (typeof PERIOD_REPORT_KINDS)[number];

/** A report on a period as it was issued: what it said on that day stays (field notes 2.2 no. 6). */
export interface PeriodReport {
  readonly reportId: string;
  readonly kind: PeriodReportKind;
  readonly window: Window;
  /** Local day of issue: what became known later is not in it. */
  readonly issuedOn: LocalDate;
  readonly edition: number;
  readonly figures: Figures;
  /** Points of the period that were not done by its end, in the order of the plan. */
  readonly notDone: readonly string[];
  readonly note: string | null;
}

/** For which days the figures of such a report are reckoned: as of the end of its period, reports as of its issue. */
export function reportedScope({ window, issuedOn }: Pick<PeriodReport, 'window' | 'issuedOn'>): Scope {
  return { on: window.end, from: window.start, to: window.end, isOver: true, reportsOn: issuedOn };
}

/**
 * The period of a kind that a day lies in, cut by the plan's ends; undefined when they do not meet. A school year has two
 * halves, to 31 December and from 1 January; the year is that of the plan.
 */
export function reportedWindow(kind: PeriodReportKind, day: LocalDate, period: PlanPeriod): Window | undefined {
  const { year, month } = yearMonthOf(day);
  switch (kind) {
    case 'MONTH':
      return cut(months(year, month, 1), period);
    case 'QUARTER':
      return cut(months(year, month - ((month - 1) % 3), 3), period);
    case 'HALF_YEAR':
      return cut(isSchoolYear(period) ? schoolHalf(day, period) : months(year, month > 6 ? 7 : 1, 6), period);
    case 'YEAR':
      return day >= period.start && day <= period.end ? period : undefined;
  }
}

function months(year: number, month: number, count: number): Window {
  const start = `${year}-${String(month).padStart(2, '0')}-01`;
  return { start, end: addDays(addMonths(start, count), -1) };
}

/** The period of a kind for plans of several periods: months and quarters of the calendar, halves and years of schools. */
export function commonWindow(kind: PeriodReportKind, day: LocalDate): Window {
  const { year, month } = yearMonthOf(day);
  switch (kind) {
    case 'MONTH':
      return months(year, month, 1);
    case 'QUARTER':
      return months(year, month - ((month - 1) % 3), 3);
    case 'HALF_YEAR':
      return schoolHalf(day, schoolYearOf(day));
    case 'YEAR':
      return schoolYearOf(day);
  }
}

function schoolYearOf(day: LocalDate): PlanPeriod {
  const { year, month } = yearMonthOf(day);
  const first = month >= 9 ? year : year - 1;
  return { start: `${first}-09-01`, end: `${first + 1}-08-31` };
}

function isSchoolYear({ start }: PlanPeriod): boolean {
  return yearMonthOf(start).month === 9;
}

function schoolHalf(day: LocalDate, { start, end }: PlanPeriod): Window {
  const december = `${yearMonthOf(start).year}-12-31`;
  return day <= december ? { start, end: december } : { start: addDays(december, 1), end };
}
