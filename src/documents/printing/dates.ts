import { dayText, type LocalDate, type Window } from '../../domain/dates.js';
import type { DocumentReference, DocumentType } from '../../domain/documents.js';
import type { Language } from '../../domain/language.js';

const DOCUMENT_NAMES: Readonly<Record<DocumentType, string>> = {
  directive: 'Распоряжение',
  letter: 'Письмо',
  order: 'Приказ',
  other: 'Документ',
  protocol: 'Протокол',
  regulation: 'Положение',
  resolution: 'Постановление',
};

/** «01.09.2023 – 31.08.2024» */
export function daysFromTo({ start, end }: Window, language: Language = 'ru'): string {
  return `${dayIn(start, language)} – ${dayIn(end, language)}`;
}

/** «Приказ №143 от 18.01.2022 г.» */
export function documentText({ type, number, date }: DocumentReference): string {
  const dated = date === null ? '' : ` от ${dayText(date)} г.`;
  return `${DOCUMENT_NAMES[type]}${number === null ? '' : ` №${number}`}${dated}`;
}

/** Returns a day as it is written in a language: «18.01.2022», or 2022-01-18 in English. */
export function dayIn(day: LocalDate, language: Language): string {
  return language === 'ru' ? dayText(day) : day;
}
