import type { Row } from '../model.js';
import type { Columns } from './columns.js';
import { type Note, oneLine } from './wording.js';

/** A cell that marks nothing, and a cell with only a mark. */
const NOTHING = /^[\s–—-]*$/u;
const MARK = /^(?:[+*xхvѵ✓✔•]|да)$/iu;

/** The time of a row: one cell, its first and last day in two, or marks in columns of months. */
export function timeOf({ cells }: Row, { roles, until, months }: Columns, note: Note): string {
  const told = (text: string) => {
    if (text !== '') note('TIME_FROM_HEADS', 'timeframe', text);
    return text;
  };
  if (months.length > 0) {
    const marked = months.filter(({ index }) => !NOTHING.test(cells[index]?.text ?? ''));
    return told(marked.map(({ name }) => name).join(', '));
  }
  const from = cells[roles.timeframe ?? -1]?.text ?? '';
  const to = until === null ? '' : (cells[until]?.text ?? '');
  if (to === '' || to === from) return from;
  return told(from === '' ? `до ${to}` : `с ${from} по ${to}`);
}

/** Returns the texts other than plain marks in columns of months, by their months. */
export function besideMarks({ cells }: Row, { months }: Columns): (readonly [string, string])[] {
  return months.flatMap(({ index, name }) => {
    const text = cells[index]?.text ?? '';
    return NOTHING.test(text) || MARK.test(text) ? [] : entryOf(name, text);
  });
}

/** Returns a further column of a row by its name; an empty list for an empty cell. */
export function entryOf(name: string, text: string | undefined): (readonly [string, string])[] {
  return text === undefined || text === '' ? [] : [[name, oneLine(text)]];
}
