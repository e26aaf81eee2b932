import { addDays, cut, monthWindow, type Window } from '../dates.js';
import type { PlanPeriod, TimeframeFlag } from '../schedule.js';
import type { Cursor } from './cursor.js';
import { dates, type Ground, impliedYear, outside, type Rule, yearOfMonth } from './reading.js';

/** A month as printed, its year null when none stands by it. */
export interface PrintedMonth {
  readonly month: number;
  readonly year: number | null;
  readonly flags: readonly TimeframeFlag[];
}

/** «январь», «январь 2021 г.», «февраль 2021г.» (T001, T005, T115, T173) */
export function printedMonth(cursor: Cursor): PrintedMonth | undefined {
  const month = cursor.take('month');
  if (!month) return undefined;
  const year = cursor.take('year');
  return {
    month: month.month,
    year: year?.year ?? null,
    flags: year?.spaced === false ? ['NO_SPACE_BEFORE_YEAR'] : [],
  };
}

/** The whole calendar month; undefined when its year cannot be known without the period of the plan. */
export function windowOf(printed: PrintedMonth, { period, month: heading }: Ground): Window | undefined {
  const year = printed.year ?? (period && yearOfMonth(printed.month, period, heading));
  return year === null ? undefined : monthWindow(year, printed.month);
}

/** The same of several months; undefined when the year of one of them cannot be known. */
export function windowsOf(printed: readonly PrintedMonth[], ground: Ground): readonly Window[] | undefined {
  const known = printed.map((month) => windowOf(month, ground)).filter((window) => window !== undefined);
  return known.length < printed.length ? undefined : known;
}

function assumedYear(...months: readonly PrintedMonth[]): TimeframeFlag[] {
  return months.some(({ year }) => year === null) ? ['YEAR_ASSUMED'] : [];
}

/** «в течение», «в теч.», «на протяжении», «в», «весь»: what may stand before a month or another part of a year. */
export function during(cursor: Cursor): boolean {
  const found =
    cursor.holds((at) => at.words('в|на') && at.word(/^(теч(ен(и[еию])?)?|протяжении)$/) !== undefined) ||
    cursor.words('в|во|на|за');
  cursor.words('всего|весь|всей|вся|всю');
  return found;
}

/** «январь 2021 г.», «в январе», «Октябрь–», «в течение сентября»: one whole month (T001, T158, T162, T172). */
export const oneMonth: Rule = (cursor, ground) => {
  during(cursor);
  cursor.unit('month');
  const printed = printedMonth(cursor);
  if (!printed) return undefined;
  cursor.unit('month');
  cursor.take('dash');
  const window = windowOf(printed, ground);
  if (!window) return 'needsPeriod';
  return {
    schedule: dates('month', window),
    ...partInside(window, ground.period, [...printed.flags, ...assumedYear(printed)]),
  };
};

/** A month that the plan cuts may mean the part of it inside the plan (T158). */
function partInside(window: Window, period: PlanPeriod | null, flags: readonly TimeframeFlag[]) {
  const beyond = outside(period, window);
  const inside = period && cut(window, period);
  return beyond.length > 0 && inside
    ? { alternatives: [dates('month', inside)], flags: [...flags, ...beyond, 'AMBIGUOUS' as const] }
    : { flags: [...flags, ...beyond] };
}

/** «в течение месяца», «в теч. мес.», «месяц»: the month of the heading (T020, T032, T035, T056). */
export const monthOfTheHeading: Rule = (cursor, ground) => {
  if (!during(cursor)) cursor.words('весь');
  if (!cursor.unit('month') || ground.month === null) return undefined;
  const window = windowOf({ month: ground.month, year: null, flags: [] }, ground);
  return window ? { schedule: dates('month', window), flags: outside(ground.period, window) } : 'needsPeriod';
};

