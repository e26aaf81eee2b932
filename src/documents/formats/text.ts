import { cellOf, type DocumentContent, type Paragraph, type Row, type Table } from '../model.js';
import { findHead } from '../reading/columns.js';
import { checkParts } from '../size.js';
import type { StatedColumns } from '../statedColumns.js';
import { decoded, type Line, linesOf } from './lines.js';
import { tidied } from './tidy.js';

/**
 * Reads a text: a table whose cells are separated by tabs, as copied from a word processor, or by bars, as in Markdown.
 * The lines above the table are paragraphs.
 *
 * @param stated the columns of the table, for a table whose head is not that of a plan.
 * @throws UnreadableDocument for a file that is not text.
 */
export function readText(bytes: Uint8Array, stated?: StatedColumns): DocumentContent {
  const { text, repairs } = decoded(bytes);
  checkParts(text, ['\t', '|']);
  const lines = linesOf(tidied(text));
  const { before, table } = barred(lines, stated) ?? tabbed(lines, stated) ?? { before: lines, table: undefined };
  const paragraphs = before.map(paragraphOf);
  return { reader: 'text-2', blocks: table ? [...paragraphs, table] : paragraphs, repairs };
}

function paragraphOf({ number, text }: Line): Paragraph {
  return { kind: 'paragraph', text, source: `line ${number}` };
}

interface Parted {
  readonly before: readonly Line[];
  readonly table: Table;
}

/** Reads a table with tabs. Each line from the head row on is a row. */
function tabbed(lines: readonly Line[], stated: StatedColumns | undefined): Parted | undefined {
  const isFirst = (row: Row) => (stated ? row.cells[stated.activity - 1] !== undefined : findHead([row]) !== undefined);
  const first = lines.findIndex(({ text }) => text.includes('\t') && isFirst(tabRow({ number: 1, text }, null)));
  if (first < 0) return undefined;
  const rows: Row[] = [];
  let blank: string | null = null;
  for (const line of lines.slice(first)) {
    if (line.text.trim() === '') {
      blank ??= `${line.number}`;
      continue;
    }
    rows.push(tabRow(line, blank));
    blank = null;
  }
  return { before: lines.slice(0, first), table: { kind: 'table', ragged: true, rows } };
}

function tabRow({ number, text }: Line, blankBefore: string | null): Row {
  return { source: `line ${number}`, cells: text.split('\t').map((cell) => cellOf(cell.trim())), blankBefore };
}

/**
 * Reads a table with bars. A cell ends with a bar. A row ends with its line, or with two bars if cells take several
 * lines.
 */
function barred(lines: readonly Line[], stated: StatedColumns | undefined): Parted | undefined {
  const first = lines.findIndex(({ text }) => text.trimEnd().endsWith('|'));
  if (first < 0) return undefined;
  const rest = lines.slice(first);
  const isSpread = rest.filter(({ text }) => text.trim() === '||').length >= 2;
  const rows = isSpread ? spreadRows(rest) : rest.flatMap(barRow);
  if (!stated && !findHead(rows)) return undefined;
  return { before: lines.slice(0, first), table: { kind: 'table', ragged: true, rows } };
}

function spreadRows(lines: readonly Line[]): Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell: string[] = [];
  let start: number | null = null;
  for (const { number, text } of lines) {
    const printed = text.trim();
    start ??= number;
    if (printed === '||') {
      rows.push({ source: `line ${start}`, cells: cells.map(cellOf), blankBefore: null });
      [cells, cell, start] = [[], [], null];
      continue;
    }
    cell.push(printed.replace(/\|$/, '').trim());
    if (!printed.endsWith('|')) continue;
    cells.push(cell.filter((line) => line !== '').join('\n'));
    cell = [];
  }
  const left = [...cells, cell.join('\n')].filter((text) => text !== '');
  return left.length > 0
    ? [...rows, { source: `line ${start ?? 1}`, cells: left.map(cellOf), blankBefore: null }]
    : rows;
}

function barRow({ number, text }: Line): Row[] {
  const printed = text.trim().replace(/^\|/, '').replace(/\|$/, '');
  if (/^[\s|:+=_-]*$/.test(printed)) return [];
  const cells = printed.split('|').map((cell) => cellOf(cell.trim()));
  return [{ source: `line ${number}`, cells, blankBefore: null }];
}
