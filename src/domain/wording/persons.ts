import type { NamedPerson, PrintedText } from '../personal.js';

const DOTTED = String.raw`[А-ЯЁ]\.\s?[А-ЯЁ](?:\.|(?![А-ЯЁа-яё.]))`;
const INITIALS = String.raw`[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]{2}(?=\s)`;
const SURNAME = '[А-ЯЁ][а-яё]{1,40}(?:-[А-ЯЁ][а-яё]{1,40})?';
/** In capitals a surname is known by dotted initials alone: «ГАОУ ОО» is none. */
const CAPITALS = '[А-ЯЁ]{3,40}(?:-[А-ЯЁ]{3,40})?';

const FIRST_NAME = '[А-ЯЁ][а-яё]{1,40}';
/** In any case: «Петрович», «Ильичом», «Петровной». */
const PATRONYMIC =
  '[А-ЯЁ][а-яё]{1,40}(?:(?:ович|евич|ьич|мич|кич|тич)(?:а|у|ем|ом|е)?|(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою))(?![а-яё])';

/** Initials before or after a surname: «Е.Н. Филатова», «СВ Стапинов», «Иванова И.И», «ИВАНОВА И.И.», «Петров ПП». */
const WITH_INITIALS = String.raw`(?:${INITIALS})\s{0,3}${SURNAME}|${SURNAME}\s{1,3}(?:${DOTTED}|[А-ЯЁ]{2}(?![А-ЯЁа-яё]))|${CAPITALS}\s{1,3}${DOTTED}|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?${CAPITALS}(?![А-ЯЁа-яё])`;

/** «Анна Петровна Иванова», «Иванова Анна Петровна». */
const FULL = String.raw`${FIRST_NAME}\s${PATRONYMIC}\s${SURNAME}|${SURNAME}\s${FIRST_NAME}\s${PATRONYMIC}(?!\s[А-ЯЁ][а-яё])`;

/** Each is tried at the beginning of a word alone. */
const INITIALED_HERE = new RegExp(`(?:${WITH_INITIALS})(?![а-яё])`, 'uy');
const FULL_HERE = new RegExp(`(?:${FULL})(?![а-яё])`, 'uy');

/** The beginning of a capitalised word; «имени», after which a school is named after somebody; and what ends that. */
const PLACES = /(?<=^|[^А-ЯЁа-яё])[А-ЯЁ]|(?:имени|им\.)\s|[,;]/gu;

/** A printed text with the names of persons set apart, each as printed. Joined it gives the print again. Linear in the text. */
export function findPersons(text: string): PrintedText<NamedPerson> {
  const parts: (string | NamedPerson)[] = [];
  let from = 0;
  /** Where the text after «имени» begins; null when it has ended. */
  let namedAfter: number | null = null;
  for (const { index, 0: place } of text.matchAll(PLACES)) {
    if (place === ',' || place === ';') namedAfter = null;
    else if (!/^[А-ЯЁ]/u.test(place)) namedAfter = index + place.length;
    else if (index >= from) {
      const isNamesake = namedAfter !== null && (namedAfter === index || /\s/u.test(text[index - 1] ?? ''));
      const person =
        matchedAt(INITIALED_HERE, text, index) ?? (isNamesake ? undefined : matchedAt(FULL_HERE, text, index));
      if (person === undefined) continue;
      if (index > from) parts.push(text.slice(from, index));
      parts.push({ person });
      from = index + person.length;
    }
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** What a sticky expression matches at a place of a text. */
function matchedAt(expression: RegExp, text: string, index: number): string | undefined {
  expression.lastIndex = index;
  return expression.exec(text)?.[0];
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
