import writeXlsxFile, { type Cell, type CellObject } from 'write-excel-file/node';
import { xlsxText } from './escaping.js';
import { type PrintedDocument, type PrintedTable, plain } from './printed.js';
import { lineCount } from './textHeight.js';
import { pageFeature, planFeature, SHEET } from './workbookFeatures.js';

const WORKBOOK_FONT = { fontFamily: 'Times New Roman', fontSize: 11 };
/** Widths of all columns on A4 with margins of 15 mm, in digits of the font. */
const PAGE_UNITS = { portrait: 96, landscape: 143 };
const MIN_UNITS = 5;
/** Width of a digit and width of both edges of a cell, in points. */
const DIGIT = 5.25;
const ROW_EDGES = 5;
/** Height of a line and space around the lines of a row, in points. */
const LINE_HEIGHT = 15;
const PADDING = 3;
/** Maximum height of a row in points: Excel takes at most 409. */
const MAX_HEIGHT = 400;

type Style = Pick<CellObject, 'fontWeight' | 'align' | 'alignVertical' | 'borderStyle'>;
const PLAIN_CELL: Style = {};
const BOLD_CELL: Style = { fontWeight: 'bold' };
const CENTRED: Style = { align: 'center' };
const BORDERED: Style = { borderStyle: 'thin', alignVertical: 'top' };

/** A row of the sheet with its height in points. */
interface SheetRow {
  readonly cells: Cell[];
  readonly height: number;
}

/** A cell to be placed over one or more columns. */
interface WrappedCell {
  readonly text: string;
  readonly span: number;
  readonly style: Style;
}

/** Returns a document as a workbook of one sheet that prints on A4: its width fits, and its head is on each page. */
export async function printedXlsx(document: PrintedDocument): Promise<Uint8Array> {
  const { stamps, heading, remarks, tables, notes, landscape, planId } = document;
  const widths = widthsOf(tables, landscape ? PAGE_UNITS.landscape : PAGE_UNITS.portrait);
  const line = (text: string, style: Style) => rowsWithHeights([{ text, span: widths.length, style }], widths);
  const above = [
    ...stamps.flatMap((lines) => [...lines, ''].flatMap((text) => line(text, PLAIN_CELL))),
    ...heading.flatMap((text) => line(text, { ...BOLD_CELL, ...CENTRED })),
    ...remarks.flatMap((text) => line(text, CENTRED)),
  ];
  const rows = [
    ...above,
    ...tables.flatMap((table) => tableRows(table, widths)),
    ...notes.flatMap((text) => line(text, PLAIN_CELL)),
  ];
  const [first] = tables;
  // With several tables, the head of the first table would be printed above the rows of the other tables.
  const repeated = first && tables.length === 1 ? above.length + (first.caption === '' ? 1 : 2) : null;
  const page = { landscape, repeated, heights: rows.map(({ height }) => height) };
  const features = [pageFeature(page), ...(planId === undefined ? [] : [planFeature(planId)])];
  const options = { sheet: SHEET, columns: widths.map((width) => ({ width })) };
  const file = writeXlsxFile(
    rows.map(({ cells }) => cells),
    options,
    { ...WORKBOOK_FONT, features },
  );
  return new Uint8Array(await file.toBuffer());
}

/**
 * Returns the widths of the columns in digits. They are those of the first table, extended to the number of columns of
 * the widest table.
 */
function widthsOf(tables: readonly PrintedTable[], units: number): number[] {
  const columns = tables[0]?.columns ?? [];
  const count = Math.max(...tables.map((table) => table.columns.length), 2);
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  return Array.from({ length: count }, (_, index) => {
    const share = columns[index];
    return share ? Math.max(MIN_UNITS, Math.round((units * share.width) / total)) : Math.round(units / count);
  });
}

function tableRows({ caption, columns, rows }: PrintedTable, widths: readonly number[]): SheetRow[] {
  const bold = { ...BORDERED, ...BOLD_CELL };
  const head = columns.map(({ name }): WrappedCell => ({ text: name, span: 1, style: bold }));
  const title: WrappedCell = { text: caption, span: widths.length, style: { ...BOLD_CELL, ...CENTRED } };
  return [
    ...(caption === '' ? [] : rowsWithHeights([title], widths)),
    ...rowsWithHeights(head, widths),
    ...rows.flatMap((row) => {
      const cells: WrappedCell[] =
        row.kind === 'section'
          ? [{ text: row.text, span: columns.length, style: { ...bold, ...CENTRED } }]
          : row.cells.map((cell) => ({ text: cell.map(plain).join('\n'), span: 1, style: BORDERED }));
      return rowsWithHeights(cells, widths);
    }),
  ];
}

/**
 * Returns rows that are high enough for their texts. A text that is higher than a row can be is a merged cell over
 * several rows.
 */
function rowsWithHeights(wrapped: readonly WrappedCell[], widths: readonly number[]): SheetRow[] {
  let column = 0;
  const lines = wrapped.map(({ text, span, style }) => {
    const width = widths.slice(column, column + span).reduce((sum, units) => sum + units * DIGIT - ROW_EDGES, 0);
    column += span;
    return lineCount(text, width, { size: WORKBOOK_FONT.fontSize, isBold: style.fontWeight === 'bold' });
  });
  const height = Math.max(1, ...lines) * LINE_HEIGHT + PADDING;
  const count = Math.ceil(height / MAX_HEIGHT);
  const over = count === 1 ? {} : { rowSpan: count };
  const cells = wrapped.flatMap(({ text, span, style }): Cell[] => [
    // Always a string, so that a text is never a formula.
    { ...style, ...over, value: xlsxText(text), type: String, wrap: true, ...(span === 1 ? {} : { columnSpan: span }) },
    ...Array.from({ length: span - 1 }, () => null),
  ]);
  const covered = Array.from({ length: count - 1 }, () => cells.map(() => null));
  return [cells, ...covered].map((row) => ({ cells: row, height: height / count }));
}
