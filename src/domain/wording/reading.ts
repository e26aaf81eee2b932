import { addDays, cut, dayOf, monthWindow, type Window, within, yearMonthOf } from '../dates.js';
import type { PlanPeriod, Schedule, TimeframeFlag } from '../schedule.js';
import type { Cursor } from './cursor.js';

/** What a wording stands in: the period of the plan, and the month that the heading above it names. */
export interface Ground {
  readonly period: PlanPeriod | null;
  /** 1 to 12; null when the heading names none. */
  readonly month: number | null;
}

/** What a rule understood. */
export interface Reading {
  readonly schedule: Schedule;
  readonly alternatives?: readonly Schedule[];
  readonly flags?: readonly TimeframeFlag[];
}

/** A reading, or that one would need the period of the plan; undefined when the rule does not know the words. */
export type RuleResult = Reading | 'needsPeriod' | undefined;

/** Reads a whole wording or nothing. */
export type Rule = (cursor: Cursor, ground: Ground) => RuleResult;

/** The year that puts a bare month inside the plan period, or nearest before it. */
export function impliedYear(month: number, period: PlanPeriod): number {
  const last = yearMonthOf(period.end).year;
  for (let year = yearMonthOf(period.start).year; year <= last; year += 1) {
    if (cut(monthWindow(year, month), period)) return year;
  }
  return monthWindow(last, month).start <= period.end ? last : last - 1;
}

/** The year of a bare month: next to the one of the heading, or inside the plan period. */
export function yearOfMonth(month: number, period: PlanPeriod, heading: number | null): number {
  return yearBeside(month, period, heading) ?? impliedYear(month, period);
}

/** How many months a cell may be away from the heading that it stands under. */
const NEAR = 2;

/** «август» under «Сентябрь» is the August before; undefined for a month that the heading says nothing of. */
function yearBeside(month: number, period: PlanPeriod, heading: number | null): number | undefined {
  if (heading === null) return undefined;
  const apart = ((month - heading + 18) % 12) - 6;
  if (Math.abs(apart) > NEAR) return undefined;
  const year = impliedYear(heading, period);
  const month0 = heading - 1 + apart;
  return month0 < 0 ? year - 1 : month0 > 11 ? year + 1 : year;
}

/**
 * The year of a bare day: the one that puts it inside the plan, or nearest before it. Under the heading of a month it is
 * the one next to that month, so that «30.08» under «Сентябрь» is the August before the school year (T014, T017).
 */
export function yearOfDay(day: number, month: number, period: PlanPeriod, heading: number | null): number {
  const beside = yearBeside(month, period, heading);
  if (beside !== undefined) return beside;
  const last = yearMonthOf(period.end).year;
  for (let year = yearMonthOf(period.start).year; year <= last; year += 1) {
    const date = dayOf(year, month, day);
    if (date && within(date, period)) return year;
  }
  return impliedYear(month, period);
}

/** A schedule of printed days. */
export function dates(form: 'date' | 'range' | 'month' | 'months', ...windows: readonly Window[]): Schedule {
  return { kind: 'dates', form, windows };
}

/** The flag of windows of which one starts before or ends after the plan. */
export function outside(period: PlanPeriod | null, ...windows: readonly Window[]): TimeframeFlag[] {
  return period && windows.some(({ start, end }) => start < period.start || end > period.end) ? ['OUTSIDE_PERIOD'] : [];
}

/** The year after the one that the plan ends in: when reports on it are due. */
export function yearAfter({ end }: PlanPeriod): number {
  return yearMonthOf(end).year + 1;
}

/** Windows in order, those that touch each other as one. */
export function joined(windows: readonly Window[]): Window[] {
  const found: Window[] = [];
  for (const window of windows) {
    const last = found.at(-1);
    if (last && addDays(last.end, 1) === window.start) found.splice(-1, 1, { start: last.start, end: window.end });
    else found.push(window);
  }
  return found;
}
