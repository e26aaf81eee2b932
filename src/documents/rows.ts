import type { ImportedActivity } from '../domain/commands.js';
import type { Irregularity, IrregularityCode } from '../domain/irregularities.js';
import { normalName } from '../domain/parties.js';
import { type NamedPerson, printOf } from '../domain/personal.js';
import { citedDocuments } from '../domain/references.js';
import { readResponsible } from '../domain/wording/responsible.js';
import { type Line, UnreadableDocument } from './lines.js';

export type RowPart = ImportedActivity<NamedPerson>;

const NUMBER = /^(?<number>\d{1,4}(?:\.\d{1,3})*)\.?$/u;
const GLUED_NUMBER = /^(?<number>\d{1,4}(?:\.\d{1,3})*)\.\s*(?<title>\D.*)$/u;

/**
 * Reads a row of the table. A short row is read from the right (responsible, timeframe), and the
 * number is taken off the front of the title; every repair is told.
 *
 * @throws UnreadableDocument when the row cannot hold title, timeframe and responsible parties.
 */
export function readRow(line: Line, cells: readonly string[], ownerUnit: string): RowPart {
  const irregularities: Irregularity[] = [];
  const note: Note = (code, field, text = null, alternatives = []) =>
    irregularities.push({ code, field, text, alternatives });
  const trimmed = withoutEmptyEnd(cells);
  const { number, cell, timeframeText, responsibleText, extras } = columnsOf(line, trimmed, note);
  const wording = readWording(cell, note);
  const responsible = readResponsible(responsibleText);
  if (/,$/.test(responsibleText)) note('TRAILING_COMMA', 'responsible', ',');
  for (const party of responsible.parties) {
    const [name, own] = [normalName(printOf(party.name)), normalName(ownerUnit)];
    if (name !== own && name.startsWith(own)) note('SIMILAR_PARTY', 'responsible', printOf(party.name), [ownerUnit]);
  }
  return {
    number,
    ...wording,
    timeframeText,
    responsible,
    references: citedDocuments(wording.text),
    extras,
    irregularities,
    source: `line ${line.number}`,
  };
}

type Note = (code: IrregularityCode, field: string, text?: string | null, alternatives?: readonly string[]) => void;

function withoutEmptyEnd(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

function columnsOf(line: Line, cells: readonly string[], note: Note) {
  const [first = '', ...others] = cells;
  const own = NUMBER.exec(first)?.groups?.number;
  const rest = own === undefined ? cells : others;
  const [title, timeframeText, responsibleText, ...more] = rest;
  if (title === undefined || timeframeText === undefined || responsibleText === undefined || title === '') {
    throw new UnreadableDocument(
      line.number,
      `a row of the plan needs title, timeframe and responsible parties, parted by tabs; ${cells.length} of these cells found: «${cells.join(' | ').slice(0, 120)}»`,
    );
  }
  if (more.length > 0) {
    throw new UnreadableDocument(
      line.number,
      `${more.length} cells more than the head row has: «${more.join(' | ').slice(0, 120)}»`,
    );
  }
  const glued = own === undefined ? GLUED_NUMBER.exec(title)?.groups : undefined;
  if (glued) note('NUMBER_GLUED_TO_TITLE', 'number', glued.number ?? null);
  return {
    number: own ?? glued?.number ?? null,
    cell: glued?.title ?? title,
    timeframeText,
    responsibleText,
    extras: {},
  };
}

const DASH_ITEMS = /:\s*-\s+/u;
const NAMED_LIST = /^(?<title>.*?):\s*(?<word>номинации|направления|темы|разделы)\s+(?<list>\S.*)$/u;
const FOREIGN_FRAGMENT = /[а-яё»)]\s+(?<fragment>[А-ЯЁ][а-яё]+\s[а-яё]+\s\(по согласованию\).*)$/u;

/** Head and sub-items of a cell; what is printed stays whole in `text`. */
function readWording(cell: string, note: Note) {
  const text = cell.replace(/\s+/g, ' ').trim();
  const { title, subItems } = itemsOf(text, note);
  for (const part of [title, ...subItems]) {
    const field = part === title ? 'title' : 'subItems';
    if (count(part, '(') !== count(part, ')')) note('UNCLOSED_PARENTHESIS', field, part);
    if (count(part, '«') !== count(part, '»')) note('UNBALANCED_QUOTES', field, part);
  }
  const fragment = FOREIGN_FRAGMENT.exec(title)?.groups?.fragment;
  if (fragment) note('FOREIGN_FRAGMENT', 'title', fragment, [title.slice(0, title.length - fragment.length).trim()]);
  const onDemand = /по (запросам|запросу|мере необходимости)(\s\S+)*$/u.exec(title)?.[0];
  if (onDemand) note('ON_DEMAND_IN_TITLE', 'title', onDemand);
  return { title, text, subItems };
}

function itemsOf(text: string, note: Note): { title: string; subItems: string[] } {
  const dash = DASH_ITEMS.exec(text);
  if (dash) {
    const subItems = text
      .slice(dash.index + dash[0].length)
      .split(/;\s*-\s+/u)
      .map((item) => item.trim().replace(/[;.]$/u, ''));
    const [only, ...rest] = subItems;
    if (only !== undefined && rest.length === 0) note('SINGLE_SUB_ITEM', 'subItems', only, [text]);
    return { title: text.slice(0, dash.index).trim(), subItems };
  }
  const named = NAMED_LIST.exec(text)?.groups;
  if (named) {
    note('LIST_AFTER_COLON', 'subItems', named.word ?? null, [text]);
    return { title: named.title ?? text, subItems: commaList(named.list ?? '') };
  }
  return { title: text, subItems: [] };
}

/** Splits at commas between closing and opening quotation marks, so that an unbalanced mark harms one item only. */
function commaList(list: string): string[] {
  return list.split(/,\s*(?=«)/u).map((item) => item.trim());
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
