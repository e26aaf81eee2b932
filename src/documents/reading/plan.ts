import type { Irregularity } from '../../domain/irregularities.js';
import { normalName } from '../../domain/parties.js';
import type { NamedPerson } from '../../domain/personal.js';
import type { ImportedPlan } from '../../domain/plan/importedPlan.js';
import type { PlanPeriod } from '../../domain/schedule.js';
import { monthOfHeading } from '../../domain/wording/heading.js';
import { readTimeframe } from '../../domain/wording/read.js';
import { type Block, type DocumentContent, isFresh, type Row, type Table } from '../model.js';
import type { StatedColumns } from '../statedColumns.js';
import { UnreadableDocument } from '../unreadable.js';
import { alignedTo, type Columns, findHead, type Head } from './columns.js';
import { type DocumentHeading, readHeading } from './heading.js';
import { noTable } from './noTable.js';
import { NUMBER, sectionParts } from './numbers.js';
import { readProse } from './prose.js';
import type { OpenSection } from './section.js';
import { statedHead } from './statedHead.js';
import { readRows } from './table.js';
import { type Note, notes, oneLine } from './wording.js';

/** Longest excerpt of an omitted text in a note, in characters. */
const MAX_LEFT_OUT = 2_000;

/**
 * Reads a plan from a document: the lines above the first table with the head of a plan, its rows, and the rows of
 * later tables that continue it. If no title is printed, the name of the file is the title. What does not belong to a
 * plan is reported as an irregularity and left out.
 *
 * @param stated the columns of the plan's table as the user states them; they take precedence over the head of the
 *   table.
 * @throws UnreadableDocument when there is no such table, or it has no rows.
 */
export function readPlan(
  { blocks, repairs }: DocumentContent,
  fileName?: string,
  stated?: StatedColumns,
): ImportedPlan<NamedPerson> {
  const { found, note: noteRaw } = notes();
  const note: Note = (code, field, text = null, alternatives = []) =>
    noteRaw(code, field, text === null ? null : shortenedCell(text), alternatives);
  for (const { code, text } of repairs) note(code, 'document', text);
  const first = firstPlanTable(blocks, stated ? (rows) => statedHead(rows, stated) : findHead);
  if (!first) {
    const list = stated ? undefined : prosePlan(blocks, note, found);
    if (list) return list;
    throw noTable(blocks, stated !== undefined);
  }
  const { start, table, head } = first;
  const above = [...blocks.slice(0, start).flatMap(linesOfBlock), '', ...linesOfRows(table.rows.slice(0, head.index))];
  const heading = readHeading(above, note, fileName);
  if (!heading.period) note('NO_PERIOD', 'period');
  const { roles, names } = head.columns;
  if (stated) note('COLUMNS_STATED', 'table', names.join(' | '));
  if (roles.timeframe === undefined) note('COLUMN_MISSING', 'timeframe');
  if (roles.responsible === undefined) note('COLUMN_MISSING', 'responsible');
  // If the user states columns, all further tables continue the first one: their heads may be unusual too.
  const headOf: HeadFinder = stated ? (rows) => (rows === table.rows ? head : undefined) : findHead;
  const sections = readSections(blocks.slice(start), heading, note, headOf);
  const rows = sections.flatMap(({ activities }) => activities);
  if (rows.length === 0) throw new UnreadableDocument(null, 'the table has no rows', 'NO_PLAN');
  if (new Set(sections.flatMap(({ numberText }) => (numberText ? [/[IVX]/.test(numberText)] : []))).size > 1) {
    note('SECTION_NUMBERS_MIXED', 'table');
  }
  if (sections.length > 1 && rows.every(({ number }, index) => number === String(index + 1))) {
    note('ACTIVITY_NUMBERS_RUN_THROUGH', 'table');
  }
  const { section: _, ...details } = heading;
  return { ...details, columns: names, sections, irregularities: found };
}

/** Finds the head of a table of a plan. */
type HeadFinder = (rows: readonly Row[]) => Head | undefined;

/** The first table with the head of a plan. */
function firstPlanTable(
  blocks: readonly Block[],
  headOf: HeadFinder,
): { readonly start: number; readonly table: Table; readonly head: Head } | undefined {
  for (const [start, block] of blocks.entries()) {
    const head = block.kind === 'table' ? headOf(block.rows) : undefined;
    if (block.kind === 'table' && head) return { start, table: block, head };
  }
  return undefined;
}

