import { addDays, dayOfWeek, type LocalDate } from './dates.js';
import { memoized } from './memo.js';
import type { PaperDueRule, WorkingCalendar } from './settings.js';

/** Returns true for a working day: a weekday that is not named as off, or a weekend day that is named as working. */
export function isWorkingDay(date: LocalDate, calendar: WorkingCalendar): boolean {
  const { daysOff, workingDays } = memoizedCalendarDays(calendar);
  return dayOfWeek(date) <= 5 ? !daysOff.has(date) : workingDays.has(date);
}

/** Memoized sets, because days are looked up often and a calendar may name thousands. */
const memoizedCalendarDays = memoized(({ daysOff, workingDays }: WorkingCalendar) => ({
  daysOff: new Set(daysOff),
  workingDays: new Set(workingDays),
}));

/** Maximum number of days that a due day is moved. A calendar without working days moves it nowhere. */
const FARTHEST = 366;

/** Returns a due day moved to a working day by the rule. Document control moves it back. */
export function paperDay(date: LocalDate, rule: PaperDueRule, calendar: WorkingCalendar): LocalDate {
  if (rule === 'SAME_DAY') return date;
  const step = rule === 'WORKING_DAY_BEFORE' ? -1 : 1;
  for (let moved = 0, day = date; moved < FARTHEST; moved += 1, day = addDays(day, step)) {
    if (isWorkingDay(day, calendar)) return day;
  }
  return date;
}

/** Maximum number of days that are searched, because a calendar may have very few working days. */
const LONGEST_WAIT = 4_000;

/** Returns the first working days after `from`, in order, at most `limit`. */
export function workingDaysAfter(from: LocalDate, limit: number, calendar: WorkingCalendar): LocalDate[] {
  const found: LocalDate[] = [];
  for (let step = 1, day = from; step <= LONGEST_WAIT && found.length < limit; step += 1) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) found.push(day);
  }
  return found;
}

/** Returns the working day that comes so many working days after a date, or before it for a negative count. */
export function workingDayFrom(date: LocalDate, count: number, calendar: WorkingCalendar): LocalDate {
  const step = Math.sign(count);
  let [day, left] = [date, Math.abs(count)];
  for (let moved = 0; moved < LONGEST_WAIT && left > 0; moved += 1) {
    day = addDays(day, step);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}
