import type { Stamp } from '../../domain/approval.js';
import type { NamedPerson } from '../../domain/personal.js';
import { printOf } from '../../domain/personal.js';
import { monthOfHeading } from '../../domain/wording/heading.js';
import { UnreadableDocument } from '../unreadable.js';
import { institutionIn } from './owner.js';
import { isWholeStamp, readStamp, stampKindOf } from './stamps.js';
import { assumedTitle, beginsTitle, namesPeriod, readTitle, type Title, withoutMarks } from './title.js';
import { type Note, oneLine } from './wording.js';

/** The values that are read from the lines above the table. */
export interface DocumentHeading extends Title {
  readonly stamps: readonly Stamp<NamedPerson>[];
  /** The printed month that the whole table is about; null for none. */
  readonly monthHeading: string | null;
  /** The heading of a section right above the table; null for none. */
  readonly section: string | null;
}

type Part = { readonly kind: 'stamp' | 'title' | 'stray'; readonly lines: string[] };

/** Lines that begin a separate part below a title, even without a blank line before them. */
const BELOW_TITLE =
  /^(проект\.?$|редакция\s\d+|цел[ьи]|задач[аи]|приоритет|тема|тематик|методическая тема|основн|раздел|[IVX]{1,5}\.|\d+\.)(?![а-яё])/iu;
const STAMP_LINE =
  /^(директор|заведующ|начальник|председател|руководител|методист|глава|заместител|ректор|приказ|протокол|распоряж|от\s\d|«|_|\d{1,2}\.\d{2}|[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.)/iu;
const SECTION_HEADING = /^(?:раздел\s|\d{1,2}[.)]\s|[IVX]{1,5}[.)]\s)/iu;
const MAX_SECTION_HEADING = 200;

/**
 * Reads the part of a document above its table. Each text is a line; empty texts separate blocks. What is neither a
 * stamp nor the title is reported as an irregularity, so that nothing is lost.
 *
 * @param fileName used as the title if none is printed; omitted: a document without a title is refused.
 * @throws UnreadableDocument when nothing there could be a title.
 */
export function readHeading(lines: readonly string[], note: Note, fileName?: string): DocumentHeading {
  const parts = withWholeTitle(partsOf(lines));
  const stamps = parts.filter(({ kind }) => kind === 'stamp').map((part) => readStamp(part.lines));
  const titles = parts.filter(({ kind }) => kind === 'title');
  const stray = parts.filter(({ kind }) => kind === 'stray');
  const section = sectionAbove(parts);
  if (section) stray.splice(stray.indexOf(section), 1);
  // The line nearest to the table.
  const assumed = titles.length === 0 ? stray.at(-1)?.lines.splice(-1) : undefined;
  // The first title that names its period. A short «План работы» above the full title does not.
  const first = titles.find((part) => namesPeriod(part.lines)) ?? titles.at(-1);
  const named =
    assumed ?? (fileName === undefined ? undefined : [fileName.replace(/\.\w+$/u, '').replaceAll('_', ' ')]);
  if (!first && !named) {
    throw new UnreadableDocument(
      null,
      'no title of a plan stands above the table. A line beginning with «План работы …» is expected there',
      'NO_PLAN',
    );
  }
  const title = first ? readTitle(first.lines, note) : assumedTitle(named ?? [], note);
  const further = titles.filter((part) => part !== first).map((part) => withoutMarks(part.lines.join(' ')));
  const monthHeading = further.find((text) => monthOfHeading(text) !== null) ?? null;
  const left = [
    ...further.filter((text) => text !== monthHeading),
    ...stray.map((part) => oneLine(part.lines.join(' '))).filter((text) => text !== ''),
  ];
  for (const text of left) note('TEXT_LEFT_OUT', 'document', text);
  if (stamps.some(({ date }) => date === null)) note('NO_STAMP_DATE', 'stamps');
  for (const { person } of stamps) {
    if (person && /^[А-ЯЁ]{2}\s/u.test(printOf(person))) note('INITIALS_WITHOUT_DOTS', 'stamps');
  }
  return {
    ...title,
    stamps,
    monthHeading: monthHeading?.replace(/^.*?\sна\s/iu, '') ?? null,
    section: section ? oneLine(section.lines.join(' ')) : null,
  };
}

