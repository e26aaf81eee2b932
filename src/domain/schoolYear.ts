import { addDays, type LocalDate, type Window, yearMonthOf } from './dates.js';

/** A period that begins in September is that of a school year. */
export function isSchoolYear({ start }: Window): boolean {
  return yearMonthOf(start).month === 9;
}

/** The school year that a day lies in, from 1 September to 31 August. */
export function schoolYearOf(day: LocalDate): Window {
  const { year, month } = yearMonthOf(day);
  const first = month >= 9 ? year : year - 1;
  return { start: `${first}-09-01`, end: `${first + 1}-08-31` };
}

/** The halves of a school year, which part at New Year. Of a shorter period one of them may lie outside: cut them. */
export function schoolHalves({ start, end }: Window): readonly [first: Window, second: Window] {
  const december = `${yearMonthOf(start).year}-12-31`;
  return [
    { start, end: december },
    { start: addDays(december, 1), end },
  ];
}
