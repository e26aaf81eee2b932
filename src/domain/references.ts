import { dayOf } from './dates.js';
import type { CitedDocument, DocumentType } from './documents.js';

/** Stems of the words for documents, with their nominative form. */
const DOCUMENT_WORDS: readonly (readonly [RegExp, string, DocumentType])[] = [
  [/^приказ/, 'приказ', 'order'],
  [/^распоряжени/, 'распоряжение', 'directive'],
  [/^постановлени/, 'постановление', 'resolution'],
  [/^протокол/, 'протокол', 'protocol'],
  [/^положени/, 'положение', 'regulation'],
  [/^письм/, 'письмо', 'letter'],
];

const WORD = /(?:приказ|распоряжени|постановлени|протокол|положени|письм)[а-яё]*/iu;
/** Date and number, which end a citation. */
const DATED = /\sот\s+(?<day>\d{1,2})\.(?<month>\d{2})\.(?<year>\d{4})\s*(?:г\.?\s*)?№\s*(?<number>[\p{L}\d/-]+)/giu;
/** Characters that cannot be part of an issuer's name. */
const REFERENCE_BREAKS = ',.;:()№';

/** Genitive beginnings of issuing bodies with their nominative. The rest of the name does not change. */
const ISSUER_HEADS: readonly (readonly [RegExp, string])[] = [
  [/^отдела(?=\s)/i, 'отдел'],
  [/^управления(?=\s)/i, 'управление'],
  [/^министерства(?=\s)/i, 'министерство'],
  [/^департамента(?=\s)/i, 'департамент'],
  [/^администрации(?=\s)/i, 'администрация'],
  [/^комитета(?=\s)/i, 'комитет'],
];

/** Returns the documents that a text cites with date and number. */
export function citedDocuments(text: string): CitedDocument[] {
  const found: CitedDocument[] = [];
  let end = 0;
  for (const match of text.matchAll(DATED)) {
    const { day, month, year, number = null } = match.groups ?? {};
    const start = afterBreak(text, end, match.index);
    const before = text.slice(start, match.index);
    const word = WORD.exec(before);
    if (!word) continue;
    end = match.index + match[0].length;
    const known = DOCUMENT_WORDS.find(([stem]) => stem.test(word[0].toLocaleLowerCase('ru')));
    found.push({
      type: known?.[2] ?? 'other',
      typeText: known?.[1] ?? word[0],
      issuer: nominativeIssuer(before.slice(word.index + word[0].length).trim()),
      date: dayOf(Number(year), Number(month), Number(day)) ?? null,
      number,
      text: text.slice(start + word.index, end),
    });
  }
  return found;
}

/** Returns the index after the last separator between two indexes; `from` if there is none. */
function afterBreak(text: string, from: number, to: number): number {
  for (let at = to - 1; at >= from; at -= 1) if (REFERENCE_BREAKS.includes(text[at] ?? ' ')) return at + 1;
  return from;
}

function nominativeIssuer(issuer: string): string | null {
  if (issuer === '') return null;
  const head = ISSUER_HEADS.find(([form]) => form.test(issuer));
  return head ? issuer.replace(head[0], head[1]) : issuer;
}
