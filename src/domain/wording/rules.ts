import { addDays, cut, dayOf, type LocalDate, later, monthWindow, type Window, within, yearMonthOf } from '../dates.js';
import { MAX_QUOTA, type PlanPeriod, type QuotaUnit, type Schedule, type TimeframeFlag } from '../schedule.js';
import type { Cursor } from './cursor.js';

/** What a rule understood. */
export interface Reading {
  readonly schedule: Schedule;
  readonly alternatives?: readonly Schedule[];
  readonly flags?: readonly TimeframeFlag[];
}

/** A reading, or that one would need the period of the plan; undefined when the rule does not know the words. */
export type RuleResult = Reading | 'needsPeriod' | undefined;

/** Reads a whole wording or nothing. */
export type Rule = (cursor: Cursor, period: PlanPeriod | null) => RuleResult;

interface PrintedMonth {
  readonly month: number;
  readonly year: number | null;
  readonly flags: readonly TimeframeFlag[];
}

/** «январь», «январь 2021 г.», «февраль 2021г.» */
function printedMonth(cursor: Cursor): PrintedMonth | undefined {
  const month = cursor.take('month');
  if (!month) return undefined;
  const year = cursor.take('year');
  return {
    month: month.month,
    year: year?.year ?? null,
    flags: year?.spaced === false ? ['NO_SPACE_BEFORE_YEAR'] : [],
  };
}

/** The year that puts a bare month inside the plan period, or nearest before it. */
function impliedYear(month: number, period: PlanPeriod): number {
  const last = yearMonthOf(period.end).year;
  for (let year = yearMonthOf(period.start).year; year <= last; year += 1) {
    if (cut(monthWindow(year, month), period)) return year;
  }
  return monthWindow(last, month).start <= period.end ? last : last - 1;
}

function windowOf(printed: PrintedMonth, period: PlanPeriod | null): Window | undefined {
  const year = printed.year ?? (period && impliedYear(printed.month, period));
  return year === null ? undefined : monthWindow(year, printed.month);
}

function dates(form: 'date' | 'range' | 'month' | 'months', ...windows: readonly Window[]): Schedule {
  return { kind: 'dates', form, windows };
}

function outside(window: Window, period: PlanPeriod | null): TimeframeFlag[] {
  return period && (window.start < period.start || window.end > period.end) ? ['OUTSIDE_PERIOD'] : [];
}

function assumedYear(...months: readonly PrintedMonth[]): TimeframeFlag[] {
  return months.some(({ year }) => year === null) ? ['YEAR_ASSUMED'] : [];
}

/** «январь 2021 г.», «в январе»: one whole month. */
const oneMonth: Rule = (cursor, period) => {
  cursor.words('в');
  const printed = printedMonth(cursor);
  if (!printed) return undefined;
  const window = windowOf(printed, period);
  if (!window) return 'needsPeriod';
  return {
    schedule: dates('month', window),
    flags: [...printed.flags, ...assumedYear(printed), ...outside(window, period)],
  };
};

/** «сентябрь - декабрь 2020 г.», «октябрь - апрель 2021 г.», «с октября по май»: from one month to another. */
const monthRange: Rule = (cursor, period) => {
  const since = cursor.words('с');
  const first = printedMonth(cursor);
  if (!first || !(since ? cursor.words('по|до') : cursor.take('dash'))) return undefined;
  const last = printedMonth(cursor);
  if (!last) return undefined;
  const years = rangeYears(first, last, period);
  if (!years) return 'needsPeriod';
  const window: Window = {
    start: monthWindow(years.first, first.month).start,
    end: monthWindow(years.last, last.month).end,
  };
  if (window.start > window.end) return undefined;
  const flags = [...first.flags, ...last.flags, ...outside(window, period)];
  const inside = period && cut(window, period);
  if (!period || first.year !== null || !inside || window.start >= period.start)
    return { schedule: dates('range', window), flags };
  const bothEnds = [impliedYear(last.month, period), impliedYear(first.month, period)] as const;
  return {
    schedule: dates('range', window),
    alternatives: [
      dates('range', inside),
      dates('months', monthWindow(bothEnds[0], last.month), monthWindow(bothEnds[1], first.month)),
    ],
    flags: [...flags, 'AMBIGUOUS', 'YEAR_ASSUMED'],
  };
};

/** A year may stand on either end; a first month later than the last starts in the year before. */
function rangeYears(first: PrintedMonth, last: PrintedMonth, period: PlanPeriod | null) {
  const turns = first.month > last.month ? 1 : 0;
  const lastYear = last.year ?? (first.year === null ? period && impliedYear(last.month, period) : first.year + turns);
  return lastYear === null ? undefined : { first: first.year ?? lastYear - turns, last: lastYear };
}

