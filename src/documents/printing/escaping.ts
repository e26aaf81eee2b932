import { readableText } from '../../engine/readable.js';

/** Maximum number of characters of a cell in a workbook. Excel reports a file with a longer one as damaged. */
const MAX_WORKBOOK_CELL = 32_767;

/** Beginning of a formula for spreadsheets, also in full-width forms and after apostrophes. */
const FORMULA = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

/**
 * Returns a text as a cell of separated values. An apostrophe is put before a text that a spreadsheet would read as a
 * formula.
 */
export function csvText(text: string): string {
  const readable = readableText(text);
  return FORMULA.test(readable) ? `'${readable}` : readable;
}

/** Returns a text that was read from separated values as it was before {@link csvText}. */
export function fromCsvText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/**
 * Returns a text as a cell of a workbook: a text that looks like an escape sequence of the format is escaped, and a
 * text that is too long is cut.
 */
export function xlsxText(text: string): string {
  const escaped = xmlText(text).replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
  return escaped.length > MAX_WORKBOOK_CELL ? `${escaped.slice(0, MAX_WORKBOOK_CELL - 1).toWellFormed()}…` : escaped;
}

/** Returns a text without characters that XML cannot contain. The libraries that write XML escape the others. */
export function xmlText(text: string): string {
  return readableText(text);
}

/** Returns the value of a property of RFC 5545 that the library does not escape. */
export function icsText(text: string): string {
  return readableText(text)
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|[\n\r\u2028\u2029]/g, '\\n');
}
