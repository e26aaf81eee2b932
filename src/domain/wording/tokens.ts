import type { QuotaUnit } from '../schedule.js';

/** A day of the week as RFC 5545 writes it. */
export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

/** One piece of a printed timeframe. */
export type Token =
  /** `day.month` or `day.month.year` in figures; «15.45» may be a time of the day, which its rule knows. */
  | {
      readonly kind: 'dayMonth';
      readonly day: number;
      readonly month: number;
      readonly year: number | null;
    }
  /** A time of the day with a colon. */
  | { readonly kind: 'clock'; readonly hour: number; readonly minute: number }
  | { readonly kind: 'month'; readonly month: number }
  /** A year of four figures; `spaced` is false in «2021г.». */
  | { readonly kind: 'year'; readonly year: number; readonly spaced: boolean }
  | { readonly kind: 'number'; readonly value: number }
  /** «3-й», «третий», «III»; `standard` is false for an unusual spelling such as «3-тий». */
  | { readonly kind: 'ordinal'; readonly value: number; readonly standard: boolean }
  /** «10-дневный»: so many days. */
  | { readonly kind: 'daysLong'; readonly value: number }
  | { readonly kind: 'weekday'; readonly weekday: Weekday }
  | { readonly kind: 'unit'; readonly unit: QuotaUnit }
  | { readonly kind: 'dash' }
  | { readonly kind: 'comma' }
  | { readonly kind: 'colon' }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'word'; readonly word: string };

const MONTHS = [
  /^янв(ар[ьяеюём]+)?$/,
  /^фев(р(ал[ьяеюём]+)?)?$/,
  /^мар(т[аеу]?)?$/,
  /^апр(ел[ьяеюём]+)?$/,
  /^ма[йяею]$/,
  /^июн[ьяеюём]*$/,
  /^июл[ьяеюём]*$/,
  /^авг(уст[аеу]?)?$/,
  /^сен(т(ябр[ьяеюём]+)?)?$/,
  /^окт(ябр[ьяеюём]+)?$/,
  /^ноя(б(р[ьяеюём]+)?)?$/,
  /^дек(абр[ьяеюём]+)?$/,
];

const WEEKDAYS: readonly (readonly [RegExp, Weekday])[] = [
  [/^понедельник(а|ам|и|у)?$|^пн$/, 'MO'],
  [/^вторник(а|ам|и|у)?$|^вт$/, 'TU'],
  [/^сред(а|у|ы|ам|е)$|^ср$/, 'WE'],
  [/^четверг(а|ам|и|у)?$|^чт$/, 'TH'],
  [/^пятниц(а|у|ы|ам|е)$|^пт$/, 'FR'],
  [/^суббот(а|у|ы|ам|е)$|^сб$/, 'SA'],
  [/^воскресень(е|я|ям|ю)$|^вс$/, 'SU'],
];

const UNITS: readonly (readonly [RegExp, QuotaUnit])[] = [
  [/^(день|дня|дни|дней|дню|дням)$/, 'day'],
  [/^недел(я|ю|и|е|ь|ям|ей)$|^нед$/, 'week'],
  [/^месяц(а|е|ев|у|ы|ам|ем)?$|^мес$/, 'month'],
  [/^квартал(а|е|у|ы|ов|ам|ом)?$|^кв$/, 'quarter'],
  [/^полугоди(е|я|ю|и|й|ям|ем)$|^полуг$/, 'halfYear'],
  [/^год(а|у|ом|ы|ам)?$|^лет$/, 'year'],
  [/^четверт(ь|и|ей|ям|ью)$/, 'term'],
  [/^триместр(а|е|у|ов|ам|ы)?$/, 'trimester'],
];

const ORDINAL_WORDS: readonly (readonly [RegExp, number])[] = [
  [/^перв(ый|ая|ое|ого|ую|ой|ом)$/, 1],
  [/^втор(ой|ая|ое|ого|ую|ом)$/, 2],
  [/^трет(ий|ья|ье|ьего|ью|ьей|ьем)$/, 3],
  [/^четверт(ый|ая|ое|ого|ую|ой|ом)$/, 4],
  [/^последн(ий|яя|ее|его|юю|ей|ем)$/, -1],
];

const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4, v: 5 };

const NUMBER_WORDS: readonly (readonly [RegExp, number])[] = [
  [/^од(ин|на|ну|но|ного|ной)$/, 1],
  [/^дв(а|е|ух)$/, 2],
  [/^тр(и|ех)$/, 3],
  [/^четыр(е|ех)$/, 4],
  [/^пят(ь|и)$/, 5],
  [/^шест(ь|и)$/, 6],
  [/^десят(ь|и)$/, 10],
];

