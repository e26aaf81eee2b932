import { addDays, type Window } from '../../dates.js';
import { type PlanPeriod, type TimeframeFlag } from '../../schedule.js';
import { clock } from './clock.js';
import {
  all,
  behind,
  either,
  first,
  key,
  map,
  mark,
  maybe,
  perhaps,
  rule,
  some,
  three,
  two,
  unitWord,
  with_,
} from './combinators.js';
import { partsOfMonth, partsOfYear } from './counted.js';
import { dates, formOf, outside } from './dates.js';
import { bareDay, dayAlone, laterMonth } from './days.js';
import { daysInMonth } from './daysInMonth.js';
import { list } from './list.js';
import { type Parser, type Surroundings } from './parser.js';
import { type Placed } from './placed.js';
import { datesOf } from './readDates.js';
import { inMonth, placeSpans, type Span, withYear, yearOf } from './spans.js';
import { type StatementOutcome } from './statement.js';
import { type Printed, type TimeUnit } from './unit.js';
import { anyUnit, edges } from './units.js';

/** Separators of a list: «и», a comma, a slash. */
export const separator = rule(all(some(mark('comma', 'slash'), key('и', 'или')), maybe(key('и', 'или'))));

/** «в», «в течение», «на протяжении», «в дни», «за», «весь»: prepositions before a time. */
export const during = rule(
  all(
    some(
      key('втечение'),
      all(key('в', 'на'), key('течение')),
      all(key('в', 'на', 'за'), some(key('период', 'время'), unitWord('day'), maybe(key('весь')))),
    ),
    maybe(key('весь')),
  ),
);

const point: Parser<Printed> = rule(
  first(
    anyUnit,
    map(partsOfYear, (units) => one(units)),
    map(partsOfMonth, (units) => one(units)),
    bareDay,
  ),
);

function one(units: readonly TimeUnit[]): Printed | undefined {
  const [unit] = units;
  return unit && units.length === 1 ? { unit, flags: [] } : undefined;
}

const since = all(maybe(key('начиная')), maybe(all(maybe(key('в')), key('период', 'срок'))), key('с'));
const notSooner = all(key('не'), key('ранее'));
const andNotLater = all(maybe(mark('comma')), maybe(key('и', 'но')), key('не'), key('позднее'));

/** «между 10 и 15 февраля» */
const rangeBetween: Parser<readonly Span[]> = three(behind(key('между'), point), key('и'), point, (from, _, to) => [
  datedSpan(from.unit, to.unit, false, [...from.flags, ...to.flags]),
]);

/** «с 1 по 15 октября», «20-24.11», «сентябрь – май», «не ранее 10 мая и не позднее 20 мая» */
const rangeFromTo: Parser<readonly Span[]> = map(
  three(
    two(maybe(some(since, notSooner)), point, (words, from) => ({ isWorded: words !== null, from })),
    first<'dash' | 'по' | 'до' | 'не позднее'>(
      map(andNotLater, () => 'не позднее'),
      map(mark('dash'), () => 'dash'),
      map(key('по'), () => 'по'),
      map(key('до'), () => 'до'),
    ),
    with_(behind(maybe(key('с')), point), maybe(key('включительно'))),
    ({ isWorded, from }, joint, to) => ({
      isLimit: joint === 'не позднее' && !isWorded,
      // «с 8 до 17» may be hours. «с 8 по 17» is days where the heading has their month.
      isUnsure: isBare(from.unit) && isBare(to.unit) && isWorded,
      span: {
        ...datedSpan(from.unit, to.unit, joint === 'dash', [...from.flags, ...to.flags]),
        until: joint === 'до',
      },
    }),
  ),
  // «сентябрь, не позднее 15 октября» is a month and a deadline.
  ({ isLimit, isUnsure, span }, { month }) =>
    isLimit || (isUnsure && (span.until || month === null)) ? undefined : [span],
);

