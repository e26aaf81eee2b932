import { cut, type LocalDate, monthsWindow, type Window, yearMonthOf } from '../dates.js';
import type { PlanPeriod } from '../schedule.js';
import { isSchoolYear, schoolHalves, schoolYearOf } from '../schoolYear.js';
import type { Figures } from './figure.js';
import type { FiguresScope } from './scope.js';

/** Kinds of periods that reports are issued on. */
export const PERIOD_REPORT_KINDS = ['MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'] as const;
/** A kind of period of a report. */
export type PeriodReportKind = (typeof PERIOD_REPORT_KINDS)[number];

/** A period report as it was issued. Later events do not change it. */
export interface PeriodReport {
  readonly reportId: string;
  readonly kind: PeriodReportKind;
  readonly window: Window;
  /** Local day of issue. Facts that became known later are not included. */
  readonly issuedOn: LocalDate;
  readonly edition: number;
  readonly figures: Figures;
  /** Ids of the points of the period that were not done by its end, in the order of the plan. */
  readonly notDone: readonly string[];
  readonly note: string | null;
}

/** Returns the scope of a period report: as of the end of its period, with execution reports as of the day of issue. */
export function reportedScope({ window, issuedOn }: Pick<PeriodReport, 'window' | 'issuedOn'>): FiguresScope {
  return { on: window.end, from: window.start, to: window.end, isOver: true, reportsOn: issuedOn };
}

/**
 * Returns the period of a kind that contains a day, cut by the plan's ends; undefined when they do not overlap. A
 * school year has two halves, up to 31 December and from 1 January. The year is the plan period.
 */
export function reportedWindow(kind: PeriodReportKind, day: LocalDate, period: PlanPeriod): Window | undefined {
  const { year, month } = yearMonthOf(day);
  switch (kind) {
    case 'MONTH':
      return cut(monthsWindow(year, month, 1), period);
    case 'QUARTER':
      return cut(monthsWindow(year, month - ((month - 1) % 3), 3), period);
    case 'HALF_YEAR':
      return cut(isSchoolYear(period) ? schoolHalfOf(day, period) : monthsWindow(year, month > 6 ? 7 : 1, 6), period);
    case 'YEAR':
      return day >= period.start && day <= period.end ? period : undefined;
  }
}

/**
 * Returns the period of a kind for plans with different periods: calendar months and quarters, school halves and years.
 */
export function commonWindow(kind: PeriodReportKind, day: LocalDate): Window {
  const { year, month } = yearMonthOf(day);
  switch (kind) {
    case 'MONTH':
      return monthsWindow(year, month, 1);
    case 'QUARTER':
      return monthsWindow(year, month - ((month - 1) % 3), 3);
    case 'HALF_YEAR':
      return schoolHalfOf(day, schoolYearOf(day));
    case 'YEAR':
      return schoolYearOf(day);
  }
}

function schoolHalfOf(day: LocalDate, year: PlanPeriod): Window {
  const [first, second] = schoolHalves(year);
  return day <= first.end ? first : second;
}
