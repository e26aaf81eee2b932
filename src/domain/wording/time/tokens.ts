import { type Key, type Sense, sensesOf } from './lexicon.js';
import { ROMAN_ORDINALS, romanDateAt, romanMonthAt } from './roman.js';
import { monthToken, withRomanMonths } from './romanMonths.js';

/** A place in the cleaned text. `glued` is true if there is no space before the token. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly glued: boolean;
}

/** A part of a printed timeframe. */
export type Token = Place &
  (
    | { readonly kind: 'word'; readonly word: string; readonly senses: readonly Sense[] }
    /** `ordinal` is `odd` for an unusual spelling such as «3-тий». */
    | {
        readonly kind: 'number';
        readonly value: number;
        readonly digits: number;
        readonly ordinal: 'no' | 'standard' | 'odd';
      }
    /** «15.10», «15.10.2020». «15.45» may be a time of day, and «07.20» is not a day: the grammar decides. */
    | { readonly kind: 'date'; readonly day: number; readonly month: number; readonly year: number | null }
    | { readonly kind: 'clock'; readonly hour: number; readonly minute: number }
    | { readonly kind: 'dash' | 'comma' | 'colon' | 'slash' | 'open' | 'close' }
    /** A name in quotation marks or the number of a thing («№ 2»), without a meaning for time. */
    | { readonly kind: 'label' }
    | { readonly kind: 'other' }
  );

/** Returns true for one of the words that the lexicon lists under these names. */
export function isKeyed(token: Token | undefined, ...keys: readonly Key[]): boolean {
  return token?.kind === 'word' && token.senses.some((one) => one.is === 'key' && keys.includes(one.key));
}

