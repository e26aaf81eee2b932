import type { Language } from './language.js';

/** The unit in which the days of a rule are counted. */
export type CountedIn = 'day' | 'week' | 'month' | 'year';

/** The parts of a sentence about a recurrence rule in one language. Days of the week count from Monday, 0. */
export interface RecurrenceWords {
  readonly every: (unit: CountedIn, interval: number) => string;
  readonly weekdays: (days: readonly number[]) => string;
  /** «каждый 2-й и 4-й четверг месяца»; a negative ordinal counts from the end. */
  readonly ordinalWeekday: (ordinals: readonly number[], day: number, unit: CountedIn) => string;
  readonly monthDays: (days: readonly number[]) => string;
  /** «5 января и 5 июля каждого года», by days and months from 1. */
  readonly datesOfYear: (dates: readonly (readonly [day: number, month: number])[]) => string;
  readonly yearDays: (days: readonly number[]) => string;
  readonly workingDays: (ordinals: readonly number[], unit: CountedIn) => string;
  /** Days by their places among other days: the first and the last of all Mondays and Fridays of a month. */
  readonly placesAmong: (ordinals: readonly number[], unit: CountedIn, others: string) => string;
  readonly months: (months: readonly number[]) => string;
  /** «с октября по апрель». */
  readonly monthsFromTo: (first: number, last: number) => string;
  readonly weeks: (weeks: readonly number[]) => string;
  readonly weeksFrom: (day: number) => string;
  /** Joins conditions that a day meets together. */
  readonly onlyThose: (conditions: readonly string[]) => string;
}

/** Returns a list as «1, 2 и 3», with the last two joined by a word. */
export function listText(items: readonly (string | number)[], and: string): string {
  const last = items.at(-1);
  return items.length < 2 ? String(last ?? '') : `${items.slice(0, -1).join(', ')} ${and} ${last}`;
}

/** Returns true for three or more numbers, each greater by one than the one before it. */
export function isRun(numbers: readonly number[]): boolean {
  return numbers.length > 2 && numbers.every((each, index) => index === 0 || each === (numbers[index - 1] ?? 0) + 1);
}

type Forms = readonly [one: string, few: string, many: string];

/** Returns a Russian noun in the form that follows a number: «1 день», «2 дня», «5 дней». */
export function russianCount(count: number, [one, few, many]: Forms): string {
  const [units, tens] = [count % 10, count % 100];
  if (units === 1 && tens !== 11) return one;
  return units >= 2 && units <= 4 && (tens < 12 || tens > 14) ? few : many;
}

const RU_UNITS: Readonly<Record<CountedIn, { readonly every: string; readonly of: string; readonly forms: Forms }>> = {
  day: { every: 'каждый день', of: 'дня', forms: ['день', 'дня', 'дней'] },
  week: { every: 'каждую неделю', of: 'недели', forms: ['неделю', 'недели', 'недель'] },
  month: { every: 'каждый месяц', of: 'месяца', forms: ['месяц', 'месяца', 'месяцев'] },
  year: { every: 'каждый год', of: 'года', forms: ['год', 'года', 'лет'] },
};

interface RussianWeekday {
  readonly gender: 'm' | 'f' | 'n';
  /** «среду». */
  readonly accusative: string;
  /** «средам». */
  readonly dative: string;
  /** «среды». */
  readonly genitive: string;
}

const RU_WEEKDAYS: readonly RussianWeekday[] = [
  { gender: 'm', accusative: 'понедельник', dative: 'понедельникам', genitive: 'понедельника' },
  { gender: 'm', accusative: 'вторник', dative: 'вторникам', genitive: 'вторника' },
  { gender: 'f', accusative: 'среду', dative: 'средам', genitive: 'среды' },
  { gender: 'm', accusative: 'четверг', dative: 'четвергам', genitive: 'четверга' },
  { gender: 'f', accusative: 'пятницу', dative: 'пятницам', genitive: 'пятницы' },
  { gender: 'f', accusative: 'субботу', dative: 'субботам', genitive: 'субботы' },
  { gender: 'n', accusative: 'воскресенье', dative: 'воскресеньям', genitive: 'воскресенья' },
];
const RU_EVERY = { m: 'каждый', f: 'каждую', n: 'каждое' };
const RU_LAST = { m: 'последний', f: 'последнюю', n: 'последнее' };
const ORDINAL_END = { m: 'й', f: 'ю', n: 'е' };

