import { stringify } from 'csv-stringify/sync';
import { csvText } from './escaping.js';
import { planRow } from './planMark.js';
import { type PrintedCell, type PrintedDocument, plain } from './printed.js';

/** A document as values parted by semicolons, with a byte order mark: as Russian office programs open it. */
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

/** What a file of values begins with: a byte order mark, as Russian office programs want it. */
export const CSV_BEGINNING = '\ufeff';

/** A line of values parted by semicolons. */
export function csvLine(values: readonly (string | null)[]): string {
  return csvRows([values.map((value) => value ?? '')]);
}

function printedText(cell: PrintedCell): string {
  return cell.map(plain).join('\n');
}

/** The one writer of separated values. */
function csvRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(csvText)),
    { delimiter: ';' },
  );
}
