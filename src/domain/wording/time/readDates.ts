import { type Window } from '../../dates.js';
import { dates, formOf, formOfMonths, joinedDates, outside, throughoutYear } from './dates.js';
import { otherDates } from './otherDates.js';
import { type Surroundings } from './parser.js';
import { type Placed } from './placed.js';
import { placeSpans, type Span } from './spans.js';
import { type StatementOutcome } from './statement.js';
import { type TimeUnit } from './unit.js';

/** Words beside printed days. */
interface Beside {
  /** «в течение» */
  readonly isDuring: boolean;
  /** Time of the day. */
  readonly time: string | null;
}

/** Returns the meaning of spans as days. */
export function datesOf(spans: readonly Span[], around: Surroundings, { isDuring, time }: Beside): StatementOutcome {
  const found = placeSpans(spans, around);
  if (found === 'external') {
    // «весенние каникулы, 25-31 марта» has days beside a reference to another document: two statements.
    // In «осенние, зимние каникулы» the seasons are of holidays.
    const areAll = spans.every((span) => span.from.is === 'season' || placeSpans([span], around) === 'external');
    return areAll ? { schedule: { kind: 'external' } } : undefined;
  }
  if (typeof found !== 'object') return found;
  const { period } = around;
  const outer = spans.length > MOST_COMPARED ? [] : spans.filter((_, index) => holdsAnother(found, index));
  if (outer.length > 0) return exactDays(spans, outer, around, { isDuring, time });
  const printed = distinctWindows(found.map(({ window }) => window));
  const isStretch = spans.some(({ to }) => to !== null);
  const form = isStretch ? 'range' : formOf(spans.map(({ from }) => from));
  const isJoined = form === 'range' && spans.every(({ from, to }) => to === null && from.is === 'counted');
  const windows = isJoined ? joinedDates(printed) : printed;
  const whole = wholePlan(spans, windows, around, isDuring);
  if (whole) return whole;
  const main = dates(areSchoolEdges(spans, found) ? formOfMonths(windows) : form, ...windows);
  const alternatives = otherDates({ spans, found, printed, form, windows, around });
  const isAssumed = alternatives.length > 0 && windows.some(({ start }) => isStretch && period && start < period.start);
  const flags = [
    ...spans.flatMap((span) => span.flags),
    ...found.flatMap((place) => place.flags),
    ...outside(period, ...windows),
  ];
  return {
    schedule: main,
    // The time of day is a detail of the same days, so no choice is needed.
    alternatives: [...alternatives, ...(time === null ? [] : [{ ...main, time }])],
    flags: [
      ...flags.filter((flag) => flag !== 'AMBIGUOUS'),
      ...(alternatives.length > 0 ? (['AMBIGUOUS'] as const) : []),
      ...(isAssumed ? (['YEAR_ASSUMED'] as const) : []),
      ...(time === null ? [] : (['DETAIL_LEFT'] as const)),
    ],
  };
}

/** Maximum number of spans that are compared with one another. */
const MOST_COMPARED = 12;

function holdsAnother(found: readonly Placed[], index: number): boolean {
  return found.some(({ window }) => isWider(found[index]?.window, window));
}

function isWider(outer: Window | undefined, inner: Window): boolean {
  if (!outer || (outer.start === inner.start && outer.end === inner.end)) return false;
  return outer.start <= inner.start && outer.end >= inner.end;
}

/** «I полугодие, сентябрь»: a stretch and days within it. The days are more exact, but both may be meant. */
function exactDays(
  spans: readonly Span[],
  outer: readonly Span[],
  around: Surroundings,
  beside: Beside,
): StatementOutcome {
  const exact = datesOf(
    spans.filter((span) => !outer.includes(span)),
    around,
    beside,
  );
  const whole = datesOf(outer, around, { ...beside, time: null });
  if (typeof exact !== 'object' || typeof whole !== 'object') return exact;
  const { alternatives = [], flags = [] } = exact;
  return {
    ...exact,
    alternatives: [...alternatives, whole.schedule, ...(whole.alternatives ?? [])],
    flags: [...flags, ...(whole.flags ?? []), 'AMBIGUOUS'],
  };
}

/** «июнь-август, лето»: the same days named twice are meant once. */
function distinctWindows(windows: readonly Window[]): readonly Window[] {
  const known = new Set<string>();
  return windows.filter(({ start, end }) => !known.has(`${start}/${end}`) && known.add(`${start}/${end}`));
}

/** «начало учебного года» is its first month. */
function areSchoolEdges(spans: readonly Span[], found: readonly Placed[]): boolean {
  return spans.every(({ from, to }, index) => {
    const other = found[index]?.others[0];
    return to === null && isSchoolEdge(from) && other?.window != null && other.as === 'range';
  });
}

function isSchoolEdge(unit: TimeUnit): boolean {
  return unit.is === 'edge' && (unit.whole.is === 'ownYear' || unit.whole.is === 'years');
}

/** Returns the whole plan if the spans are the year or years of the plan. */
function wholePlan(
  spans: readonly Span[],
  windows: readonly Window[],
  { period }: Surroundings,
  isDuring: boolean,
): StatementOutcome {
  const [span] = spans;
  const [window] = windows;
  if (!period || !span || !window || spans.length > 1 || span.from.is !== 'years') return undefined;
  if (window.start !== period.start || window.end !== period.end) return undefined;
  const isOne = span.to === null && (span.from.school || span.from.first === span.from.last);
  if (isOne) return isDuring ? throughoutYear(period) : { schedule: { kind: 'throughout', window: period } };
  return {
    schedule: dates('range', window),
    alternatives: [{ kind: 'throughout', window: period }],
    flags: ['AMBIGUOUS'],
  };
}
