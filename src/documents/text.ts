import type { ImportedPlan, ImportedSection } from '../domain/commands.js';
import type { Irregularity } from '../domain/irregularities.js';
import type { NamedPerson } from '../domain/personal.js';
import { readHeading } from './heading.js';
import { type Line, linesOf, UnreadableDocument } from './lines.js';
import { type RowPart, readRow } from './rows.js';

/** Name and version of this reader, kept with each import. */
export const TEXT_READER = 'text-1';

const COLUMN_HEADS: readonly RegExp[] = [
  /^№/u,
  /наименование|мероприяти|содержание/iu,
  /срок|дата|период/iu,
  /ответственн|исполнител/iu,
];

/** A row of the table that is a section: its number and title, with every other cell empty. */
const SECTION_ROW = /^(?<number>(?:\d{1,2}|[IVX]{1,5})\.)\s*(?<title>\S.*)$/u;

/**
 * Reads a plan kept as plain text: stamps, title, then a table whose cells are parted by tabs, as
 * it comes out of a word processor.
 *
 * @throws UnreadableDocument with line and cause when the file is not such a plan; nothing of it is taken then.
 */
export function readTextPlan(bytes: Uint8Array): ImportedPlan<NamedPerson> {
  const lines = linesOf(bytes);
  const head = lines.findIndex(({ text }) => isColumnHead(text));
  if (head < 0) {
    throw new UnreadableDocument(
      lines.find(({ text }) => text.includes('\t'))?.number ?? 1,
      'no table of a plan found. Its head row is expected as «№», «наименование», «сроки», «ответственные», parted by tabs',
    );
  }
  const heading = readHeading(lines.slice(0, head));
  const columns = (lines[head]?.text ?? '').split('\t').map((cell) => cell.trim());
  const table = readTable(lines.slice(head + 1), heading.ownerUnit);
  return {
    ...heading,
    columns,
    sections: table.sections,
    irregularities: [...heading.irregularities, ...table.irregularities],
  };
}

function isColumnHead(text: string): boolean {
  const cells = text.split('\t').map((cell) => cell.trim());
  return COLUMN_HEADS.every((head, index) => head.test(cells[index] ?? ''));
}

function readTable(lines: readonly Line[], ownerUnit: string) {
  const sections: { numberText: string; title: string; activities: RowPart[] }[] = [];
  const irregularities: Irregularity[] = [];
  const note = (code: Irregularity['code'], field: string, text: string | null = null) =>
    irregularities.push({ code, field, text, alternatives: [] });
  let blanks = 0;
  for (const line of lines) {
    if (line.text.trim() === '') {
      blanks += 1;
      continue;
    }
    const cells = line.text.split('\t').map((cell) => cell.trim());
    const filled = cells.filter((cell) => cell !== '');
    const section = filled.length === 1 ? SECTION_ROW.exec(filled[0] ?? '')?.groups : undefined;
    if (section) {
      sections.push({ numberText: section.number ?? '', title: section.title ?? '', activities: [] });
      if (cells.length < 4) note('SECTION_WITHOUT_CELLS', 'table', section.number ?? null);
    } else {
      if (sections.length === 0) sections.push({ numberText: '', title: '', activities: [] });
      sections.at(-1)?.activities.push(readRow(line, cells, ownerUnit));
    }
    if (blanks > 0) note('BLANK_LINE_IN_TABLE', 'table', `${line.number - blanks}`);
    blanks = 0;
  }
  const rows = sections.flatMap(({ activities }) => activities);
  if (rows.length === 0) throw new UnreadableDocument(lines[0]?.number ?? null, 'the table has no rows');
  if (new Set(sections.map(({ numberText }) => /[IVX]/.test(numberText))).size > 1)
    note('SECTION_NUMBERS_MIXED', 'table');
  if (sections.length > 1 && runThrough(rows)) note('ACTIVITY_NUMBERS_RUN_THROUGH', 'table');
  return { sections: sections satisfies ImportedSection<NamedPerson>[], irregularities };
}

function runThrough(rows: readonly RowPart[]): boolean {
  return rows.every(({ number }, index) => number === String(index + 1));
}
