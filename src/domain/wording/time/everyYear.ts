import { addDays, addMonths, type Window, yearMonthOf } from '../../dates.js';
import { type PlanPeriod, type Schedule } from '../../schedule.js';
import { dates } from './dates.js';
import { type Reading } from './statement.js';

const MOST_YEARS = 100;

/** Returns a reading repeated in each year of the plan: «Ежегодно, до 20 апреля», «апрель – май ежегодно». */
export function everyYear(reading: Reading, period: PlanPeriod | null): Reading {
  const { schedule, alternatives = [] } = reading;
  const flags = (reading.flags ?? []).filter((flag) => flag !== 'YEAR_ASSUMED');
  // «2024 год, далее ежегодно»: a whole year cannot be repeated within each year.
  if (schedule.kind === 'dates' && schedule.windows.some((window) => monthsIn(window).length === 12)) {
    return {
      schedule: { kind: 'recurring', rule: 'FREQ=YEARLY' },
      alternatives: [schedule],
      flags: [...flags, 'AMBIGUOUS'],
    };
  }
  const each = period && inEachYear(schedule, period);
  if (!each) return { ...reading, flags: [...flags, 'DETAIL_LEFT'] };
  const rule = yearlyRule(each.one);
  const yearly: Schedule[] = rule === undefined ? [] : [{ kind: 'recurring', rule: `FREQ=YEARLY;${rule}` }];
  // A recurrence rule cannot express a range of days, so the dates are preferred to the rule.
  const isStretch = schedule.kind === 'dates' && schedule.form === 'range';
  const [main = schedule, ...others] = isStretch
    ? [each.all, ...yearly, ...(each.all === schedule ? [] : [inMonths(each.all)])]
    : [...yearly, each.all];
  const unsure = [...others, ...alternatives];
  return {
    schedule: main,
    ...(unsure.length > 0 ? { alternatives: unsure } : {}),
    flags: [...flags, ...(unsure.length > 0 ? (['AMBIGUOUS'] as const) : [])],
  };
}

/** The windows of one year, and the schedule of all years of the plan. */
interface InEachYear {
  readonly one: readonly Window[];
  readonly all: Schedule;
}

function inEachYear(schedule: Schedule, period: PlanPeriod): InEachYear | undefined {
  switch (schedule.kind) {
    case 'deadline': {
      const one = schedule.dates.map((day) => ({ start: day, end: day }));
      const days = yearly(one, period).map(({ end }) => end);
      return { one, all: days.length > one.length ? { kind: 'deadline', dates: days } : schedule };
    }
    case 'dates': {
      const windows = yearly(schedule.windows, period);
      const isMore = windows.length > schedule.windows.length;
      const form = schedule.form === 'month' ? 'months' : schedule.form;
      return { one: schedule.windows, all: isMore ? dates(form, ...windows) : schedule };
    }
    case 'recurring':
    case 'quota':
    case 'throughout':
    case 'onDemand':
    case 'external':
    case 'unknown':
      return undefined;
  }
}

/** Returns the windows of each year in which the first window begins within the plan. */
function yearly(windows: readonly Window[], period: PlanPeriod): readonly Window[] {
  const [first] = windows;
  if (!first) return [];
  return Array.from({ length: MOST_YEARS }, (_, year) => year)
    .filter((year) => addMonths(first.start, 12 * year) <= period.end)
    .flatMap((year) => windows.map((window) => moved(window, 12 * year)));
}

function moved(window: Window, months: number): Window {
  const start = addMonths(window.start, months);
  if (!isWholeMonths(window)) return { start, end: addMonths(window.end, months) };
  return { start, end: addDays(addMonths(addDays(window.end, 1), months), -1) };
}

/** Returns true for a window of whole months. */
export function isWholeMonths({ start, end }: Window): boolean {
  return start.endsWith('-01') && addDays(end, 1).endsWith('-01');
}

/** Returns the rule for windows within a year: a day of a month, or months; undefined when no rule expresses them. */
function yearlyRule(windows: readonly Window[]): string | undefined {
  const [only, ...more] = windows;
  if (!only) return undefined;
  if (only.start === only.end) {
    return more.length > 0
      ? undefined
      : `BYMONTH=${yearMonthOf(only.start).month};BYMONTHDAY=${Number(only.start.slice(8))}`;
  }
  const months = windows.flatMap(monthsIn);
  return months.length > 12 ? undefined : `BYMONTH=${months.join(',')}`;
}

/** Returns the months that a window of at most a year touches, from 1 to 12. */
export function monthsIn({ start, end }: Window): readonly number[] {
  const [from, to] = [yearMonthOf(start), yearMonthOf(end)];
  const count = Math.min(12, 12 * (to.year - from.year) + to.month - from.month + 1);
  return Array.from({ length: count }, (_, index) => ((from.month - 1 + index) % 12) + 1);
}

function inMonths(schedule: Schedule): Schedule {
  return schedule.kind === 'dates' ? { ...schedule, form: 'months' } : schedule;
}
