import { locale } from './words';

const NUMBER_FORMAT = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const DAYS_FORMAT = new Intl.NumberFormat(locale, {
  style: 'unit',
  unit: 'day',
  unitDisplay: 'long',
  maximumFractionDigits: 1,
});
const SHARE = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

/** Bytes of a megabyte, as sizes of files are given. */
export const MEGABYTE = 1_000_000;

/** Returns a number as «1 234,5». */
export function formattedNumber(value: number): string {
  return NUMBER_FORMAT.format(value);
}

/** Returns a number of days as «2 дня». */
export function daysText(days: number): string {
  return DAYS_FORMAT.format(days);
}

/** Returns a share from 0 to 1 as «45 %». */
export function shareText(value: number): string {
  return SHARE.format(value);
}
