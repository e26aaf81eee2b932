import { type Key, type Sense } from './lexicon.js';
import { type Token } from './tokens.js';

/** Kind of a token. */
export type TokenKind = Token['kind'];

/*
 * What a parser may start with is a set of bits: one for each kind of token, one for each kind of sense, and some for the
 * words of the grammar, of which several share a bit. A shared bit costs a try, and never a reading.
 */

/** The bit of each kind of token. */
export const MARK_STARTS: Readonly<Record<TokenKind, number>> = {
  dash: 1 << 0,
  comma: 1 << 1,
  colon: 1 << 2,
  slash: 1 << 3,
  open: 1 << 4,
  close: 1 << 5,
  label: 1 << 6,
  other: 1 << 7,
  number: 1 << 8,
  date: 1 << 9,
  clock: 1 << 10,
  word: 1 << 11,
};
const SENSE_STARTS: Readonly<Record<Exclude<Sense['is'], 'key'>, number>> = {
  month: 1 << 12,
  weekday: 1 << 13,
  unit: 1 << 14,
  ordinal: 1 << 15,
  number: 1 << 16,
  season: 1 << 17,
  often: 1 << 18,
  long: 1 << 19,
};
const FIRST_KEY_BIT = 20;
const KEY_BITS = 10;

/** A parser may read nothing at all. */
export const EMPTY = 1 << (FIRST_KEY_BIT + KEY_BITS);
/** A parser may start with any token, or read nothing. */
export const ANY = EMPTY | (EMPTY - 1);

/** The bit of a word of the grammar. */
export function startOfKey(key: Key): number {
  let sum = 0;
  for (let at = 0; at < key.length; at += 1) sum += (at + 1) * key.charCodeAt(at);
  return 1 << (FIRST_KEY_BIT + (sum % KEY_BITS));
}

/** The bits of a kind of sense. */
export function startsOfSense(kind: Sense['is']): number {
  return kind === 'key' ? MARK_STARTS.word : SENSE_STARTS[kind];
}

/** Returns all that starts at a token. */
export function startsOf(token: Token): number {
  let sum = MARK_STARTS[token.kind];
  if (token.kind !== 'word') return sum;
  for (const one of token.senses) sum |= one.is === 'key' ? startOfKey(one.key) : SENSE_STARTS[one.is];
  return sum;
}

/** Returns what a thing and another behind it may start with. */
export function afterIt(first: number, second: number): number {
  return (first & EMPTY) === 0 ? first : (first & ~EMPTY) | second;
}
