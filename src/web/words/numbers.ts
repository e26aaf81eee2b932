import { locale } from './words';

const NUMBER = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const DAYS = new Intl.NumberFormat(locale, {
  style: 'unit',
  unit: 'day',
  unitDisplay: 'long',
  maximumFractionDigits: 1,
});
const SHARE = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

/** Returns a number as «1 234,5». */
export function numberText(value: number): string {
  return NUMBER.format(value);
}

/** Returns a number of days as «2 дня». */
export function daysText(days: number): string {
  return DAYS.format(days);
}

/** Returns a share from 0 to 1 as «45 %». */
export function shareText(value: number): string {
  return SHARE.format(value);
}
