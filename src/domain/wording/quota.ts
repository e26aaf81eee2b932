import { MAX_QUOTA, type QuotaUnit, type Schedule, type TimeframeFlag } from '../schedule.js';
import type { Cursor } from './cursor.js';
import { cutFlags, ruleOf } from './frequency.js';
import { monthList, windowsOf } from './months.js';
import { dates, type Ground, type Reading, type Rule } from './reading.js';

/** «не реже», «не менее, чем», «минимум»: the count is the least one. */
function atLeast(cursor: Cursor): boolean {
  const found = cursor.words('не', 'реже|менее') || cursor.words('минимум');
  cursor.take('comma');
  return cursor.words('чем') || found;
}

/**
 * «1 издание в квартал», «не реже, чем 2 раза в год», «раз в полугодие», «2 раза в год (в сентябре и мае)»,
 * «1 раз в 2 месяца» (T004, T082, T085, T126, T131, T153).
 */
export const quota: Rule = (cursor, ground) => {
  const least = atLeast(cursor);
  const counted = countOf(cursor);
  const noun = nounOf(cursor);
  if (!counted || (!counted.isStated && !/^раз/.test(noun)) || !perWords(cursor)) return undefined;
  const step = cursor.take('number')?.value;
  cursor.word(/^(кажд|учебн|календарн|уч$)/);
  const unit = cursor.take('unit')?.unit;
  if (!unit) return undefined;
  const { count, most } = counted;
  if (count < 1 || most > MAX_QUOTA) return undefined;
  const plain = noun === '' || /^(раз[а]?|р)$/.test(noun);
  if (step !== undefined) return count === 1 && plain ? everySoMany(unit, step) : undefined;
  const own: Schedule = { kind: 'quota', count, atLeast: least || most > count, per: unit, noun: plain ? null : noun };
  const flags: TimeframeFlag[] = [...(plain ? [] : (['COUNTED_NOUN'] as const)), ...cutFlags(unit)];
  const parts = cursor.done ? undefined : whenIn(cursor, ground);
  if (parts === 'needsPeriod') return parts;
  const schedule: Schedule = parts?.windows ? { ...own, windows: parts.windows } : own;
  const alternatives: Schedule[] = [
    ...(parts?.windows ? [dates('months', ...parts.windows)] : []),
    ...(most > count ? [{ ...own, count: most, atLeast: false }] : []),
    ...(unit === 'week' && count === 7 && !least ? [{ kind: 'recurring', rule: 'FREQ=DAILY' } as const] : []),
  ];
  return {
    schedule,
    ...(alternatives.length > 0 ? { alternatives } : {}),
    flags: [...flags, ...(alternatives.length > 0 ? (['AMBIGUOUS'] as const) : []), ...(parts?.flags ?? [])],
  };
};

/** «2», «2-3», «дважды», or nothing before «раз». */
function countOf(cursor: Cursor) {
  const word = cursor.word(/^(однажды|дважды|трижды)$/);
  if (word) {
    const count = { о: 1, д: 2, т: 3 }[word[0] ?? ''] ?? 1;
    return { count, most: count, isStated: true };
  }
  // «2-х раз» ends like an ordinal.
  const first = cursor.count();
  if (first === undefined) return { count: 1, most: 1, isStated: false };
  const last = cursor.attempt((at) => (at.take('dash') ? at.take('number')?.value : undefined)) ?? first;
  return last < first ? undefined : { count: first, most: last, isStated: true };
}

/** The counted thing, of up to three words; empty when only the number stands there. */
function nounOf(cursor: Cursor): string {
  const words: string[] = [];
  while (words.length < 3) {
    const word = cursor.word(/^(?!(в|за|на|по|до|с|и|не|к|каждый|каждую)$)[а-я]+$/);
    if (word === undefined) break;
    words.push(word);
  }
  return words.join(' ');
}

function perWords(cursor: Cursor): boolean {
  return cursor.words('в', 'течение') || cursor.words('в|за|на') || cursor.words('/');
}

/** «1 раз в 2 месяца»: a window of so many units. */
function everySoMany(unit: QuotaUnit, step: number): Reading | undefined {
  const months = MONTHS[unit];
  const rule = ruleOf(months ? 'month' : unit);
  if (rule === undefined || step < 1 || step > 99) return undefined;
  const interval = step * (months ?? 1);
  return { schedule: { kind: 'recurring', rule: interval === 1 ? rule : `${rule};INTERVAL=${interval}` } };
}

const MONTHS: Readonly<Partial<Record<QuotaUnit, number>>> = { quarter: 3, halfYear: 6 };

/** «(в сентябре и мае)» says when; anything else behind a colon or in brackets is no time and stays in the wording. */
function whenIn(cursor: Cursor, ground: Ground) {
  const months = cursor.attempt((at) => {
    const open = at.take('open');
    if (!open) at.take('colon') ?? at.take('dash') ?? at.take('comma');
    const { months: found } = monthList(at);
    return found.length > 0 && (!open || at.take('close')) && at.done ? found : undefined;
  });
  if (months) {
    const windows = windowsOf(months, ground);
    return windows ? { windows } : 'needsPeriod';
  }
  if (!cursor.take('open') && !cursor.take('colon')) return undefined;
  const names = cursor.rest().some(({ kind }) => kind === 'dayMonth' || kind === 'month' || kind === 'year');
  return names ? undefined : { flags: ['DETAIL_LEFT'] as const };
}
