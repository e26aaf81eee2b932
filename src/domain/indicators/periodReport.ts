import { cut, type LocalDate, monthsWindow, type Window, yearMonthOf } from '../dates.js';
import type { PlanPeriod } from '../schedule.js';
import { isSchoolYear, schoolHalves, schoolYearOf } from '../schoolYear.js';
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
      return cut(monthsWindow(year, month, 1), period);
    case 'QUARTER':
      return cut(monthsWindow(year, month - ((month - 1) % 3), 3), period);
    case 'HALF_YEAR':
      return cut(isSchoolYear(period) ? schoolHalf(day, period) : monthsWindow(year, month > 6 ? 7 : 1, 6), period);
    case 'YEAR':
      return day >= period.start && day <= period.end ? period : undefined;
  }
}

/** The period of a kind for plans of several periods: months and quarters of the calendar, halves and years of schools. */
export function commonWindow(kind: PeriodReportKind, day: LocalDate): Window {
  const { year, month } = yearMonthOf(day);
  switch (kind) {
    case 'MONTH':
      return monthsWindow(year, month, 1);
    case 'QUARTER':
      return monthsWindow(year, month - ((month - 1) % 3), 3);
    case 'HALF_YEAR':
      return schoolHalf(day, schoolYearOf(day));
    case 'YEAR':
      return schoolYearOf(day);
  }
}

function schoolHalf(day: LocalDate, year: PlanPeriod): Window {
  const [first, second] = schoolHalves(year);
  return day <= first.end ? first : second;
}
