import { isFormOf } from '../time/lexicon.js';
import { isBodyInAnyCase, isPostWord } from './cases.js';
import { headAt, isCapitals, LABELS, PLACE_WORDS } from './lexicon.js';
import { isFirstName, isName, isShortSurname, isSurname, NO_SURNAMES } from './nameShapes.js';
import * as names from './names.js';
import { BREAKS, type PartyToken } from './tokens.js';

const FIELD_STEMS = names.FIELD_STEM_LIST.split(' ');
const TERRITORY_POSTS = new Set(names.TERRITORY_POST_LIST.split(' '));
const NO_NAME_BEHIND = /^(?:по|в|на|с|из|при|для|от|за|под)$/u;
/** Endings of posts that are not listed. Surnames have other endings of posts too: «Мельник». */
const POST_ENDING = /(?:тель|лог|вед|граф|мейстер|щик)$/u;

/** The place of a token in its party. */
export interface NamePlace {
  /** Index of the token with which the party begins. */
  readonly begun: number;
  /** True in brackets behind a post or a group: «Зам. директора (Иванова)». */
  readonly isBesidePeople: boolean;
}

/**
 * Returns the index after a name without initials and patronymic that begins at a token: a surname or a first name
 * between separators or at the end of a post. In doubt, a capitalised word right behind a post is a name, «Директор
 * Шмидт», because an open name harms a person more than a sealed word harms a plan.
 */
export function bareNameAt(
  tokens: readonly PartyToken[],
  at: number,
  { begun, isBesidePeople }: NamePlace,
): number | undefined {
  const token = tokens[at];
  if (!isName(token) || token.quoted || (token.inside && !isBesidePeople)) return undefined;
  const isBehind = isRightBehindPost(tokens, at, begun);
  if (isBehind && isPair(token, tokens[at + 1]) && isEnd(tokens, at + 2)) return at + 2;
  const isNamed =
    isFirstName(token) || isShortSurname(token) || (isSurname(token, at === begun) && !belongsToPost(token));
  if (!isEnd(tokens, at + 1)) {
    const isKnown = isSurname(token, false) || (isBehind && isNamed);
    const isFollowed = isKnown && headAt(tokens, at + 1)?.known.people === true;
    return isFollowed && (at === begun || isBehind || endsPost(tokens, at, begun)) ? at + 1 : undefined;
  }
  const isBare = isBehind
    ? isNamed || (!isShortened(tokens, at) && mayBePerson(token))
    : isNamed && (at === begun || endsPost(tokens, at, begun));
  return isBare ? at + 1 : undefined;
}

/** «Доп. образования»: a word that a dot shortens, before the word that it belongs to. */
function isShortened(tokens: readonly PartyToken[], at: number): boolean {
  return (
    tokens[at + 1]?.text === '.' && tokens[at + 2]?.kind === 'word' && headAt(tokens, at + 2)?.known.people !== true
  );
}

function isEnd(tokens: readonly PartyToken[], at: number): boolean {
  const next = tokens[at];
  return next === undefined || BREAKS.has(next.text) || next.gap === '\n' || /^(?:и|\.|\))$/u.test(next.text);
}

/** «Мунира Ахметова», «Ахметова Мунира»: one of two capitalised words is a surname. */
function isPair(first: PartyToken, second: PartyToken | undefined): boolean {
  if (!isName(second) || second.gap === '\n' || belongsToPost(first) || belongsToPost(second)) return false;
  return isSurname(first, false) || isSurname(second, false);
}

/** Returns the word before a token; the dot of an abbreviation is skipped. */
function wordBefore(tokens: readonly PartyToken[], at: number): PartyToken | undefined {
  return tokens[at - 1]?.text === '.' ? tokens[at - 2] : tokens[at - 1];
}

/** «Директор …», «И.о. директора …», «Зам. директора по УВР …» */
function isRightBehindPost(tokens: readonly PartyToken[], at: number, begun: number): boolean {
  const word = wordBefore(tokens, at);
  if (at <= begun || !word || tokens[at]?.gap === '\n' || TERRITORY_POSTS.has(word.lower)) return false;
  const isInCharge = isCapitals(word) && tokens[at - 2]?.lower === 'по';
  return (isInCharge || isPostWord(word)) && headAt(tokens, begun)?.known.people !== false;
}

/** Returns true for a name at the end of a post: «Директор школы Ли». */
function endsPost(tokens: readonly PartyToken[], at: number, begun: number): boolean {
  const word = wordBefore(tokens, at);
  if (!word || PLACE_WORDS.has(word.lower) || NO_NAME_BEHIND.test(word.lower)) return false;
  const head = headAt(tokens, begun);
  return head?.known.people === true && !LABELS.has(head.known.lemma) && head.end <= at;
}

/** Returns true for a word that is no post, institution, place or field of work. */
function mayBePerson(token: PartyToken): boolean {
  const { lower } = token;
  return !(
    POST_ENDING.test(lower) ||
    names.NO_PERSON_ENDING.test(lower) ||
    NO_SURNAMES.has(lower) ||
    belongsToPost(token)
  );
}

/** «Лицея», «Столовой», «Волонтёров», «Физики»: a word that belongs to a post, in any case. */
function belongsToPost(token: PartyToken): boolean {
  return isBodyInAnyCase(token) || FIELD_STEMS.some((stem) => isFormOf(token.lower, stem));
}
