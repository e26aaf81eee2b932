import { addDays, cut, dayOf, dayOfWeek, monthsWindow, monthWindow, type Window, yearMonthOf } from '../../dates.js';
import { memoized } from '../../memo.js';
import { type PlanPeriod } from '../../schedule.js';
import { isSchoolYear, schoolHalves, untilMay } from '../../schoolYear.js';
import { isOfYears } from './dates.js';
import { WEEK, type Weekday } from './lexicon.js';
import { type Surroundings } from './parser.js';
import { edgeOf, partOfMonth } from './parts.js';
import { EXTERNAL, type Other, type Placed, type Placing } from './placed.js';
import { type TimeUnit, type Year } from './unit.js';

/** Greatest distance of a month from the month of its heading. */
const NEAR = 2;

/**
 * Returns the days that a unit means in these surroundings. Memoized: a list is read again from each of its members, so
 * the same units are placed again.
 */
export const placed = memoized((unit: TimeUnit, around: Surroundings): Placing => {
  switch (unit.is) {
    case 'years':
      return sure(
        unit.school ? schoolYear(unit.first) : monthsWindow(unit.first, 1, 12 * (unit.last - unit.first + 1)),
      );
    case 'ownYear':
      return around.period ? sure(around.period) : 'needsPeriod';
    case 'edge': {
      const whole = schoolEdge(unit, around) ?? placed(unit.whole, around);
      return typeof whole === 'object' ? partOfUnit(whole, (each) => edgeOf(unit, each)) : whole;
    }
    case 'season':
      return seasonOf(unit, around);
    case 'counted':
      return countedOf(unit, around);
    case 'day':
    case 'month':
    case 'weekday':
      return inYear(unit, around);
  }
});

/** Returns the day on which a school year begins or ends within a plan of a calendar year: «к началу учебного года». */
export function schoolEdge(
  { edge, whole }: Extract<TimeUnit, { is: 'edge' }>,
  { period }: Surroundings,
): Placed | undefined {
  if (whole.is !== 'ownYear' || !whole.school || !period || isSchoolYear(period)) return undefined;
  const { year } = yearMonthOf(period.end);
  const found = schoolYear(edge === 'start' ? year : year - 1);
  const day = edge === 'start' ? found.start : found.end;
  return day >= period.start && day <= period.end ? sure(found) : undefined;
}

function sure(window: Window): Placed {
  return { window, others: [], flags: [], years: [] };
}

function schoolYear(first: number): Window {
  return { start: `${first}-09-01`, end: `${first + 1}-08-31` };
}

type Yearly = Extract<TimeUnit, { is: 'day' | 'month' | 'weekday' }>;

/** Returns the days of a unit in one year; undefined if the calendar has none. */
function windowIn(unit: Yearly, month: number, year: number): Window | undefined {
  switch (unit.is) {
    case 'day': {
      const day = unit.day === -1 ? monthWindow(year, month).end : dayOf(year, month, unit.day);
      return day === undefined ? undefined : { start: day, end: day };
    }
    case 'month':
      return monthWindow(year, month);
    case 'weekday': {
      const day = nthWeekday(monthWindow(year, month), unit.nth, unit.weekday);
      return day === undefined ? undefined : { start: day, end: day };
    }
  }
}

function nthWeekday({ start, end }: Window, nth: number, weekday: Weekday) {
  const wanted = WEEK.indexOf(weekday) + 1;
  const first = addDays(start, (wanted - dayOfWeek(start) + 7) % 7);
  const day = nth === -1 ? addDays(end, -((dayOfWeek(end) - wanted + 7) % 7)) : addDays(first, 7 * (nth - 1));
  return day > end ? undefined : day;
}

function inYear(unit: Yearly, around: Surroundings): Placing {
  const month = unit.month ?? around.month;
  if (month === null) return undefined;
  const found = inPrintedYear(unit.year, around, (year) => windowIn(unit, month, year), month);
  if (typeof found !== 'object' || unit.year !== null || !isLastAugust(found.window, around)) return found;
  const before = windowIn(unit, month, yearMonthOf(found.window.start).year - 1);
  return before ? withOther(found, { window: before, as: unit.is === 'month' ? 'month' : 'range' }) : found;
}

/**
 * Returns true for days in the August at the end of a school year. Without a year they may be in the August before it,
 * in which schools prepare the year.
 */
export function isLastAugust({ start, end }: Window, { period, month }: Surroundings): boolean {
  if ((month !== null && month !== 8) || !period || !isSchoolYear(period)) return false;
  return start.slice(0, 7) === end.slice(0, 7) && start.slice(5, 7) === '08' && end > period.start;
}

/** Returns the days with another plausible reading. */
export function withOther(found: Placed, other: Other): Placed {
  return { ...found, others: [...found.others, other], flags: [...found.flags, 'AMBIGUOUS'] };
}

/** Places a unit that occurs in each year, by the printed year, the heading or the plan. */
function inPrintedYear(
  printed: Year,
  { period, month: heading }: Surroundings,
  windowOf: (year: number) => Window | undefined,
  month: number,
): Placing {
  if (typeof printed === 'number') {
    const window = windowOf(printed);
    return window && sure(window);
  }
  if (!period) return 'needsPeriod';
  const [from, to] = [yearMonthOf(period.start).year, yearMonthOf(period.end).year];
  if (printed === 'next') {
    const window = windowOf(to + 1);
    return window && { ...sure(window), flags: ['DUE_AFTER_PERIOD'] };
  }
  const beside = heading === null ? undefined : yearBeside(month, heading, period);
  if (beside !== undefined) {
    const window = windowOf(beside);
    return window && sure(window);
  }
  const found = Array.from({ length: to - from + 2 }, (_, index) => windowOf(from - 1 + index)).filter(
    (window) => window !== undefined,
  );
  const inside = found.filter((window) => cut(window, period));
  const [first, second] = inside;
  if (first && !second) return sure(first);
  if (first) return several(first, inside, period);
  const before = found.filter(({ start }) => start <= period.end).at(-1);
  return before && { ...sure(before), flags: ['YEAR_ASSUMED'] };
}