const RU_MONTHS_OF = [
  ...['января', 'февраля', 'марта', 'апреля', 'мая', 'июня'],
  ...['июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
];
const RU_MONTHS_IN = [
  ...['январе', 'феврале', 'марте', 'апреле', 'мае', 'июне'],
  ...['июле', 'августе', 'сентябре', 'октябре', 'ноябре', 'декабре'],
];
const RU_MONTHS_TO = [
  ...['январь', 'февраль', 'март', 'апрель', 'май', 'июнь'],
  ...['июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'],
];

function ruOrdinal(ordinal: number, gender: RussianWeekday['gender']): string {
  if (ordinal === -1) return RU_LAST[gender];
  return ordinal > 0 ? `${ordinal}-${ORDINAL_END[gender]}` : `${-ordinal}-${ORDINAL_END[gender]} с конца`;
}

function ruWeekday(day: number): RussianWeekday {
  return RU_WEEKDAYS[day] ?? { gender: 'm', accusative: 'день', dative: 'дням', genitive: 'дня' };
}

function ruPlaces(ordinals: readonly number[], gender: RussianWeekday['gender']): string {
  return ruList(ordinals.map((ordinal) => ruOrdinal(ordinal, gender)));
}

const ruList = (items: readonly (string | number)[]) => listText(items, 'и');
const eachOf = (unit: CountedIn) => (unit === 'week' ? 'каждой недели' : `каждого ${RU_UNITS[unit].of}`);

const RU: RecurrenceWords = {
  every: (unit, interval) =>
    interval === 1 ? RU_UNITS[unit].every : `раз в ${interval} ${russianCount(interval, RU_UNITS[unit].forms)}`,
  weekdays: (days) => {
    const [first, last] = [ruWeekday(days[0] ?? 0), ruWeekday(days.at(-1) ?? 0)];
    if (isRun(days)) return `каждый день с ${first.genitive} по ${last.accusative}`;
    if (days.length === 1) return `${RU_EVERY[first.gender]} ${first.accusative}`;
    return `по ${ruList(days.map((day) => ruWeekday(day).dative))}`;
  },
  ordinalWeekday: (ordinals, day, unit) => {
    const { gender, accusative } = ruWeekday(day);
    return `${RU_EVERY[gender]} ${ruPlaces(ordinals, gender)} ${accusative} ${RU_UNITS[unit].of}`;
  },
  monthDays: (days) => {
    if (isRun(days) && days.every((day) => day > 0)) {
      return `каждый день с ${days[0]} по ${days.at(-1)} число каждого месяца`;
    }
    const [numbers, ends] = [days.filter((day) => day > 0), days.filter((day) => day < 0)];
    return ruList([
      ...(numbers.length === 0 ? [] : [`${ruList(numbers)} числа каждого месяца`]),
      ...(ends.length === 0 ? [] : [`в ${ruPlaces(ends, 'm')} день каждого месяца`]),
    ]);
  },
  datesOfYear: (dates) => `${ruList(dates.map(([day, month]) => `${day} ${RU_MONTHS_OF[month - 1]}`))} каждого года`,
  yearDays: (days) => `в ${ruPlaces(days, 'm')} день каждого года`,
  workingDays: (ordinals, unit) => {
    return isRun(ordinals) && ordinals.every((ordinal) => ordinal > 0)
      ? `с ${ordinals[0]}-го по ${ordinals.at(-1)}-й рабочий день ${eachOf(unit)}`
      : `в ${ruPlaces(ordinals, 'm')} рабочий день ${eachOf(unit)}`;
  },
  placesAmong: (ordinals, unit, others) => `${ruPlaces(ordinals, 'm')} день ${eachOf(unit)} из таких: ${others}`,
  months: (months) => `в ${ruList(months.map((month) => RU_MONTHS_IN[month - 1] ?? ''))}`,
  monthsFromTo: (first, last) => `с ${RU_MONTHS_OF[first - 1]} по ${RU_MONTHS_TO[last - 1]}`,
  weeks: (weeks) => `на ${ruPlaces(weeks, 'f')} неделю года`,
  weeksFrom: (day) =>
    `(первый день недели — ${['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'][day]})`,
  onlyThose: (conditions) => conditions.join(', и притом только '),
};

const EN_WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const EN_MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

function enOrdinal(ordinal: number): string {
  if (ordinal === -1) return 'last';
  const count = Math.abs(ordinal);
  const teen = count % 100 > 10 && count % 100 < 14;
  const end = teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${end}${ordinal < 0 ? ' to last' : ''}`;
}

const enList = (items: readonly (string | number)[]) => listText(items, 'and');
const enPlaces = (ordinals: readonly number[]) => enList(ordinals.map(enOrdinal));

const EN: RecurrenceWords = {
  every: (unit, interval) => (interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`),
  weekdays: (days) =>
    isRun(days)
      ? `every day from ${EN_WEEKDAYS[days[0] ?? 0]} to ${EN_WEEKDAYS[days.at(-1) ?? 0]}`
      : `every ${enList(days.map((day) => EN_WEEKDAYS[day] ?? ''))}`,
  ordinalWeekday: (ordinals, day, unit) => `every ${enPlaces(ordinals)} ${EN_WEEKDAYS[day]} of the ${unit}`,
  monthDays: (days) =>
    isRun(days) && days.every((day) => day > 0)
      ? `every day from the ${enOrdinal(days[0] ?? 1)} to the ${enOrdinal(days.at(-1) ?? 1)} of every month`
      : `on the ${enList(days.map((day) => `${enOrdinal(day)}${day < 0 ? ' day' : ''}`))} of every month`,
  datesOfYear: (dates) => `on ${enList(dates.map(([day, month]) => `${day} ${EN_MONTHS[month - 1]}`))} of every year`,
  yearDays: (days) => `on the ${enPlaces(days)} day of every year`,
  workingDays: (ordinals, unit) =>
    isRun(ordinals) && ordinals.every((ordinal) => ordinal > 0)
      ? `from the ${enOrdinal(ordinals[0] ?? 1)} to the ${enOrdinal(ordinals.at(-1) ?? 1)} working day of every ${unit}`
      : `on the ${enPlaces(ordinals)} working day of every ${unit}`,
  placesAmong: (ordinals, unit, others) => `the ${enPlaces(ordinals)} day of every ${unit} among these: ${others}`,
  months: (months) => `in ${enList(months.map((month) => EN_MONTHS[month - 1] ?? ''))}`,
  monthsFromTo: (first, last) => `from ${EN_MONTHS[first - 1]} to ${EN_MONTHS[last - 1]}`,
  weeks: (weeks) => `in the ${enPlaces(weeks)} week of the year`,
  weeksFrom: (day) => `(weeks begin on ${EN_WEEKDAYS[day]})`,
  onlyThose: (conditions) => conditions.join(', and then only '),
};

/** Returns the words for recurrence rules in a language. */
export function recurrenceWords(language: Language): RecurrenceWords {
  return language === 'ru' ? RU : EN;
}