/** «ноябрь 2020 г. апрель 2021 г.», «октябрь, март», «апрель и май»: several separate months. */
const severalMonths: Rule = (cursor, period) => {
  cursor.words('в');
  const months: PrintedMonth[] = [];
  let joined = true;
  for (;;) {
    const next = printedMonth(cursor);
    if (!next) break;
    months.push(next);
    if (cursor.done) break;
    if (!cursor.take('comma') && !cursor.words('и')) joined = false;
  }
  if (months.length < 2) return undefined;
  const windows = months.map((printed) => windowOf(printed, period));
  const known = windows.filter((window) => window !== undefined);
  const [start, end] = [known[0], known.at(-1)];
  if (known.length < windows.length || !start || !end) return 'needsPeriod';
  const range = dates('range', { start: start.start, end: end.end });
  const unsure = months.length === 2 && start.start < end.start && (!joined || follows(start, end));
  return {
    schedule: dates('months', ...known),
    ...(unsure ? { alternatives: [range] } : {}),
    flags: [
      ...months.flatMap(({ flags }) => flags),
      ...assumedYear(...months),
      ...known.flatMap((window) => outside(window, period)).slice(0, 1),
      ...(unsure ? (['AMBIGUOUS'] as const) : []),
    ],
  };
};

function follows(first: Window, second: Window): boolean {
  return addDays(first.end, 1) === second.start;
}

/** A day in figures or words: «15.10.2020», «15 октября 2020 г.», «15 октября». */
function printedDay(cursor: Cursor, period: PlanPeriod | null): LocalDate | 'needsPeriod' | undefined {
  const parts = cursor.take('dayMonth') ?? cursor.attempt(dayAndMonth);
  if (!parts) return undefined;
  if (parts.month < 1 || parts.month > 12) return undefined;
  const year = parts.year ?? (period && yearOfDay(parts.day, parts.month, period));
  return year === null ? 'needsPeriod' : dayOf(year, parts.month, parts.day);
}

function dayAndMonth(cursor: Cursor) {
  const day = cursor.take('number');
  const month = day && cursor.take('month');
  return day && month ? { day: day.value, month: month.month, year: cursor.take('year')?.year ?? null } : undefined;
}

/** The year that puts a bare day inside the plan, or nearest before it. */
function yearOfDay(day: number, month: number, period: PlanPeriod): number {
  const last = yearMonthOf(period.end).year;
  for (let year = yearMonthOf(period.start).year; year <= last; year += 1) {
    const date = dayOf(year, month, day);
    if (date && within(date, period)) return year;
  }
  return impliedYear(month, period);
}

/** «15 октября 2020 г.», «15.10.2020, 20.10.2020». */
const days: Rule = (cursor, period) => {
  const windows: Window[] = [];
  do {
    const day = printedDay(cursor, period);
    if (day === undefined || day === 'needsPeriod') return day;
    windows.push({ start: day, end: day });
  } while (cursor.take('comma') || cursor.words('и'));
  return {
    schedule: dates('date', ...windows),
    flags: windows.flatMap((window) => outside(window, period)).slice(0, 1),
  };
};

/** «с 1 по 15 октября», «05.10.2020 - 09.10.2020», «с 5 октября до 9 ноября». */
const dayRange: Rule = (cursor, period) => {
  const since = cursor.words('с');
  const first = printedDay(cursor, period) ?? cursor.take('number')?.value;
  if (first === undefined || !(since ? cursor.words('по|до') : cursor.take('dash'))) return undefined;
  const end = printedDay(cursor, period);
  if (end === undefined || end === 'needsPeriod' || first === 'needsPeriod')
    return end === undefined ? end : 'needsPeriod';
  const { year, month } = yearMonthOf(end);
  const start = typeof first === 'number' ? dayOf(year, month, first) : first;
  if (!start || start > end) return undefined;
  return { schedule: dates('range', { start, end }), flags: outside({ start, end }, period) };
};

/** «до 15 октября 2020 г.», «не позднее 01.12.2020», «до 15.09»: that day is included. */
const deadline: Rule = (cursor, period) => {
  if (!cursor.words('до') && !cursor.words('не', 'позднее|позже') && !cursor.words('к')) return undefined;
  const day = printedDay(cursor, period);
  if (day === undefined || day === 'needsPeriod') return day;
  return { schedule: { kind: 'deadline', dates: [day] }, flags: outside({ start: day, end: day }, period) };
};

/** «в течение года», «в течение всего периода», «весь период», «постоянно»: from end to end of the plan. */
const throughout: Rule = (cursor, period) => {
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
const quota: Rule = (cursor) => {
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
const adverb: Rule = (cursor) => {
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
const everyWeekday: Rule = (cursor) => {
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
const onDemand: Rule = (cursor) => {
  if (!cursor.words('по', 'мере', 'необходимости|поступления') && !cursor.words('по', 'запросу|запросам|требованию')) {
    return undefined;
  }
  while (cursor.take('word'));
  return { schedule: { kind: 'onDemand', answerWithin: null } };
};

/** «по плану», «по графику», «согласно положению»: the time stands in another document. */
const external: Rule = (cursor) => {
  cursor.words('по|согласно');
  cursor.words('отдельному');
  if (!cursor.words('плану|графику|положению|расписанию|приказу')) return undefined;
  while (cursor.take('word'));
  return { schedule: { kind: 'external' } };
};

/** In the order in which they are tried; the first that reads the whole wording is the reading. */
export const RULES: readonly Rule[] = [
  oneMonth,
  monthRange,
  severalMonths,
  days,
  dayRange,
  deadline,
  throughout,
  quota,
  adverb,
  everyWeekday,
  onDemand,
  external,
];
