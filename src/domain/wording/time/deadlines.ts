import { addDays, type LocalDate, type Window, yearMonthOf } from '../../dates.js';
import { type Schedule, type TimeframeFlag } from '../../schedule.js';
import { untilMay } from '../../schoolYear.js';
import { all, behind, either, first, four, key, map, mark, maybe, rule, some, three, two } from './combinators.js';
import { partsOfMonth, partsOfYear } from './counted.js';
import { outside } from './dates.js';
import { day, dayAlone, laterMonth, month, namedMonth } from './days.js';
import { list } from './list.js';
import { type Parser, type Surroundings } from './parser.js';
import { inMonth } from './spans.js';
import { type Due, type StatementOutcome } from './statement.js';
import { isKeyed } from './tokens.js';
import { type Printed, type TimeUnit } from './unit.js';
import { edge, season, years } from './units.js';
import { placed, schoolEdge } from './windows.js';

/** «до», «в срок до», «не позднее», «к»: words before a due day. */
export const dueWords = rule(
  all(
    maybe(all(maybe(key('в')), key('срок'))),
    some(all(key('не'), key('позднее'), maybe(all(maybe(mark('comma')), key('чем')))), key('до', 'к')),
  ),
);

/** The period of a report: «(за отчетный год)», «за I квартал –». */
interface ReportOn {
  readonly wholeYear: boolean;
}

const MOST_WORDS = 10;
const MOST_MONTHS = 12;
/** Maximum number of due days that follow the first one of a list: two in each month. Further ones begin a new list. */
const MOST_FURTHER_DUES = 24;

/** Reads the words after «за», up to a bracket or a dash. They may be only a year. */
const reportedPart: Parser<ReportOn> = (chart, at) => {
  let end = at;
  let [year, part] = [false, false];
  for (; end < at + MOST_WORDS; end += 1) {
    const token = chart.tokens[end];
    if (token?.kind === 'number') part = true;
    else if (token?.kind === 'word' && !isKeyed(token, 'до')) {
      year ||= token.senses.some((one) => one.is === 'unit' && one.unit === 'year');
      part ||= token.senses.some((one) => one.is === 'ordinal' || (one.is === 'unit' && one.unit !== 'year'));
    } else break;
  }
  return end > at ? [{ value: { wholeYear: year && !part }, end }] : [];
};

const before = maybe(
  behind(
    key('за'),
    two(reportedPart, maybe(mark('dash', 'colon', 'comma')), (part) => part),
  ),
);
const bracketed = maybe(two(behind(all(mark('open'), key('за')), reportedPart), mark('close'), (part) => part));

const target: Parser<Printed> = first(
  day,
  edge,
  month,
  map(either(partsOfYear, partsOfMonth), ([unit, second]) => (unit && !second ? { unit, flags: [] } : undefined)),
  years,
  season,
);

const due: Parser<Due> = rule(
  four(before, maybe(dueWords), target, bracketed, (_, __, { unit }, report) => ({
    unit,
    after: report?.wholeYear === true && unit.is === 'day' && unit.year === null,
  })),
);

const firstDue: Parser<Due> = rule(
  either(
    map(behind(key('по'), day), ({ unit }) => ({ unit, after: false })),
    // «по май»: to its end.
    map(behind(key('по'), namedMonth), ({ unit }) => ({
      unit: { is: 'edge' as const, edge: 'end' as const, whole: unit },
      after: false,
    })),
    four(before, dueWords, target, bracketed, (_, __, { unit }, report) => ({
      unit,
      after: report?.wholeYear === true && unit.is === 'day' && unit.year === null,
    })),
  ),
);

/** A further due day, or a further month of the previous due days: «до 15 марта, июня, сентября». */
type NextDue = { readonly due: Due } | { readonly month: Extract<TimeUnit, { is: 'month' }> };

const nextDue: Parser<NextDue> = first<NextDue>(
  behind(
    some(all(mark('comma'), maybe(key('и'))), key('и')),
    map(laterMonth, ({ unit }) => ({ month: unit })),
  ),
  behind(
    all(maybe(mark('comma')), maybe(key('и'))),
    map(due, (found) => ({ due: found })),
  ),
);

/** «до 15 июля (за I полугодие), до 15 января (за отчетный год)» */
export const dueList: Parser<readonly Due[]> = rule(
  two(
    firstDue,
    either(
      map(list(nextDue, noWords, MOST_FURTHER_DUES), (more) => more),
      map(noWords, () => []),
    ),
    duesOf,
  ),
);

function duesOf(one: Due, more: readonly NextDue[]): readonly Due[] {
  const found = [one];
  let last = one;
  for (const each of more) {
    const again = 'month' in each ? inMonth(last.unit, each.month) : undefined;
    if ('due' in each) last = each.due;
    found.push('due' in each ? each.due : { unit: again ?? each.month, after: false });
  }
  return found;
}

function noWords(_: unknown, at: number) {
  return [{ value: null, end: at }];
}

const betweenMonths = some(mark('comma', 'slash'), key('и'));

