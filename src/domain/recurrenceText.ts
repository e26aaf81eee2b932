import type { Language } from './language.js';
import { frequencyOf, intervalOf, monthsOf } from './recurrence.js';
import { type CountedIn, isRun, type RecurrenceWords, recurrenceWords } from './recurrenceWords.js';

const RULE_WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const WORKING_WEEKDAYS = [0, 1, 2, 3, 4];
/** Largest number of days that are listed with their months. */
const MAX_LISTED_DATES = 12;

/**
 * Returns a recurrence rule in words: «каждый 4-й четверг месяца», «every 4th Thursday of the month». Every rule that
 * Letopis accepts has words, and each part of the rule is in them.
 */
export function recurrenceText(rule: string, language: Language): string {
  const words = recurrenceWords(language);
  const [unit, interval, months] = [countedInOf(rule), intervalOf(rule), monthsOf(rule)];
  const every = words.every(unit, interval);
  const dates = datesOfYear(rule);
  const days = dates.length > 0 ? words.datesOfYear(dates) : ruleDaysText(rule, words);
  const weeks = numbersIn(rule, 'BYWEEKNO');
  return [
    days === '' ? every : `${interval === 1 ? '' : `${every}, `}${days}`,
    ...(dates.length > 0 || months.length === 0 ? [] : [monthsText(months, days !== '' || unit !== 'year', words)]),
    ...(weeks.length === 0 ? [] : [words.weeks(weeks)]),
    ...weekStart(rule, words),
  ].join(' ');
}

function ruleDaysText(rule: string, words: RecurrenceWords): string {
  const [monthDays, yearDays] = [numbersIn(rule, 'BYMONTHDAY'), numbersIn(rule, 'BYYEARDAY')];
  const places = numbersIn(rule, 'BYSETPOS');
  const { plain, ordinal } = weekdaysIn(rule);
  const isWorkingDays = plain.join() === WORKING_WEEKDAYS.join() && ordinal.size === 0;
  const isOnlyWeekdays = monthDays.length + yearDays.length === 0;
  if (places.length > 0 && isWorkingDays && isOnlyWeekdays) return words.workingDays(places, countedInOf(rule));
  const counted = frequencyOf(rule) === 'YEARLY' && monthsOf(rule).length === 0 ? 'year' : 'month';
  const weekdays = [
    ...(plain.length === 0 ? [] : [words.weekdays(plain)]),
    ...[...ordinal].map(([day, ordinals]) => words.ordinalWeekday(ordinals, day, counted)),
  ];
  const conditions = [
    ...(monthDays.length === 0 ? [] : [words.monthDays(monthDays)]),
    ...(yearDays.length === 0 ? [] : [words.yearDays(yearDays)]),
    ...(weekdays.length === 0 ? [] : [weekdays.join(', ')]),
  ];
  const text = words.onlyThose(conditions);
  return places.length === 0 ? text : words.placesAmong(places, countedInOf(rule), text || words.every('day', 1));
}

/** Returns the days of a year if the rule consists only of a few days of months; otherwise none. */
function datesOfYear(rule: string): (readonly [day: number, month: number])[] {
  const isPlain = /^FREQ=(?:MONTHLY|YEARLY)(?:;BY(?:MONTH|MONTHDAY)=[\d,]+)+$/.test(rule);
  const days = numbersIn(rule, 'BYMONTHDAY');
  const dates = monthsOf(rule).flatMap((month) => days.map((day) => [day, month] as const));
  return isPlain && !isRun(days) && dates.length <= MAX_LISTED_DATES ? dates : [];
}

/**
 * Lists months one by one, or as a range from the first to the last month of a sequence, which may continue in the next
 * year.
 */
function monthsText(months: readonly number[], mayRun: boolean, words: RecurrenceWords): string {
  const sorted = months.toSorted((a, b) => a - b);
  const first = sorted.find((month) => !sorted.includes(((month + 10) % 12) + 1)) ?? 1;
  const run = sorted.map((_, index) => ((first + index - 1) % 12) + 1);
  const [last, isWhole] = [run.at(-1) ?? first, run.every((month) => sorted.includes(month))];
  return mayRun && run.length > 2 && isWhole ? words.monthsFromTo(first, last) : words.months(sorted);
}

/** Returns the first day of the week if weeks are skipped or numbered. It is Monday unless the rule says otherwise. */
function weekStart(rule: string, words: RecurrenceWords): string[] {
  const day = RULE_WEEKDAYS.indexOf(/;WKST=([A-Z]{2})/.exec(rule)?.[1] ?? 'MO');
  const matters = (countedInOf(rule) === 'week' && intervalOf(rule) > 1) || /;BYWEEKNO=/.test(rule);
  return day > 0 && matters ? [words.weeksFrom(day)] : [];
}

function countedInOf(rule: string): CountedIn {
  return ({ DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const)[frequencyOf(rule)];
}

function numbersIn(rule: string, part: string): readonly number[] {
  return [...new Set(partOfRule(rule, part).map(Number))];
}

/** Returns the values of a part of a rule; none when the rule does not have it. */
function partOfRule(rule: string, part: string): readonly string[] {
  const found = rule.split(';').find((each) => each.startsWith(`${part}=`));
  return (found?.slice(part.length + 1) ?? '').split(',').filter(Boolean);
}

/** Returns the weekdays of a rule: those of every week, and those with their ordinals. */
function weekdaysIn(rule: string) {
  const plain = new Set<number>();
  const ordinal = new Map<number, number[]>();
  for (const each of partOfRule(rule, 'BYDAY')) {
    const [, count = '', name = ''] = /^([-+]?\d*)([A-Z]{2})$/.exec(each) ?? [];
    const day = RULE_WEEKDAYS.indexOf(name);
    if (count === '') plain.add(day);
    else ordinal.set(day, [...(ordinal.get(day) ?? []), Number(count)]);
  }
  return { plain: [...plain].toSorted((a, b) => a - b), ordinal };
}
