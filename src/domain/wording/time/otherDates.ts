import { addDays, addMonths, cut, dayOf, monthWindow, type Window, within, yearMonthOf } from '../../dates.js';
import { type DatesForm, type Schedule } from '../../schedule.js';
import { dates, formOf, formOfMonths, joinedDates, outside } from './dates.js';
import { type Surroundings } from './parser.js';
import { type Other, type Placed } from './placed.js';
import { placeSpans, type Span, withYear, yearOf } from './spans.js';
import { type TimeUnit } from './unit.js';

/** A list of printed days with its main reading. */
export interface DatesRead {
  readonly spans: readonly Span[];
  readonly found: readonly Placed[];
  /** The windows of the spans, in their order. */
  readonly printed: readonly Window[];
  readonly form: DatesForm;
  /** The windows of the main reading. */
  readonly windows: readonly Window[];
  readonly around: Surroundings;
}

/** Returns the other readings of printed days. */
export function otherDates(read: DatesRead): Schedule[] {
  return [
    ...othersOf(read),
    ...unjoined(read),
    ...neighbours(read),
    ...sameInYears(read),
    ...beforeLast(read),
    ...eachSchoolYear(read),
    ...pairs(read),
    ...inPlan(read),
    ...cutByPlan(read),
    ...atEnds(read),
  ];
}

/** Returns the schedules in which all places have their other reading of the same kind. */
function othersOf({ found, printed, form, windows: main }: DatesRead): Schedule[] {
  const most = Math.min(4, Math.max(...found.map(({ others }) => others.length)));
  const isJoined = main.length < printed.length;
  return Array.from({ length: most }, (_, index): Schedule => {
    const as = form === 'month' || form === 'months' ? 'month' : 'range';
    const chosen = found.map(({ others, window }): Other => others[index] ?? { window, as });
    const undated = chosen.find((other) => other.window === null);
    if (undated?.window === null) return undated.schedule;
    const windows = chosen.flatMap((other) => (other.window ? [other.window] : []));
    const isMonths = chosen.every((other) => other.window && other.as === 'month');
    if (isMonths) return dates(formOfMonths(windows), ...windows.sort((a, b) => (a.start < b.start ? -1 : 1)));
    const areDays = form === 'date' && windows.every(({ start, end }) => start === end);
    return dates(areDays ? 'date' : 'range', ...(isJoined ? joinedDates(windows) : windows));
  });
}

/**
 * Returns two readings of two quarters or seasons, which may be two pieces of work. A dash makes one period of them.
 */
function unjoined({ spans, printed, windows }: DatesRead): Schedule[] {
  const isParts = spans.every(({ from, to }) => to === null && isPart(from));
  const isStretch = spans.slice(1).every(({ from }) => from.is === 'counted' && from.dashed === true);
  if (!isParts || isStretch) return [];
  const months = dates('months', ...printed);
  return windows.length < printed.length ? [dates('range', ...printed), months] : [months];
}

function isPart(unit: TimeUnit): boolean {
  const isOfYear = unit.is === 'counted' && unit.of !== 'week' && unit.of !== 'decade';
  return isOfYear || unit.is === 'season' || unit.is === 'edge';
}

/** «апрель, май - июнь», «2024, 2025 гг.»: stretches that touch each other may be one, or pieces of work. */
function neighbours({ spans, printed }: DatesRead): Schedule[] {
  const isYears = spans.every(({ from, to }) => to === null && from.is === 'years');
  const isMonths = spans.every(({ from }) => from.is === 'month') && spans.some(({ to }) => to !== null);
  const [only, ...others] = joinedDates(printed);
  if (!only || others.length > 0 || printed.length < 2) return [];
  if (isYears) return [dates('range', only)];
  return isMonths ? [dates('range', only), dates('months', ...printed)] : [];
}

/** «апрель – май 2013, 2014»: the same stretch of several years is a piece of work in each. */
function sameInYears({ spans, printed, form }: DatesRead): Schedule[] {
  const [first] = spans;
  if (!first || spans.length < 2 || form !== 'range') return [];
  const isSame = spans.every(
    ({ from, to }) => yearless(from) === yearless(first.from) && yearless(to) === yearless(first.to),
  );
  return isSame && new Set(printed.map(({ start }) => start)).size === spans.length
    ? [dates('months', ...printed)]
    : [];
}

function yearless(unit: TimeUnit | null): string {
  return unit === null || unit.is === 'years' ? '' : JSON.stringify(withYear(unit, 0));
}

/** «со 2 сентября до 1 октября»: that day is included, or not. */
function beforeLast({ spans, windows: [window] }: DatesRead): Schedule[] {
  const [span] = spans;
  const isOpen = spans.length === 1 && span?.until === true && span.to?.is === 'day';
  return isOpen && window && window.start < window.end
    ? [dates('range', { start: window.start, end: addDays(window.end, -1) })]
    : [];
}

