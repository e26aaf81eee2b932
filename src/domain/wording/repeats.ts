import { later, monthWindow, within, yearMonthOf } from '../dates.js';
import { MAX_QUOTA, type QuotaUnit, type TimeframeFlag } from '../schedule.js';
import type { Rule } from './reading.js';

/** «в течение года», «в течение всего периода», «весь период», «постоянно»: from end to end of the plan. */
export const throughout: Rule = (cursor, period) => {
  const constant = cursor.words('постоянно|систематически');
  if (!constant) {
    cursor.words('в', 'течение|течении');
    cursor.words('всего|весь');
    cursor.words('учебного|учебный|календарного');
  }
  const year = !constant && cursor.take('unit')?.unit === 'year';
  if (!constant && !year && !cursor.words('периода|период')) return undefined;
  if (!period) return 'needsPeriod';
  const may = monthWindow(yearMonthOf(period.end).year, 5);
  const teachingYear = { start: period.start, end: may.end };
  return year && within(may.end, period) && later(may.end, period.start) === may.end && may.end < period.end
    ? {
        schedule: { kind: 'throughout', window: period },
        alternatives: [{ kind: 'throughout', window: teachingYear }],
        flags: ['AMBIGUOUS'],
      }
    : { schedule: { kind: 'throughout', window: period } };
};

/** «1 издание в квартал», «2 раза в месяц», «не реже 1 раза в год», «раз в полугодие». */
export const quota: Rule = (cursor) => {
  const atLeast = cursor.words('не', 'реже|менее');
  const count = cursor.take('number')?.value;
  const noun = cursor.take('word')?.word;
  if (noun === undefined || (count === undefined && !/^раз/.test(noun)) || !cursor.words('в|за')) return undefined;
  const unit = cursor.take('unit');
  if (!unit || count === 0 || (count ?? 1) > MAX_QUOTA) return undefined;
  const plain = /^раз(а)?$/.test(noun);
  return {
    schedule: { kind: 'quota', count: count ?? 1, atLeast, per: unit.unit, noun: plain ? null : noun },
    flags: [...(plain ? [] : (['COUNTED_NOUN'] as const)), ...cutFlags(unit.unit)],
  };
};

function cutFlags(unit: QuotaUnit): TimeframeFlag[] {
  return unit === 'quarter' || unit === 'week' ? ['CUT_PERIODS'] : [];
}

const ADVERBS: Readonly<Record<string, string>> = {
  ежедневно: 'FREQ=DAILY',
  еженедельно: 'FREQ=WEEKLY',
  ежемесячно: 'FREQ=MONTHLY',
  ежеквартально: 'FREQ=MONTHLY;INTERVAL=3',
  ежегодно: 'FREQ=YEARLY',
};

/** «ежемесячно», «ежеквартально»: a window per period, not a day. */
export const adverb: Rule = (cursor) => {
  const rule = ADVERBS[cursor.take('word')?.word ?? ''];
  if (rule === undefined) return undefined;
  if (rule.includes('INTERVAL=3')) {
    return {
      schedule: { kind: 'quota', count: 1, atLeast: false, per: 'quarter', noun: null },
      flags: ['CUT_PERIODS'],
    };
  }
  return { schedule: { kind: 'recurring', rule } };
};

/** «каждый 3-тий понедельник месяца», «каждый последний четверг месяца», «каждую среду». */
export const everyWeekday: Rule = (cursor) => {
  const every = cursor.words('каждый|каждая|каждую|каждое');
  const ordinal = cursor.take('ordinal');
  const weekday = cursor.take('weekday');
  if (!weekday || (!every && !ordinal)) return undefined;
  if (!ordinal) return { schedule: { kind: 'recurring', rule: `FREQ=WEEKLY;BYDAY=${weekday.weekday}` } };
  if (ordinal.value === 0 || ordinal.value > 5) return undefined;
  cursor.words('каждого');
  if (cursor.take('unit')?.unit !== 'month') return undefined;
  return {
    schedule: { kind: 'recurring', rule: `FREQ=MONTHLY;BYDAY=${ordinal.value}${weekday.weekday}` },
    flags: ordinal.standard ? [] : ['NONSTANDARD_ORDINAL'],
  };
};

/** «по мере необходимости», «по запросам», «по запросам министерства». */
export const onDemand: Rule = (cursor) => {
  if (!cursor.words('по', 'мере', 'необходимости|поступления') && !cursor.words('по', 'запросу|запросам|требованию')) {
    return undefined;
  }
  while (cursor.take('word'));
  return { schedule: { kind: 'onDemand', answerWithin: null } };
};

/** «по плану», «по графику», «согласно положению»: the time stands in another document. */
export const external: Rule = (cursor) => {
  cursor.words('по|согласно');
  cursor.words('отдельному');
  if (!cursor.words('плану|графику|положению|расписанию|приказу')) return undefined;
  while (cursor.take('word'));
  return { schedule: { kind: 'external' } };
};