/** A cleaned text and its tokens. */
export interface Tokens {
  readonly text: string;
  readonly tokens: readonly Token[];
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu;
const ROMAN_SIGNS = /[\u2160-\u2169]/gu;
const SUFFIX = '(?:\\s?-\\s?)?(?:й|я|е|ю|х|го|му|ти|ми|ый|ой|ая|ое|ую|ье|ья|ью|тий|тья|его|ого|ух|ех)(?![а-я])';

/** Matches a token that starts with a digit: «2020-10-15», «15.10.2020», «10:00», «3-й», «25». */
const NUMERAL = new RegExp(
  [
    '((?:19|20)\\d{2}-\\d{2}-\\d{2}(?!\\d))',
    '(\\d{1,2}(?:\\.\\s{0,3}\\d{1,2}\\.\\s{0,3}\\d{4}(?!\\d)|/\\d{1,2}/\\d{4}(?!\\d)|\\.\\s{0,3}\\d{2}\\.\\d{2}(?!\\d|\\.\\d)|\\.\\s{0,3}\\d{2}(?!\\d)))',
    '(\\d{1,2}:\\d{2}(?!\\d))',
    `(\\d{1,2}${SUFFIX}|(?:19|20)\\d{2}-(?:го|й|м|му)(?![а-я]))`,
    '\\d+',
  ].join('|'),
  'uy',
);
/** «-я» of «I-я». */
const ROMAN_ENDING = /-(?:й|я|е|ю|го|му|ый|ой|ая|ое|ую)(?![а-я])/uy;
/** A word; «п/г» is one too. */
const WORD_TOKEN = /п\/г(?:од[а-я]{1,8})?(?![а-яa-z])|[а-яa-z]+/uy;
const LABEL = /«[^«»]{0,120}»|"[^"]{0,120}"|“[^“”]{0,120}”|№\s{0,2}[\dа-яa-z]{0,8}/uy;
/** «10» in «„10“ октября»: the day of a date, quoted as in official documents. */
const QUOTED_DAY =
  /[«"“„]\s?(\d{1,2})\s?[»"”“](?=\s{0,3}(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|(?:по|до|и|[-–—])\s{0,3}[«"“„]\d))/uy;
const MARKS: Readonly<Record<string, 'dash' | 'comma' | 'colon' | 'slash' | 'open' | 'close' | 'dot'>> = {
  '-': 'dash',
  '–': 'dash',
  '—': 'dash',
  '−': 'dash',
  ',': 'comma',
  ';': 'comma',
  ':': 'colon',
  '/': 'slash',
  '(': 'open',
  '[': 'open',
  ')': 'close',
  ']': 'close',
  '.': 'dot',
};

/** Returns the tokens of a printed timeframe, with broken words joined and Latin look-alikes replaced. */
export function tokensOf(printed: string): Tokens {
  const text = printed.replace(INVISIBLE, '').replace(ROMAN_SIGNS, (sign) => sign.normalize('NFKC'));
  const small = text.toLowerCase().replaceAll('ё', 'е');
  const lower = LATIN_LETTER.test(small) ? small.replace(LETTER_RUNS, unmixed) : small;
  const tokens: Token[] = [];
  let end = 0;
  for (let at = 0; at < lower.length; ) {
    const sign = lower[at] ?? '';
    if (SPACE.test(sign)) {
      at += 1;
      continue;
    }
    const token = tokenAt(lower, at, at === end);
    at = token.to;
    end = at;
    if (token.kind !== 'dot') tokens.push(token);
  }
  // Some characters of other languages are longer in lower case, which would shift the places in the text.
  return { text: lower.length === text.length ? text : lower, tokens: repaired(withRomanMonths(tokens, lower)) };
}

const SPACE = /\s/u;

function tokenAt(text: string, from: number, glued: boolean): Token | (Place & { readonly kind: 'dot' }) {
  const sign = text[from] ?? '';
  const mark = MARKS[sign];
  if (mark !== undefined) return { kind: mark, from, to: from + 1, glued };
  const month = romanMonthAt(text, from);
  if (month) return monthToken(month, { from, to: from + month.length, glued });
  const word = matched(WORD_TOKEN, text, from)?.[0];
  const roman = word === undefined ? undefined : ROMAN_ORDINALS.get(word);
  if (word !== undefined && roman !== undefined) {
    const ending = matched(ROMAN_ENDING, text, from + word.length)?.[0] ?? '';
    const place = { from, to: from + word.length + ending.length, glued };
    return { ...place, kind: 'number', value: roman, digits: 1, ordinal: 'standard' };
  }
  if (word !== undefined) return wordToken(word, { from, to: from + word.length, glued });
  const isFigure = sign >= '0' && sign <= '9';
  const date = isFigure ? romanDateAt(text, from) : undefined;
  if (date) return { ...date, kind: 'date', from, to: from + date.length, glued };
  const figures = isFigure ? matched(NUMERAL, text, from) : null;
  if (figures) return figuresToken(figures, { from, to: from + figures[0].length, glued });
  const [quoted, day] = matched(QUOTED_DAY, text, from) ?? [];
  if (quoted !== undefined && day !== undefined) {
    const place = { from, to: from + quoted.length, glued };
    return { ...place, kind: 'number', value: Number(day), digits: day.length, ordinal: 'no' };
  }
  const label = matched(LABEL, text, from)?.[0];
  if (label !== undefined) return { kind: 'label', from, to: from + label.length, glued };
  return { kind: 'other', from, to: from + String.fromCodePoint(text.codePointAt(from) ?? 0).length, glued };
}

function matched(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

function figuresToken([piece, iso, date, clock, ordinal]: RegExpExecArray, place: Place): Token {
  if (iso !== undefined) {
    const [year = 0, month = 0, day = 0] = piece.split('-').map(Number);
    return { ...place, kind: 'date', day, month, year };
  }
  if (date !== undefined) {
    const [day = 0, month = 0, year] = (piece.match(/\d+/g) ?? []).map(Number);
    return { ...place, kind: 'date', day, month, year: year === undefined ? null : year < 100 ? 2000 + year : year };
  }
  if (clock !== undefined) {
    const [hour = 0, minute = 0] = piece.split(':').map(Number);
    return { ...place, kind: 'clock', hour, minute };
  }
  if (ordinal === undefined) {
    return { ...place, kind: 'number', value: Number(piece), digits: piece.length, ordinal: 'no' };
  }
  const digits = ordinal.match(/^\d+/)?.[0] ?? '';
  const spelling = STANDARD.test(ordinal.slice(digits.length)) ? 'standard' : 'odd';
  return { ...place, kind: 'number', value: Number(digits), digits: digits.length, ordinal: spelling };
}

const STANDARD = /^(?:\s?-\s?)?(?:й|я|е|ю|го|му|ый|ой|ая|ое|ую)$/u;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};

function wordToken(piece: string, place: Place): Token {
  const word = withoutLookAlikes(piece);
  return { ...place, kind: 'word', word, senses: sensesOf(word) };
}

const LATIN_LETTER = /[a-z]/;
const LETTER_RUNS = /[а-яa-z]+/gu;

/** A run of letters of both alphabets in Russian ones. */
function unmixed(run: string): string {
  return /[а-я]/.test(run) ? inRussian(run) : run;
}

function inRussian(letters: string): string {
  return letters.replace(/[a-z]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
}

/** Returns a word of Latin letters that look like Russian letters as Russian; any other word unchanged. */
function withoutLookAlikes(piece: string): string {
  if (!LATIN_LETTER.test(piece)) return piece;
  const russian = inRussian(piece);
  return sensesOf(russian).length > 0 ? russian : piece;
}

/** Maximum number of pieces into which one word may be broken. */
const MOST_PIECES = 3;

/**
 * Joins the parts of words that a line break divided, with or without a hyphen: «понедельн⏎ик», «квар- тал». Parts are
 * joined only to a word of the lexicon, and only if one of them is not in the lexicon.
 */
function repaired(tokens: readonly Token[]): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const joined = documentDate(tokens, at) ?? joinedFrom(tokens, at);
    const token = joined?.token ?? tokens[at];
    if (token) found.push(token);
    at += joined?.length ?? 1;
  }
  return found;
}

/**
 * Finds «от 12.09.2020», «от 12 сентября 2020 г.»: the date of a document, which is not a timeframe. «от … до …» is a
 * range.
 */
function documentDate(tokens: readonly Token[], start: number) {
  const [first, second, third, fourth] = tokens.slice(start, start + 4);
  if (first?.kind !== 'word' || first.word !== 'от') return undefined;
  const isWorded = second?.kind === 'number' && third?.kind === 'word' && third.senses.some(({ is }) => is === 'month');
  const named = second?.kind === 'date' ? 2 : isWorded ? (fourth?.kind === 'number' ? 4 : 3) : 0;
  const word = tokens[start + named];
  const length = named > 0 && word?.kind === 'word' && word.word === 'г' ? named + 1 : named;
  const last = tokens[start + length - 1];
  const next = tokens[start + length];
  const isStretch = next?.kind === 'dash' || (next?.kind === 'word' && ['до', 'по'].includes(next.word));
  if (length === 0 || !last || isStretch) return undefined;
  const token: Token = { kind: 'label', from: first.from, to: last.to, glued: first.glued };
  return { token, length };
}

function joinedFrom(tokens: readonly Token[], start: number) {
  const first = tokens[start];
  if (first?.kind !== 'word') return undefined;
  let [word, at, unknown] = [first.word, start + 1, first.senses.length === 0];
  for (let pieces = 2; pieces <= MOST_PIECES; pieces += 1) {
    if (tokens[at]?.kind === 'dash') at += 1;
    const next = tokens[at];
    if (next?.kind !== 'word') return undefined;
    word += next.word;
    at += 1;
    unknown ||= next.senses.length === 0;
    const senses = unknown && word.length >= 5 ? sensesOf(word) : [];
    if (senses.length > 0) {
      const token: Token = { kind: 'word', word, senses, from: first.from, to: next.to, glued: first.glued };
      return { token, length: at - start };
    }
  }
  return undefined;
}
