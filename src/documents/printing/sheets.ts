import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type Row } from 'write-excel-file/node';
import { type PrintedCell, type PrintedDocument, plain } from './printed.js';

/** A document as values parted by semicolons, with a byte order mark: as Russian office programs open it. */
export function printedCsv({ heading, remarks, tables, notes }: PrintedDocument): string {
  const rows = tables.flatMap(({ caption, columns, rows: own }) => [
    ...(caption === '' ? [] : [[caption]]),
    columns.map(({ name }) => name),
    ...own.map((row) => (row.kind === 'section' ? [row.text] : row.cells.map((cell) => guarded(textOf(cell))))),
  ]);
  const lines = (texts: readonly string[]) => texts.map((text) => [text]);
  return stringify([...lines(heading), ...lines(remarks), ...rows, ...lines(notes)], { bom: true, delimiter: ';' });
}

/** A document as a workbook of one sheet. */
export async function printedXlsx({ stamps, heading, remarks, tables, notes }: PrintedDocument): Promise<Uint8Array> {
  const width = Math.max(...tables.map(({ columns }) => columns.length), 2);
  const wide = (text: string, bold: boolean): Row => [
    { value: text, columnSpan: width, align: 'center', wrap: true, ...(bold ? { fontWeight: 'bold' as const } : {}) },
    ...Array.from({ length: width - 1 }, () => null),
  ];
  const left = (text: string): Row => [
    { value: text, columnSpan: width, wrap: true },
    ...Array.from({ length: width - 1 }, () => null),
  ];
  const border = { borderStyle: 'thin' as const, wrap: true, alignVertical: 'top' as const };
  const rows = tables.flatMap(({ caption, columns, rows: own }): Row[] => [
    ...(caption === '' ? [] : [wide(caption, true)]),
    columns.map(({ name }) => ({ ...border, value: name, fontWeight: 'bold' as const })),
    ...own.map(
      (row): Row =>
        row.kind === 'section'
          ? [
              { ...border, value: row.text, columnSpan: columns.length, align: 'center', fontWeight: 'bold' },
              ...Array.from({ length: columns.length - 1 }, () => null),
            ]
          : row.cells.map((cell) => ({ ...border, value: textOf(cell), type: String })),
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
  return stringify([values.map((value) => guarded(value ?? ''))], { delimiter: ';' });
}

function textOf(cell: PrintedCell): string {
  return cell.map(plain).join('\n');
}

/** A text that a spreadsheet would take for a formula is kept as a text. */
function guarded(text: string): string {
  return /^[=+@\t\r]|^-(?=\S)/.test(text) ? `'${text}` : text;
}