function partsOf(lines: readonly string[]): Part[] {
  const parts: Part[] = [];
  let open: Part | undefined;
  const begin = (kind: Part['kind'], line: string) => {
    open = { kind, lines: [line] };
    parts.push(open);
  };
  let resting: Part | undefined;
  for (const line of besideEachOther(lines)) {
    const text = withoutMarks(line);
    if (text === '' || /^[_\s]+$/.test(text)) {
      if (text === '' && open) {
        resting = open.kind === 'stamp' && !isWholeStamp(open.lines) ? open : undefined;
        open = undefined;
      }
      continue;
    }
    // A stamp that contains blank lines continues with a post, a name, a date or its document.
    if (!open && resting && STAMP_LINE.test(text)) open = resting;
    if (stampKindOf(text)) begin('stamp', text);
    else if (beginsTitle(text) || endsStamp(open, text)) begin('title', line.trim());
    else if (open && open.kind !== 'stamp' && (BELOW_TITLE.test(text) || isApart(open, text))) begin('stray', text);
    else if (open) open.lines.push(line.trim());
    else begin('stray', text);
  }
  return parts;
}

/**
 * Returns true for a line below a stamp that is a title: it has other words and names its period, as «Комплекс мер … на
 * 2023-2024 учебный год».
 */
function endsStamp(open: Part | undefined, text: string): boolean {
  return open?.kind === 'stamp' && /^[А-ЯЁ]/u.test(text) && !STAMP_LINE.test(text) && namesPeriod([text]);
}

/**
 * Returns true for a line that does not belong to the title: a month alone, or a line after the period of the title
 * that is neither the rest of its sentence nor the owner of the plan.
 */
function isApart(open: Part, text: string): boolean {
  if (MONTH_ALONE.test(text)) return true;
  if (open.kind !== 'title' || !namesPeriod(open.lines)) return false;
  return !/^[а-яё(«"]/u.test(text) && institutionIn(text) !== text;
}

const MONTH_ALONE =
  /^(январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)(\s20\d{2}(\s?г(\.|ода?)?)?)?\.?$/iu;

/** Joins the parts of a title that blank lines interrupt, up to its period. */
function withWholeTitle(parts: readonly Part[]): Part[] {
  const at = parts.findIndex(({ kind }) => kind === 'title');
  const title = parts[at];
  if (!title || namesPeriod(title.lines)) return [...parts];
  const after = parts.slice(at + 1, at + 5);
  const end = after.findIndex(({ kind, lines }) => kind !== 'stray' || namesPeriod(lines));
  if (end < 0 || after[end]?.kind !== 'stray') return [...parts];
  const whole: Part = { kind: 'title', lines: [title, ...after.slice(0, end + 1)].flatMap(({ lines }) => lines) };
  return [...parts.slice(0, at), whole, ...parts.slice(at + end + 2)];
}

/** Returns lines in which stamps that were typed side by side, with spaces or tabs between them, follow one another. */
function besideEachOther(lines: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const segments = segmentsOf(lines[index] ?? '');
    if (segments.length < 2 || !segments.some((segment) => stampKindOf(segment))) {
      result.push(lines[index] ?? '');
      continue;
    }
    const columns: string[][] = segments.map(() => []);
    for (; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      if (line.trim() === '' || beginsTitle(line)) break;
      const found = segmentsOf(line);
      // A single text far to the right belongs to the last column.
      const from = found.length === 1 && /^\s{20,}|^\t{2,}/.test(line) ? columns.length - 1 : 0;
      for (const [at, text] of found.entries()) columns[Math.min(from + at, columns.length - 1)]?.push(text);
    }
    for (const column of columns) result.push('', ...column);
    result.push('');
    index -= 1;
  }
  return result;
}

function segmentsOf(line: string): string[] {
  return line
    .trim()
    .split(/\s{4,}|\t+/)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
}

/** Returns the last short part between the title and the table: a numbered heading or a month. */
function sectionAbove(parts: readonly Part[]): Part | undefined {
  const last = parts.at(-1);
  if (last?.kind !== 'stray' || !parts.some(({ kind }) => kind === 'title')) return undefined;
  const text = oneLine(last.lines.join(' '));
  const isMonth = text.length < 40 && monthOfHeading(text) !== null;
  return (SECTION_HEADING.test(text) || isMonth) && text.length <= MAX_SECTION_HEADING ? last : undefined;
}
