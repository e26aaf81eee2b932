import { type TimeframeFlag } from '../../schedule.js';
import { all, behind, first, key, map, mark, maybe, rule, sense, token, two, with_ } from './combinators.js';
import { type Parser } from './parser.js';
import { type Year } from './unit.js';

/** «г.», «г.г.», «года» */
export const yearWord = rule(
  with_(
    token(
      (each) =>
        each.kind === 'word' && each.senses.some((one) => one.is === 'unit' && one.unit === 'year')
          ? { glued: each.glued, isShort: each.word.length < 3 }
          : undefined,
      'word',
    ),
    maybe(token((each) => (each.kind === 'word' && each.word === 'г' ? true : undefined), 'word')),
  ),
);

export const yearNumber = token(
  (each) =>
    each.kind === 'number' && each.digits === 4 && each.value >= 1900 && each.value < 2200 ? each.value : undefined,
  'number',
);
export const yearKind = key('учебный', 'календарный', 'финансовый');

/** Words for the period of a report: «за отчетным», «за последним годом реализации программы». */
const reported = behind(key('за'), (chart, at) => {
  let end = at;
  while (chart.tokens[end]?.kind === 'word') end += 1;
  return end > at ? [{ value: true as const, end }] : [];
});

/** «24 г.», «24 года» beside a month or day: a year of two digits. «24 лет» is an age. */
const shortYear = two(
  token((each) => (each.kind === 'number' && each.digits === 2 && each.value >= 10 ? each.value : undefined), 'number'),
  with_(
    token((each) => (each.kind === 'word' && /^(?:г|год|года)$/u.test(each.word) ? true : undefined), 'word'),
    maybe(token((each) => (each.kind === 'word' && each.word === 'г' ? true : undefined), 'word')),
  ),
  (value) => 2000 + value,
);

/** «2021 г.», «текущего года», «т.г.», «года, следующего за отчётным» */
interface PrintedYear {
  readonly year: Exclude<Year, null>;
  readonly flags: readonly TimeframeFlag[];
}

export const year: Parser<PrintedYear> = rule(
  first<PrintedYear>(
    map(
      two(yearNumber, maybe(yearWord), (value, word) => ({ value, word })),
      ({ value, word }) => ({
        year: value,
        flags: word?.glued ? ['NO_SPACE_BEFORE_YEAR' as const] : [],
      }),
    ),
    map(all(yearWord, maybe(mark('comma')), key('следующий'), maybe(reported)), () => ({
      year: 'next' as const,
      flags: [],
    })),
    map(all(key('следующий'), maybe(yearKind), yearWord), () => ({ year: 'next' as const, flags: [] })),
    map(all(key('текущий', 'отчетный', 'с'), maybe(yearKind), yearWord), () => ({
      year: 'this' as const,
      flags: [],
    })),
  ),
);

const NO_YEAR = { year: null, flags: [] };
/** Reads a year with its flags, or nothing. */
export const yearIfAny = map(
  maybe(
    behind(
      maybe(mark('comma')),
      first<PrintedYear>(
        year,
        map(shortYear, (value) => ({ year: value, flags: [] })),
      ),
    ),
  ),
  (found): { readonly year: Year; readonly flags: readonly TimeframeFlag[] } => found ?? NO_YEAR,
);

/** «двадцать пятое», «тридцать один»: one number of two words. */
const twoWords: Parser<number> = two(
  sense(
    (each) => (each.is === 'number' && (each.value === 20 || each.value === 30) ? each.value : undefined),
    'number',
  ),
  sense(
    (each) =>
      (each.is === 'number' || each.is === 'ordinal') && each.value >= 1 && each.value <= 9 ? each.value : undefined,
    'number',
    'ordinal',
  ),
  (tens, ones) => tens + ones,
);

/** A number that counts days: «5», «5-го», «пять», «двадцать пять». */
export const count: Parser<number> = rule(
  first(
    twoWords,
    token((each) => (each.kind === 'number' && each.digits <= 4 ? each.value : undefined), 'number'),
    sense(
      (each) => (each.is === 'number' || (each.is === 'ordinal' && each.value > 0) ? each.value : undefined),
      'number',
      'ordinal',
    ),
  ),
);

/** Maximum number of places or weekdays of one list: there are no more parts of a year or month. */
export const MOST_PLACES = 12;

/** A place in a row: «3-й», «III», «3», «третий», «последний»; `odd` for an unusual spelling. */
export const place: Parser<{ readonly value: number; readonly odd: boolean }> = rule(
  first(
    token(
      (each) =>
        each.kind === 'number' && each.digits <= 2 ? { value: each.value, odd: each.ordinal === 'odd' } : undefined,
      'number',
    ),
    map(twoWords, (value) => ({ value, odd: false })),
    sense((each) => (each.is === 'ordinal' ? { value: each.value, odd: false } : undefined), 'ordinal'),
  ),
);

/**
 * Reads a month in the genitive, as it is printed after a day or a part of the month: «октября». The nominative
 * «октябрь» is a complete time.
 */
export const genitiveMonth: Parser<number> = token((each) => {
  if (each.kind !== 'word' || !/[ая]$/u.test(each.word)) return undefined;
  return each.senses.flatMap((one) => (one.is === 'month' ? [one.month] : []))[0];
}, 'word');
export const monthName = sense((each) => (each.is === 'month' ? each.month : undefined), 'month');
export const weekday = sense((each) => (each.is === 'weekday' ? each.weekday : undefined), 'weekday');
