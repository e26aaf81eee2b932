import { MAX_ACTIVITIES } from '../domain/plan.js';
import { UnreadableDocument } from './unreadable.js';

/**
 * Maximum number of rows in all tables. In a text file an activity takes several rows; heads and sections are rows too.
 */
export const MAX_DOCUMENT_ROWS = 4 * MAX_ACTIVITIES;
/** Maximum number of lines of a text or of separated values, blank ones included. */
const MAX_LINES = 5 * MAX_DOCUMENT_ROWS;
/** Maximum number of cells of such a table: 200 in each row of the longest plan. */
const MAX_DOCUMENT_CELLS = 200 * MAX_ACTIVITIES;

/** What to do with a document that is too long. */
export const SPLIT = `a plan has at most ${MAX_ACTIVITIES} activities. Give one plan, or split it by sections`;

/** Checks a number of table rows. @throws UnreadableDocument for more than {@link MAX_DOCUMENT_ROWS}. */
export function checkRows(rows: number): void {
  if (rows > MAX_DOCUMENT_ROWS) throw tooLong(`more than ${MAX_DOCUMENT_ROWS} rows`);
}

/**
 * Checks a text before it is divided into lines and cells.
 *
 * @param separators each of the signs that may part cells.
 * @throws UnreadableDocument for more lines or cells than a plan may have.
 */
export function checkParts(text: string, separators: readonly string[]): void {
  if (countOfSign(text, '\n') >= MAX_LINES) throw tooLong(`more than ${MAX_LINES} lines`);
  for (const sign of separators)
    if (countOfSign(text, sign) > MAX_DOCUMENT_CELLS) throw tooLong(`more than ${MAX_DOCUMENT_CELLS} cells`);
}

/** Returns how often a text has a sign. */
export function countOfSign(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}

function tooLong(what: string): UnreadableDocument {
  return new UnreadableDocument(null, `the document has ${what}; ${SPLIT}`, 'TOO_LARGE');
}
