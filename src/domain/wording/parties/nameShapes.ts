import { isCapitals, isKnownWord } from './lexicon.js';
import * as names from './names.js';
import type { Gap, PartyToken } from './tokens.js';

const SURNAME_ENDINGS = names.COMMON_SURNAME_ENDINGS.split(' ');
const WIDE_ENDINGS = names.WIDE_SURNAME_ENDINGS.split(' ');
const SHORT_SURNAMES = new Set(names.SHORT_SURNAME_LIST.split(' '));
export const NO_SURNAMES: ReadonlySet<string> = new Set(names.NO_SURNAMES_LIST.split(' '));
const NO_INITIALS = new Set(names.NO_INITIALS_LIST.split(' '));
const FIRST_NAMES = new Set(names.FIRST_NAME_LIST.split(/\s+/u));
const CHILD_OF = new Set(names.SON_OR_DAUGHTER.split(' '));

const NAME = /^\p{Lu}(?:[’'ʼ]\p{Lu})?[\p{Ll}\p{M}’'ʼ]+(?:-\p{L}[\p{Ll}\p{M}]*)*$/u;
/** An initial. «Дж.» and «Дь.» have two letters, and «М-Р.» is the initial of a double name. */
const INITIAL = /^\p{Lu}[жьъ]?(?:-\p{Lu})?$/u;
const PAIR = /^\p{Lu}{2}$/u;
const MAX_NAME = 60;
const MAX_INITIALS = 3;

/** Returns true for a capitalised word that is not a known word for a party. */
export function isName(token: PartyToken | undefined): token is PartyToken {
  return token?.kind === 'word' && token.text.length <= MAX_NAME && NAME.test(token.text) && !isKnownWord(token);
}

/** Returns true for a name that ends as surnames do; `wide` also admits short surnames, and endings of adjectives. */
export function isSurname({ lower }: Pick<PartyToken, 'lower'>, wide: boolean): boolean {
  const has = (endings: readonly string[]) => endings.some((ending) => lower.endsWith(ending));
  if (wide && SHORT_SURNAMES.has(lower)) return true;
  return lower.length > 3 && !NO_SURNAMES.has(lower) && (has(SURNAME_ENDINGS) || (wide && has(WIDE_ENDINGS)));
}

/** «Ли», «Ким»: a surname that is too short to have an ending. */
export function isShortSurname({ lower }: PartyToken): boolean {
  return SHORT_SURNAMES.has(lower);
}

/** «Роза», «Светлана» */
export function isFirstName({ lower }: PartyToken): boolean {
  return FIRST_NAMES.has(lower);
}

/**
 * Returns the index after the name of a person that begins at a token: a name with initials, a patronymic or a first
 * name.
 */
export function nameAt(tokens: readonly PartyToken[], at: number): number | undefined {
  return initialsFirst(tokens, at) ?? surnameFirst(tokens, at) ?? inSmallLetters(tokens, at) ?? fullName(tokens, at);
}

interface Initials {
  readonly end: number;
  readonly count: number;
  readonly dotted: boolean;
}

/** «И.И.», «И. И», «И,И.», «ИИ», «И И», «М.-А.Ш.» */
function initialsAt(tokens: readonly PartyToken[], start: number): Initials | undefined {
  const first = tokens[start];
  if (first?.kind !== 'word') return undefined;
  if (PAIR.test(first.text) && !isKnownWord(first) && !NO_INITIALS.has(first.lower)) {
    return { end: start + (isGlued(tokens[start + 1], '.') ? 2 : 1), count: 2, dotted: false };
  }
  let at = start;
  let count = 0;
  let dotted = false;
  while (count < MAX_INITIALS) {
    const token = tokens[at];
    if (token?.kind !== 'word' || !INITIAL.test(token.text)) break;
    const sign = tokens[at + 1];
    const isTypo = isGlued(sign, ',') && INITIAL.test(tokens[at + 2]?.text ?? '') && isGlued(tokens[at + 3], '.');
    count += 1;
    if (isGlued(sign, '.') || isTypo) {
      dotted = true;
      at += isGlued(tokens[at + 2], '-') && isGluedInitial(tokens, at + 3) ? 3 : 2;
    } else {
      at += 1;
      if (dotted || count > 1) break;
    }
  }
  return count > 0 && (dotted || count === 2) ? { end: at, count, dotted } : undefined;
}

/** The second part of the initial of a double name: «А.» in «М.-А.» */
function isGluedInitial(tokens: readonly PartyToken[], at: number): boolean {
  const token = tokens[at];
  return token?.gap === '' && INITIAL.test(token.text) && isGlued(tokens[at + 1], '.');
}

function isGlued(token: PartyToken | undefined, sign: string): boolean {
  return token?.text === sign && token.gap === '';
}

/** A surname in capitals is recognised only with dotted initials: «ГАОУ ОО» is not a name. */
function isSurnameInCapitals(token: PartyToken | undefined): boolean {
  return token !== undefined && token.text.length > 2 && isCapitals(token) && !isKnownWord(token);
}

function initialsFirst(tokens: readonly PartyToken[], at: number): number | undefined {
  const initials = initialsAt(tokens, at);
  if (!initials) return undefined;
  const surname = tokens[initials.end];
  if (!initials.dotted && (initialsAt(tokens, initials.end + 1)?.dotted || surname?.gap === '')) return undefined;
  if (!isName(surname) && !(initials.dotted && initials.count > 1 && isSurnameInCapitals(surname))) return undefined;
  return initials.count > 1 || (surname?.text.length ?? 0) > 2 ? initials.end + 1 : undefined;
}

function surnameFirst(tokens: readonly PartyToken[], at: number): number | undefined {
  const token = tokens[at];
  const capitals = isSurnameInCapitals(token);
  if (!token || !(isName(token) || capitals)) return undefined;
  const next = tokens[at + 1];
  // «Ива⏎нова И.И.», «Иванова.И.И.»
  const isBroken = next !== undefined && isRestOf(token, next);
  const from = at + (isBroken || isGlued(next, '.') ? 2 : 1);
  const initials = initialsAt(tokens, from);
  if (!initials) return undefined;
  if ((capitals || from > at + 1) && !(initials.dotted && initials.count > 1)) return undefined;
  if (belongsToNext(tokens, at, from, initials.end)) return undefined;
  // «Мамедов А.Г.-оглы»
  const isChild = isGlued(tokens[initials.end], '-') && CHILD_OF.has(tokens[initials.end + 1]?.lower ?? '');
  return initials.end + (isChild ? 2 : 0);
}

/** «иванова и.и.»: a surname and two initials in small letters. */
function inSmallLetters(tokens: readonly PartyToken[], at: number): number | undefined {
  const [surname, first, dot, second, end] = tokens.slice(at, at + 5);
  const isSmall = surname?.kind === 'word' && /^\p{Ll}+$/u.test(surname.text) && isSurname(surname, false);
  const areInitials = [first, second].every((token) => token !== undefined && /^\p{Ll}$/u.test(token.text));
  const isPost = surname === undefined || isKnownWord(surname) || `${first?.text}${second?.text}` === 'ио';
  return isSmall && areInitials && !isPost && isGlued(dot, '.') && isGlued(end, '.') ? at + 5 : undefined;
}

/** Returns true for the second part of a surname that a line break or a bad copy has broken: «Ива нова И.И.». */
function isRestOf(begun: PartyToken, { gap, lower, text }: PartyToken): boolean {
  const isSmall = gap !== '' && text.length <= MAX_NAME && /^\p{Ll}+$/u.test(text);
  return isSmall && isSurname({ lower: begun.lower + lower }, true) && !isSurname(begun, false);
}

const WIDTH: Readonly<Record<Gap, number>> = { '': 0, ' ': 1, '\n': 2 };

/**
 * Between two surnames, initials belong to the nearer one. If both are equally near, they belong to the certain
 * surname.
 */
function belongsToNext(tokens: readonly PartyToken[], at: number, from: number, end: number): boolean {
  const [before, first, behind] = [tokens[at], tokens[from], tokens[end]];
  if (!before || !first || !isName(behind) || initialsAt(tokens, end + 1)) return false;
  const difference = WIDTH[first.gap] - WIDTH[behind.gap];
  if (difference !== 0) return difference > 0;
  return !isSurname(before, true) && isSurname(behind, true);
}

/** «Иванова Анна Петровна», «Анна Петровна Иванова», «Анна Петровна», «Иванова Анна», «Анна Иванова». */
function fullName(tokens: readonly PartyToken[], at: number): number | undefined {
  const [first, second, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (!isName(first) || !isName(second)) return undefined;
  if (isPatronymic(second)) {
    const isOwn = isName(third) && !isPatronymic(tokens[at + 3]) && !beginsFullName(tokens, at + 2);
    return at + (isOwn && third.gap !== '\n' ? 3 : 2);
  }
  if (isPatronymic(third)) {
    const behind = tokens[at + 3];
    const isWhole = !isName(behind) || behind.gap === '\n' || beginsFullName(tokens, at + 3);
    return isWhole || isSurname(first, true) ? at + 3 : undefined;
  }
  if (isName(third) && isPatronymic(tokens[at + 3]) && CHILD_OF.has(tokens[at + 3]?.lower ?? '')) return at + 4;
  const isPair = (name: PartyToken, surname: PartyToken) => FIRST_NAMES.has(name.lower) && isSurname(surname, true);
  if (isPair(first, second) || isPair(second, first)) return at + 2;
  // «Гали Мухамметшин»: a first name that is not listed, in a cell without other words.
  const isAlone = isBreak(tokens[at - 1]) && isBreak(third);
  return isAlone && isSurname(second, false) && !ADJECTIVE_ENDING.test(first.lower) ? at + 2 : undefined;
}

const ADJECTIVE_ENDING = /(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ых|их)$/u;

function isBreak(token: PartyToken | undefined): boolean {
  return token === undefined || /^[,;:/(]$/u.test(token.text);
}

function isPatronymic(token: PartyToken | undefined): boolean {
  return token !== undefined && (CHILD_OF.has(token.lower) || (isName(token) && names.PATRONYMIC.test(token.lower)));
}

function beginsFullName(tokens: readonly PartyToken[], at: number): boolean {
  const second = tokens[at + 1];
  return (
    isPatronymic(second) || initialsAt(tokens, at + 1) !== undefined || (isName(second) && isPatronymic(tokens[at + 2]))
  );
}
