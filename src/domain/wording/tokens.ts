import type { QuotaUnit } from '../schedule.js';

/** A day of the week as RFC 5545 writes it. */
export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

/** One piece of a printed timeframe. */
export type Token =
  /** `day.month` or `day.month.year` in figures. */
  | { readonly kind: 'dayMonth'; readonly day: number; readonly month: number; readonly year: number | null }
  | { readonly kind: 'month'; readonly month: number }
  /** A year of four figures; `spaced` is false in «2021г.». */
  | { readonly kind: 'year'; readonly year: number; readonly spaced: boolean }
  | { readonly kind: 'number'; readonly value: number }
  /** «3-й», «третий»; `standard` is false for an unusual spelling such as «3-тий». */
  | { readonly kind: 'ordinal'; readonly value: number; readonly standard: boolean }
  | { readonly kind: 'weekday'; readonly weekday: Weekday }
  | { readonly kind: 'unit'; readonly unit: QuotaUnit }
  | { readonly kind: 'dash' }
  | { readonly kind: 'comma' }
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
  [/^понедельник(а|ам|и)?$/, 'MO'],
  [/^вторник(а|ам|и)?$/, 'TU'],
  [/^сред(а|у|ы|ам)$/, 'WE'],
  [/^четверг(а|ам|и)?$/, 'TH'],
  [/^пятниц(а|у|ы|ам)$/, 'FR'],
  [/^суббот(а|у|ы|ам)$/, 'SA'],
  [/^воскресень(е|я|ям)$/, 'SU'],
];

const UNITS: readonly (readonly [RegExp, QuotaUnit])[] = [
  [/^(день|дня|дни)$/, 'day'],
  [/^недел[яюие]$/, 'week'],
  [/^месяц(а|е)?$/, 'month'],
  [/^квартал(а|е)?$/, 'quarter'],
  [/^полугоди[еяю]$/, 'halfYear'],
  [/^год(а|у)?$/, 'year'],
  [/^четверт[ьи]$/, 'term'],
  [/^триместр(а|е)?$/, 'trimester'],
];

const ORDINAL_WORDS: readonly (readonly [RegExp, number])[] = [
  [/^перв(ый|ая|ое|ого|ую|ой)$/, 1],
  [/^втор(ой|ая|ое|ого|ую)$/, 2],
  [/^трет(ий|ья|ье|ьего|ью|ьей)$/, 3],
  [/^четв[её]рт(ый|ая|ое|ого|ую|ой)$/, 4],
  [/^последн(ий|яя|ее|его|юю|ей)$/, -1],
];

const STANDARD_ORDINAL_ENDING = /^(й|я|е|ю|го|му|ый|ой|ая|ое|ую)$/;

const PIECE =
  /(?<dayMonth>\d{1,2}\.\s?\d{2}(?:\.\s?(?:\d{4}|\d{2})(?!\d))?(?:\s*г(?:ода|\.|(?![а-яё])))?)|(?<year>(?:19|20)\d{2}(?!\d)(?<tail>\s*(?:г(?:ода|оду|од|\.|(?![а-яё]))))?)|(?<ordinal>\d{1,2}\s?-\s?[а-яё]{1,3}(?![а-яё]))|(?<number>\d+)|(?<dash>[-–—])|(?<comma>[,;])|(?<word>[а-яёa-z]+\.?)|(?<other>[^\s])/giu;

/** The tokens of a printed timeframe. Nothing is dropped but spaces; what is not known is a word. */
export function tokensOf(text: string): Token[] {
  return [...text.toLocaleLowerCase('ru').matchAll(PIECE)].map((match) => tokenOf(match[0], match.groups ?? {}));
}

function tokenOf(piece: string, groups: Readonly<Record<string, string | undefined>>): Token {
  if (groups.dayMonth !== undefined) {
    const [day, month, year] = (piece.match(/\d+/g) ?? []).map(Number);
    if (day !== undefined && month !== undefined) {
      return { kind: 'dayMonth', day, month, year: year === undefined ? null : year < 100 ? 2000 + year : year };
    }
  }
  if (groups.year !== undefined) {
    const tail = groups.tail ?? '';
    return { kind: 'year', year: Number(piece.slice(0, 4)), spaced: tail === '' || /^\s/.test(tail) };
  }
  if (groups.ordinal !== undefined) {
    const ending = piece.replace(/[\d\s-]/g, '');
    return { kind: 'ordinal', value: Number.parseInt(piece, 10), standard: STANDARD_ORDINAL_ENDING.test(ending) };
  }
  if (groups.number !== undefined) return { kind: 'number', value: Number(piece) };
  if (groups.dash !== undefined) return { kind: 'dash' };
  if (groups.comma !== undefined) return { kind: 'comma' };
  return wordToken(piece.replace(/\.$/, '').replaceAll('ё', 'е'));
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
  return { kind: 'word', word };
}
