import { dayOf } from './dates.js';
import type { CitedDocument, DocumentType } from './documents.js';

/** Stems of the words for documents, with the nominative that is shown. */
const DOCUMENT_WORDS: readonly (readonly [RegExp, string, DocumentType])[] = [
  [/^приказ/, 'приказ', 'order'],
  [/^распоряжени/, 'распоряжение', 'directive'],
  [/^постановлени/, 'постановление', 'resolution'],
  [/^протокол/, 'протокол', 'protocol'],
  [/^положени/, 'положение', 'regulation'],
  [/^письм/, 'письмо', 'letter'],
];

const CITATION =
  /(?<word>(?:приказ|распоряжени|постановлени|протокол|положени|письм)[а-яё]*)(?<issuer>[^,.;:()№]*?)\s+от\s+(?<day>\d{1,2})\.(?<month>\d{2})\.(?<year>\d{4})\s*(?:г\.?\s*)?№\s*(?<number>[\p{L}\d/-]+)/giu;

/** Genitive heads of issuing bodies and their nominative: the rest of a body's name stays as it is. */
const ISSUER_HEADS: readonly (readonly [RegExp, string])[] = [
  [/^отдела(?=\s)/i, 'отдел'],
  [/^управления(?=\s)/i, 'управление'],
  [/^министерства(?=\s)/i, 'министерство'],
  [/^департамента(?=\s)/i, 'департамент'],
  [/^администрации(?=\s)/i, 'администрация'],
  [/^комитета(?=\s)/i, 'комитет'],
];

/** Orders and other documents cited in a text with date and number; the text itself is left alone. */
export function citedDocuments(text: string): CitedDocument[] {
  return [...text.matchAll(CITATION)].map((match) => {
    const { word = '', issuer = '', day, month, year, number = null } = match.groups ?? {};
    const known = DOCUMENT_WORDS.find(([stem]) => stem.test(word.toLocaleLowerCase('ru')));
    return {
      type: known?.[2] ?? 'other',
      typeText: known?.[1] ?? word,
      issuer: nominative(issuer.trim()),
      date: dayOf(Number(year), Number(month), Number(day)) ?? null,
      number,
      text: match[0],
    };
  });
}

function nominative(issuer: string): string | null {
  if (issuer === '') return null;
  const head = ISSUER_HEADS.find(([form]) => form.test(issuer));
  return head ? issuer.replace(head[0], head[1]) : issuer;
}