const range: Parser<readonly Span[]> = rule(either(rangeFromTo, rangeBetween));

function isBare(unit: TimeUnit): boolean {
  return unit.is === 'day' && unit.month === null;
}

function datedSpan(from: TimeUnit, to: TimeUnit | null, dashed: boolean, flags: readonly TimeframeFlag[]): Span {
  return { from, to, dashed, until: false, led: false, isOfMonth: false, flags };
}

const singles: Parser<readonly Span[]> = rule(
  either(
    first(
      map(laterMonth, ({ unit, flags }) => [{ ...datedSpan(unit, null, false, flags), isOfMonth: true }]),
      map(anyUnit, ({ unit, flags }) => [datedSpan(unit, null, false, flags)]),
    ),
    map(either(partsOfYear, partsOfMonth, edges), (units) => units.map((unit) => datedSpan(unit, null, false, []))),
    map(dayAlone, ({ unit }) => [datedSpan(unit, null, false, [])]),
    map(daysInMonth, (found) => found.map(({ from, to }) => datedSpan(from.unit, to, to !== null, from.flags))),
  ),
);

const member: Parser<readonly Span[]> = rule(
  two(maybe(separator), behind(maybe(during), either(range, singles)), (led, spans) =>
    spans.map((span, index) => ({ ...span, led: led !== null || index > 0 })),
  ),
);

const noDates: Parser<null> = (_, at) => [{ value: null, end: at }];

/** Reads a list of days and ranges, with years for all of them at the end: «Февраль, май 2013, 2014». */
const spanList: Parser<readonly Span[]> = rule(
  map(list(member, noDates), (members) => {
    const spans = inLaterMonths(members.flat());
    return spans && withLaterYears(inFirstYear(spans));
  }),
);

/** Maximum number of days and stretches that a list of days in several months has. */
const MOST_SPANS = 60;

/** «15 марта, июня, сентября», «второй понедельник января, марта»: the days come in each of the months. */
function inLaterMonths(spans: readonly Span[]): readonly Span[] | undefined {
  const found: Span[] = [];
  let repeated: readonly Span[] = [];
  for (const span of spans) {
    const { from: month } = span;
    const isLater = span.isOfMonth && span.led && span.to === null && month.is === 'month';
    const again = isLater ? repeated.flatMap((each) => spanInMonth(each, month) ?? []) : [];
    if (again.length > 0) {
      found.push(...again);
      if (found.length > MOST_SPANS) return undefined;
      continue;
    }
    const last = repeated.at(-1);
    repeated = last && isBare(last.to ?? last.from) ? [...repeated, span] : [span];
    found.push(span);
  }
  return found;
}

function spanInMonth(span: Span, month: Extract<TimeUnit, { is: 'month' }>): Span | undefined {
  const { from, to } = span;
  // A day without a month has the month of the next day.
  if (isBare(to ?? from)) return { ...span, led: true };
  const last = inMonth(to ?? from, month);
  if (!last || (to !== null && !isBare(from))) return undefined;
  return { ...span, led: true, ...(to === null ? { from: last } : { to: last }) };
}

/** «2025 год: I квартал, май»: a year before other spans is the year of all of them. */
function inFirstYear(spans: readonly Span[]): readonly Span[] {
  const [first, ...others] = spans;
  const year = first && first.to === null ? onlyYear(first.from) : undefined;
  const isOfAll = others.every((span) => span.to === null && isYearly(span) && yearOf(span.from) === null);
  if (year === undefined || others.length === 0 || !isOfAll) return spans;
  return others.map((span) => ({ ...span, from: withYear(span.from, year) }));
}