/** Returns the readings of a unit that occurs in several years of the plan: the first one, another one, or all. */
function several(first: Window, inside: readonly Window[], period: PlanPeriod): Placed {
  const isLong = isOfYears(period);
  return {
    window: first,
    others: isLong ? [] : inside.slice(1).map((window) => ({ window, as: 'range' as const })),
    flags: ['AMBIGUOUS', 'YEAR_ASSUMED'],
    years: isLong ? inside : [],
  };
}

/** «август» under «Сентябрь» is the August before; undefined for a month that is too far from the heading. */
function yearBeside(month: number, heading: number, period: PlanPeriod): number | undefined {
  const apart = ((month - heading + 18) % 12) - 6;
  if (Math.abs(apart) > NEAR) return undefined;
  const [from, to] = [yearMonthOf(period.start).year, yearMonthOf(period.end).year];
  let year = monthWindow(to, heading).start <= period.end ? to : to - 1;
  for (let each = from; each <= to; each += 1) {
    if (!cut(monthWindow(each, heading), period)) continue;
    year = each;
    break;
  }
  const place = heading - 1 + apart;
  return place < 0 ? year - 1 : place > 11 ? year + 1 : year;
}

function seasonOf({ month, holidays, year }: Extract<TimeUnit, { is: 'season' }>, around: Surroundings): Placing {
  if (holidays) {
    const own = holidaysOf(month, around);
    if (own) return sure(own);
    if (month !== 6) return 'external';
  }
  const found = inPrintedYear(year, around, (each) => monthsWindow(each, month, 3), month);
  return typeof found === 'object'
    ? { ...found, others: [...found.others, EXTERNAL], flags: [...found.flags, 'AMBIGUOUS'] }
    : found;
}

/** Holidays lie between the terms of the school calendar; the summer's from the last term on to the end of August. */
function holidaysOf(month: number, { terms, period }: Surroundings): Window | undefined {
  const own = terms
    .filter((term) => term.kind === 'term' && period && cut(term, period))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const nth = { 9: 0, 12: 1, 3: 2, 6: 3 }[month];
  const before = own[nth ?? -1];
  if (nth === undefined || own.length < 4 || !before) return undefined;
  const next = own[nth + 1];
  const end = next ? addDays(next.start, -1) : `${yearMonthOf(before.end).year}-08-31`;
  return { start: addDays(before.end, 1), end };
}

function countedOf(unit: Extract<TimeUnit, { is: 'counted' }>, around: Surroundings): Placing {
  const { of, nth } = unit;
  switch (of) {
    case 'quarter':
      return partOfYear(unit, around, 3);
    case 'halfYear':
      return halfYearOf(unit, around);
    case 'term':
    case 'trimester': {
      const term = around.terms
        .filter(({ kind, ...days }) => kind === of && around.period && cut(days, around.period))
        .sort((a, b) => (a.start < b.start ? -1 : 1))[nth - 1];
      return term ? sure({ start: term.start, end: term.end }) : 'external';
    }
    case 'week':
    case 'decade':
    case 'half': {
      const whole = inYear({ is: 'month', month: unit.month, year: unit.year }, around);
      return typeof whole === 'object' ? partOfUnit(whole, (each) => partOfMonth(of, nth, each)) : whole;
    }
  }
}

/** Returns a part of a unit, and the same part of its other readings: «последняя неделя августа». */
function partOfUnit({ others, ...whole }: Placed, read: (whole: Placed) => Placing): Placing {
  const found = read({ ...whole, others: [] });
  if (typeof found !== 'object') return found;
  const also = others.flatMap((other): readonly Other[] => {
    const part = other.window ? read({ ...whole, window: other.window, others: [] }) : undefined;
    return typeof part === 'object' ? [{ window: part.window, as: 'range' }] : [];
  });
  return { ...found, others: [...found.others, ...also] };
}

function partOfYear(
  { nth, year, school }: Extract<TimeUnit, { is: 'counted' }>,
  around: Surroundings,
  months: number,
): Placing {
  const first = (nth - 1) * months + 1;
  const within = school === null ? around : { ...around, period: schoolYear(school) };
  return inPrintedYear(year, { ...within, month: null }, (each) => monthsWindow(each, first, months), first);
}

/** The halves of a school year meet at New Year, the halves of a calendar year on 1 July. */
function halfYearOf(unit: Extract<TimeUnit, { is: 'counted' }>, around: Surroundings): Placing {
  const { nth, year, school } = unit;
  const period = school === null ? around.period : schoolYear(school);
  if (typeof year === 'number') return partOfYear(unit, around, 6);
  if (!period) return 'needsPeriod';
  if (!isSchoolYear(period)) return partOfYear(unit, around, 6);
  const [first, second] = schoolHalves(period);
  const window = cut(nth === 1 ? first : second, period);
  if (!window) return undefined;
  // The second half ends with the school year, or with teaching in May.
  const teaching = untilMay(period);
  const other = nth === 1 || !teaching ? undefined : cut(teaching, window);
  return other ? { ...sure(window), others: [{ window: other, as: 'range' }], flags: ['AMBIGUOUS'] } : sure(window);
}
