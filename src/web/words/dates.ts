import { locale } from './words';

const DAY = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
const LONG_DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });

/** Returns a day as «28.09.2020». */
export function shortDayText(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}

/** Returns a day as «28 сентября 2020 г.». */
export function longDayText(day: string): string {
  return LONG_DAY.format(new Date(`${day}T00:00:00Z`));
}

/** Returns days from start to end as «01.09.2020 – 30.09.2020». */
export function dayRangeText({ start, end }: { readonly start: string; readonly end: string }): string {
  return start === end ? shortDayText(start) : `${shortDayText(start)} – ${shortDayText(end)}`;
}

/** Returns an instant in words, in the time zone of the browser. */
export function momentInWords(moment: string): string {
  return MOMENT.format(new Date(moment));
}

/** Returns the day a number of days after another one. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const MONTH = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Returns a month, YYYY-MM, as «октябрь 2020 г.». */
export function monthText(month: string): string {
  return MONTH.format(new Date(`${month}-01T00:00:00Z`));
}

/** Returns true for a day of the calendar, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Returns true for a month, YYYY-MM. */
export function isMonth(text: string): boolean {
  return isDay(`${text}-01`);
}

/** Returns the number of days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** Returns the month a number of months after another one. */
export function monthsAfter(month: string, months: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 7);
}

const SHORT_MONTH = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });

/** Returns a month, YYYY-MM, as «окт.». */
export function shortMonthText(month: string): string {
  return SHORT_MONTH.format(new Date(`${month}-01T00:00:00Z`));
}

/** Returns the first letter of a month, YYYY-MM. */
export function monthLetter(month: string): string {
  return shortMonthText(month).slice(0, 1).toLocaleUpperCase(locale);
}

/** The days of a week from Monday on, as «пн». */
export const weekdayTexts: readonly string[] = Array.from({ length: 7 }, (_, day) =>
  WEEKDAY.format(new Date(Date.UTC(2024, 0, day + 1))),
);

/** Returns true for a calendar year from 1900 to 2199. */
export function isCalendarYear(text: string): boolean {
  return /^(19|20|21)\d\d$/.test(text);
}
