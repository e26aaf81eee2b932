import { addDays, dayOfWeek, type LocalDate } from './dates.js';
import type { PaperDueRule, WorkingCalendar } from './settings.js';

/** True for a day of work: a weekday that is not named as off, or a weekend day that is named as working. */
export function isWorkingDay(date: LocalDate, { daysOff, workingDays }: WorkingCalendar): boolean {
  return dayOfWeek(date) <= 5 ? !daysOff.includes(date) : workingDays.includes(date);
}

/** A year without a working day is no calendar: nothing is moved further. */
const FARTHEST = 366;

/** A due day as paper control would have it: moved off days that do not work (document control moves it back). */
export function paperDay(date: LocalDate, rule: PaperDueRule, calendar: WorkingCalendar): LocalDate {
  if (rule === 'SAME_DAY') return date;
  const step = rule === 'WORKING_DAY_BEFORE' ? -1 : 1;
  for (let moved = 0, day = date; moved < FARTHEST; moved += 1, day = addDays(day, step)) {
    if (isWorkingDay(day, calendar)) return day;
  }
  return date;
}

/** How many working days lie after `from` up to `to`; none when `to` is not later. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, calendar: WorkingCalendar): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count += 1;
  return count;
}
