import { cut, type LocalDate, yearMonthOf } from '../dates.js';
import { memoized } from '../memo.js';
import { occurrences } from '../recurrence.js';
import { notationText, type PlanPeriod, type Schedule, type Timeframe, type TimeframeFlag } from '../schedule.js';
import { isSchoolYear } from '../schoolYear.js';
import { DEFAULT_SETTINGS, type SchoolTerm, type WorkingCalendar } from '../settings.js';
import { MAX_SHORT } from '../texts.js';
import { headingOf } from './heading.js';
import { readingOf } from './readings.js';
import { coverOf } from './time/cover.js';
import { chartOf, type Surroundings } from './time/parser.js';
import type { Reading } from './time/statement.js';
import { type Tokens, tokensOf } from './time/tokens.js';

/** Version of the rules, stored with each reading. A newer version never moves an approved due date by itself. */
export const WORDING_RULES = 'ru-9';

/** Flags that make a reading an assumption. */
const ASSUMPTIONS: readonly TimeframeFlag[] = ['AMBIGUOUS', 'YEAR_ASSUMED', 'OUTSIDE_PERIOD', 'RESIDUE_LEFT'];

/**
 * Returns what a printed timeframe means in a plan of this period. Never throws. If a part of the wording is about a
 * time but cannot be understood, the reading is `unknown`; nothing is guessed from the rest. The printed text never
 * changes.
 *
 * @param heading text above the row, such as the month or year of the table; empty for none.
 * @param terms school terms of the organisation, which give the days of «1 четверть» and «осенние каникулы».
 * @param calendar working days of the organisation, which give the day of «за 5 рабочих дней до 20 мая».
 */
export function readTimeframe(
  text: string,
  period: PlanPeriod | null,
  heading = '',
  terms: readonly SchoolTerm[] = NO_TERMS,
  calendar: WorkingCalendar = DEFAULT_SETTINGS.calendar,
): Timeframe {
  // A longer text is not a timeframe.
  if (text.length > MAX_SHORT) return notUnderstood(text, 'NOT_UNDERSTOOD');
  const around = surroundings(period, heading, terms, calendar);
  const kept = keptWith(terms, calendar);
  // The key has the month and year of the heading, not its text: most headings have none, so that rows share readings.
  const key = JSON.stringify([
    text,
    period?.start,
    period?.end,
    around.month,
    around.part,
    around.period?.start,
    around.period?.end,
  ]);
  const known = kept.get(key);
  if (known) return known;
  // The key does not contain the school terms and the calendar, because they do not change during one computation.
  return readingOf(key, notYetRead(text), () => {
    const found = read(text, period, around);
    if (text.length > LONGEST_KEPT) return found;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, found);
    return found;
  });
}

// Plans repeat their wordings, and one is read several times on its way into a draft. Longer ones are rarely repeated.
const LONGEST_KEPT = 200;
const MOST_KEPT = 2_000;
const NO_TERMS: readonly SchoolTerm[] = [];

/** Returns the known readings with these terms and this calendar. */
const keptWith = memoized((_terms: readonly SchoolTerm[], _calendar: WorkingCalendar) => new Map<string, Timeframe>());

function read(text: string, period: PlanPeriod | null, around: Surroundings): Timeframe {
  const tokens = tokensOf(text);
  const chart = chartOf(tokens.tokens, around);
  const cover = coverOf(chart);
  const reading = cover?.statement.reading;
  if (!cover || !reading) return notUnderstood(text, 'NOT_UNDERSTOOD');
  if (reading === 'needsPeriod') return notUnderstood(text, 'PERIOD_MISSING');
  const residue = cover.residue.length === 0 ? undefined : residueOf(tokens, cover.residue);
  return reading.schedule.kind === 'unknown'
    ? notUnderstood(text, 'NOT_UNDERSTOOD')
    : understood(text, reading, period, residue);
}

/** Returns true if every word of a text belongs to a timeframe. */
export function isTimeframe(text: string, period: PlanPeriod | null, heading = ''): boolean {
  const { schedule, residue } = readTimeframe(text, period, heading);
  return schedule.kind !== 'unknown' && residue === undefined;
}

// The rows of a section are read one after another.
let lastHeading = { heading: '', found: headingOf('') };

