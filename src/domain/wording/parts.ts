import { addDays, cut, dayOfWeek, monthsWindow, type Window, yearMonthOf } from '../dates.js';
import type { PlanPeriod, Schedule } from '../schedule.js';
import { isSchoolYear, schoolHalves } from '../schoolYear.js';
import type { Cursor } from './cursor.js';
import { during, type PrintedMonth, printedMonth, windowOf } from './months.js';
import { dates, type Ground, joined, outside, type Reading, type Rule, type RuleResult } from './reading.js';
import type { Weekday } from './tokens.js';

/** «I», «1-я», «II-III», «1 и 3», «III-IV»: places counted from 1, −1 for the last; undefined when none stand there. */
function places(cursor: Cursor): readonly number[] | undefined {
  const found: number[] = [];
  do {
    const first = place(cursor);
    const last = first !== undefined && cursor.take('dash') ? place(cursor) : first;
    if (first === undefined || last === undefined || last < first) return undefined;
    for (let each = first; each <= last; each += 1) found.push(each);
  } while (cursor.another());
  return found;
}

function place(cursor: Cursor): number | undefined {
  const value = cursor.count();
  return value !== undefined && (value === -1 || (value >= 1 && value <= 5)) ? value : undefined;
}

/** A month that is printed or, with «месяца» or nothing, the one of the heading. */
function monthHere(cursor: Cursor, ground: Ground): PrintedMonth | undefined {
  cursor.take('comma');
  const printed = printedMonth(cursor);
  cursor.unit('month');
  if (printed) return printed;
  return ground.month === null ? undefined : { month: ground.month, year: null, flags: [] };
}

/** «I неделя», «3-я, 4-я неделя», «первая неделя октября», «октябрь, 2 неделя» (T067, T069, T077, T080). */
export const weeks: Rule = (cursor, ground) => {
  during(cursor);
  const before = cursor.attempt((at) => {
    const month = printedMonth(at);
    at.take('comma');
    return month;
  });
  const open = before && cursor.take('open');
  const found = places(cursor);
  if (!found || !cursor.unit('week') || (open && !cursor.take('close'))) return undefined;
  const month = before ?? monthHere(cursor, ground);
  const whole = month && windowOf(month, ground);
  if (!month || !whole) return month ? 'needsPeriod' : undefined;
  const blocks = found.map((week) => blockOf(week, whole));
  const known = blocks.filter((block) => block !== undefined);
  if (known.length < blocks.length) return undefined;
  const windows = joined(known);
  return {
    schedule: dates('range', ...windows),
    alternatives: [dates('range', ...joined(found.map((week) => calendarWeek(week, whole))))],
    flags: ['AMBIGUOUS', ...outside(ground.period, ...windows)],
  };
};

/** Weeks of a month are blocks of seven days from its first one; the fifth is what is left, the last the last seven. */
function blockOf(week: number, { start, end }: Window): Window | undefined {
  if (week === -1) return { start: addDays(end, -6), end };
  return cut({ start: addDays(start, 7 * (week - 1)), end: addDays(start, 7 * week - 1) }, { start, end });
}

/** The other reading: weeks of the calendar, the first being the one that the month begins in. */
function calendarWeek(week: number, { start, end }: Window): Window {
  const within = week === -1 ? end : addDays(start, 7 * (week - 1));
  const monday = addDays(within, 1 - dayOfWeek(within));
  return { start: monday, end: addDays(monday, 6) };
}

/** «первая декада октября», «начало сентября», «в конце месяца», «середина мая»: a third of a month. */
export const thirdOfMonth: Rule = (cursor, ground) => {
  during(cursor);
  const named = thirdNamed(cursor);
  if (!named) return undefined;
  const month = monthHere(cursor, ground);
  const whole = month && windowOf(month, ground);
  if (!month || !whole) return month ? 'needsPeriod' : undefined;
  const thirds = joined(named.thirds.map((third) => thirdOf(third, whole)));
  return {
    schedule: dates('range', ...thirds),
    ...(named.isSure ? {} : { alternatives: [dates('month', whole)] }),
    flags: [...(named.isSure ? [] : (['AMBIGUOUS'] as const)), ...outside(ground.period, whole)],
  };
};

