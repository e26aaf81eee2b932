import { daysAfter, monthsAfter } from '../words/dates';

/** A school year, from 1 September to 31 August, by the calendar year in which it begins. */
export interface SchoolYear {
  readonly begins: number;
  readonly from: string;
  readonly to: string;
  /** The months of the school year, YYYY-MM. */
  readonly months: readonly string[];
}

/** Returns the school year that begins in a calendar year. */
export function schoolYearFrom(begins: number): SchoolYear {
  const months = Array.from({ length: 12 }, (_, index) => monthsAfter(`${begins}-09`, index));
  return { begins, from: `${begins}-09-01`, to: `${begins + 1}-08-31`, months };
}

/** Returns the calendar year in which the school year of a day begins. */
export function beginOf(day: string): number {
  const [year, month] = day.split('-').map(Number);
  return (year ?? 0) - ((month ?? 0) < 9 ? 1 : 0);
}

/**
 * Returns the years to choose from: those that have begun by a day, the latest first, then later ones. Each is the
 * calendar year in which the school year begins. Without plans the list has only the present school year.
 */
export function yearsToShow(planned: readonly number[], today: string): readonly [number, ...number[]] {
  const present = beginOf(today);
  const begun = planned.filter((year) => year <= present).toSorted((a, b) => b - a);
  const toCome = planned.filter((year) => year > present).toSorted((a, b) => a - b);
  const [first = present, ...rest] = [...begun, ...toCome];
  return [first, ...rest];
}

/** Returns the last day of a month, YYYY-MM. */
export function endOfMonth(month: string): string {
  return daysAfter(`${monthsAfter(month, 1)}-01`, -1);
}

/** Returns the days of a trend in order: the first day, the end of each month, and today if it is in the year. */
export function trendDays({ from, to, months }: SchoolYear, today: string): string[] {
  const days = [from, ...months.map(endOfMonth), ...(today > from && today < to ? [today] : [])];
  return [...new Set(days)].sort();
}