function surroundings(
  period: PlanPeriod | null,
  heading: string,
  terms: readonly SchoolTerm[],
  calendar: WorkingCalendar,
): Surroundings {
  if (heading !== lastHeading.heading) lastHeading = { heading, found: headingOf(heading) };
  const { month, years, part } = lastHeading.found;
  const within = years && period && (years.start > period.start || years.end < period.end) ? years : period;
  return { period: within ?? years, month: month ?? onlyMonth(period), part, terms, calendar };
}

/** The month of a plan that is not longer than one. */
function onlyMonth(period: PlanPeriod | null): number | null {
  return period && period.start.slice(0, 7) === period.end.slice(0, 7) ? yearMonthOf(period.start).month : null;
}

/** Returns the words that are not understood, as printed. Commas separate words that are not adjacent. */
function residueOf({ text }: Tokens, left: readonly { readonly from: number; readonly to: number }[]): string {
  const parts: { from: number; to: number }[] = [];
  for (const { from, to } of left) {
    const last = parts.at(-1);
    if (last && /^[\s.]*$/.test(text.slice(last.to, from))) last.to = to;
    else parts.push({ from, to });
  }
  return parts.map(({ from, to }) => text.slice(from, to).replace(/\s+/g, ' ')).join(', ');
}

/** Placeholder for a wording that is read later. Commands accept it, so that they go on to the next wording. */
function notYetRead(text: string): Timeframe {
  const schedule: Schedule = { kind: 'external' };
  return { text, schedule, confidence: 'assumed', alternatives: [], flags: [], rules: WORDING_RULES };
}

function notUnderstood(text: string, flag: TimeframeFlag): Timeframe {
  return {
    text,
    schedule: { kind: 'unknown' },
    confidence: 'unknown',
    alternatives: [],
    flags: [flag],
    rules: WORDING_RULES,
  };
}

function understood(text: string, reading: Reading, period: PlanPeriod | null, residue: string | undefined): Timeframe {
  const { schedule } = reading;
  const alternatives = distinctFrom(schedule, reading.alternatives ?? []);
  const flags = [
    ...new Set([
      ...(reading.flags ?? []).filter((flag) => flag !== 'AMBIGUOUS' || alternatives.length > 0),
      ...summerFlag(schedule, period),
      ...(residue === undefined ? [] : (['RESIDUE_LEFT'] as const)),
    ]),
  ];
  return {
    text,
    schedule,
    confidence: flags.some((flag) => ASSUMPTIONS.includes(flag)) ? 'assumed' : 'certain',
    alternatives,
    flags,
    rules: WORDING_RULES,
    ...(residue === undefined ? {} : { residue }),
  };
}

/** Returns the schedules that differ from `main` and from those before them. */
function distinctFrom(main: Schedule, others: readonly Schedule[]): readonly Schedule[] {
  if (others.length === 0) return others;
  const known = new Set([notationText(main)]);
  return others.filter((each) => {
    const before = known.size;
    return known.add(notationText(each)).size > before;
  });
}

/** Matches rules with days in every month. They need not be expanded, which takes longer than reading a wording. */
const EACH_MONTH =
  /^FREQ=(?:DAILY|WEEKLY|MONTHLY|(?:DAILY|WEEKLY);INTERVAL=[2-8])(?:;BYDAY=(?:-?[1-4]?[A-Z]{2},?)+(?:;BYSETPOS=[-\d,]+)?|;BYMONTHDAY=[-\d,]+)?$/;

/** Returns the flag of a monthly rule that falls into the summer break of a school year. */
function summerFlag(schedule: Schedule, period: PlanPeriod | null): TimeframeFlag[] {
  if (schedule.kind !== 'recurring' || !period || !isSchoolYear(period) || /BYMONTH=/.test(schedule.rule)) return [];
  const { year } = yearMonthOf(period.end);
  if (!cut({ start: `${year}-07-01`, end: `${year}-08-31` }, period)) return [];
  const isSummer = (day: LocalDate) => [7, 8].includes(yearMonthOf(day).month);
  const summer = EACH_MONTH.test(schedule.rule) || occurrences(schedule.rule, period).some(isSummer);
  return summer ? ['SUMMER_OCCURRENCES'] : [];
}
