import { type NamedPerson, type PrintedText, textWithoutPersons } from '../personal.js';
import { bareNameAt } from './parties/bareNames.js';
import { headAt, isCapitals } from './parties/lexicon.js';
import { isName, nameAt } from './parties/nameShapes.js';
import { BREAKS, type PartyToken, partyTokens } from './parties/tokens.js';

/** Tokens from `start` up to `end` that name a person. */
export interface PersonSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns a printed text with the names of persons as separate parts. The joined parts give the text. The time is
 * linear in the length of the text.
 */
export function findPersons(text: string): PrintedText<NamedPerson> {
  const tokens = partyTokens(text);
  const parts: (string | NamedPerson)[] = [];
  let from = 0;
  for (const { start, end } of personsIn(tokens)) {
    const [first, last] = [tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0];
    if (first > from) parts.push(text.slice(from, first));
    parts.push({ person: text.slice(first, last) });
    from = last;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Returns true for a text that names persons, whatever else it says. */
export function namesPersons(text: string): boolean {
  return textWithoutPersons(findPersons(text)) === undefined;
}

/** Returns true for a whole text that is the name of one person. */
export function isPerson(text: string): boolean {
  const [only, ...rest] = findPersons(text.trim());
  return only !== undefined && typeof only !== 'string' && rest.length === 0;
}

/** Words between «имени» and the name: «имени Героя Советского Союза …». */
const RANKS = /^(?:героя|дважды|советск|союза|социалист|труда|росси|федерац|святого|князя|народного|заслуженн)/u;

/**
 * Returns the names of persons among the tokens of a text, in order. The person after whom a school is named is not
 * included.
 */
export function personsIn(tokens: readonly PartyToken[]): PersonSpan[] {
  const found: PersonSpan[] = [];
  let isNamesake = false;
  let begun = 0;
  let isBesidePeople = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    if (token.text === '(') isBesidePeople = headAt(tokens, begun)?.known.people === true;
    if (token.text === ')') isBesidePeople = false;
    if (BREAKS.has(token.text) || token.gap === '\n' || token.text === 'и') {
      isNamesake = false;
      begun = BREAKS.has(token.text) || token.text === 'и' ? at + 1 : at;
    }
    if (token.kind !== 'word') continue;
    if (isNamesakeMark(tokens, at)) {
      isNamesake = true;
      continue;
    }
    if (token.lower === 'совместно') begun = at + 2;
    const end = nameAt(tokens, at) ?? (isNamesake ? undefined : bareNameAt(tokens, at, { begun, isBesidePeople }));
    if (end !== undefined) {
      if (!isNamesake) found.push({ start: at, end });
      at = end - 1;
      begun = end;
      isNamesake = false;
    } else if (isNamesake && isName(token) && !RANKS.test(token.lower)) isNamesake = false;
  }
  return found.length > 0 ? amongSurnames(tokens, found) : found;
}

/**
 * Finds further surnames in a list of surnames: in «Зуева, Морозова, Кац» the last word is a surname, whatever its
 * ending.
 */
function amongSurnames(tokens: readonly PartyToken[], found: readonly PersonSpan[]): PersonSpan[] {
  const words = tokens.flatMap((token, at) => (token.kind === 'word' && token.text !== 'и' ? [{ token, at }] : []));
  const starts = new Set(found.map(({ start, end }) => (end === start + 1 ? start : -1)));
  const isList = words.every(
    ({ token, at }, index) =>
      isName(token) &&
      !token.inside &&
      (starts.has(at) || !isCapitals(token)) &&
      (index === 0 ||
        tokens.slice((words[index - 1]?.at ?? 0) + 1, at).some(({ text }) => BREAKS.has(text) || text === 'и')),
  );
  return isList && starts.has(words[0]?.at ?? -1) ? words.map(({ at }) => ({ start: at, end: at + 1 })) : [...found];
}

/** «имени», «им.» */
function isNamesakeMark(tokens: readonly PartyToken[], at: number): boolean {
  const { lower = '' } = tokens[at] ?? {};
  return lower === 'имени' || (lower === 'им' && tokens[at + 1]?.text === '.');
}
