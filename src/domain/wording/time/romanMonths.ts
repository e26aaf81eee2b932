import type { Key, Sense } from './lexicon.js';
import { ROMAN_ORDINALS, romanMonth } from './roman.js';
import type { Place, Token } from './tokens.js';

/** Words behind a Roman numeral that is not a month: «XI класс», «IX съезд», «X неделя». */
const COUNTED_THINGS: ReadonlySet<Key> = new Set<Key>([
  ...(['класс', 'классный', 'курс', 'расписание', 'документ', 'событие', 'кампания', 'прочее', 'место'] as const),
]);

/** The numeral «х», which is used as a mark too. */
const TABLE_MARK = 10;

/**
 * Returns the tokens with Roman numerals as months, if all other words are about time and one numeral is greater than
 * any quarter or term: «IX – XII», «IX, V».
 */
export function withRomanMonths(tokens: readonly Token[], text: string): readonly Token[] {
  const months = tokens.map(({ from, to }) => romanMonth(text.slice(from, to)));
  const isLater = tokens.some((token, at) => isRomanMonth(token) || (months[at] ?? 0) > ROMAN_ORDINALS.size);
  const isMonths = isLater && tokens.every((token, at) => months[at] !== undefined || isBesideMonths(token));
  // «х» is also a mark in a cell: it is a month only beside other numerals or numbers.
  const found = new Set(months.filter((month) => month !== undefined));
  const isMark =
    found.size === 1 &&
    found.has(TABLE_MARK) &&
    !tokens.some((token) => token.kind === 'number' || isRomanMonth(token));
  if (!isMonths || isMark || text.trim().length < 2) return tokens;
  return tokens.map((token, at) => {
    const month = months[at];
    return month === undefined ? token : monthToken({ month, numeral: text.slice(token.from, token.to) }, token);
  });
}

/** Returns the token of a month that is printed as a Roman numeral. */
export function monthToken(
  { month, numeral }: { readonly month: number; readonly numeral: string },
  { from, to, glued }: Place,
): Token {
  return { kind: 'word', word: numeral, senses: [{ is: 'month', month }], from, to, glued };
}

function isRomanMonth(token: Token): boolean {
  return token.kind === 'word' && romanMonth(token.word) !== undefined && token.senses.length > 0;
}

/** Returns true for what is used together with Roman months: «с IX по XII», «ежегодно, IX», «15 IX – 20 X 2023 г.» */
function isBesideMonths(token: Token): boolean {
  if (token.kind !== 'word') return token.kind !== 'label' && token.kind !== 'other';
  return token.senses.length > 0 && !token.senses.some(isCountedThing);
}

function isCountedThing(one: Sense): boolean {
  return (one.is === 'unit' && one.unit !== 'year') || (one.is === 'key' && COUNTED_THINGS.has(one.key));
}
