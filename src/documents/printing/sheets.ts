import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type Row } from 'write-excel-file/node';
import { csvText, xlsxText } from './escaping.js';
import { type PrintedCell, type PrintedDocument, plain } from './printed.js';

/** A document as values parted by semicolons, with a byte order mark: as Russian office programs open it. */
export function printedCsv({ heading, remarks, tables, notes }: PrintedDocument): string {
  const rows = tables.flatMap(({ caption, columns, rows: own }) => [
    ...(caption === '' ? [] : [[caption]]),
    columns.map(({ name }) => name),
    ...own.map((row) => (row.kind === 'section' ? [row.text] : row.cells.map(textOf))),
  ]);
  const lines = (texts: readonly string[]) => texts.map((text) => [text]);
  return CSV_BEGINNING + csvRows([...lines(heading), ...lines(remarks), ...rows, ...lines(notes)]);
}

const BOLD = { fontWeight: 'bold' } as const;

/** A document as a workbook of one sheet. */
export async function printedXlsx({ stamps, heading, remarks, tables, notes }: PrintedDocument): Promise<Uint8Array> {
  const width = Math.max(...tables.map(({ columns }) => columns.length), 2);
  const wide = (text: string, bold: boolean): Row => [
    textCell(text, { columnSpan: width, align: 'center' as const, wrap: true, ...(bold ? BOLD : {}) }),
    ...Array.from({ length: width - 1 }, () => null),
  ];
  const left = (text: string): Row => [
    textCell(text, { columnSpan: width, wrap: true }),
    ...Array.from({ length: width - 1 }, () => null),
  ];
  const border = { borderStyle: 'thin' as const, wrap: true, alignVertical: 'top' as const };
  const rows = tables.flatMap(({ caption, columns, rows: own }): Row[] => [
    ...(caption === '' ? [] : [wide(caption, true)]),
    columns.map(({ name }) => textCell(name, { ...border, ...BOLD })),
    ...own.map(
      (row): Row =>
        row.kind === 'section'
          ? [
              textCell(row.text, { ...border, ...BOLD, columnSpan: columns.length, align: 'center' as const }),
              ...Array.from({ length: columns.length - 1 }, () => null),
            ]
          : row.cells.map((cell) => textCell(textOf(cell), border)),
    ),
  ]);
  const sheet = [
    ...stamps.flatMap((lines) => [...lines.map(left), left('')]),
    ...heading.map((text) => wide(text, true)),
    ...remarks.map((text) => wide(text, false)),
    ...rows,
    ...notes.map(left),
  ];
  const [table] = tables;
  const columns = (table?.columns ?? []).map(({ width: share }) => ({ width: Math.max(6, Math.round(share * 1.3)) }));
  return new Uint8Array(await writeXlsxFile(sheet, { columns, sheet: 'План' }).toBuffer());
}

/** What a file of values begins with: a byte order mark, as Russian office programs want it. */
export const CSV_BEGINNING = '\ufeff';

/** A line of values parted by semicolons. */
export function csvLine(values: readonly (string | null)[]): string {
  return csvRows([values.map((value) => value ?? '')]);
}

function textOf(cell: PrintedCell): string {
  return cell.map(plain).join('\n');
}

/** The one writer of separated values. */
function csvRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(csvText)),
    { delimiter: ';' },
  );
}

/** The one cell of a workbook: always a string, so that nothing in it is a formula. */
function textCell<Style extends object>(text: string, style: Style) {
  return { ...style, value: xlsxText(text), type: String };
}
