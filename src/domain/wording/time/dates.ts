import { addDays, cut, dayOf, monthWindow, type Window, within, yearMonthOf } from '../../dates.js';
import { type DatesForm, type PlanPeriod, type Schedule, type TimeframeFlag } from '../../schedule.js';
import { type Surroundings } from './chart.js';
import { type Placed } from './placed.js';
import { placeSpans, type Span } from './spans.js';
import { type StatementOutcome } from './statement.js';
import { type TimeUnit } from './unit.js';

/** A schedule of printed days. */
export function dates(form: DatesForm, ...windows: readonly Window[]): Schedule {
  return { kind: 'dates', form, windows };
}

/** Returns the flag if one of the windows starts before or ends after the plan. */
export function outside(period: PlanPeriod | null, ...windows: readonly Window[]): TimeframeFlag[] {
  return period && windows.some(({ start, end }) => start < period.start || end > period.end) ? ['OUTSIDE_PERIOD'] : [];
}

/** Returns the printed form of a list of units. */
export function formOf(units: readonly (TimeUnit | null)[]): DatesForm {
  if (units.every((unit) => unit?.is === 'day' || unit?.is === 'weekday')) return 'date';
  if (units.every((unit) => unit?.is === 'month')) return units.length === 1 ? 'month' : 'months';
  return 'range';
}

/** Returns what spans mean as days. */
export function datesOf(spans: readonly Span[], around: Surroundings, timed: boolean): StatementOutcome {
  const found = placeSpans(spans, around);
  if (found === 'external') return { schedule: { kind: 'external' } };
  if (typeof found !== 'object') return found;
  const { period } = around;
  const printed = found.map(({ window }) => window);
  const form = spans.some(({ to }) => to !== null) ? 'range' : formOf(spans.map(({ from }) => from));
  const isJoined = form === 'range' && spans.every(({ from, to }) => to === null && from.is === 'counted');
  const windows = isJoined ? joinedDates(printed) : printed;
  const whole = wholePlan(spans, windows, around);
  if (whole) return whole;
  const main = dates(edgeMonth(spans, found) ? 'month' : form, ...windows);
  const flags = [
    ...spans.flatMap((span) => span.flags),
    ...found.flatMap((place) => place.flags),
    ...outside(period, ...windows),
  ];
  const atBothEnds = bothEnds(spans, windows, around);
  const alternatives = [
    ...othersOf(found, isJoined),
    ...unjoined(spans, printed, windows),
    ...beforeLast(spans, windows),
    ...eachSchoolYear(spans, found),
    ...pairs(spans, printed, form),
    ...inPlan(spans, form, windows, period),
    ...cutByPlan(form, windows, period),
    ...atBothEnds,
  ];
  const unsure = alternatives.length > 0;
  return {
    schedule: main,
    ...(unsure ? { alternatives } : {}),
    flags: [
      ...flags.filter((flag) => flag !== 'AMBIGUOUS'),
      ...(unsure ? (['AMBIGUOUS'] as const) : []),
      ...(atBothEnds.length > 0 ? (['YEAR_ASSUMED'] as const) : []),
      ...(timed ? (['DETAIL_LEFT'] as const) : []),
    ],
  };
}

/** «начало учебного года» is its first month. */
function edgeMonth(spans: readonly Span[], found: readonly Placed[]): boolean {
  const [span] = spans;
  const other = found[0]?.others[0];
  return (
    span !== undefined &&
    spans.length === 1 &&
    span.to === null &&
    isSchoolEdge(span.from) &&
    other?.window !== undefined &&
    other.window !== null &&
    other.as === 'range'
  );
}

function isSchoolEdge(unit: TimeUnit): boolean {
  return unit.is === 'edge' && (unit.whole.is === 'ownYear' || unit.whole.is === 'years');
}

/** Returns the schedule of years that are exactly those of the plan. */
function wholePlan(spans: readonly Span[], windows: readonly Window[], { period }: Surroundings): StatementOutcome {
  const [span] = spans;
  const [window] = windows;
  if (!period || !span || !window || spans.length > 1 || span.from.is !== 'years') return undefined;
  if (window.start !== period.start || window.end !== period.end) return undefined;
  const throughout: Schedule = { kind: 'throughout', window: period };
  const isOne = span.to === null && (span.from.school || span.from.first === span.from.last);
  return isOne
    ? { schedule: throughout }
    : { schedule: dates('range', window), alternatives: [throughout], flags: ['AMBIGUOUS'] };
}

