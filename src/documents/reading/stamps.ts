import type { Stamp, StampKind } from '../../domain/approval.js';
import { dayOf, type LocalDate } from '../../domain/dates.js';
import type { DocumentReference } from '../../domain/documents.js';
import type { NamedPerson } from '../../domain/personal.js';
import { findPersons, isPerson } from '../../domain/wording/persons.js';
import { institutionIn } from './owner.js';
import { oneLine } from './wording.js';

const MARKERS: readonly (readonly [RegExp, StampKind])[] = [
  [/^[«"]?утвержд/iu, 'approve'],
  [/^[«"]?согласован/iu, 'agree'],
  [/^[«"]?принят/iu, 'accept'],
  [/^[«"]?рассмотрен/iu, 'consider'],
];

const MONTHS = [
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
/** «30» августа 2020 г. */
const WORDED_DATE =
  /[«"“]?(?<day>\d{1,2})[»"”]?\s+(?<month>январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*\s+(?<year>20\d{2})/iu;
const FIGURE_DATE = /(?<!\d)(?<day>\d{1,2})\.(?<month>\d{2})\.(?<year>20\d{2})(?!\d)/u;
/** A date left to be filled in by hand: «___» __________ 2020 г. */
const BLANK_DATE = /^(?:от\s)?[«"“]?[_\s]*[»"”]?[_\s]*(?:20[\d_]{0,2}\s?г?(?:ода)?\.?)?$/iu;
const DOCUMENT =
  /^(?<type>приказ|протокол|распоряжение|постановление|решение)[а-яё]*(?:\s[^№]*)?\s*№\s*(?<number>[\p{L}\d/-]+)?/iu;
const DOCUMENT_TYPES: Readonly<Record<string, DocumentReference['type']>> = {
  приказ: 'order',
  протокол: 'protocol',
  распоряжение: 'directive',
  постановление: 'resolution',
  решение: 'other',
};
/** A form's place for a name. */
const NAME_FORM = /^Ф\.\s?И\.\s?О\.?$/u;

/** The kind of stamp that a line begins; undefined for any other line. */
export function stampKindOf(line: string): StampKind | undefined {
  return MARKERS.find(([marker]) => marker.test(line.trim()))?.[1];
}

/** A stamp: its word, then post and organisation over lines, the person, a date and a document where they are printed. */
export function readStamp(lines: readonly string[]): Stamp<NamedPerson> {
  const [first = '', ...others] = lines.map(oneLine);
  const [, marker = first, rest = ''] = /^([«"]?\p{L}+[»"]?:?)\s*(.*)$/u.exec(first) ?? [];
  const parts = [rest, ...others].flatMap((line) => line.split(/_{3,}(?=\s*[\p{L}])/u)).map((part) => part.trim());
  const posts: string[] = [];
  let person: string | null = null;
  let date: LocalDate | null = null;
  let document: DocumentReference | null = null;
  for (const part of parts) {
    const cited = DOCUMENT.exec(part)?.groups;
    const printed = dateIn(part);
    if (cited) {
      const type = DOCUMENT_TYPES[(cited.type ?? '').toLocaleLowerCase('ru')];
      if (type && cited.number) document = { type, issuer: null, number: cited.number, date: printed ?? null };
      date ??= printed ?? null;
    } else if (
      BLANK_DATE.test(part) ||
      (/^[_\s/()]*(?:подпись|ф\.?и\.?о\.?)?[_\s/()]*$/iu.test(part) && !NAME_FORM.test(part))
    ) {
      // A line of the form that nobody filled in.
    } else if (
      printed &&
      part
        .replace(WORDED_DATE, '')
        .replace(FIGURE_DATE, '')
        .replace(/^от|г(?:ода|\.)?$|[.,\s«»"]/giu, '') === ''
    ) {
      date = printed;
    } else {
      const name = nameAtEnd(part);
      if (name && person === null) person = name.name;
      const post = name && person === name.name ? name.before : part;
      if (post !== '') posts.push(post);
    }
  }
  const post = posts.join(' ').replace(/\s*[:_]+$/u, '');
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

/** «Директор школы: И.И. Иванов», or the name alone. */
function nameAtEnd(part: string): { readonly before: string; readonly name: string } | undefined {
  if (isPerson(part) || NAME_FORM.test(part)) return { before: '', name: part };
  for (const split of [/^(.+?)[\s:_/]+(\S+\s\S+)$/u, /^(.+)[\s:_/]+(\S+)$/u]) {
    const [, before = '', name = ''] = split.exec(part) ?? [];
    if (isPerson(name) || NAME_FORM.test(name)) return { before: before.replace(/[\s:_/]+$/u, ''), name };
  }
  return undefined;
}

function dateIn(part: string): LocalDate | undefined {
  const worded = WORDED_DATE.exec(part)?.groups;
  if (worded)
    return dayOf(
      Number(worded.year),
      MONTHS.indexOf((worded.month ?? '').toLocaleLowerCase('ru')) + 1,
      Number(worded.day),
    );
  const figures = FIGURE_DATE.exec(part)?.groups;
  return figures && dayOf(Number(figures.year), Number(figures.month), Number(figures.day));
}
