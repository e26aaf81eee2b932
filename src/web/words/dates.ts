import { locale } from './words';

const DAY = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
const LONG_DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });

/** Returns a day as «28.09.2020». */
export function dayText(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}

/** Returns a day as «28 сентября 2020 г.». */
export function longDayText(day: string): string {
  return LONG_DAY.format(new Date(`${day}T00:00:00Z`));
}

/** Returns days from start to end as «01.09.2020 – 30.09.2020». */
export function windowText({ start, end }: { readonly start: string; readonly end: string }): string {
  return start === end ? dayText(start) : `${dayText(start)} – ${dayText(end)}`;
}

/** Returns a moment in the time zone of the browser. */
export function momentText(moment: string): string {
  return MOMENT.format(new Date(moment));
}

/** Returns the day a number of days after another one. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
