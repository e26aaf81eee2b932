import { type CellObject, type Range, read, type Sheet, utils } from '@e965/xlsx';
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

/** Rows of a sheet: far more than a plan may have. */
const MAX_ROWS = 20_000;
/** Longest format of a number, in characters. */
const MAX_FORMAT = 255;
/** Columns from the left that are looked at. */
const MAX_COLUMNS = 60;

/**
 * Reads an Excel workbook whose container was checked: the first sheet with a table of a plan, or all of them when each
 * has one (a sheet a month).
 *
 * @throws UnreadableDocument when it is damaged or too large.
 */
export function readXlsx(bytes: Uint8Array): DocumentContent {
  let book: ReturnType<typeof read>;
  try {
    book = read(bytes, {
      type: 'array',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      cellNF: true,
      cellDates: false,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableDocument(
      null,
      `the workbook is damaged (${reason.slice(0, 200)}): save it anew as xlsx and import that`,
    );
  }
  const hidden = new Set((book.Workbook?.Sheets ?? []).filter(({ Hidden }) => Hidden).map(({ name }) => name));
  const sheets = book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name];
    if (!sheet?.['!ref']) return [];
    const rows = rowsOf(name, sheet);
    return rows.length === 0
      ? []
      : [{ name, rows, isPlan: !hidden.has(name) && findHead(rows.slice(0, 60)) !== undefined }];
  });
  const plans = sheets.filter(({ isPlan }) => isPlan);
  const first = sheets.findIndex(({ isPlan }) => isPlan);
  // A title page is a sheet of its own, before the plan.
  const above = sheets.slice(0, Math.max(first, 0)).filter(({ name }) => !hidden.has(name));
  const chosen = plans.length > 0 ? plans : sheets;
  const left = sheets.filter((sheet) => !chosen.includes(sheet) && !above.includes(sheet));
  const blocks = [...above, ...chosen].flatMap(({ name, rows, isPlan }): Block[] => {
    const table: Table = { kind: 'table', ragged: false, rows };
    // The name of a sheet is a heading only where it tells sheets apart.
    const isNamed = isPlan && plans.length > 1;
    return isNamed ? [{ kind: 'paragraph', text: name, source: `sheet «${name}»` }, table] : [table];
  });
  const repairs = left.map(({ name, rows }): Repair => {
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
  return { reader: 'xlsx-1', blocks, repairs };
}

function rowsOf(name: string, sheet: Sheet): Row[] {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1');
  if (range.e.r - range.s.r >= MAX_ROWS) {
    throw new UnreadableDocument(
      `sheet «${name}»`,
      `it has more than ${MAX_ROWS} rows: remove the empty ones at its end`,
    );
  }
  const merges: readonly Range[] = sheet['!merges'] ?? [];
  const width = Math.min(range.e.c, range.s.c + MAX_COLUMNS - 1) - range.s.c + 1;
  const grid: Cell[][] = [];
  const data: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  for (let r = range.s.r; r <= range.e.r; r += 1) {
    grid.push(Array.from({ length: width }, (_, index) => cellOf(textOf(data[r]?.[range.s.c + index]))));
  }
  for (const { s, e } of merges) {
    const [top, left] = [s.r - range.s.r, s.c - range.s.c];
    const first = grid[top]?.[left];
    if (!first) continue;
    const cell = { ...first, span: Math.min(e.c - s.c + 1, width - left) };
    for (let r = top; r <= Math.min(e.r - range.s.r, grid.length - 1); r += 1) {
      const row = grid[r];
      if (!row) continue;
      row.fill(NO_CELL, left, left + cell.span);
      row[left] = { ...cell, continued: r > top };
    }
  }
  return grid
    .map((cells, index): Row => ({ source: `sheet «${name}», row ${range.s.r + index + 1}`, cells, blankBefore: null }))
    .filter(({ cells }) => cells.some(({ text }) => text !== ''));
}

/** What a cell shows. A date shows what its format shows of it: Excel makes the first of a month of «сентябрь 2020». */
function textOf(cell: CellObject | undefined): string {
  if (!cell || cell.t === 'z' || cell.v === undefined) return '';
  if (cell.t === 'e') return cell.w ?? '#?';
  if (cell.t === 'n' && isDateFormat(cell.z)) return dateText(Number(cell.v), String(cell.z));
  const text = cell.t === 'n' || cell.t === 'b' ? (cell.w ?? String(cell.v)) : String(cell.v);
  return tidied(text)
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function isDateFormat(format: unknown): boolean {
  const plain = plainFormat(String(format ?? ''));
  return /[dy]/i.test(plain) || /mmm/i.test(plain);
}

/** A format without its quoted parts. Excel takes no longer ones. */
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