/** «первая половина октября», «2-я половина мая», «вторая половина месяца»: to the 15th day, and from the 16th. */
export const halfOfMonth: Rule = (cursor, ground) => {
  during(cursor);
  const half = place(cursor);
  if ((half !== 1 && half !== 2) || cursor.word(/^половин/) === undefined) return undefined;
  const month = monthHere(cursor, ground);
  const whole = month && windowOf(month, ground);
  if (!month || !whole) return month ? 'needsPeriod' : undefined;
  const middle = addDays(whole.start, 14);
  const window = half === 1 ? { start: whole.start, end: middle } : { start: addDays(middle, 1), end: whole.end };
  return { schedule: dates('range', window), flags: outside(ground.period, window) };
};

/** «в начале учебного года», «конец учебного года»: its first month, or May; where it ends is nowhere said. */
export const edgeOfSchoolYear: Rule = (cursor, { period }) => {
  during(cursor);
  const word = cursor.word(/^(начал[оеау]|кон(ец|це|ца))$/);
  if (word === undefined || cursor.word(/^(уч|учебн)/) === undefined || !cursor.unit('year')) return undefined;
  if (!period) return 'needsPeriod';
  if (!isSchoolYear(period)) return undefined;
  const [first, last] = [yearMonthOf(period.start).year, yearMonthOf(period.end).year];
  const month = word.startsWith('нач') ? monthsWindow(first, 9, 1) : monthsWindow(last, 5, 1);
  const edge = word.startsWith('нач')
    ? { start: month.start, end: addDays(month.start, 9) }
    : { start: addDays(month.end, -10), end: month.end };
  return { schedule: dates('month', month), alternatives: [dates('range', edge)], flags: ['AMBIGUOUS'] };
};

/** A decade is ten days; where a beginning ends is nowhere said. */
function thirdNamed(cursor: Cursor): { readonly thirds: readonly number[]; readonly isSure: boolean } | undefined {
  const counted = cursor.attempt((at) => {
    const thirds = places(at);
    return thirds && at.word(/^декад/) && thirds.every((third) => third <= 3) ? thirds : undefined;
  });
  if (counted) return { thirds: counted.map((third) => (third === -1 ? 3 : third)), isSure: true };
  const word = cursor.word(/^(начал[оеау]|середин[аеы]|кон(ец|це|ца))$/);
  if (word === undefined) return undefined;
  return { thirds: [word.startsWith('нач') ? 1 : word.startsWith('сер') ? 2 : 3], isSure: false };
}

function thirdOf(third: number, { start, end }: Window): Window {
  const first = addDays(start, 10 * (third - 1));
  return { start: first, end: third === 3 ? end : addDays(first, 9) };
}

/** «третий вторник октября 2023 г.», «последняя пятница мая»: one day. */
export const weekdayOfMonth: Rule = (cursor, ground) => {
  during(cursor);
  const nth = place(cursor);
  const weekday = cursor.take('weekday')?.weekday;
  const month = weekday && printedMonth(cursor);
  if (nth === undefined || !month) return undefined;
  const whole = windowOf(month, ground);
  if (!whole) return 'needsPeriod';
  const wanted = WEEK.indexOf(weekday) + 1;
  const first = addDays(whole.start, (wanted - dayOfWeek(whole.start) + 7) % 7);
  const last = addDays(whole.end, -((dayOfWeek(whole.end) - wanted + 7) % 7));
  const day = nth === -1 ? last : addDays(first, 7 * (nth - 1));
  if (day > whole.end) return undefined;
  const window = { start: day, end: day };
  return { schedule: dates('date', window), flags: outside(ground.period, window) };
};

const WEEK: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** «1 четверть», «в I-II четверти»: the days stand in the school calendar. */
export const terms: Rule = (cursor) => {
  during(cursor);
  const found = places(cursor);
  return found && cursor.unit('term', 'trimester') ? { schedule: { kind: 'external' } } : undefined;
};

