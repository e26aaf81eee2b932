import type { Irregularity, IrregularityCode } from '../../domain/irregularities.js';
import { namesPersons } from '../../domain/wording/persons.js';
import { countOfSign } from '../size.js';

/** Notes something about a field of the row that is being read. */
export type Note = (
  code: IrregularityCode,
  field: string,
  text?: string | null,
  alternatives?: readonly string[],
) => void;

/** Returns an empty list of irregularities, and the function that adds to it. */
export function notes(): { readonly found: Irregularity[]; readonly note: Note } {
  const found: Irregularity[] = [];
  return {
    found,
    note: (code, field, text = null, alternatives = []) => found.push({ code, field, text, alternatives }),
  };
}

/** The parts of the text of a cell. */
export interface Wording {
  readonly title: string;
  /** The cell as printed, in one line. */
  readonly text: string;
  readonly subItems: readonly string[];
}

// Matched in one line with single spaces.
const DASH_ITEMS = /:\s?-\s/u;
const NAMED_LIST = /:\s?(?<word>номинации|направления|темы|разделы)\s(?=\S)/u;
const FOREIGN_FRAGMENT = /[а-яё»)]\s(?=[А-ЯЁ][а-яё]{1,100}\s[а-яё]{1,100}\s\(по согласованию\))/u;
const ON_DEMAND = /по (?:запросам|запросу|мере необходимости)(?=\s|$)/u;

/** Returns the head and the sub-items of a cell. `text` is the whole printed text. */
export function readWording(cell: string, note: Note): Wording {
  const text = oneLine(cell);
  const { title, subItems } = listedIn(cell, note) ?? itemsOf(text, note);
  for (const part of [title, ...subItems]) {
    const field = part === title ? 'title' : 'subItems';
    if (countOfSign(part, '(') !== countOfSign(part, ')')) note('UNCLOSED_PARENTHESIS', field, part);
    if (countOfSign(part, '«') !== countOfSign(part, '»')) note('UNBALANCED_QUOTES', field, part);
  }
  const begun = cell.split('\n').filter((line) => /^(?:\d{1,2}[.)]|[-–—•·*▪])?\s*[А-ЯЁ«]/u.test(line.trim()));
  if (subItems.length === 0 && begun.length > 1) note('SEVERAL_IN_ONE', 'title', null);
  const foreign = FOREIGN_FRAGMENT.exec(title);
  if (foreign) {
    const start = foreign.index + foreign[0].length;
    note('FOREIGN_FRAGMENT', 'title', title.slice(start), [title.slice(0, start).trim()]);
  }
  // The title keeps the name as plain text. The remark does not quote the title, so it does not repeat the name.
  if (namesPersons(text)) note('PERSON_IN_TITLE', 'title', null);
  const onDemand = ON_DEMAND.exec(title);
  if (onDemand) note('ON_DEMAND_IN_TITLE', 'title', title.slice(onDemand.index));
  return { title, text, subItems };
}

/** Finds a list in separate lines, each with a dash, or in running text with numbers or letters in order. */
function listedIn(cell: string, note: Note): Omit<Wording, 'text'> | undefined {
  const lines = cell.split('\n');
  const first = lines.findIndex((line) => BULLET.test(line));
  if (first > 0) {
    const subItems: string[] = [];
    for (const line of lines.slice(first)) {
      if (BULLET.test(line)) subItems.push(line.replace(BULLET, ''));
      else subItems.push(`${subItems.pop() ?? ''} ${line}`);
    }
    const title = oneLine(lines.slice(0, first).join(' ')).replace(/:$/u, '');
    const [only, ...rest] = subItems.map((item) => oneLine(item).replace(/[;.]$/u, ''));
    if (only !== undefined && rest.length === 0) note('SINGLE_SUB_ITEM', 'subItems', only, [oneLine(cell)]);
    return { title, subItems: only === undefined ? [] : [only, ...rest] };
  }
  const marks = runOf(cell);
  const [start] = marks;
  if (!start || marks.length < 2) return undefined;
  if (start.index === 0) return wholeList(cell, marks, note);
  const before = cell.slice(0, start.index).trimEnd();
  // Numbers without a colon before them may be part of a sentence.
  if (!before.endsWith(':') && cell[start.index - 1] !== '\n') return undefined;
  const subItems = marks.map(({ index, length }, at) => oneLine(cell.slice(index + length, marks[at + 1]?.index)));
  note('NUMBERED_LIST', 'subItems', null);
  return { title: oneLine(before).replace(/:$/u, ''), subItems: subItems.map((item) => item.replace(/;$/u, '')) };
}

/** Finds a list without a head, with a line for each item. The row is one activity with the texts of all items. */
function wholeList(
  cell: string,
  marks: readonly { readonly index: number; readonly length: number }[],
  note: Note,
): Omit<Wording, 'text'> | undefined {
  if (marks.some(({ index }) => index > 0 && cell[index - 1] !== '\n')) return undefined;
  const subItems = marks.map(({ index, length }, at) => oneLine(cell.slice(index + length, marks[at + 1]?.index)));
  note('NUMBERED_LIST', 'subItems', null);
  return { title: oneLine(cell), subItems: subItems.map((item) => item.replace(/;$/u, '')) };
}

const BULLET = /^\s*[-–—•·*▪]\s*(?=\S)/u;
const LIST_MARK = /(?<=^|[\s:])(?:(?<digits>\d{1,2})[.)]|(?<letter>[а-яё])\))\s*(?=[^\d\s])/gu;

/** Marks of one list in their order from the first: «1.», «2)», or «а)», «б)». */
function runOf(cell: string): { readonly index: number; readonly length: number }[] {
  const found = [...cell.matchAll(LIST_MARK)].map(({ index, 0: mark, groups }) => ({
    index,
    length: mark.length,
    place: groups?.digits ? Number(groups.digits) : 'абвгдежзиклмн'.indexOf(groups?.letter ?? '-') + 1,
    kind: groups?.digits ? 'digits' : 'letter',
  }));
  const [first] = found;
  const run: (typeof found)[number][] = [];
  for (const mark of found) if (mark.kind === first?.kind && mark.place === run.length + 1) run.push(mark);
  return run;
}

/** Runs of white space become one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function itemsOf(text: string, note: Note): { title: string; subItems: string[] } {
  const dash = DASH_ITEMS.exec(text);
  if (dash) {
    const subItems = text
      .slice(dash.index + dash[0].length)
      .split(/;\s?-\s/u)
      .map((item) => item.trim().replace(/[;.]$/u, ''));
    const [only, ...rest] = subItems;
    if (only !== undefined && rest.length === 0) note('SINGLE_SUB_ITEM', 'subItems', only, [text]);
    return { title: text.slice(0, dash.index).trim(), subItems };
  }
  const named = NAMED_LIST.exec(text);
  if (named) {
    note('LIST_AFTER_COLON', 'subItems', named.groups?.word ?? null, [text]);
    return { title: text.slice(0, named.index), subItems: commaList(text.slice(named.index + named[0].length)) };
  }
  return { title: text, subItems: [] };
}

/** Splits at each comma before an opening quotation mark, so that an unbalanced mark harms one item only. */
function commaList(list: string): string[] {
  return list.split(/,\s?(?=«)/u).map((item) => item.trim());
}
