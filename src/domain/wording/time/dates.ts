import { addDays, type Window } from '../../dates.js';
import { type DatesForm, type PlanPeriod, type Schedule, type TimeframeFlag } from '../../schedule.js';
import { untilMay } from '../../schoolYear.js';
import { type Reading } from './statement.js';
import { type TimeUnit } from './unit.js';

/** A schedule of printed days. */
export function dates(form: DatesForm, ...windows: readonly Window[]): Extract<Schedule, { kind: 'dates' }> {
  return { kind: 'dates', form, windows };
}

/** Returns the flag if one of the windows starts before or ends after the plan. */
export function outside(period: PlanPeriod | null, ...windows: readonly Window[]): TimeframeFlag[] {
  return period && windows.some(({ start, end }) => start < period.start || end > period.end) ? ['OUTSIDE_PERIOD'] : [];
}

/** Maximum number of days in a plan in which each month occurs once. */
const LONGEST_YEAR = 400;

/** Returns true if a plan is so long that months occur in it more than once. */
export function isOfYears({ start, end }: PlanPeriod): boolean {
  return addDays(start, LONGEST_YEAR) < end;
}

/** Returns the printed form of a list of units. */
export function formOf(units: readonly (TimeUnit | null)[]): DatesForm {
  if (units.every((unit) => unit?.is === 'day' || unit?.is === 'weekday')) return 'date';
  if (units.every((unit) => unit?.is === 'month')) return units.length === 1 ? 'month' : 'months';
  return 'range';
}

/** Returns the form of one whole month, or of several. */
export function formOfMonths(windows: readonly Window[]): DatesForm {
  return windows.length === 1 ? 'month' : 'months';
}

/** Returns the reading of «в течение года»: the whole plan; a school year may end in May. */
export function throughoutYear(period: PlanPeriod): Reading {
  const schedule: Schedule = { kind: 'throughout', window: period };
  const teaching = untilMay(period);
  return teaching
    ? { schedule, alternatives: [{ kind: 'throughout', window: teaching }], flags: ['AMBIGUOUS'] }
    : { schedule };
}

/** Returns windows in order, with adjacent windows joined. */
export function joinedDates(windows: readonly Window[]): Window[] {
  const found: Window[] = [];
  for (const window of windows) {
    const last = found.at(-1);
    if (last && addDays(last.end, 1) === window.start) found.splice(-1, 1, { start: last.start, end: window.end });
    else found.push(window);
  }
  return found;
}
