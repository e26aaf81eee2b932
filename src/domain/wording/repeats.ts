import { timeOfDay } from './clock.js';
import type { Cursor } from './cursor.js';
import { EVERY, often, onceIn, ruleOf, WORKING_WEEK } from './frequency.js';
import { during } from './months.js';
import type { Rule } from './reading.js';
import type { Weekday } from './tokens.js';

/** «ежемесячно», «каждый месяц», «ежеквартально», «Ежедневно 10.00»: a window per period (T084, T098, T103, T107). */
export const adverb: Rule = (cursor) => {
  const unit = often(cursor);
  if (!unit) return undefined;
  const time = cursor.attempt(timeOfDay);
  const timed = time === undefined ? {} : { time };
  const rule = ruleOf(unit);
  if (rule === undefined) return onceIn(unit);
  const schedule = { kind: 'recurring', rule, ...timed } as const;
  return unit === 'day'
    ? { schedule, alternatives: [{ ...schedule, rule: WORKING_WEEK }], flags: ['AMBIGUOUS'] }
    : { schedule };
};

/** «в конце каждой четверти», «по итогам полугодия», «по четвертям»: once in each (T127). */
export const onceInEach: Rule = (cursor) => {
  const ends =
    cursor.words('в', 'конце|начале') ||
    cursor.words('конец|начало') ||
    cursor.words('по', 'итогам|окончании|завершении|результатам');
  if (!ends && !cursor.words('по')) return undefined;
  const every = cursor.word(EVERY) !== undefined;
  cursor.word(/^(учебн|календарн|отчетн)/);
  const unit = cursor.take('unit')?.unit;
  // «по месяцу» is nothing that people write; «в конце дня» is no plan.
  if (!unit || unit === 'day' || (!every && (unit === 'year' || unit === 'month'))) return undefined;
  return onceIn(unit);
};

/** «В течение дня»: every day, or every working day (T094). */
export const allDay: Rule = (cursor) => {
  if (!during(cursor) || !cursor.unit('day')) return undefined;
  return {
    schedule: { kind: 'recurring', rule: 'FREQ=DAILY' },
    alternatives: [{ kind: 'recurring', rule: WORKING_WEEK }, { kind: 'unknown' }],
    flags: ['AMBIGUOUS'],
  };
};

/**
 * «каждый 3-тий понедельник месяца», «каждую среду», «еженедельно по средам», «с 15.45 до 16.45 каждый вторник месяца»
 * (T007, T122, T124, T129, T165).
 */
export const everyWeekday: Rule = (cursor) => {
  const before = cursor.attempt(timeOfDay);
  const weekly = cursor.word(/^еженедельно$/) !== undefined;
  cursor.take('comma');
  const every = cursor.word(EVERY) !== undefined;
  const by = !every && cursor.words('по|в|во');
  const ordinals = ordinalList(cursor);
  const [ordinal] = ordinals;
  const open = cursor.take('open');
  const weekdays = weekdayList(cursor);
  if (open && !cursor.take('close')) return undefined;
  if (weekdays.length === 0 || !(every || by || weekly || ordinal || weekdays.length > 1)) return undefined;
  cursor.words('каждого');
  const monthly = cursor.unit('month');
  const time = before ?? cursor.attempt(timeOfDay);
  const timed = time === undefined ? {} : { time };
  if (!ordinal) return { schedule: { kind: 'recurring', rule: `FREQ=WEEKLY;BYDAY=${weekdays.join(',')}`, ...timed } };
  const [weekday] = weekdays;
  const isPlace = ordinals.every(({ value }) => value !== 0 && value <= 5);
  if (!isPlace || weekdays.length > 1 || !monthly) return undefined;
  return {
    schedule: {
      kind: 'recurring',
      rule: `FREQ=MONTHLY;BYDAY=${ordinals.map(({ value }) => `${value}${weekday}`).join(',')}`,
      ...timed,
    },
    flags: ordinals.every(({ standard }) => standard) ? [] : ['NONSTANDARD_ORDINAL'],
  };
};

/** «3-тий», «1, 3», «2-й и 4-й»: places in a month. */
function ordinalList(cursor: Cursor) {
  const found: { readonly value: number; readonly standard: boolean }[] = [];
  for (;;) {
    const next = cursor.attempt((at) => {
      if (found.length > 0 && !at.another()) return undefined;
      return at.take('ordinal') ?? at.attempt(barePlace);
    });
    if (next === undefined) return found;
    found.push(next);
  }
}

/** «3 четверг месяца»: a place without its ending. */
function barePlace(cursor: Cursor) {
  const number = cursor.take('number');
  return number && { value: number.value, standard: true };
}

function weekdayList(cursor: Cursor): readonly Weekday[] {
  const found: Weekday[] = [];
  for (;;) {
    const next = cursor.attempt((at) => {
      if (found.length > 0 && !at.another()) return undefined;
      return at.take('weekday')?.weekday;
    });
    if (next === undefined) return found;
    found.push(next);
  }
}