const STANDARD_ORDINAL_ENDING = /^(й|я|е|ю|го|му|ый|ой|ая|ое|ую)$/;

/** A year after the point is no second month: «26.09.14г» is a day of 2014. */
const PIECE =
  /(?<dayMonth>(?:\d{1,2}\.\d{1,2}\.\d{4}(?!\d)|\d{1,2}\.\s{0,3}\d{2}(?:\.\s{0,3}(?:\d{4}|\d{2})(?![\d.]))?)(?:\s*г(?:ода|\.|(?![а-яё])))?)|(?<clock>\d{1,2}:\d{2})|(?<year>(?:19|20)\d{2}(?!\d)(?<tail>\s*(?:г(?:ода|оду|од|\.|(?![а-яё]))))?)|(?<daysLong>\d{1,3}\s?-\s?(?:ти|и|х)?\s?дневн[а-яё]+)|(?<ordinal>\d{1,2}\s?-\s?[а-яё]{1,3}(?![а-яё]))|(?<number>\d+)|(?<dash>[-–—])|(?<comma>[,;])|(?<colon>:)|(?<open>\()|(?<close>\))|(?<dot>\.)|(?<word>[а-яёa-z]+\.?)|(?<other>[^\s])/giu;

/** The tokens of a printed timeframe. Nothing is dropped but spaces and lone full stops; what is not known is a word. */
export function tokensOf(text: string): Token[] {
  return [...text.toLocaleLowerCase('ru').replaceAll('ё', 'е').matchAll(PIECE)].flatMap((match) => {
    const groups = match.groups ?? {};
    return groups.dot === undefined ? tokenOf(match[0], groups) : [];
  });
}

function tokenOf(piece: string, groups: Readonly<Record<string, string | undefined>>): Token {
  if (groups.dayMonth !== undefined) {
    const [day, month, year] = (piece.match(/\d+/g) ?? []).map(Number);
    if (day !== undefined && month !== undefined) {
      return { kind: 'dayMonth', day, month, year: year === undefined ? null : year < 100 ? 2000 + year : year };
    }
  }
  if (groups.clock !== undefined) {
    const [hour = 0, minute = 0] = piece.split(':').map(Number);
    return { kind: 'clock', hour, minute };
  }
  if (groups.year !== undefined) {
    const tail = groups.tail ?? '';
    return { kind: 'year', year: Number(piece.slice(0, 4)), spaced: tail === '' || /^\s/.test(tail) };
  }
  if (groups.daysLong !== undefined) return { kind: 'daysLong', value: Number.parseInt(piece, 10) };
  if (groups.ordinal !== undefined) {
    const ending = piece.replace(/[\d\s-]/g, '');
    return { kind: 'ordinal', value: Number.parseInt(piece, 10), standard: STANDARD_ORDINAL_ENDING.test(ending) };
  }
  if (groups.number !== undefined) return { kind: 'number', value: Number(piece) };
  for (const kind of ['dash', 'comma', 'colon', 'open', 'close'] as const) {
    if (groups[kind] !== undefined) return { kind };
  }
  return wordToken(piece.replace(/\.$/, ''));
}

function wordToken(word: string): Token {
  const month = MONTHS.findIndex((form) => form.test(word));
  if (month >= 0) return { kind: 'month', month: month + 1 };
  const weekday = WEEKDAYS.find(([form]) => form.test(word));
  if (weekday) return { kind: 'weekday', weekday: weekday[1] };
  const unit = UNITS.find(([form]) => form.test(word));
  if (unit) return { kind: 'unit', unit: unit[1] };
  const ordinal = ORDINAL_WORDS.find(([form]) => form.test(word));
  if (ordinal) return { kind: 'ordinal', value: ordinal[1], standard: true };
  const roman = ROMAN[word];
  if (roman !== undefined) return { kind: 'ordinal', value: roman, standard: true };
  const number = NUMBER_WORDS.find(([form]) => form.test(word));
  return number ? { kind: 'number', value: number[1] } : { kind: 'word', word };
}

/** The month that a heading is of; null when it names none, or only a day of one («к 8 марта»). */
export function monthOfHeading(heading: string): number | null {
  let before: Token | undefined;
  for (const token of tokensOf(heading)) {
    if (token.kind === 'month' && before?.kind !== 'number') return token.month;
    before = token;
  }
  return null;
}
