import { within } from '../../domain/dates.js';
import type { PlanPeriod, Schedule } from '../../domain/schedule.js';
import { readTimeframe } from '../../domain/wording/read.js';
import type { Row } from '../model.js';
import type { Columns } from './columns.js';
import { type Note, oneLine } from './wording.js';

/** A cell that marks nothing, and a cell with only a mark. */
const NOTHING = /^[\s–—-]*$/u;
const MARK = /^(?:[+*xхvѵ✓✔•]|да)$/iu;
/** A number of a week, in a column whose name ends with «неделя». */
const WEEK_NUMBER = /^[\d\s,;и–—-]{1,20}$/u;
const WEEKS = /недел[яи]$/iu;
/** A period with a leap day, for a document that names none. The days are read again in the period of the plan. */
const ANY_SCHOOL_YEAR: PlanPeriod = { start: '2023-09-01', end: '2024-08-31' };

/** The time of a row. */
interface RowTime {
  readonly timeframe: string;
  /** Texts other than marks and days in columns of months, by their months. */
  readonly others: (readonly [string, string])[];
}

/**
 * Returns the time of a row: marks or days in columns of months; else one cell, its first and last day in two, or the
 * month beside an empty cell.
 *
 * @param month the month in a column beside the time; null for none.
 */
export function timeOf(
  row: Row,
  columns: Columns,
  month: string | null,
  period: PlanPeriod | null,
  note: Note,
): RowTime {
  if (columns.months.length === 0) return { timeframe: timeInCells(row, columns, month, note), others: [] };
  const marked = markedMonths(row, columns, period);
  const times = marked.map(({ name, days }) => days ?? name);
  const timeframe = times.join(marked.some(({ days }) => days !== undefined) ? '; ' : ', ');
  return {
    timeframe: fromHeads(timeframe, note),
    others: marked.flatMap(({ name, text, days }) =>
      MARK.test(text) || days !== undefined ? [] : entryOf(name, text),
    ),
  };
}

function timeInCells({ cells }: Row, { roles, until, names }: Columns, month: string | null, note: Note): string {
  const from = cells[roles.timeframe ?? -1]?.text ?? '';
  const to = until === null ? '' : (cells[until]?.text ?? '');
  if (to !== '' && to !== from) return fromHeads(from === '' ? `до ${to}` : `с ${from} по ${to}`, note);
  if (NOTHING.test(from) && month !== null) return fromHeads(month, note);
  const isWeek = WEEK_NUMBER.test(from) && WEEKS.test(names[roles.timeframe ?? -1] ?? '');
  return isWeek ? fromHeads(`${from} неделя`, note) : from;
}

/** Returns a time that is composed from the names of its columns, with a note unless it is empty. */
function fromHeads(text: string, note: Note): string {
  if (text !== '') note('TIME_FROM_HEADS', 'timeframe', text);
  return text;
}

/** A filled cell in a column of months; with the time that its days mean in that month, if it has days. */
interface MarkedMonth {
  readonly name: string;
  readonly text: string;
  readonly days: string | undefined;
}

function markedMonths({ cells }: Row, { months }: Columns, period: PlanPeriod | null): readonly MarkedMonth[] {
  const found = months.flatMap(({ index, name }) => {
    const text = oneLine(cells[index]?.text ?? '');
    return NOTHING.test(text) ? [] : [{ name, text }];
  });
  // The same number in several months is a count of works in each month, not a day.
  const isCount =
    found.length > 1 && new Set(found.map(({ text }) => text)).size === 1 && /^\d+$/u.test(found[0]?.text ?? '');
  return found.map((each) => ({ ...each, days: isCount ? undefined : daysBelow(each, period ?? ANY_SCHOOL_YEAR) }));
}

/** Returns the wording of days in the month, or part of a year, in whose column they are printed. */
function daysBelow({ name, text }: Pick<MarkedMonth, 'name' | 'text'>, period: PlanPeriod): string | undefined {
  if (MARK.test(text)) return undefined;
  const [column, ...others] = readWindows(name, period);
  if (!column) return undefined;
  return [text, `${name}: ${text}`, `${name}, ${text}`].find((wording) => {
    const [first, ...more] = readWindows(wording, period);
    if (!first || (first.start === column.start && first.end === column.end)) return false;
    return [column, ...others].some((window) =>
      [first, ...more].every(({ start, end }) => within(start, window) && within(end, window)),
    );
  });
}

function readWindows(wording: string, period: PlanPeriod) {
  const { schedule, residue } = readTimeframe(wording, period);
  return residue === undefined ? windowsIn(schedule) : [];
}

function windowsIn(schedule: Schedule) {
  switch (schedule.kind) {
    case 'dates':
      return schedule.windows;
    case 'deadline':
      return schedule.dates.map((day) => ({ start: day, end: day }));
    case 'recurring':
    case 'quota':
    case 'throughout':
    case 'onDemand':
    case 'external':
    case 'unknown':
      return [];
  }
}

/** Returns a further column of a row by its name; an empty list for an empty cell. */
export function entryOf(name: string, text: string | undefined): (readonly [string, string])[] {
  return text === undefined || text === '' ? [] : [[name, oneLine(text)]];
}
