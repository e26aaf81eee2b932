import { dayOf, yearMonthOf } from './dates.js';
import { citedDocuments } from './references.js';
import type { PlanPeriod } from './schedule.js';

/** Numbers that look like years but are not: numbers of orders and schools, dates of orders, counts. */
const NO_YEARS = [
  String.raw`(?:№|номер[а-яё]{0,3})\s{0,2}[\p{L}\d/-]{1,40}(?:(?:,|\sи)\s{0,2}(?!\d{4}\s?(?:г|уч|[-–—/]\s?\d))\d[\p{L}\d/-]{0,40}){0,20}(?:\s{1,2}от\s{1,2}\d{1,2}\.\d{2}\.\d{2,4})?`,
  String.raw`(?<![а-яё])от\s{1,2}\d{1,2}\.\d{2}\.\d{2,4}\s?(?:г\.?|года)?,?\s{0,2}№`,
  String.raw`(?<![а-яё])(?:школ|лице|гимнази|детск[а-яё]{0,3}\sсад|колледж|интернат|войсков[а-яё]{0,3}\sчаст)[а-яё]{0,6}\s{1,2}\d{4}(?!\s?(?:г|уч|[-–—/]\s?\d))`,
  String.raw`\d{4}\s?(?:руб|тыс|млн|чел|экз|шт|учени|учащ|обучающ|участни|дет[еия]|час|мест|км|кв\.?\s?м)`,
  String.raw`\d{4}-(?!(?:й|го|м|му|ый|ого|ом)(?![а-яё]))\p{L}{1,4}(?!\p{L})`,
];
const WITHOUT_YEAR = new RegExp(NO_YEARS.join('|'), 'giu');
/** Matches years of four digits, and years of two digits after another year or after a day: «2022/23», «27.09.23». */
const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)|(?<=(?:19|20)\d{2}\s?[/–-]\s?|(?<!\d)\d{1,2}\.\s?\d{2}\.)\d{2}(?!\d)/g;

/**
 * Returns a text in which the years of the old period are moved. Numbers that are not years, and other years, do not
 * change.
 */
export function movedYears(text: string, years: number, { start, end }: PlanPeriod): string {
  const [first, last] = [yearMonthOf(start).year, yearMonthOf(end).year];
  const others = spansOfOthers(text);
  return text.replace(YEAR, (printed: string, index: number) => {
    const year = printed.length === 2 ? 2000 + Number(printed) : Number(printed);
    if (year < first || year > last || others.some(([from, to]) => index >= from && index < to)) return printed;
    return String(year + years).slice(-printed.length);
  });
}

/** Returns the places of numbers in a text that look like years but are not. */
function spansOfOthers(text: string): (readonly [number, number])[] {
  let from = 0;
  const cited = citedDocuments(text).map((document): readonly [number, number] => {
    from = text.indexOf(document.text, from);
    return [from, from + document.text.length];
  });
  const others = [...text.matchAll(WITHOUT_YEAR)].map(({ index, 0: found }): readonly [number, number] => [
    index,
    index + found.length,
  ]);
  return [...cited, ...others];
}

/** 29 February in figures and in words; as the end of a range too. */
const LEAP_DAY =
  /(?<!\d)29(?<rest>\.02(?:\.(?<figures>\d{4}|\d{2}))?(?!\d)|\s{1,2}февраля(?:\s{1,2}(?<worded>\d{4}))?)/giu;

/** Returns a moved wording with 28 February in place of a 29th that the new period does not have. */
export function withoutLeapDay(text: string, period: PlanPeriod): string {
  const moved = text.replace(LEAP_DAY, (printed: string, ...groups: unknown[]) => {
    const found = groups.at(-1);
    const { rest, figures, worded } = isGroups(found) ? found : {};
    const stated = figures ?? worded;
    const year = stated === undefined ? februaryOf(period) : Number(stated.length === 2 ? `20${stated}` : stated);
    return dayOf(year, 2, 29) === undefined ? `28${rest ?? ''}` : printed;
  });
  return moved === text ? text : moved.replace(/(?<!\d)28\s?[-–—]\s?28(?=\s|\.)/u, '28');
}

function isGroups(value: unknown): value is Readonly<Record<string, string | undefined>> {
  return typeof value === 'object' && value !== null;
}

/** Returns the year of the February in the period. */
function februaryOf({ start, end }: PlanPeriod): number {
  const { year, month } = yearMonthOf(start);
  return month <= 2 ? year : yearMonthOf(end).year;
}
