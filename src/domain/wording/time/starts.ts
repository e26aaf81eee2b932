import { type QuotaUnit } from '../../schedule.js';
import { type Key, type Sense } from './lexicon.js';
import { type Token } from './tokens.js';

/** Kind of a token. */
export type TokenKind = Token['kind'];

/*
 * The tokens with which a parser may start are a set of bits: one bit for each kind of token, one for each kind of
 * sense, and some for the words of the grammar, several of which share a bit. A shared bit may cause a useless attempt,
 * but never loses a reading.
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
/** «год» follows most days. With its own bit, it does not make parsers of other units run. */
const YEAR_START = 1 << 20;
const FIRST_KEY_BIT = 21;
const KEY_BITS = 9;

/** The parser may succeed without reading a token. */
export const EMPTY = 1 << (FIRST_KEY_BIT + KEY_BITS);
/** The parser may start with any token, or succeed without reading one. */
export const ANY = EMPTY | (EMPTY - 1);

/** The bit of a word of the grammar. */
export function startOfKey(key: Key): number {
  let sum = 0;
  for (let at = 0; at < key.length; at += 1) sum += (at + 1) * key.charCodeAt(at);
  return 1 << (FIRST_KEY_BIT + (sum % KEY_BITS));
}

/** The bits of a kind of sense. */
export function startsOfSense(kind: Sense['is']): number {
  if (kind === 'key') return MARK_STARTS.word;
  return kind === 'unit' ? SENSE_STARTS.unit | YEAR_START : SENSE_STARTS[kind];
}

/** The bits of these unit words. */
export function startsOfUnits(units: readonly QuotaUnit[]): number {
  if (units.length === 0) return startsOfSense('unit');
  return units.reduce((sum, unit) => sum | startOfUnit(unit), 0);
}

function startOfUnit(unit: QuotaUnit): number {
  return unit === 'year' ? YEAR_START : SENSE_STARTS.unit;
}

/** Returns the set of meanings that may start at a token. */
export function startsOf(token: Token): number {
  let sum = MARK_STARTS[token.kind];
  if (token.kind !== 'word') return sum;
  for (const one of token.senses) sum |= startOfSense(one);
  return sum;
}

function startOfSense(one: Sense): number {
  if (one.is === 'key') return startOfKey(one.key);
  return one.is === 'unit' ? startOfUnit(one.unit) : SENSE_STARTS[one.is];
}

/** Returns the set with fewer bits. */
export function narrower(one: number, other: number): number {
  return bitsOf(one) <= bitsOf(other) ? one : other;
}

function bitsOf(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Returns the set of tokens with which two parsers in sequence may start. */
export function afterIt(first: number, second: number): number {
  return (first & EMPTY) === 0 ? first : (first & ~EMPTY) | second;
}
