import { dayOf, type LocalDate, monthWindow, type Window, within, yearMonthOf } from '../dates.js';
import type { PlanPeriod, Schedule, TimeframeFlag } from '../schedule.js';
import { timeOfDay } from './clock.js';
import type { Cursor } from './cursor.js';
import { dates, type Ground, outside, type Rule, yearAfter, yearOfDay } from './reading.js';

interface PrintedDay {
  readonly day: number;
  readonly month: number;
  readonly year: number | null;
}

/** A day in figures or words: «15.10.2020», «15 октября 2020 г.», «15 октября». */
export function printedDay(cursor: Cursor): PrintedDay | undefined {
  const parts = cursor.take('dayMonth') ?? cursor.attempt(dayAndMonth);
  return parts && parts.month >= 1 && parts.month <= 12 ? parts : undefined;
}

function dayAndMonth(cursor: Cursor): PrintedDay | undefined {
  const day = cursor.count();
  const month = day === undefined ? undefined : cursor.take('month');
  return day !== undefined && month ? { day, month: month.month, year: cursor.take('year')?.year ?? null } : undefined;
}

function dateOf({ day, month, year }: PrintedDay, { period, month: heading }: Ground) {
  const known = year ?? (period && yearOfDay(day, month, period, heading));
  return known === null ? 'needsPeriod' : dayOf(known, month, day);
}

/** «15 октября 2020 г.», «15.10.2020, 20.10.2020», «5, 12 и 19 октября», «15.10 в 10.00» (T014, T027, T062, T079). */
export const days: Rule = (cursor, ground) => {
  const printed = severalDays(cursor);
  if (!printed) return undefined;
  const timed = cursor.attempt(timeOfDay) !== undefined || bracketedWeekday(cursor);
  const windows: Window[] = [];
  for (const each of printed) {
    const day = dateOf(each, ground);
    if (day === undefined || day === 'needsPeriod') return day;
    windows.push({ start: day, end: day });
  }
  const outsideFlags = outside(ground.period, ...windows);
  const meant = outsideFlags.length > 0 && ground.period ? inPlan(printed, ground.period) : undefined;
  return {
    schedule: dates('date', ...windows),
    ...(meant ? { alternatives: [meant] } : {}),
    flags: [...outsideFlags, ...(meant ? (['AMBIGUOUS'] as const) : []), ...(timed ? (['DETAIL_LEFT'] as const) : [])],
  };
};

function severalDays(cursor: Cursor): PrintedDay[] | undefined {
  const found: PrintedDay[] = [];
  let bare: number[] = [];
  do {
    // «Пятница, 1 сентября»
    if (cursor.take('weekday')) cursor.take('comma');
    const day = printedDay(cursor);
    const number = day ? undefined : cursor.take('number')?.value;
    if (number !== undefined) bare.push(number);
    else if (day) {
      found.push(...bare.map((each) => ({ ...day, day: each })), day);
      bare = [];
    } else return undefined;
  } while (cursor.another());
  return bare.length === 0 ? found : undefined;
}

function bracketedWeekday(cursor: Cursor): boolean {
  const open = cursor.take('open');
  return cursor.take('weekday') !== undefined && (!open || cursor.take('close') !== undefined);
}

/** A printed year that leaves the plan may be a slip of last year's plan; the printed one stays the reading (T027). */
function inPlan(printed: readonly PrintedDay[], period: PlanPeriod): Schedule | undefined {
  const windows = printed.flatMap(({ day, month, year }) => {
    const date = year === null ? undefined : dayOf(yearOfDay(day, month, period, null), month, day);
    return date && within(date, period) ? [{ start: date, end: date }] : [];
  });
  return windows.length === printed.length ? dates('date', ...windows) : undefined;
}

/** «10», «10-15», «5, 12, 19» in the table of a month: days of it. */
export const daysOfTheHeading: Rule = (cursor, ground) => {
  if (ground.month === null) return undefined;
  const windows: Window[] = [];
  do {
    const first = cursor.take('number')?.value;
    const last = first !== undefined && cursor.take('dash') ? cursor.take('number')?.value : first;
    cursor.word(/^числ(о|а)$/);
    if (first === undefined || last === undefined) return undefined;
    const [start, end] = [first, last].map((day) => dateOf({ day, month: ground.month ?? 0, year: null }, ground));
    if (start === 'needsPeriod' || end === 'needsPeriod') return 'needsPeriod';
    if (!start || !end || start > end) return undefined;
    windows.push({ start, end });
  } while (cursor.another());
  const single = windows.every(({ start, end }) => start === end);
  return {
    schedule: dates(single ? 'date' : 'range', ...windows),
    flags: outside(ground.period, ...windows),
  };
};

/** «с 1 сентября»: from that day on, or on that day. */
export const fromDay: Rule = (cursor, ground) => {
  if (!cursor.words('с|со')) return undefined;
  const printed = printedDay(cursor);
  if (!printed || !ground.period) return printed && 'needsPeriod';
  const start = dateOf(printed, ground);
  if (start === undefined || start === 'needsPeriod' || start > ground.period.end) return undefined;
  return {
    schedule: dates('range', { start, end: ground.period.end }),
    alternatives: [dates('date', { start, end: start })],
    flags: ['AMBIGUOUS', ...outside(ground.period, { start, end: start })],
  };
};

