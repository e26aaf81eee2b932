import { cut, type LocalDate, type Window, yearMonthOf } from '../../dates.js';
import { type TimeframeFlag } from '../../schedule.js';
import { type Surroundings } from './parser.js';
import { type Other, type Placed, type Placing } from './placed.js';
import { type TimeUnit, type Year } from './unit.js';
import { isLastAugust, placed, withOther } from './windows.js';

/** A unit, or a range from one unit to another. */
export interface Span {
  readonly from: TimeUnit;
  readonly to: TimeUnit | null;
  /** True if the ends are joined by a dash, not by «с … по …». */
  readonly dashed: boolean;
  /** True if the last day follows «до». */
  readonly until: boolean;
  /** True if a comma or «и» precedes it in a list. */
  readonly led: boolean;
  /** True for a month in the genitive, «октября», which may be one more month of the days before it. */
  readonly isOfMonth: boolean;
  readonly flags: readonly TimeframeFlag[];
}

/** The days of spans, in their order; or why they are not known. */
export type Spans = readonly Placed[] | 'needsPeriod' | 'external' | undefined;

/**
 * Places the spans of a list. A printed year applies to the spans before it that have none, and a month to the days
 * without a month before it: «5, 12 октября», «сентябрь – ноябрь, февраль 2021 г.».
 */
export function placeSpans(spans: readonly Span[], around: Surroundings): Spans {
  const found: Placed[] = [];
  let next: { readonly start: LocalDate; readonly isPrinted: boolean; readonly unit: TimeUnit } | undefined;
  for (const span of [...spans].reverse()) {
    const isWithin = span.to !== null && hasMonth(span.to);
    const from: TimeUnit = next && !isWithin ? withMonth(span.from, next.unit, next.start) : span.from;
    const to: TimeUnit | null = next && span.to ? withMonth(span.to, next.unit, next.start) : span.to;
    const isPrinted = yearOf(to ?? from) !== null || yearOf(from) !== null;
    const inherits = next?.isPrinted === true && !isPrinted;
    const placing = to
      ? rangeOf(inherits && next ? latest(to, next.start, around) : to, from, span.dashed, around)
      : placed(inherits && next ? latest(from, next.start, around) : from, around);
    if (typeof placing !== 'object') return placing;
    const place = next && !isPrinted ? beforeNext(placing, next.start) : placing;
    found.push(place);
    next = { start: place.window.start, isPrinted: isPrinted || inherits, unit: from };
  }
  return found.reverse();
}

/**
 * «Август, январь» of a school year: of two possible years, the one in which the unit precedes the next span of the
 * list.
 */
function beforeNext(place: Placed, next: LocalDate): Placed {
  const before = place.others.find(({ window }) => window !== null && window.end < next);
  if (place.window.start <= next || !before?.window) return place;
  const others = place.others.map((each) => (each === before ? { ...before, window: place.window } : each));
  return { ...place, window: before.window, others };
}

/** Returns the year that is printed in a unit; null for none. */
export function yearOf(unit: TimeUnit): Year {
  switch (unit.is) {
    case 'years':
      return unit.first;
    case 'edge':
      return yearOf(unit.whole);
    case 'counted':
      return unit.school ?? unit.year;
    case 'ownYear':
    case 'day':
    case 'month':
    case 'season':
    case 'weekday':
      return unit.year;
  }
}

/** Returns a unit with another year. */
export function withYear(unit: TimeUnit, year: number): TimeUnit {
  switch (unit.is) {
    case 'years':
    case 'ownYear':
      return unit;
    case 'edge':
      return { ...unit, whole: withYear(unit.whole, year) };
    case 'counted':
    case 'day':
    case 'month':
    case 'season':
    case 'weekday':
      return { ...unit, year };
  }
}

/** Returns a day or a part of a month in another month; undefined for a unit that is of no one month. */
export function inMonth(unit: TimeUnit, { month, year }: Extract<TimeUnit, { is: 'month' }>): TimeUnit | undefined {
  switch (unit.is) {
    case 'day':
    case 'weekday':
      return unit.month === null ? undefined : { ...unit, month, year };
    case 'counted':
      return unit.month === null ? undefined : { ...unit, month, year };
    case 'edge':
      return unit.whole.is === 'month' ? { ...unit, whole: { ...unit.whole, month, year } } : undefined;
    case 'month':
    case 'season':
    case 'years':
    case 'ownYear':
      return undefined;
  }
}

/** Returns true if a unit contains its month: «15 марта». In «1 – 15 марта» the first day has the month of the last. */
function hasMonth(unit: TimeUnit): boolean {
  return unit.is !== 'day' || unit.month !== null;
}

function withMonth(unit: TimeUnit, next: TimeUnit, start: LocalDate): TimeUnit {
  if (unit.is !== 'day' || unit.month !== null || next.is !== 'day') return unit;
  const { month } = yearMonthOf(start);
  return { ...unit, month, year: next.year === null ? null : yearMonthOf(start).year };
}

