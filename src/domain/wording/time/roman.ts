/*
 * Roman numerals: places such as «II квартал», and months such as «1.IX.2023». They are in small letters, as tokens are
 * read, and may be typed with Russian letters.
 */

/** Places in a row, «I» to «VI». */
export const ROMAN_ORDINALS: ReadonlyMap<string, number> = new Map(
  ['i', 'ii п', 'iii ш', 'iv', 'v', 'vi'].flatMap((forms, index) =>
    forms.split(' ').map((form) => [form, index + 1] as const),
  ),
);

const NUMERALS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];
const ROMAN_MONTHS: ReadonlyMap<string, number> = new Map(NUMERALS.map((numeral, index) => [numeral, index + 1]));

/** Returns the month of a Roman numeral; undefined for any other word. */
export function romanMonth(word: string): number | undefined {
  return ROMAN_MONTHS.get(word.replaceAll('х', 'x'));
}

const NUMERAL_OF_MONTH = '[ivxх]{1,4}';
const NO_PLACE = String.raw`(?![а-яa-z]|\s?(?:кв|пол|четв|трим|нед|дек|этап|-[йяею]))`;
/** Matches «15.IX», «15/IX-2023», «1.IX.23»: the day, the month and the year. */
const DAY_OF_MONTH = new RegExp(
  String.raw`(\d{1,2})[./]\s{0,2}(${NUMERAL_OF_MONTH})(?:[./-]\s{0,2}((?:19|20)\d{2})(?!\d)|[./]\s{0,2}(\d{2})(?!\d|[./]\d))?${NO_PLACE}`,
  'uy',
);
/** Matches «IX.2023», «IX/2023» up to the year. */
const MONTH_BEFORE_YEAR = new RegExp(String.raw`(${NUMERAL_OF_MONTH})[./]\s{0,2}(?=(?:19|20)\d{2}(?!\d))`, 'uy');

/** A date with a Roman month, and the number of its characters. */
export interface RomanDate {
  readonly day: number;
  readonly month: number;
  readonly year: number | null;
  readonly length: number;
}

/** The first letters of Roman numerals. They are checked first, so that the regular expression is rarely tried. */
const NUMERAL_STARTS = 'ivxх';

/** Returns the date with a Roman month at a place of a text; undefined for none. */
export function romanDateAt(text: string, at: number): RomanDate | undefined {
  const mark = text[at + 1] === '.' || text[at + 1] === '/' ? at + 1 : at + 2;
  if (text[mark] !== '.' && text[mark] !== '/') return undefined;
  DAY_OF_MONTH.lastIndex = at;
  const [whole = '', day, numeral = '', year, short] = DAY_OF_MONTH.exec(text) ?? [];
  const month = romanMonth(numeral);
  if (month === undefined) return undefined;
  const printed = year ?? (short === undefined ? undefined : `20${short}`);
  return { day: Number(day), month, year: printed === undefined ? null : Number(printed), length: whole.length };
}

/** A Roman month as printed, and the number of its characters with the mark after it. */
export interface RomanMonth {
  readonly month: number;
  readonly numeral: string;
  readonly length: number;
}

/** Returns the Roman month before a year at a place of a text; undefined for none. */
export function romanMonthAt(text: string, at: number): RomanMonth | undefined {
  if (!NUMERAL_STARTS.includes(text[at] ?? ' ')) return undefined;
  MONTH_BEFORE_YEAR.lastIndex = at;
  const [whole = '', numeral = ''] = MONTH_BEFORE_YEAR.exec(text) ?? [];
  const month = romanMonth(numeral);
  return month === undefined ? undefined : { month, numeral, length: whole.length };
}
