import type { QuotaUnit, TimeframeFlag } from '../schedule.js';
import type { Cursor } from './cursor.js';
import type { Reading } from './reading.js';

/** The days of a working week as a rule. */
export const WORKING_WEEK = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';

/** Calendar quarters and weeks are cut by the ends of a plan. */
export function cutFlags(unit: QuotaUnit): TimeframeFlag[] {
  return unit === 'quarter' || unit === 'week' ? ['CUT_PERIODS'] : [];
}

/** The rule of one window in each unit; undefined for a unit that RFC 5545 does not know. */
export function ruleOf(unit: QuotaUnit): string | undefined {
  return RULES[unit];
}

const RULES: Readonly<Partial<Record<QuotaUnit, string>>> = {
  day: 'FREQ=DAILY',
  week: 'FREQ=WEEKLY',
  month: 'FREQ=MONTHLY',
  year: 'FREQ=YEARLY',
};

/** One in each unit. */
export function onceIn(unit: QuotaUnit): Reading {
  return { schedule: { kind: 'quota', count: 1, atLeast: false, per: unit, noun: null }, flags: cutFlags(unit) };
}

/** How often an adverb, or «каждый месяц», says. */
export function often(cursor: Cursor): QuotaUnit | undefined {
  // «ежемес.», «еженед.»
  const word = cursor.word(/^(ежедн|еженед|ежемес|помес|ежекв|поквартал|ежегод)[а-я]*$/);
  if (word) return ADVERBS.find(([stem]) => word.startsWith(stem))?.[1];
  return cursor.attempt((at) => (at.word(EVERY) ? at.take('unit')?.unit : undefined));
}

/** «каждый» in any form. */
export const EVERY = /^кажд(ый|ая|ую|ое|ые|ого|ой|ом)$/;

const ADVERBS: readonly (readonly [string, QuotaUnit])[] = [
  ['ежедн', 'day'],
  ['еженед', 'week'],
  ['ежемес', 'month'],
  ['помес', 'month'],
  ['ежекв', 'quarter'],
  ['поквартал', 'quarter'],
  ['ежегод', 'year'],
];
