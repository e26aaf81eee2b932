import { addDays, dayOfWeek, type LocalDate } from './dates.js';
import { remembered } from './memo.js';
import type { PaperDueRule, WorkingCalendar } from './settings.js';

/** True for a day of work: a weekday that is not named as off, or a weekend day that is named as working. */
export function isWorkingDay(date: LocalDate, calendar: WorkingCalendar): boolean {
  const { daysOff, workingDays } = namedDays(calendar);
  return dayOfWeek(date) <= 5 ? !daysOff.has(date) : workingDays.has(date);
}

/** Days are looked up often, and a calendar names up to thousands. */
const namedDays = remembered(({ daysOff, workingDays }: WorkingCalendar) => ({
  daysOff: new Set(daysOff),
  workingDays: new Set(workingDays),
}));

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

/** A calendar may name so many days off that there are hardly any working days: nobody waits longer for them. */
const LONGEST_WAIT = 4_000;

/** The first working days after `from`, in order, at most `limit`. */
export function workingDaysAfter(from: LocalDate, limit: number, calendar: WorkingCalendar): LocalDate[] {
  const found: LocalDate[] = [];
  for (let step = 1, day = from; step <= LONGEST_WAIT && found.length < limit; step += 1) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) found.push(day);
  }
  return found;
}
