import { Temporal } from 'temporal-polyfill';
import { memoizedByKey } from './memo.js';

/** A local calendar day, `YYYY-MM-DD`, without a time zone. Days can be compared as text. */
export type LocalDate = string;

const DAY_MS = 86_400_000;

/** A range of days, both ends included. */
export interface Window {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** Returns true for a day that exists in the calendar: true for `2021-02-28`, false for `2021-02-30`. */
export function isLocalDate(text: string): text is LocalDate {
  const { year, month } = yearMonthOf(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(year, month, Number(text.slice(8))) !== undefined;
}

/** Returns true for an IANA time zone that this runtime knows, such as `Asia/Yekaterinburg`. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.from('2020-01-01T00:00:00Z').toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * Days that `localDay` returned, by time zone and day in UTC, with the first instants of the day and of the next one in
 * milliseconds. Read models compute the day of each event, and most events are of the same days.
 */
const localDays = new Map<string, { readonly day: LocalDate; readonly from: number; readonly to: number }>();
const MAX_LOCAL_DAYS = 2_000;

/** Returns the local day of `instant` (RFC 3339) in `timeZone`, independent of the time zone of the machine. */
export function localDay(instant: string, timeZone: string): LocalDate {
  const key = `${instant.slice(0, 10)} ${timeZone}`;
  const at = Date.parse(instant);
  const known = localDays.get(key);
  // `Date.parse` also accepts texts that are not RFC 3339.
  if (known && known.from <= at && at < known.to && new Date(at).toISOString() === instant) return known.day;
  const date = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  const [from, to] = [date, date.add({ days: 1 })].map((each) => each.toZonedDateTime(timeZone).epochMilliseconds);
  const day = date.toString();
  // A day on which the clock changes may have instants after the beginning of the next day.
  if (from === undefined || to !== from + DAY_MS) return day;
  if (localDays.size >= MAX_LOCAL_DAYS) localDays.clear();
  localDays.set(key, { day, from, to });
  return day;
}

/** Returns noon of a local day as an instant. Noon is on that day even if the clock changes at its beginning or end. */
export function noonOf(day: LocalDate, timeZone: string): Instant {
  return instantText(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '12:00' }).toInstant());
}

/** Returns the first instant of a local day, even if the clock changes on that day. */
export function startOf(day: LocalDate, timeZone: string): Instant {
  return instantText(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant());
}

/** The days that a plan or query may name. Their years have four digits, so that days can be compared as text. */
export const CALENDAR: Window = { start: '1900-01-01', end: '2199-12-31' };

/** An RFC 3339 instant in UTC with milliseconds, so that instants can be compared as text. */
export type Instant = string;

function instantText(instant: Temporal.Instant): Instant {
  return instant.toString({ smallestUnit: 'millisecond' });
}

/** Returns the instant of an RFC 3339 text; undefined for any other text, such as one without an offset. */
export function asInstant(text: string): Instant | undefined {
  try {
    return instantText(Temporal.Instant.from(text));
  } catch {
    return undefined;
  }
}

/** Returns the local day and the local time (`HH:MM:SS`) of an instant. */
export function localTime(instant: Instant, timeZone: string): { readonly day: LocalDate; readonly time: string } {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return { day: zoned.toPlainDate().toString(), time: zoned.toPlainTime().toString({ smallestUnit: 'second' }) };
}

/** Returns a local day unchanged, and the local day of an instant in `timeZone`. */
export function asLocalDay(told: LocalDate | Instant, timeZone: string): LocalDate {
  return isLocalDate(told) ? told : localDay(told, timeZone);
}

// Caches of conversions. Plans repeat some hundreds of days, and parsing them dominates the cost of computing
// indicators. Days are converted in UTC, where every day has the same length.
const MAX_MEMOIZED_DAYS = 50_000;

/** Returns the number of days from 1970-01-01 to a day. */
export const dayNumber = memoizedByKey(MAX_MEMOIZED_DAYS, (date: LocalDate): number =>
  Math.round(Date.parse(date) / DAY_MS),
);

/** Returns the day with a number; the inverse of {@link dayNumber}. */
export const numberedDay = memoizedByKey(
  MAX_MEMOIZED_DAYS,
  (number: number): LocalDate => new Date(number * DAY_MS).toISOString().slice(0, 10),
);

/** Returns `date` moved by a number of days, which may be negative. */
export function addDays(date: LocalDate, by: number): LocalDate {
  return numberedDay(dayNumber(date) + by);
}

/** Returns `date` moved by `months`. If the month has no such day, returns its last day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const number = 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7)) - 1 + months;
  const { start, end } = monthNumbered(number);
  const day = date.slice(8);
  return day > end.slice(8) ? end : `${start.slice(0, 8)}${day}`;
}

/** Returns the day of the week: 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: LocalDate): number {
  return new Date(date).getUTCDay() || 7;
}

/** Returns the day `year`-`month`-`day`; undefined when the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): LocalDate | undefined {
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return exists ? writtenDay(year, month, day) : undefined;
}

function writtenDay(year: number, month: number, day: number): LocalDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Returns a whole calendar month, `month` from 1 to 12. */
export function monthWindow(year: number, month: number): Window {
  return { start: writtenDay(year, month, 1), end: writtenDay(year, month, daysIn(year, month)) };
}

function monthNumbered(number: number): Window {
  return monthWindow(Math.floor(number / 12), (number % 12) + 1);
}

/** Returns `count` whole calendar months from the given month on. */
export function monthsWindow(year: number, month: number, count: number): Window {
  const last = monthNumbered(year * 12 + month + count - 2);
  return { start: monthNumbered(year * 12 + month - 1).start, end: last.end };
}

/** Returns year and month (1 to 12) of a day. */
export function yearMonthOf(date: LocalDate): { readonly year: number; readonly month: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
}

/** Returns the earlier of two days. */
export function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

/** Returns the later of two days. */
export function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** Returns true when `date` lies in `window`, ends included. */
export function within(date: LocalDate, window: Window): boolean {
  return window.start <= date && date <= window.end;
}

/** Returns the part of `window` inside `bounds`; undefined when they do not overlap. */
export function cut(window: Window, bounds: Window): Window | undefined {
  const part = { start: later(window.start, bounds.start), end: earlier(window.end, bounds.end) };
  return part.start <= part.end ? part : undefined;
}

/** Returns a day as it is written in Russian: «15.10.2020». */
export function dayText(day: LocalDate): string {
  return day.split('-').reverse().join('.');
}
