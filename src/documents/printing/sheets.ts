import { stringify } from 'csv-stringify/sync';
import { csvText } from './escaping.js';
import { planRow } from './planMark.js';
import { type PrintedCell, type PrintedDocument, plain } from './printed.js';

/** Returns a document as semicolon-separated values with a byte order mark, as Russian office programs open it. */
export function printedCsv({ heading, remarks, tables, notes, planId }: PrintedDocument): string {
  const rows = tables.flatMap(({ caption, columns, rows: own }) => [
    ...(caption === '' ? [] : [[caption]]),
    columns.map(({ name }) => name),
    ...own.map((row) => (row.kind === 'section' ? [row.text] : row.cells.map(printedText))),
  ]);
  const lines = (texts: readonly string[]) => texts.map((text) => [text]);
  return (
    CSV_BEGINNING +
    csvRows([
      ...lines(heading),
      ...lines(remarks),
      ...rows,
      ...lines(notes),
      ...lines(planId === undefined ? [] : [planRow(planId)]),
    ])
  );
}

/** Byte order mark, which Russian office programs need at the beginning of separated values. */
export const CSV_BEGINNING = '\ufeff';

/** Returns one line of semicolon-separated values. */
export function csvLine(values: readonly (string | null)[]): string {
  return csvRows([values.map((value) => value ?? '')]);
}

function printedText(cell: PrintedCell): string {
  return cell.map(plain).join('\n');
}

/** Returns rows as separated values. All separated values are written by this function. */
function csvRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(csvText)),
    { delimiter: ';' },
  );
}
