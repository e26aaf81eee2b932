import { addDays, type LocalDate, type Window, yearMonthOf } from './dates.js';

/** Returns true if a period is a school year: it begins in September. */
export function isSchoolYear({ start }: Window): boolean {
  return yearMonthOf(start).month === 9;
}

/**
 * Returns the part of a period of a school year up to 31 May, the end of teaching; undefined if the period does not
 * include 31 May and later days.
 */
export function untilMay(period: Window): Window | undefined {
  const end = `${yearMonthOf(period.end).year}-05-31`;
  return isSchoolYear(period) && period.start < end && end < period.end ? { start: period.start, end } : undefined;
}

/** Returns the school year of a day, from 1 September to 31 August. */
export function schoolYearOf(day: LocalDate): Window {
  const { year, month } = yearMonthOf(day);
  const first = month >= 9 ? year : year - 1;
  return { start: `${first}-09-01`, end: `${first + 1}-08-31` };
}

/** Returns the school years that any of the periods overlaps, ascending, each by the year in which it begins. */
export function schoolYearsOf(periods: readonly Window[]): number[] {
  const years = new Set<number>();
  for (const { start, end } of periods) {
    const last = yearMonthOf(schoolYearOf(end).start).year;
    for (let year = yearMonthOf(schoolYearOf(start).start).year; year <= last; year += 1) years.add(year);
  }
  return [...years].sort((a, b) => a - b);
}

/**
 * Returns the halves of a school year, up to 31 December and from 1 January. If the period is shorter, a half may lie
 * outside it: callers must cut the halves to the period.
 */
export function schoolHalves({ start, end }: Window): readonly [first: Window, second: Window] {
  const december = `${yearMonthOf(start).year}-12-31`;
  return [
    { start, end: december },
    { start: addDays(december, 1), end },
  ];
}
