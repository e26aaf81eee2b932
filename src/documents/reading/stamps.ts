import type { Stamp, StampKind } from '../../domain/approval.js';
import { dayOf, type LocalDate } from '../../domain/dates.js';
import type { DocumentReference } from '../../domain/documents.js';
import type { NamedPerson } from '../../domain/personal.js';
import { findPersons, isPerson } from '../../domain/wording/persons.js';
import { withoutBeginning, withoutEnd } from './ends.js';
import { institutionIn } from './owner.js';
import { oneLine } from './wording.js';

const MARKERS: readonly (readonly [RegExp, StampKind])[] = [
  [/^[«"]?утвержд(аю|[её]н[оаы]?)(?![а-яё])/iu, 'approve'],
  [/^[«"]?согласован/iu, 'agree'],
  [/^[«"]?принят/iu, 'accept'],
  [/^[«"]?рассмотрен/iu, 'consider'],
];

const STAMP_MONTHS = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
];
const MONTH_STEMS = STAMP_MONTHS.join('|');
/** A printed day: «30» августа 2020 г., 30.08.2020, «30» 08. 2020 г. */
const DATE = String.raw`[«"“]?(?<!\d)\d{1,2}[»"”]?(?:\s+(?:${MONTH_STEMS})[а-я]*\s+|\s?\.?\s?\d{2}\s?\.?\s?)20\d{2}(?!\d)(?:\s?г(?:ода|\.)?(?![а-яё]))?`;
const ANY_DATE = new RegExp(DATE, 'iu');
const WORDED_DATE = new RegExp(String.raw`(\d{1,2})\D+?(${MONTH_STEMS})[а-я]*\s+(20\d{2})`, 'iu');
const STAMP_NUMBER = String.raw`№\s*(?<number>[\p{L}\d/-]+)`;
/** Lines of a stamp are joined by this sign while its document is looked for. */
const BREAK = '⏎';
const GAP = String.raw`[\s,${BREAK}]*`;
/** Patterns of the number and date of a document, the most certain first, because an institution has a number too. */
const DATED_DOCUMENTS = [
  new RegExp(String.raw`(?:от\s+)?(?<date>${DATE})${GAP}${STAMP_NUMBER}`, 'iu'),
  new RegExp(String.raw`${STAMP_NUMBER}${GAP}от\s+(?<date>${DATE})`, 'iu'),
];
const NUMBERED_DOCUMENT = new RegExp(
  String.raw`(?:приказ|протокол|распоряжени|постановлени|решени)[а-яё]*\s*${STAMP_NUMBER}`,
  'iu',
);
const TYPE_WORD = /(?<![а-яё])(?<type>приказ|протокол|распоряжени|постановлени|решени)[а-яё]*/iu;
/** A date left to be filled in by hand: «___» __________ 2020 г. */
const BLANK_DATE = /^(?:от\s)?[«"“]?[_\s]*[»"”]?[_\s]*(?:20[\d_]{0,2}\s?г?(?:ода)?\.?)?$/iu;
/** Matches the type of a document without number and date, as it remains when the document was removed from a text. */
const BARE_TYPE = /^\(?(приказ|протокол|распоряжение|постановление|решение)(?:ом|ем|а|я)?\s*№?\s*(?:от)?\)?[.,]?$/iu;
/** Posts that two capitals after them do not make a person of: «Председатель ПК». */
const POST = /^(председател|директор|заведующ|начальник|методист|руководител|глава|секретар|заместител)/iu;
const STAMP_DOCUMENT_TYPES: Readonly<Record<string, DocumentReference['type']>> = {
  приказ: 'order',
  протокол: 'protocol',
  распоряжени: 'directive',
  постановлени: 'resolution',
  решени: 'other',
};
/** Longest line of a stamp, and longest name in one with the post before it, in characters. */
const MAX_LINE = 500;
const MAX_STAMP_NAME = 120;
/** A form's place for a name. */
const NAME_FORM = /^Ф\.\s?И\.\s?О\.?$/u;

/** Returns the kind of stamp that begins with a line; undefined for any other line. */
export function stampKindOf(line: string): StampKind | undefined {
  if (line.length > MAX_LINE) return undefined;
  return MARKERS.find(([marker]) => marker.test(line.trim()))?.[1];
}

/** Returns the stamp that lines contain: its kind, post, organisation, person, date and document. */
export function readStamp(lines: readonly string[]): Stamp<NamedPerson> {
  const [first = '', ...others] = lines.map((line) => oneLine(line.slice(0, MAX_LINE)));
  const [, marker = first, rest = ''] = /^([«"]?\p{L}+[»"]?:?)\s*(.*)$/u.exec(first) ?? [];
  const { document, left } = documentIn([rest, ...others].filter((line) => line !== ''));
  const posts: string[] = [];
  let person: string | null = null;
  let date = document?.date ?? null;
  for (const part of left.flatMap((line) => line.split(/_{3,}(?=\s*[\p{L}])/u))) {
    const printed = ANY_DATE.exec(part);
    if (printed && date === null) date = dateOf(printed[0]) ?? null;
    const undated = printed ? part.replace(printed[0], '') : part;
    const text = withoutEnd(withoutBeginning(undated, ' ,./('), ' ,/)').trim();
    if (text === '' || /^(от|г\.?|года)$/iu.test(text) || BLANK_DATE.test(text) || isForm(text) || BARE_TYPE.test(text))
      continue;
    const name = nameAtEnd(text);
    if (name && person === null) person = name.name;
    const post = name && person === name.name ? name.before : text;
    if (post !== '') posts.push(post);
  }
  const joined = posts.join(' ');
  const post = withoutEnd(joined, ':_').trimEnd();
  return {
    kind: stampKindOf(first) ?? 'approve',
    marker: marker.trim(),
    post,
    organisation: institutionIn(post) ?? null,
    person: person === null ? null : findPersons(person),
    date,
    document,
  };
}

/** Returns true if a stamp names a person and a date. Lines after a blank line do not continue such a stamp. */
export function isWholeStamp(lines: readonly string[]): boolean {
  const { person, date } = readStamp(lines);
  return person !== null && date !== null;
}

/** The document that a stamp names, over lines too, and the lines without its number and date. */
function documentIn(lines: readonly string[]): { document: DocumentReference | null; left: readonly string[] } {
  const text = lines.join(` ${BREAK} `);
  const type = STAMP_DOCUMENT_TYPES[(TYPE_WORD.exec(text)?.groups?.type ?? '').toLocaleLowerCase('ru')];
  const patterns = [...DATED_DOCUMENTS, NUMBERED_DOCUMENT];
  const found = type && patterns.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  if (!type || !found) return { document: null, left: lines };
  const { number, date: printed } = found.groups ?? {};
  const document: DocumentReference = {
    type,
    issuer: null,
    number: number ?? null,
    date: (printed && dateOf(printed)) ?? null,
  };
  const left = text.replace(found[0], ' ').split(BREAK).map(oneLine);
  return { document, left: left.filter((line) => line !== '') };
}

/** Returns true for a line of a blank form: underscores, «(подпись)», «Ф.И.О.» without a place for a name. */
function isForm(text: string): boolean {
  return /^[_\s/()]*(?:подпись|ф\.?и\.?о\.?)?[_\s/()]*$/iu.test(text) && !NAME_FORM.test(text);
}

/** Splits «Директор школы: И.И. Иванов», or a name without a post, before the name. */
function nameAtEnd(part: string): { readonly before: string; readonly name: string } | undefined {
  if (isStampName(part)) return { before: '', name: part };
  // Names are short, so only the end of the line is searched.
  const lead = part.slice(0, -MAX_STAMP_NAME);
  for (const split of [/^(.+?)[\s:_/]+(\S+\s\S+\s\S+)$/u, /^(.+?)[\s:_/]+(\S+\s\S+)$/u, /^(.+)[\s:_/]+(\S+)$/u]) {
    const [, before = '', name = ''] = split.exec(part.slice(-MAX_STAMP_NAME)) ?? [];
    if (isStampName(name)) return { before: lead + withoutEnd(before, ' :_/'), name };
  }
  return undefined;
}

function isStampName(text: string): boolean {
  return NAME_FORM.test(text) || (isPerson(text) && !(POST.test(text) && !text.includes('.')));
}

function dateOf(text: string): LocalDate | undefined {
  const worded = WORDED_DATE.exec(text);
  if (worded) {
    const [, day, month = '', year] = worded;
    return dayOf(Number(year), STAMP_MONTHS.indexOf(month.toLocaleLowerCase('ru')) + 1, Number(day));
  }
  const [day, month, year] = text.match(/\d+/g) ?? [];
  return dayOf(Number(year), Number(month), Number(day));
}