/** In a plan of several years, a month may mean the month of each year. */
function eachSchoolYear({ spans, found }: DatesRead): Schedule[] {
  if (!found.every(({ years: own }) => own.length > 1)) return [];
  const all = found.flatMap(({ years: own }) => own).sort((a, b) => (a.start < b.start ? -1 : 1));
  const form = spans.some(({ to }) => to !== null) ? 'range' : formOf(spans.map(({ from }) => from));
  const each = dates(form === 'month' ? 'months' : form, ...all);
  const [span] = spans;
  if (!span || spans.length > 1 || span.to !== null || span.from.is !== 'month') return [each];
  const first = all[0];
  const before = first && monthWindow(yearMonthOf(first.start).year - 1, yearMonthOf(first.start).month);
  return [
    each,
    { kind: 'recurring', rule: `FREQ=YEARLY;BYMONTH=${yearMonthOf(all[0]?.start ?? '').month}` },
    ...(before && before.start.slice(5, 7) === '08' ? [dates('month', before)] : []),
  ];
}

/** Two months or days side by side may be a stretch. */
function pairs({ spans, windows, form }: DatesRead): Schedule[] {
  const [start, end] = windows;
  if (!start || !end || windows.length !== 2 || start.start >= end.start) return [];
  const isMonths = form === 'months' && (spans[1]?.led === false || addDays(start.end, 1) === end.start);
  const isDays = form === 'date' && spans[1]?.led === false;
  return isMonths || isDays ? [dates('range', { start: start.start, end: end.end })] : [];
}

/**
 * A printed year outside the plan may remain from the plan of the previous year. The printed year is the main reading.
 */
function inPlan({ spans, form, windows, around: { period } }: DatesRead): Schedule[] {
  if (form !== 'date' || !period || outside(period, ...windows).length === 0) return [];
  const own = spans.flatMap(({ from }) => {
    if (from.is !== 'day' || from.month === null || typeof from.year !== 'number') return [];
    const { day: number, month: of } = from;
    const [first, last] = [yearMonthOf(period.start).year, yearMonthOf(period.end).year];
    const found = Array.from({ length: last - first + 1 }, (_, index) => dayOf(first + index, of, number));
    const date = found.find((each) => each !== undefined && within(each, period));
    return date === undefined ? [] : [{ start: date, end: date }];
  });
  return own.length === windows.length ? [dates('date', ...own)] : [];
}

/** A month that is partly outside the plan may mean only the part inside the plan. */
function cutByPlan({ form, windows: [window], around: { period } }: DatesRead): Schedule[] {
  if (form !== 'month' || !window || !period) return [];
  const inside = cut(window, period);
  return inside && (inside.start !== window.start || inside.end !== window.end) ? [dates('month', inside)] : [];
}

/**
 * Returns the other readings of months that begin before the plan. For «август - сентябрь» of a school year: the range
 * cut to the plan, and the two months at its two ends. For «июнь - сентябрь»: the range cut to the plan, the range at
 * the end of the plan, or that range cut to the plan.
 */
function atEnds({ spans, windows: [window], around }: DatesRead): Schedule[] {
  const [span] = spans;
  const { period } = around;
  if (!span || !window || spans.length > 1 || !period || around.month !== null) return [];
  if (span.from.is !== 'month' || span.to?.is !== 'month' || yearOf(span.from) !== null || yearOf(span.to) !== null)
    return [];
  const inside = cut(window, period);
  if (!inside || window.start >= period.start) return [];
  const later = {
    start: addMonths(window.start, 12),
    end: monthWindow(yearMonthOf(window.end).year + 1, yearMonthOf(window.end).month).end,
  };
  const laterInside = cut(later, period);
  const both = bothEnds(span, around);
  if (both) return [dates('range', inside), both];
  return [dates('range', inside), ...(laterInside ? [dates('range', later), dates('range', laterInside)] : [])];
}

/** Returns two adjacent months if the plan contains one of them at each end. */
function bothEnds(span: Span, around: Surroundings): Schedule | undefined {
  if (span.from.is !== 'month' || span.to?.is !== 'month' || span.from.month === null) return undefined;
  if (span.to.month !== (span.from.month % 12) + 1) return undefined;
  const [last] = windowsOf({ ...span, to: null }, around);
  const [first] = windowsOf({ ...span, from: span.to, to: null }, around);
  return first && last && first.start < last.start ? dates('months', first, last) : undefined;
}

function windowsOf(span: Span, around: Surroundings): readonly Window[] {
  const found = placeSpans([span], around);
  return typeof found === 'object' ? found.map(({ window }) => window) : [];
}
