import type { PlanRow } from '../../api/queries';
import type { ShownTiming } from '../../api/timing';
import { daysAfter, daysBetween, monthsAfter } from '../../words/dates';

/** A control point of an activity in a calendar: the days on which it is to be done. The last day is the due day. */
export interface PointSpan {
  readonly pointId: string;
  readonly row: PlanRow;
  readonly start: string;
  readonly end: string;
  readonly timing: ShownTiming;
}

/** Returns the spans of rows in their order. A term «by a day» has only that day. Excluded rows have no spans. */
export function spansOf(rows: readonly PlanRow[]): PointSpan[] {
  return rows
    .filter(({ excluded }) => !excluded)
    .flatMap((row) =>
      row.points.flatMap(({ id: pointId, window, dueOn, timing }) => {
        const end = dueOn ?? window?.end;
        if (end === undefined) return [];
        const start = row.timeframe.schedule.kind === 'DEADLINE' ? end : (window?.start ?? end);
        return [{ pointId, row, start: start < end ? start : end, end, timing }];
      }),
    );
}

/** A span within a week: its columns from 1 to 7, and a line that is free in these columns. */
export interface Bar {
  readonly span: PointSpan;
  readonly column: number;
  readonly length: number;
  readonly line: number;
  /** False when the span began before this week. */
  readonly begins: boolean;
  /** False if the span continues after this week. */
  readonly ends: boolean;
}

/** A week of a month calendar, from Monday on. */
export interface Week {
  readonly days: readonly string[];
  readonly bars: readonly Bar[];
}

/** A month as its calendar shows it. */
export interface CalendarMonth {
  readonly weeks: readonly Week[];
  /** The work that may be done on any day of the month. Weeks contain only its due day. */
  readonly whole: readonly PointSpan[];
}

/** Returns the calendar of a month, YYYY-MM. */
export function monthOf(month: string, spans: readonly PointSpan[]): CalendarMonth {
  const first = `${month}-01`;
  const last = daysAfter(`${monthsAfter(month, 1)}-01`, -1);
  const touching = spans.filter(({ start, end }) => start <= last && end >= first);
  const whole = touching.filter(({ start, end }) => start <= first && end >= last);
  const shown = touching.flatMap((span) => {
    if (!whole.includes(span)) return [span];
    return span.end === last ? [{ ...span, start: span.end }] : [];
  });
  const monday = daysAfter(first, -((new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7));
  const count = Math.ceil((daysBetween(monday, last) + 1) / 7);
  const weeks = Array.from({ length: count }, (_, week) => {
    const days = Array.from({ length: 7 }, (_, day) => daysAfter(monday, week * 7 + day));
    const inMonth = days.filter((day) => day >= first && day <= last);
    return { days, bars: barsOf(days, inMonth, shown) };
  });
  return { weeks, whole };
}

function barsOf(days: readonly string[], inMonth: readonly string[], spans: readonly PointSpan[]): Bar[] {
  const [first = '', last = ''] = [inMonth[0], inMonth.at(-1)];
  const here = spans
    .filter(({ start, end }) => start <= last && end >= first)
    .toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.end > b.end ? -1 : 0));
  const free: number[] = [];
  return here.map((span) => {
    const [from, to] = [span.start < first ? first : span.start, span.end > last ? last : span.end];
    const column = days.indexOf(from) + 1;
    const length = daysBetween(from, to) + 1;
    const found = free.findIndex((next) => next <= column);
    const line = found === -1 ? free.length : found;
    free[line] = column + length;
    return { span, column, length, line: line + 1, begins: span.start >= first, ends: span.end <= last };
  });
}

/** Maximum number of months of a year strip: a plan of three years fits. */
const MAX_MONTHS = 36;

/** Returns the months, YYYY-MM, from the first day to the last one of a period and of spans. */
export function stripMonths(
  period: { readonly start: string; readonly end: string } | null | undefined,
  spans: readonly PointSpan[],
): string[] {
  const days = [...spans.flatMap(({ start, end }) => [start, end]), ...(period ? [period.start, period.end] : [])];
  const [first, last] = [days.toSorted()[0]?.slice(0, 7), days.toSorted().at(-1)?.slice(0, 7)];
  if (first === undefined || last === undefined) return [];
  const months = Array.from({ length: MAX_MONTHS }, (_, index) => monthsAfter(first, index));
  return months.filter((month) => month <= last);
}

/** Returns the place of the beginning of a day in months of equal width, from 0 to 1. */
export function placeInStrip(months: readonly string[], day: string): number {
  const [first = day] = months;
  const [month, before] = [day.slice(0, 7), Number(day.slice(8)) - 1];
  const index =
    (Number(month.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(month.slice(5)) - Number(first.slice(5, 7));
  const length = daysBetween(`${month}-01`, `${monthsAfter(month, 1)}-01`);
  return Math.min(1, Math.max(0, (index + before / length) / months.length));
}