/** Reads a plan from a list in prose, for a document without a table; undefined if there is no such list. */
function prosePlan(
  blocks: readonly Block[],
  note: Note,
  irregularities: readonly Irregularity[],
): ImportedPlan<NamedPerson> | undefined {
  const prose = readProse(blocks.filter((block) => block.kind === 'paragraph'));
  if (!prose || prose.above.length === 0) return undefined;
  const { section: _, ...details } = readHeading(prose.above, note);
  return { ...details, columns: [], sections: prose.sections, irregularities };
}

/** Returns a text cut to {@link MAX_LEFT_OUT} characters, with the number of omitted ones at its end. */
function shortenedCell(text: string): string {
  const more = text.length - MAX_LEFT_OUT;
  return more > 0 ? `${text.slice(0, MAX_LEFT_OUT)}… (ещё знаков: ${more})` : text;
}

function readSections(
  blocks: readonly Block[],
  heading: DocumentHeading,
  note: Note,
  headOf: HeadFinder,
): OpenSection[] {
  const { ownerUnit, period, monthHeading } = heading;
  const hint = monthHeading ?? '';
  const ground = { ownerUnit, period, hint, note };
  const sections: OpenSection[] = [];
  const open = (text: string) => {
    const { number = '', title = text } = sectionParts(text) ?? {};
    sections.push({ numberText: number, title: oneLine(title), hint: hint || null, activities: [] });
  };
  if (heading.section !== null) open(heading.section);
  let columns: Columns | undefined;
  let waiting: string[] = [];
  for (const block of blocks) {
    if (block.kind === 'paragraph') {
      if (block.text.trim() !== '') waiting.push(oneLine(block.text));
      continue;
    }
    const head = headOf(block.rows);
    const known = columns;
    const rows = !head && known ? block.rows.map((row) => alignedTo(known, row)) : block.rows;
    const goesOn =
      known !== undefined && rows.some((row, at) => isRowOf(row, known, row !== block.rows[at], period, hint));
    if (!head && !goesOn) {
      note('TABLE_LEFT_OUT', 'document', linesOfRows(block.rows).join(' | '));
      continue;
    }
    const above = head && columns ? linesOfRows(block.rows.slice(0, head.index)) : [];
    // Sheets and parts may repeat the title of the whole.
    const isTitle = (text: string) => normalName(text) === normalName(heading.title);
    const headings = [...waiting, ...above.filter((line) => line !== '')].filter((text) => !isTitle(text));
    const month = headings.findLastIndex((text) => text.length < 40 && monthOfHeading(text) !== null);
    const last = month >= 0 ? headings.splice(month, 1)[0] : headings.pop();
    if (last !== undefined) open(last);
    for (const text of headings) note('TEXT_LEFT_OUT', 'document', text);
    waiting = [];
    columns = head?.columns ?? columns;
    if (columns) readRows(rows.slice(head ? head.index + head.height : 0), block, columns, sections, ground);
  }
  for (const text of waiting) note('TEXT_LEFT_OUT', 'document', text);
  return sections.filter(({ activities, title }) => activities.length > 0 || title !== '');
}

/**
 * Returns true for a row that continues a table whose head is in an earlier table: it has as many cells, a title and
 * other texts. If the columns have other widths, the row must also have a number and a timeframe, because some tables
 * of figures have as many columns as the plan.
 */
function isRowOf({ cells }: Row, { names, roles }: Columns, isOther: boolean, period: PlanPeriod | null, hint: string) {
  const textIn = (index: number | undefined) => cells[index ?? -1]?.text ?? '';
  if (cells.length !== names.length || textIn(roles.title) === '') return false;
  if (cells.filter(({ text }) => text !== '').length < 3) return false;
  if (!isOther) return true;
  return (
    NUMBER.test(textIn(roles.number)) &&
    readTimeframe(textIn(roles.timeframe), period, hint).schedule.kind !== 'unknown'
  );
}

function linesOfBlock(block: Block): string[] {
  return block.kind === 'paragraph' ? [block.text] : linesOfRows(block.rows);
}

/**
 * Returns rows without a head as lines. Cells that are side by side, such as two stamps, follow one another by column.
 */
function linesOfRows(rows: readonly Row[]): string[] {
  const lines: string[] = [];
  let columns = new Map<number, string[]>();
  const flush = () => {
    for (const column of columns.values()) lines.push('', ...column);
    if (columns.size > 0) lines.push('');
    columns = new Map();
  };
  for (const { cells } of rows) {
    const filled = [...cells.entries()].filter(([, cell]) => isFresh(cell));
    if (filled.length < 2 && columns.size < 2) flush();
    for (const [index, { text }] of filled) columns.set(index, [...(columns.get(index) ?? []), ...text.split('\n')]);
    if (filled.length === 1 && columns.size === 1) {
      lines.push(...[...columns.values()].flat());
      columns = new Map();
    }
  }
  flush();
  return lines;
}
