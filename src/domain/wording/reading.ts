import { cut, monthWindow, type Window, yearMonthOf } from '../dates.js';
import type { PlanPeriod, Schedule, TimeframeFlag } from '../schedule.js';
import type { Cursor } from './cursor.js';

/** What a rule understood. */
export interface Reading {
  readonly schedule: Schedule;
  readonly alternatives?: readonly Schedule[];
  readonly flags?: readonly TimeframeFlag[];
}

/** A reading, or that one would need the period of the plan; undefined when the rule does not know the words. */
export type RuleResult = Reading | 'needsPeriod' | undefined;

/** Reads a whole wording or nothing. */
export type Rule = (cursor: Cursor, period: PlanPeriod | null) => RuleResult;

/** The year that puts a bare month inside the plan period, or nearest before it. */
export function impliedYear(month: number, period: PlanPeriod): number {
  const last = yearMonthOf(period.end).year;
  for (let year = yearMonthOf(period.start).year; year <= last; year += 1) {
    if (cut(monthWindow(year, month), period)) return year;
  }
  return monthWindow(last, month).start <= period.end ? last : last - 1;
}

/** A schedule of printed days. */
export function dates(form: 'date' | 'range' | 'month' | 'months', ...windows: readonly Window[]): Schedule {
  return { kind: 'dates', form, windows };
}

/** The flag of a window that starts before or ends after the plan. */
export function outside(window: Window, period: PlanPeriod | null): TimeframeFlag[] {
  return period && (window.start < period.start || window.end > period.end) ? ['OUTSIDE_PERIOD'] : [];
}