/** Returns the unit in the last year in which it starts on or before a day. */
function latest(unit: TimeUnit, limit: LocalDate, around: Surroundings): TimeUnit {
  const { year } = yearMonthOf(limit);
  const same = withYear(unit, year);
  const place = placed(same, around);
  return typeof place === 'object' && place.window.start <= limit ? same : withYear(unit, year - 1);
}

/** Returns the unit in the first year in which it ends on or after a day. */
function earliest(unit: TimeUnit, limit: LocalDate, around: Surroundings): TimeUnit {
  const { year } = yearMonthOf(limit);
  const same = withYear(unit, year);
  const place = placed(same, around);
  return typeof place === 'object' && place.window.end >= limit ? same : withYear(unit, year + 1);
}

function rangeOf(to: TimeUnit, from: TimeUnit, dashed: boolean, around: Surroundings): Placing {
  const start = firstDay(from, to, dashed);
  if (start === undefined) return undefined;
  const [startYear, endYear] = [yearOf(start), yearOf(to)];
  if (startYear === null && endYear === null) return impliedRange(start, to, around);
  const last = placed(endYear === null ? to : to, around);
  if (endYear !== null) {
    if (typeof last !== 'object') return last;
    return between(startYear === null ? latest(start, last.window.end, around) : start, to, around);
  }
  const first = placed(start, around);
  if (typeof first !== 'object') return first;
  return between(start, earliest(to, first.window.start, around), around);
}

/** «30-6.11.2015» starts in the month before. «с 25 по 5 января» is a slip, and not corrected. */
function firstDay(from: TimeUnit, to: TimeUnit, dashed: boolean): TimeUnit | undefined {
  if (from.is !== 'day' || from.month !== null) return from;
  if (to.is !== 'day') return undefined;
  if (to.month === null || from.day <= to.day) return { ...from, month: to.month, year: to.year };
  if (!dashed) return undefined;
  return to.month === 1
    ? { ...from, month: 12, year: typeof to.year === 'number' ? to.year - 1 : null }
    : { ...from, month: to.month - 1, year: to.year };
}

function between(from: TimeUnit, to: TimeUnit, around: Surroundings): Placing {
  const [first, last] = [placed(from, around), placed(to, around)];
  if (typeof first !== 'object') return first;
  if (typeof last !== 'object') return last;
  if (first.window.start > last.window.end) return undefined;
  const flags = [...first.flags, ...last.flags].filter((flag) => flag !== 'YEAR_ASSUMED');
  const window = { start: first.window.start, end: last.window.end };
  const [start, end] = [first.others[0], last.others[0]];
  const [otherStart, otherEnd] = [start?.window, end?.window];
  const other = { start: otherStart?.start ?? window.start, end: otherEnd?.end ?? window.end };
  const undated = [start, end].find((other) => other?.window === null);
  const others: Other[] = [
    ...((otherStart || otherEnd) && other.start <= other.end ? [{ window: other, as: 'range' as const }] : []),
    ...(undated ? [undated] : []),
  ];
  return { window, others, flags: others.length > 0 ? flags : flags.filter((flag) => flag !== 'AMBIGUOUS'), years: [] };
}

/**
 * Returns the range of two ends without years: the range within the plan, otherwise the range in the year of the
 * heading, otherwise the first that overlaps the plan.
 */
function impliedRange(from: TimeUnit, to: TimeUnit, around: Surroundings): Placing {
  const { period } = around;
  if (!period) return 'needsPeriod';
  if (to.is === 'day' && to.month === null && around.month === null) return undefined;
  const [first, last] = [yearMonthOf(period.start).year, yearMonthOf(period.end).year];
  const found: Placed[] = [];
  for (let year = first - 1; year <= last + 1; year += 1) {
    const end = withYear(to, year);
    const place = placed(end, around);
    if (typeof place !== 'object') {
      if (place === 'external' || year > last) return place;
      continue;
    }
    const range = between(latest(from, place.window.end, around), end, around);
    if (typeof range === 'object') found.push(range);
  }
  const meeting = found.filter(({ window }) => cut(window, period));
  const inside = meeting.filter(({ window }) => window.start >= period.start && window.end <= period.end);
  const chosen =
    inside[0] ??
    meeting.find(({ window }) => around.month !== null && holdsMonth(window, around.month)) ??
    meeting[0] ??
    found.filter(({ window }) => window.start <= period.end).at(-1);
  if (!chosen) return undefined;
  if (inside.length < 2) {
    const before = found[found.indexOf(chosen) - 1];
    // «20-31 августа» of a school year
    return before && isLastAugust(chosen.window, around)
      ? withOther(chosen, { window: before.window, as: 'range' })
      : chosen;
  }
  return {
    ...chosen,
    flags: [...chosen.flags, 'AMBIGUOUS', 'YEAR_ASSUMED'],
    years: inside.map(({ window }) => window),
  };
}

function holdsMonth({ start, end }: Window, month: number): boolean {
  return yearMonthOf(start).month === month || yearMonthOf(end).month === month;
}
