import { Temporal } from 'temporal-polyfill';

/**
 * A local calendar day, `YYYY-MM-DD`, without a time zone. Two of them compare as text.
 */
export type LocalDate = string;

const DAY_MS = 86_400_000;

/** Days from `start` to `end`, both included. */
export interface Window {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** True for a day that exists in the calendar: `2021-02-28` is one, `2021-02-30` is not. */
export function isLocalDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** True for an IANA time zone that this runtime knows, such as `Asia/Yekaterinburg`. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.from('2020-01-01T00:00:00Z').toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** The local day on which `instant` (RFC 3339) falls in `timeZone`; independent of the machine's own zone. */
export function localDay(instant: string, timeZone: string): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The middle of a local day in a zone, as an instant: it falls on that day there, whatever clocks do at its ends. */
export function noonOf(day: LocalDate, timeZone: string): Instant {
  return instantText(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '12:00' }).toInstant());
}

/** The days that plans and questions may name: years of four figures, so that days compare as text. */
export const CALENDAR: Window = { start: '1900-01-01', end: '2199-12-31' };

/** An RFC 3339 instant in UTC, to the millisecond, so that instants compare as text. */
export type Instant = string;

function instantText(instant: Temporal.Instant): Instant {
  return instant.toString({ smallestUnit: 'millisecond' });
}

/** The instant that an RFC 3339 text names; undefined for any other text, such as one without an offset. */
export function asInstant(text: string): Instant | undefined {
  try {
    return instantText(Temporal.Instant.from(text));
  } catch {
    return undefined;
  }
}

/** The local day and the time of that day (`HH:MM:SS`) of an instant. */
export function localTime(instant: Instant, timeZone: string): { readonly day: LocalDate; readonly time: string } {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return { day: zoned.toPlainDate().toString(), time: zoned.toPlainTime().toString({ smallestUnit: 'second' }) };
}

/** A local day as it is, or the one on which an instant falls in `timeZone`. */
export function asLocalDay(told: LocalDate | Instant, timeZone: string): LocalDate {
  return isLocalDate(told) ? told : localDay(told, timeZone);
}

// Plans name some hundreds of days over and over, and figures ask for each of them: reading one anew takes longer than all
// else that is done with it. Days of the calendar are those of UTC, where none is longer than another.
const numbers = new Map<LocalDate, number>();
const days = new Map<number, LocalDate>();
const MAX_KNOWN = 50_000;

/** A day as a number: those of the calendar one after another. */
export function dayNumber(date: LocalDate): number {
  let number = numbers.get(date);
  if (number === undefined) {
    number = Math.round(Date.parse(date) / DAY_MS);
    if (numbers.size >= MAX_KNOWN) numbers.clear();
    numbers.set(date, number);
  }
  return number;
}

/** The day with a number; the inverse of {@link dayNumber}. */
export function numberedDay(number: number): LocalDate {
  let date = days.get(number);
  if (date === undefined) {
    date = new Date(number * DAY_MS).toISOString().slice(0, 10);
    if (days.size >= MAX_KNOWN) days.clear();
    days.set(number, date);
  }
  return date;
}

/** `date` moved by `by` days, which may be negative. */
export function addDays(date: LocalDate, by: number): LocalDate {
  return numberedDay(dayNumber(date) + by);
}

/** `date` moved by `months`; a day that the month lacks becomes its last one. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** Day of the week of `date`: 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: LocalDate): number {
  return new Date(date).getUTCDay() || 7;
}

/** The day `year`-`month`-`day`, or undefined when the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): LocalDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

/** The whole calendar month, `month` from 1 to 12. */
export function monthWindow(year: number, month: number): Window {
  const first = Temporal.PlainYearMonth.from({ year, month });
  return {
    start: first.toPlainDate({ day: 1 }).toString(),
    end: first.toPlainDate({ day: first.daysInMonth }).toString(),
  };
}

/** So many whole calendar months from one on. */
export function monthsWindow(year: number, month: number, count: number): Window {
  const { start } = monthWindow(year, month);
  return { start, end: addDays(addMonths(start, count), -1) };
}

/** Year and month (1 to 12) of a day. */
export function yearMonthOf(date: LocalDate): { readonly year: number; readonly month: number } {
  const { year, month } = Temporal.PlainDate.from(date);
  return { year, month };
}

/** The earlier of two days. */
export function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

/** The later of two days. */
export function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** True when `date` lies in `window`, ends included. */
export function within(date: LocalDate, window: Window): boolean {
  return window.start <= date && date <= window.end;
}

/** The part of `window` inside `bounds`, or undefined when they do not meet. */
export function cut(window: Window, bounds: Window): Window | undefined {
  const part = { start: later(window.start, bounds.start), end: earlier(window.end, bounds.end) };
  return part.start <= part.end ? part : undefined;
}
