import { addDays, cut, monthWindow, type Window } from '../dates.js';
import type { PlanPeriod, TimeframeFlag } from '../schedule.js';
import type { Cursor } from './cursor.js';
import { dates, impliedYear, outside, type Rule } from './reading.js';

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

function windowOf(printed: PrintedMonth, period: PlanPeriod | null): Window | undefined {
  const year = printed.year ?? (period && impliedYear(printed.month, period));
  return year === null ? undefined : monthWindow(year, printed.month);
}

function assumedYear(...months: readonly PrintedMonth[]): TimeframeFlag[] {
  return months.some(({ year }) => year === null) ? ['YEAR_ASSUMED'] : [];
}

/** «январь 2021 г.», «в январе»: one whole month. */
export const oneMonth: Rule = (cursor, period) => {
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
export const monthRange: Rule = (cursor, period) => {
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
export const severalMonths: Rule = (cursor, period) => {
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
