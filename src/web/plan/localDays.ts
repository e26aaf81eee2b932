import { parseAbsolute, parseDate, toCalendarDate } from '@internationalized/date';

/** Returns the local day of an instant in a time zone. */
export function dayOfMoment(moment: string, timeZone: string): string {
  return toCalendarDate(parseAbsolute(moment, timeZone)).toString();
}

/** Returns the last instant before a day in a time zone. */
export function momentBefore(day: string, timeZone: string): string {
  return new Date(parseDate(day).toDate(timeZone).getTime() - 1).toISOString();
}
