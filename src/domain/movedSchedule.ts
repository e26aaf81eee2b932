import { addDays, addMonths, type LocalDate, monthWindow, type Window, yearMonthOf } from './dates.js';
import type { Schedule } from './schedule.js';

/**
 * Returns a schedule moved by months. A deadline or the end of a range on the last day of a month moves to the last day
 * of a month. A rule, and a schedule without days, stays as it is.
 */
export function movedSchedule(schedule: Schedule, months: number): Schedule {
  switch (schedule.kind) {
    case 'dates':
      return { ...schedule, windows: schedule.windows.map((window) => shiftedWindow(window, months)) };
    case 'deadline':
      return { ...schedule, dates: schedule.dates.map((date) => addMonthsKeepingEnd(date, months)) };
    case 'throughout':
      return { ...schedule, window: shiftedWindow(schedule.window, months) };
    case 'quota':
      return schedule.windows
        ? { ...schedule, windows: schedule.windows.map((window) => shiftedWindow(window, months)) }
        : schedule;
    case 'recurring':
    case 'onDemand':
    case 'external':
    case 'unknown':
      return schedule;
  }
}

function shiftedWindow({ start, end }: Window, months: number): Window {
  const first = addMonths(start, months);
  // A single day must not become a range: 28 February is not always the last day of the month.
  return { start: first, end: start === end ? first : addMonthsKeepingEnd(end, months) };
}

/**
 * Returns a day moved by months. The last day of a month is moved to the last day of a month, even in February of a
 * leap year.
 */
export function addMonthsKeepingEnd(date: LocalDate, months: number): LocalDate {
  const moved = addMonths(date, months);
  const isLast = addDays(date, 1).slice(8) === '01';
  const { year, month } = yearMonthOf(moved);
  return isLast ? monthWindow(year, month).end : moved;
}