/** «с 1 по 15 октября», «05.10.2020 - 09.10.2020», «20-24.11», «с 5 октября до 9 ноября» (T017, T044, T066, T119). */
export const dayRange: Rule = (cursor, ground) => {
  const since = cursor.words('с|со') || cursor.words('в', 'период', 'с');
  const first = printedDay(cursor) ?? cursor.take('number')?.value;
  if (first === undefined || !((since && cursor.words('по|до')) || cursor.take('dash'))) return undefined;
  const last = printedDay(cursor);
  if (!last) return undefined;
  const end = dateOf(last, ground);
  if (end === undefined || end === 'needsPeriod') return end;
  const start = startOf(first, last, end, ground);
  if (start === 'needsPeriod') return start;
  if (!start || start > end) return undefined;
  return { schedule: dates('range', { start, end }), flags: outside(ground.period, { start, end }) };
};

/** One year at the end holds for both days; across New Year the first is of the year before. */
function startOf(first: PrintedDay | number, last: PrintedDay, end: LocalDate, ground: Ground) {
  const { year, month } = yearMonthOf(end);
  if (typeof first === 'number') return dayOf(year, month, first);
  if (first.year !== null) return dayOf(first.year, first.month, first.day);
  const sameYear = dayOf(year, first.month, first.day);
  if (last.year !== null || (sameYear && sameYear > end)) {
    return sameYear && sameYear <= end ? sameYear : dayOf(year - 1, first.month, first.day);
  }
  return dateOf(first, ground);
}

/**
 * «до 15 октября 2020 г.», «не позднее 01.12.2020», «в срок до 15.09», «до 1 марта года, следующего за отчетным»,
 * «до 15 июля (за I полугодие), до 15 января (за отчетный год)»: that day is included (T019, T133, T137, T152).
 */
export const deadline: Rule = (cursor, ground) => {
  const found: LocalDate[] = [];
  const flags: TimeframeFlag[] = [];
  if (!dueWords(cursor)) return undefined;
  do {
    dueWords(cursor);
    const printed = printedDay(cursor);
    if (!printed) return undefined;
    const after = printed.year === null && reportsOnPastYear(cursor);
    if (after && !ground.period) return 'needsPeriod';
    const day = dateOf(after && ground.period ? { ...printed, year: yearAfter(ground.period) } : printed, ground);
    if (day === undefined || day === 'needsPeriod') return day;
    found.push(day);
    flags.push(...(after ? (['DUE_AFTER_PERIOD'] as const) : outside(ground.period, { start: day, end: day })));
  } while (cursor.another());
  return { schedule: { kind: 'deadline', dates: found }, flags: [...new Set(flags)] };
};

/** «до 10», «до 25 числа», «к 5-му числу» in the table of a month: due on that day of it. */
export const deadlineOfTheHeading: Rule = (cursor, ground) => {
  if (ground.month === null || !dueWords(cursor)) return undefined;
  const day = cursor.count();
  cursor.word(/^числ/);
  if (day === undefined || !cursor.done) return undefined;
  const due = dateOf({ day, month: ground.month, year: null }, ground);
  if (due === undefined || due === 'needsPeriod') return due;
  return { schedule: { kind: 'deadline', dates: [due] }, flags: outside(ground.period, { start: due, end: due }) };
};

/** «до», «в срок до», «не позднее», «к»: what comes next is due by then. */
export function dueWords(cursor: Cursor): boolean {
  cursor.words('в', 'срок') || cursor.words('срок');
  return cursor.words('до') || cursor.words('не', 'позднее|позже') || cursor.words('к|ко');
}

/** «года, следующего за отчетным», «(за отчетный год)»: due in the year after the plan. */
export function reportsOnPastYear(cursor: Cursor): boolean {
  const bracketed = cursor.attempt((at) => {
    if (!at.take('open') || !at.words('за')) return undefined;
    const part = at.count();
    at.word(/^отчетн/);
    const unit = at.take('unit')?.unit;
    at.word(/^отчетн/);
    at.take('unit');
    return unit && at.take('close') ? { wholeYear: unit === 'year' && part === undefined } : undefined;
  });
  if (bracketed) return bracketed.wholeYear;
  return cursor.holds((at) => {
    if (!at.unit('year')) return false;
    at.take('comma');
    if (!at.word(/^следующ/) || !at.words('за')) return false;
    while (at.word(/./) || at.take('unit'));
    return true;
  });
}

/** «до конца сентября», «до конца года», «до конца месяца»: due on the last day of it. */
export const deadlineAtEnd: Rule = (cursor, ground) => {
  if (!cursor.words('до|к', 'конца|концу')) return undefined;
  cursor.word(/^(уч|учебн|календарн|текущ)/);
  if (cursor.unit('year')) {
    return ground.period ? { schedule: { kind: 'deadline', dates: [ground.period.end] } } : 'needsPeriod';
  }
  const printed = cursor.take('month')?.month ?? (cursor.unit('month') ? ground.month : null);
  if (printed === null) return undefined;
  const end = dateOf({ day: 1, month: printed, year: cursor.take('year')?.year ?? null }, ground);
  if (end === undefined || end === 'needsPeriod') return end;
  const { year, month } = yearMonthOf(end);
  return { schedule: { kind: 'deadline', dates: [monthWindow(year, month).end] } };
};