/** «апрель – май 2013, 2014»: years after a span that has the first year are years of the whole span. */
function withLaterYears(spans: readonly Span[]): readonly Span[] {
  const before = spans.slice(0, spans.findLastIndex(({ from, to }) => to !== null || onlyYear(from) === undefined) + 1);
  const last = before.at(-1);
  const first = last && yearOf(last.to ?? last.from);
  const later = spans.slice(before.length).flatMap(({ from }) => onlyYear(from) ?? []);
  if (typeof first !== 'number' || later.length === 0 || !before.every(isYearly)) return spans;
  const units = before.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  if (units.slice(0, -1).some((unit) => yearOf(unit) !== null)) return spans;
  return [first, ...later].flatMap((year) =>
    before.map((span) =>
      span.to === null
        ? { ...span, led: true, from: withYear(span.from, year) }
        : { ...span, led: true, to: withYear(span.to, year) },
    ),
  );
}

function onlyYear(unit: TimeUnit): number | undefined {
  return unit.is === 'years' && unit.first === unit.last && !unit.school ? unit.first : undefined;
}

/** Months and parts of a year come each year; years and weeks do not. */
function isYearly({ from, to }: Span): boolean {
  return [from, to ?? from].every(
    (unit) => unit.is === 'month' || unit.is === 'season' || (unit.is === 'counted' && unit.school === null),
  );
}

const withClock = perhaps(two(maybe(mark('comma', 'open')), with_(clock, maybe(mark('close'))), (_, time) => time));

/** Days and stretches of days, with a time of the day. */
export const dated: Parser<StatementOutcome> = rule(
  map(
    three(maybe(during), spanList, withClock, (lead, spans, time) => ({ isDuring: lead !== null, spans, time })),
    ({ spans, ...beside }, around) =>
      beside.time !== null && spans.some(({ from }) => from.is !== 'day') ? undefined : datesOf(spans, around, beside),
  ),
);

const afterWords = first(
  map(key('после'), () => true),
  map(all(key('не'), key('ранее')), () => false),
);

/** Returns the result of `read` for the days of a unit and the period of the plan. */
function ofPlacedUnit(
  { unit, flags }: Printed,
  around: Surroundings,
  read: (place: Placed, period: PlanPeriod) => StatementOutcome,
): StatementOutcome {
  const found = placeSpans([datedSpan(unit, null, false, flags)], around);
  if (typeof found !== 'object') return found;
  const [place] = found;
  return place && (around.period ? read(place, around.period) : 'needsPeriod');
}

/** «после 15 мая», «не ранее октября»: from that time on, or from the day behind it. */
export const notBefore: Parser<StatementOutcome> = rule(
  map(
    two(afterWords, point, (isAfter, printed) => ({ isAfter, printed })),
    ({ isAfter, printed }, around) =>
      ofPlacedUnit(printed, around, ({ window, years, others, flags }, period) => {
        const from = ({ start, end }: Window) => {
          const first = isAfter ? addDays(end, 1) : start;
          return first > period.end ? [] : [dates('range', { start: first, end: period.end })];
        };
        const [schedule] = from(window);
        if (!schedule) return undefined;
        const otherWindows = [...years, ...others.flatMap((other) => other.window ?? [])];
        return {
          schedule,
          alternatives: otherWindows.flatMap(from),
          flags: [...printed.flags, ...flags, ...outside(period, ...schedule.windows)],
        };
      }),
  ),
);

/** «с 1 сентября», «начиная с октября 2023 г.»: from that day on, or on that day. */
export const onwards: Parser<StatementOutcome> = rule(
  map(behind(since, point), (printed, around) =>
    ofPlacedUnit(printed, around, ({ window, others }, { start: first, end }) => {
      const { start } = window;
      if (start > end) return undefined;
      const form = formOf([printed.unit]);
      const since = others.flatMap((other) => (other.window ? [other.window] : []));
      return {
        schedule: dates('range', { start, end }),
        alternatives: [
          dates(form, window),
          ...since.flatMap((other) => [dates('range', { start: other.start, end }), dates(form, other)]),
        ],
        flags: ['AMBIGUOUS', ...printed.flags, ...outside({ start: first, end }, { start, end: start })],
      };
    }),
  ),
);
