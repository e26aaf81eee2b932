import { type QuotaUnit, type Schedule, type TimeframeFlag } from '../../schedule.js';
import { clockOrDay } from './clock.js';
import { all, behind, either, first, key, map, mark, maybe, rule, sense, some, two, unitWord } from './combinators.js';
import { type Parser } from './parser.js';
import { type Reading } from './statement.js';
import { count } from './words.js';

/** The days of a working week as a rule. */
export const WORKING_WEEK = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';

/** Returns the flag of a unit that the ends of a plan cut. */
export function cutFlags(unit: QuotaUnit): TimeframeFlag[] {
  return unit === 'quarter' || unit === 'week' ? ['CUT_PERIODS'] : [];
}

const RULES: Readonly<Partial<Record<QuotaUnit, string>>> = {
  day: 'FREQ=DAILY',
  week: 'FREQ=WEEKLY',
  month: 'FREQ=MONTHLY',
  year: 'FREQ=YEARLY',
};
const MONTHS_IN_UNIT: Readonly<Partial<Record<QuotaUnit, number>>> = { quarter: 3, halfYear: 6 };

/** Returns the rule of one window in every `step` units; undefined for a unit that RFC 5545 does not have. */
export function ruleOf(unit: QuotaUnit, step = 1): string | undefined {
  const months = step === 1 ? undefined : MONTHS_IN_UNIT[unit];
  const plain = RULES[months ? 'month' : unit];
  const interval = step * (months ?? 1);
  if (plain === undefined || step < 1 || step > 99) return undefined;
  return interval === 1 ? plain : `${plain};INTERVAL=${interval}`;
}

/** Returns the schedule of one in each unit. */
export function onceIn(unit: QuotaUnit): Reading {
  return { schedule: { kind: 'quota', count: 1, atLeast: false, per: unit, noun: null }, flags: cutFlags(unit) };
}

/** Returns the meaning of «ежемесячно» and «каждый месяц». */
export function inEach(unit: QuotaUnit, time?: string): Reading {
  const timed = time === undefined ? {} : { time };
  const plain = ruleOf(unit);
  if (plain === undefined) return onceIn(unit);
  const schedule: Schedule = { kind: 'recurring', rule: plain, ...timed };
  return unit === 'day'
    ? { schedule, alternatives: [{ ...schedule, rule: WORKING_WEEK }], flags: ['AMBIGUOUS'] }
    : { schedule };
}

export const every = key('каждый');

/** «ежемесячно», «каждый квартал», «раз в полугодие» */
export const often: Parser<QuotaUnit> = rule(
  first(
    sense((each) => (each.is === 'often' ? each.unit : undefined), 'often'),
    behind(every, unitWord()),
  ),
);

/** Reads «1 раз в квартал», «раз в месяц» before its day. */
export const onceInUnit: Parser<QuotaUnit> = rule(
  behind(
    all(
      maybe(map(count, (number) => (number === 1 ? true : undefined))),
      key('раз'),
      some(key('в', 'за', 'на'), mark('slash')),
    ),
    unitWord(),
  ),
);

/** «ежемесячно», «каждый месяц», «1 раз в месяц» */
export const monthly: Parser<true> = map(first(often, onceInUnit), (unit) => (unit === 'month' ? true : undefined));

/** «ежемесячно», «Ежедневно 10.00»: the unit, and its reading. */
export const adverb = rule(
  either(
    map(often, (unit) => ({ unit, reading: inEach(unit) })),
    // «ежеквартально 15.10-20.05» has days, not a time of the day.
    two(often, behind(maybe(mark('comma')), clockOrDay), (unit, { at, mayBeDay }) =>
      mayBeDay && unit !== 'day' && unit !== 'week' ? undefined : { unit, reading: inEach(unit, at) },
    ),
  ),
);
