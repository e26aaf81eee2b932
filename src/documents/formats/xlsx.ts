import { type CellObject, read, type Sheet, utils } from '@e965/xlsx';
import {
  type Block,
  type Cell,
  cellOf,
  type DocumentContent,
  NO_CELL,
  type Repair,
  type Row,
  type Table,
} from '../model.js';
import { MONTH_NAMES } from '../months.js';
import { findHead } from '../reading/columns.js';
import { UnreadableDocument } from '../unreadable.js';
import { tidied } from './tidy.js';
import { type Unstruck, withoutStruckRuns } from './xlsxStrikes.js';

/** Maximum number of rows of a sheet: far more than a plan may have. */
const MAX_SHEET_ROWS = 20_000;
/** Maximum length of a number format, in characters. */
const MAX_FORMAT = 255;
/** Maximum number of columns that are read, from the left. */
const MAX_SHEET_COLUMNS = 60;

/**
 * Reads an Excel workbook whose container was checked: the first sheet with a table of a plan, or all sheets if each
 * has one, as with one sheet per month.
 *
 * @throws UnreadableDocument when it is damaged or too large.
 */
export function readXlsx(bytes: Uint8Array): DocumentContent {
  let book: ReturnType<typeof read>;
  let unstruck: Unstruck;
  try {
    unstruck = withoutStruckRuns(bytes);
    book = read(unstruck.bytes, {
      type: 'array',
      dense: true,
      cellFormula: true,
      cellStyles: true,
      cellHTML: false,
      cellNF: true,
      cellDates: false,
      sheetRows: MAX_SHEET_ROWS + 1,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableDocument(
      null,
      `the workbook is damaged (${reason.slice(0, 200)}): save it anew as xlsx and import that`,
      'DAMAGED',
    );
  }
  const hidden = new Set((book.Workbook?.Sheets ?? []).filter(({ Hidden }) => Hidden).map(({ name }) => name));
  const sheets = book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name];
    if (!sheet?.['!ref']) return [];
    const told: Repair[] = [];
    const rows = sheetRows(sheet, {
      name,
      is1904: book.Workbook?.WBProps?.date1904 === true,
      isStruck: (cell) => unstruck.isStruck(name, cell),
      tell: (code, text) => told.push({ code, text }),
    });
    if (rows.length === 0) return [];
    return [{ name, rows, told, isPlan: !hidden.has(name) && findHead(rows.slice(0, 60)) !== undefined }];
  });
  const plans = sheets.filter(({ isPlan }) => isPlan);
  const first = sheets.findIndex(({ isPlan }) => isPlan);
  // A title page is a separate sheet before the plan.
  const above = sheets.slice(0, Math.max(first, 0)).filter(({ name }) => !hidden.has(name));
  const chosen = plans.length > 0 ? plans : sheets;
  const left = sheets.filter((sheet) => !chosen.includes(sheet) && !above.includes(sheet));
  const blocks = [...above, ...chosen].flatMap(({ name, rows, isPlan }): Block[] => {
    const table: Table = { kind: 'table', ragged: false, rows };
    // The name of a sheet becomes a heading only if there are several sheets with plans.
    const isNamed = isPlan && plans.length > 1;
    return isNamed ? [{ kind: 'paragraph', text: name, source: `sheet «${name}»` }, table] : [table];
  });
  const repairs = [...above, ...chosen].flatMap(({ told }) => told);
  const leftOut = left.map(({ name, rows }): Repair => {
    const text = rows
      .map(({ cells }) =>
        cells
          .map((cell) => cell.text)
          .join(' ')
          .trim(),
      )
      .join(' | ');
    return { code: 'SHEETS_LEFT_OUT', text: `«${name}»${hidden.has(name) ? ' (скрыт)' : ''}: ${text}` };
  });
  return { reader: 'xlsx-2', blocks, repairs: [...unstruck.repairs, ...repairs, ...leftOut] };
}

const EMPTY_CELL = cellOf('');

/** Settings of a sheet that are needed to read its cells. */
interface SheetGround {
  readonly name: string;
  /** True if days are counted from 1904, as in old workbooks of the Macintosh. */
  readonly is1904: boolean;
  readonly isStruck: (cell: string) => boolean;
  readonly tell: (code: Repair['code'], text: string) => void;
}