/** The other readings of the places, all of the same kind at once. */
function othersOf(found: readonly Placed[], isJoined: boolean): Schedule[] {
  const most = Math.min(4, Math.max(...found.map(({ others }) => others.length)));
  return Array.from({ length: most }, (_, index): Schedule => {
    const chosen = found.map(({ others, window }) => others[index] ?? { window, as: 'range' as const });
    const undated = chosen.find((other) => other.window === null);
    if (undated?.window === null) return undated.schedule;
    const windows = chosen.flatMap((other) => (other.window ? [other.window] : []));
    const isMonths = chosen.every((other) => other.window && other.as === 'month');
    if (isMonths) return dates(windows.length === 1 ? 'month' : 'months', ...windows);
    return dates('range', ...(isJoined ? joinedDates(windows) : windows));
  });
}

/** Adjacent quarters or seasons may be separate pieces of work. */
function unjoined(spans: readonly Span[], printed: readonly Window[], windows: readonly Window[]): Schedule[] {
  const isParts = spans.every(
    ({ from, to }) =>
      to === null &&
      (from.is === 'season' ||
        from.is === 'edge' ||
        (from.is === 'counted' && from.of !== 'week' && from.of !== 'decade')),
  );
  if (!isParts || printed.length < 2) return [];
  const months = dates('months', ...printed);
  return windows.length < printed.length ? [dates('range', ...printed), months] : [months];
}

/** «со 2 сентября до 1 октября»: that day is included, or not. */
function beforeLast(spans: readonly Span[], [window]: readonly Window[]): Schedule[] {
  const [span] = spans;
  const isOpen = spans.length === 1 && span?.until === true && span.to?.is === 'day';
  return isOpen && window && window.start < window.end
    ? [dates('range', { start: window.start, end: addDays(window.end, -1) })]
    : [];
}

/** In a plan of several years a month may be meant in each year. */
function eachSchoolYear(spans: readonly Span[], found: readonly Placed[]): Schedule[] {
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

/** Two adjacent months or days may be a range. */
function pairs(spans: readonly Span[], windows: readonly Window[], form: DatesForm): Schedule[] {
  const [start, end] = windows;
  if (!start || !end || windows.length !== 2 || start.start >= end.start) return [];
  const isMonths = form === 'months' && (spans[1]?.led === false || addDays(start.end, 1) === end.start);
  const isDays = form === 'date' && spans[1]?.led === false;
  return isMonths || isDays ? [dates('range', { start: start.start, end: end.end })] : [];
}

/** A printed year that leaves the plan may be a slip of last year's plan; the printed one stays the reading. */
function inPlan(
  spans: readonly Span[],
  form: DatesForm,
  windows: readonly Window[],
  period: PlanPeriod | null,
): Schedule[] {
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

/** A month that is partly outside the plan may mean its part inside the plan. */
function cutByPlan(form: DatesForm, [window]: readonly Window[], period: PlanPeriod | null): Schedule[] {
  if (form !== 'month' || !window || !period) return [];
  const inside = cut(window, period);
  return inside && (inside.start !== window.start || inside.end !== window.end) ? [dates('month', inside)] : [];
}

/** «август - сентябрь» of a school year: the months before it, cut to it, or those at both its ends. */
function bothEnds(spans: readonly Span[], [window]: readonly Window[], around: Surroundings): Schedule[] {
  const [span] = spans;
  const { period } = around;
  if (!span || !window || spans.length > 1 || !period || around.month !== null) return [];
  if (span.from.is !== 'month' || span.to?.is !== 'month' || span.from.year !== null || window.start >= period.start)
    return [];
  const inside = cut(window, period);
  const first = placeSpans([{ ...span, to: null }], around);
  const last = placeSpans([{ ...span, from: span.to, to: null }], around);
  if (!inside || typeof first !== 'object' || typeof last !== 'object') return [];
  const [start, end] = [last[0]?.window, first[0]?.window];
  return [dates('range', inside), ...(start && end && start.start < end.start ? [dates('months', start, end)] : [])];
}

/** Windows in order, those that touch each other as one. */
function joinedDates(windows: readonly Window[]): Window[] {
  const found: Window[] = [];
  for (const window of windows) {
    const last = found.at(-1);
    if (last && addDays(last.end, 1) === window.start) found.splice(-1, 1, { start: last.start, end: window.end });
    else found.push(window);
  }
  return found;
}