/** «сентябрь - декабрь 2020 г.», «октябрь - апрель 2021 г.», «с октября по май»: from one month to another. */
export const monthRange: Rule = (cursor, ground) => {
  const { period } = ground;
  const since = cursor.words('с|со') || cursor.words('в', 'период', 'с');
  if (!since) during(cursor);
  const first = printedMonth(cursor);
  if (!first || !((since && cursor.words('по|до')) || cursor.take('dash'))) return undefined;
  const last = printedMonth(cursor);
  if (!last) return undefined;
  const years = rangeYears(first, last, period);
  if (!years) return 'needsPeriod';
  const window: Window = {
    start: monthWindow(years.first, first.month).start,
    end: monthWindow(years.last, last.month).end,
  };
  if (window.start > window.end) return undefined;
  const flags = [...first.flags, ...last.flags, ...outside(period, window)];
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

/** «сентябрь – ноябрь 2023, февраль 2024»: stretches of months and single ones, one of the first at least. */
export const severalSpans: Rule = (cursor, ground) => {
  const windows: Window[] = [];
  const flags: TimeframeFlag[] = [];
  let ranges = 0;
  do {
    const range = cursor.attempt((at) => monthRange(at, ground));
    const read = range ?? oneMonth(cursor, ground);
    if (read === undefined || read === 'needsPeriod') return read;
    // A part that may mean something else leaves too much open.
    if (read.alternatives !== undefined || read.schedule.kind !== 'dates') return undefined;
    if (range) ranges += 1;
    windows.push(...read.schedule.windows);
    flags.push(...(read.flags ?? []));
  } while (cursor.another());
  if (ranges === 0 || windows.length < 2) return undefined;
  return { schedule: dates('range', ...windows), flags: [...new Set(flags)] };
};

/** «с сентября», «начиная с октября 2023 г.»: from the first day of it to the end of the plan, or in that month. */
export const fromMonth: Rule = (cursor, ground) => {
  cursor.words('начиная');
  if (!cursor.words('с|со')) return undefined;
  const printed = printedMonth(cursor);
  if (!printed) return undefined;
  const window = windowOf(printed, ground);
  if (!window || !ground.period) return 'needsPeriod';
  if (window.start > ground.period.end) return undefined;
  return {
    schedule: dates('range', { start: window.start, end: ground.period.end }),
    alternatives: [dates('month', window)],
    flags: ['AMBIGUOUS', ...outside(ground.period, window)],
  };
};

/** A year may stand on either end; a first month later than the last starts in the year before. */
function rangeYears(first: PrintedMonth, last: PrintedMonth, period: PlanPeriod | null) {
  const turns = first.month > last.month ? 1 : 0;
  const lastYear = last.year ?? (first.year === null ? period && impliedYear(last.month, period) : first.year + turns);
  return lastYear === null ? undefined : { first: first.year ?? lastYear - turns, last: lastYear };
}

/** «сентябрь, май», «ноябрь 2020 г. апрель 2021 г.»; `split` is false when two stand side by side. */
export function monthList(cursor: Cursor): { readonly months: readonly PrintedMonth[]; readonly split: boolean } {
  during(cursor);
  const months: PrintedMonth[] = [];
  let split = true;
  for (;;) {
    const next = cursor.attempt((at) => {
      if (months.length > 0) during(at);
      return printedMonth(at);
    });
    if (!next) break;
    months.push(next);
    if (cursor.done) break;
    const comma = cursor.take('comma') ?? cursor.words('/');
    if (!cursor.words('и') && !comma) split = false;
  }
  return { months, split };
}

/** «ноябрь 2020 г. апрель 2021 г.», «октябрь, март», «апрель и май»: several separate months. */
export const severalMonths: Rule = (cursor, ground) => {
  const { months, split } = monthList(cursor);
  if (months.length < 2) return undefined;
  const windows = windowsOf(months, ground);
  const [start, end] = [windows?.[0], windows?.at(-1)];
  if (!windows || !start || !end) return 'needsPeriod';
  const range = dates('range', { start: start.start, end: end.end });
  const unsure = months.length === 2 && start.start < end.start && (!split || follows(start, end));
  return {
    schedule: dates('months', ...windows),
    ...(unsure ? { alternatives: [range] } : {}),
    flags: [
      ...months.flatMap(({ flags }) => flags),
      ...assumedYear(...months),
      ...outside(ground.period, ...windows),
      ...(unsure ? (['AMBIGUOUS'] as const) : []),
    ],
  };
};

function follows(first: Window, second: Window): boolean {
  return addDays(first.end, 1) === second.start;
}