function sheetRows(sheet: Sheet, ground: SheetGround): Row[] {
  const range = utils.decode_range(sheet['!fullref'] ?? sheet['!ref'] ?? 'A1');
  const { name, tell } = ground;
  // Faults of hidden cells are not reported one by one: their hidden row or column is reported as a whole.
  const silent = { ...ground, tell: () => {} };
  if (!(range.s.r >= 0 && range.s.c >= 0)) {
    throw new UnreadableDocument(`sheet «${name}»`, 'its cells have no places: save the workbook anew as xlsx');
  }
  if (range.e.r - range.s.r >= MAX_SHEET_ROWS) {
    throw new UnreadableDocument(
      `sheet «${name}»`,
      `it has more than ${MAX_SHEET_ROWS} rows: remove the empty ones at its end`,
    );
  }
  const width = Math.min(range.e.c, range.s.c + MAX_SHEET_COLUMNS - 1) - range.s.c + 1;
  const isHiddenRow = (index: number) => sheet['!rows']?.[range.s.r + index]?.hidden === true;
  const isHiddenColumn = (index: number) => sheet['!cols']?.[range.s.c + index]?.hidden === true;
  const data: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  const grid: Cell[][] = [];
  for (let r = range.s.r; r <= range.e.r; r += 1) {
    const isHidden = isHiddenRow(r - range.s.r);
    grid.push(
      Array.from({ length: width }, (_, index) => {
        const cell = data[r]?.[range.s.c + index];
        if (!cell) return EMPTY_CELL;
        const place = `${utils.encode_col(range.s.c + index)}${r + 1}`;
        return cellOf(textAt(cell, place, isHidden || isHiddenColumn(index) ? silent : ground));
      }),
    );
  }
  for (const { s, e } of sheet['!merges'] ?? []) {
    const [top, left] = [s.r - range.s.r, s.c - range.s.c];
    const first = grid[top]?.[left];
    if (!first) continue;
    const cell = { ...first, span: Math.min(e.c - s.c + 1, width - left) };
    let isBegun = false;
    for (let r = top; r <= Math.min(e.r - range.s.r, grid.length - 1); r += 1) {
      const row = grid[r];
      if (!row) continue;
      row.fill(NO_CELL, left, left + cell.span);
      row[left] = { ...cell, continued: isBegun };
      isBegun ||= !isHiddenRow(r);
    }
  }
  const shown = Array.from({ length: width }, (_, index) => index).filter((index) => !isHiddenColumn(index));
  tellHiddenColumns(grid, range.s.c, width, isHiddenColumn, ground);
  return grid.flatMap((cells, index): Row[] => {
    const row = shown.length === width ? cells : withColumns(cells, shown);
    if (!row.some(({ text }) => text !== '')) return [];
    const source = `sheet «${name}», row ${range.s.r + index + 1}`;
    if (!isHiddenRow(index)) return [{ source, cells: row, blankBefore: null }];
    tell('HIDDEN_LEFT_OUT', `«${name}», строка ${range.s.r + index + 1}: ${textsOf(row)}`);
    return [];
  });
}

/** Returns the cells of the visible columns. A cell that begins in a hidden column begins in the next visible one. */
function withColumns(cells: readonly Cell[], shown: readonly number[]): Cell[] {
  const row = shown.map((): Cell => NO_CELL);
  for (const [left, cell] of cells.entries()) {
    if (cell.span === 0) continue;
    const at = shown.findIndex((index) => index >= left && index < left + cell.span);
    if (at >= 0) row[at] = { ...cell, span: shown.filter((index) => index >= left && index < left + cell.span).length };
  }
  return row;
}

function tellHiddenColumns(
  grid: readonly (readonly Cell[])[],
  first: number,
  width: number,
  isHidden: (column: number) => boolean,
  { name, tell }: SheetGround,
): void {
  for (let column = 0; column < width; column += 1) {
    if (!isHidden(column)) continue;
    const text = textsOf(grid.flatMap((cells) => cells[column] ?? []));
    if (text !== '') tell('HIDDEN_LEFT_OUT', `«${name}», графа ${utils.encode_col(first + column)}: ${text}`);
  }
}

function textsOf(cells: readonly Cell[]): string {
  return cells
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' ');
}

/** Returns the text that a cell displays. Reports a cell that has no value, such as an error. */
function textAt(cell: CellObject, place: string, ground: SheetGround): string {
  const { name, tell, is1904 } = ground;
  if (cell.f !== undefined && (cell.t === 'z' || cell.v === undefined) && cell.t !== 'e') {
    tell('CELL_UNREADABLE', `«${name}», ${place}: формула без значения`);
    return '';
  }
  if (cell.t === 'e') tell('CELL_UNREADABLE', `«${name}», ${place}: ${cell.w ?? '#?'}`);
  const text = cellText(cell, is1904);
  if (text === '' || !ground.isStruck(place)) return text;
  tell('STRUCK_LEFT_OUT', text);
  return '';
}

/**
 * Returns the text of a cell. A date is read in the form in which it is displayed: Excel stores «сентябрь 2020» as 1
 * September.
 */
function cellText(cell: CellObject, is1904: boolean): string {
  if (cell.t === 'z') return '';
  if (cell.t === 'e') return cell.w ?? '#?';
  if (cell.v === undefined) return '';
  if (cell.t === 'n' && isDateFormat(cell.z))
    return dateText(Number(cell.v) + (is1904 ? DAYS_TO_1904 : 0), String(cell.z));
  const text = cell.t === 'n' || cell.t === 'b' ? (cell.w ?? String(cell.v)) : String(cell.v);
  return tidied(text)
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Days between the two epochs of workbooks, 1900 and 1904. */
const DAYS_TO_1904 = 1_462;

function isDateFormat(format: unknown): boolean {
  const plain = plainFormat(String(format ?? ''));
  return /[dy]/i.test(plain) || /mmm/i.test(plain);
}

/** Returns a format without its quoted parts, cut to the greatest length that Excel allows. */
function plainFormat(format: string): string {
  return format.slice(0, MAX_FORMAT).replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
}

function dateText(serial: number, format: string): string {
  const day = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400_000));
  if (Number.isNaN(day.getTime())) return String(serial);
  const [date, month, year] = [day.getUTCDate(), day.getUTCMonth(), day.getUTCFullYear()];
  const plain = plainFormat(format);
  const two = (value: number) => String(value).padStart(2, '0');
  const shown = [
    /d/i.test(plain) ? `${two(date)}.${two(month + 1)}${/y/i.test(plain) ? `.${year}` : ''}` : '',
    !/d/i.test(plain) && /m/i.test(plain) ? `${MONTH_NAMES[month]}${/y/i.test(plain) ? ` ${year} г.` : ''}` : '',
    !/[dm]/i.test(plain) ? String(year) : '',
    /h/i.test(plain) ? `${two(day.getUTCHours())}:${two(day.getUTCMinutes())}` : '',
  ];
  return shown.filter((part) => part !== '').join(' ');
}