/** «IV квартал 2016 г», «III-IV кварталы», «1 квартал» (T147). */
export const quarters: Rule = (cursor, ground) => {
  during(cursor);
  const found = places(cursor);
  if (!found || !cursor.unit('quarter') || found.some((each) => each < 1 || each > 4)) return undefined;
  return partsOfYear(cursor, ground, found, 3);
};

/** «I полугодие», «2 полугодие 2024 г.»: of a school year to 31 December and from 1 January, else of the calendar. */
export const halves: Rule = (cursor, ground) => {
  during(cursor);
  const found = places(cursor);
  if (!found || !cursor.unit('halfYear') || found.some((each) => each < 1 || each > 2)) return undefined;
  const { period } = ground;
  if (!period || !isSchoolYear(period)) return partsOfYear(cursor, ground, found, 6);
  if (cursor.take('year')) return undefined;
  cursor.word(/^(уч|учебн)/);
  cursor.unit('year');
  const [first, second] = schoolHalves(period).map((half) => cut(half, period));
  const windows = found.map((each) => (each === 1 ? first : second)).filter((window) => window !== undefined);
  return windows.length < found.length ? undefined : { schedule: dates('range', ...joined(windows)) };
};

function partsOfYear(cursor: Cursor, { period }: Ground, found: readonly number[], months: number): RuleResult {
  const printed = cursor.take('year')?.year;
  if (printed === undefined) cursor.unit('year');
  if (printed === undefined && !period) return 'needsPeriod';
  const readings = (printed === undefined && period ? yearsOf(period) : [printed ?? 0])
    .map((year) => joined(found.map((each) => monthsWindow(year, (each - 1) * months + 1, months))))
    .filter((windows) => printed !== undefined || !period || windows.every((window) => cut(window, period)));
  const [first, ...others] = readings;
  if (!first) return undefined;
  const unsure: Partial<Reading> =
    others.length > 0 ? { alternatives: others.map((windows): Schedule => dates('range', ...windows)) } : {};
  return {
    schedule: dates('range', ...first),
    ...unsure,
    flags: [...outside(period, ...first), ...(others.length > 0 ? (['AMBIGUOUS'] as const) : [])],
  };
}

function yearsOf({ start, end }: PlanPeriod): number[] {
  const [first, last] = [yearMonthOf(start).year, yearMonthOf(end).year];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const SEASONS: readonly (readonly [RegExp, number])[] = [
  [/^(летн(ий|яя|ее|его|ие|их|ей)|лет(о|ом|а))$/, 6],
  [/^(осенн(ий|яя|ее|его|ие|их|ей)|осен(ь|ью|и))$/, 9],
  [/^(зимн(ий|яя|ее|его|ие|их|ей)|зим(а|ой|ы|у))$/, 12],
  [/^(весенн(ий|яя|ее|его|ие|их|ей)|весн(а|ой|ы|у))$/, 3],
];

/**
 * «Летний период», «в период летних каникул», «осень»: three months of the calendar. The days of other holidays than the
 * summer's stand in the school calendar (T091, T144).
 */
export const season: Rule = (cursor, ground) => {
  during(cursor);
  cursor.words('период|периода|время');
  const found = SEASONS.find(([form]) => cursor.word(form) !== undefined);
  if (!found) return undefined;
  const [, month] = found;
  const holidays = cursor.word(/^каникул/) !== undefined;
  if (!holidays) cursor.word(/^(период|сезон|врем)/);
  if (holidays && month !== 6) return { schedule: { kind: 'external' } };
  const { period } = ground;
  const printed = cursor.take('year')?.year;
  if (printed === undefined && !period) return 'needsPeriod';
  const years =
    printed === undefined && period ? [yearMonthOf(period.start).year - 1, ...yearsOf(period)] : [printed ?? 0];
  const windows = years.map((year) => monthsWindow(year, month, 3));
  const window = windows.find((each) => !period || cut(each, period)) ?? windows[0];
  if (!window) return undefined;
  return {
    schedule: dates('range', window),
    alternatives: [{ kind: 'external' }],
    flags: ['AMBIGUOUS', ...outside(period, window)],
  };
};
