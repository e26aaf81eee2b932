import type { NamedPerson, PrintedText } from '../personal.js';

const DOTTED = String.raw`[А-ЯЁ]\.\s?[А-ЯЁ](?:\.|(?![А-ЯЁа-яё.]))`;
const INITIALS = String.raw`[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]{2}(?=\s)`;
const SURNAME = '[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?';
/** In capitals a surname is known by dotted initials alone: «ГАОУ ОО» is none. */
const CAPITALS = '[А-ЯЁ]{3,}(?:-[А-ЯЁ]{3,})?';

const FIRST_NAME = '[А-ЯЁ][а-яё]+';
/** In any case: «Петрович», «Ильичом», «Петровной». */
const PATRONYMIC =
  '[А-ЯЁ][а-яё]+(?:(?:ович|евич|ьич|мич|кич|тич)(?:а|у|ем|ом|е)?|(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою))(?![а-яё])';

/** Initials before or after a surname: «Е.Н. Филатова», «СВ Стапинов», «Иванова И.И», «ИВАНОВА И.И.», «Петров ПП». */
const WITH_INITIALS = String.raw`(?:${INITIALS})\s{0,3}${SURNAME}|${SURNAME}\s{1,3}(?:${DOTTED}|[А-ЯЁ]{2}(?![А-ЯЁа-яё]))|${CAPITALS}\s{1,3}${DOTTED}|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?${CAPITALS}(?![А-ЯЁа-яё])`;

/** «Анна Петровна Иванова», «Иванова Анна Петровна»; a school named after somebody is none. */
const IN_FULL = String.raw`(?<!(?:имени|им\.)\s(?:[^,;]*\s)?)(?:${FIRST_NAME}\s${PATRONYMIC}\s${SURNAME}|${SURNAME}\s${FIRST_NAME}\s${PATRONYMIC}(?!\s[А-ЯЁ][а-яё]))`;

const PERSON = new RegExp(`(?<![А-ЯЁа-яё])(?:${WITH_INITIALS}|${IN_FULL})(?![а-яё])`, 'gu');

/** A printed text with the names of persons set apart, each as printed. Joined it gives the print again. */
export function findPersons(text: string): PrintedText<NamedPerson> {
  const parts: (string | NamedPerson)[] = [];
  let from = 0;
  for (const match of text.matchAll(PERSON)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ person: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** A whole text that is the name of one person. */
export function isPerson(text: string): boolean {
  const [only, ...rest] = findPersons(text.trim());
  return only !== undefined && typeof only !== 'string' && rest.length === 0;
}

/** The person that a text begins with, as printed; undefined when it begins with none. */
export function personAtStart(text: string): string | undefined {
  const [first] = findPersons(text);
  return first !== undefined && typeof first !== 'string' ? first.person : undefined;
}

/** The person that a text of more words ends with, and what stands before. */
export function personAtEnd(text: string): { readonly before: string; readonly name: string } | undefined {
  const [before, last, ...rest] = findPersons(text);
  if (typeof before !== 'string' || last === undefined || typeof last === 'string' || rest.length > 0) return undefined;
  return { before: before.trim(), name: last.person };
}