/** «сентябрь (до 20 числа)», «январь, июль – до 15 числа»: the same due day of each month. */
export const dueInMonths: Parser<readonly Due[]> = rule(
  three(
    list(namedMonth, betweenMonths, MOST_MONTHS),
    behind(maybe(mark('comma', 'open', 'dash', 'colon')), behind(dueWords, dayAlone)),
    maybe(mark('close')),
    (months, { unit }) =>
      months.flatMap(({ unit: of }) =>
        of.is === 'month' && unit.is === 'day'
          ? [{ unit: { ...unit, month: of.month, year: of.year }, after: false }]
          : [],
      ),
  ),
);

/** «до 10», «до 25 числа» in the table of a month. */
export const dueOfHeading: Parser<readonly Due[]> = rule(
  map(behind(dueWords, dayAlone), ({ unit }, { month: heading }) =>
    heading === null ? undefined : [{ unit, after: false }],
  ),
);

/** Returns the deadline of due days, that day included. */
export function deadlineOf(dues: readonly Due[], around: Surroundings): StatementOutcome {
  const found: LocalDate[] = [];
  const others: (readonly LocalDate[])[] = [];
  const years: (readonly LocalDate[])[] = [];
  const flags: TimeframeFlag[] = [];
  for (const each of dues) {
    const unit: TimeUnit = each.after && each.unit.is === 'day' ? { ...each.unit, year: 'next' } : each.unit;
    const last = lastDay(unit, around);
    if (last === undefined || typeof last === 'string') return last;
    found.push(last.day);
    years.push(last.years);
    others.push(last.others);
    const after = last.flags.includes('DUE_AFTER_PERIOD');
    flags.push(...last.flags, ...(after ? [] : outside(around.period, { start: last.day, end: last.day })));
  }
  const each = years.every((days) => days.length > 1) ? years.flat().sort() : [];
  const alternatives: Schedule[] = [
    ...otherDays(found, others),
    ...(each.length > 0 ? [{ kind: 'deadline', dates: each } as const] : []),
  ];
  return {
    schedule: { kind: 'deadline', dates: found },
    ...(alternatives.length > 0 ? { alternatives } : {}),
    flags: [
      ...new Set([
        ...flags.filter((flag) => flag !== 'AMBIGUOUS'),
        ...(alternatives.length > 0 ? (['AMBIGUOUS'] as const) : []),
      ]),
    ],
  };
}

/** Returns the deadlines in which each due day has its other reading of the same kind. */
function otherDays(found: readonly LocalDate[], others: readonly (readonly LocalDate[])[]): Schedule[] {
  const most = Math.max(...others.map((days) => days.length));
  return Array.from({ length: most }, (_, index) => ({
    kind: 'deadline',
    dates: found.map((day, at) => others[at]?.[index] ?? day),
  }));
}

/** The days of a month that its middle may mean, counted from its first one: the 15th, and the end of the second decade. */
const MIDDLE_DAYS = [14, 19];

function lastDay(unit: TimeUnit, around: Surroundings) {
  const whole = unit.is === 'edge' ? unit.whole : unit;
  const place = (unit.is === 'edge' ? schoolEdge(unit, around) : undefined) ?? placed(whole, around);
  if (typeof place !== 'object') return place;
  const [day, ...others] = dueDayReadings(unit, place.window);
  if (day === undefined) return undefined;
  const elsewhere = place.others.flatMap(({ window }) => (window ? dueDayReadings(unit, window).slice(0, 1) : []));
  return {
    day,
    flags: place.flags,
    years: unit.is === 'edge' && unit.edge !== 'end' ? [] : place.years.map((window) => window.end),
    others: [...new Set([...others, ...elsewhere])].filter((other) => other !== day),
  };
}

/** Returns the due day that «до» or «к» before a unit means, and after it the other readings. */
function dueDayReadings(unit: TimeUnit, { start, end }: Window): readonly LocalDate[] {
  if (unit.is !== 'edge') {
    // «до мая»: by its end, or before the month begins.
    return unit.is === 'day' ? [end] : [end, addDays(start, -1)];
  }
  switch (unit.edge) {
    case 'start':
      return [addDays(start, -1)];
    case 'middle':
      return unit.whole.is === 'month' ? MIDDLE_DAYS.map((days) => addDays(start, days)) : [];
    case 'end': {
      const isYear = unit.whole.is === 'ownYear' || unit.whole.is === 'years';
      const teaching = isYear ? untilMay({ start, end }) : undefined;
      return teaching ? [end, teaching.end] : [end];
    }
  }
}

/** Returns the deadlines of each year of a plan of several. */
export function eachYear(dues: readonly Due[], around: Surroundings): LocalDate[] {
  const { period } = around;
  if (!period) return [];
  const [first, last] = [yearMonthOf(period.start).year, yearMonthOf(period.end).year];
  const found: LocalDate[] = [];
  for (let year = first; year <= last; year += 1) {
    for (const { unit } of dues) {
      const place =
        unit.is === 'day' && unit.month !== null
          ? placed({ ...unit, year }, { ...around, month: null, part: null })
          : undefined;
      if (typeof place === 'object') found.push(place.window.end);
    }
  }
  return found;
}
