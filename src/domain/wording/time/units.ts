import {
  all,
  chain,
  first,
  key,
  map,
  mark,
  maybe,
  rule,
  sense,
  some,
  three,
  token,
  two,
  with_,
} from './combinators.js';
import { partsOfYear } from './counted.js';
import { day, month, weekdayOfMonth, yearPair } from './days.js';
import { type Parser } from './parser.js';
import { type Printed, type TimeUnit, type Year } from './unit.js';
import { yearIfAny, yearKind, yearNumber, yearWord } from './words.js';

/** Reads «2024-2025», «2024/25» beside a season: the years of a school year. */
const schoolYears = map(yearPair, (pair) => (pair.last === pair.first + 1 ? pair : undefined));

interface PrintedYears {
  readonly year: Year;
  readonly flags: Printed['flags'];
}

/** «летний период», «осень 2023», «осенние каникулы» */
export const season: Parser<Printed> = rule(
  three(
    sense((each) => (each.is === 'season' ? each.month : undefined), 'season'),
    maybe(key('каникулы', 'период', 'время')),
    first<{ readonly pair: { readonly first: number; readonly last: number } | null } & PrintedYears>(
      map(with_(schoolYears, maybe(yearWord)), (pair) => ({ pair, year: null, flags: [] })),
      map(yearIfAny, (found) => ({ pair: null, ...found })),
    ),
    (start, what, { pair, year: printed, flags }) => ({
      unit: {
        is: 'season' as const,
        month: start,
        holidays: what === 'каникулы',
        // The season has the first of the two years if it begins in September or later, as «зима 2024-2025» does.
        year: pair === null ? printed : start >= 9 ? pair.first : pair.last,
      },
      flags,
    }),
  ),
);

/** «2024 год», «2020-2021 учебный год», «2013-2015 г.г.» */
export const years: Parser<Printed> = rule(
  first(
    three(yearPair, maybe(key('учебный')), maybe(yearWord), ({ first: from, last }, school, word) => ({
      unit: {
        is: 'years' as const,
        first: from,
        last,
        school: school !== null || (word === null && last === from + 1),
      },
      flags: [],
    })),
    three(yearNumber, maybe(key('учебный', 'календарный')), maybe(yearWord), (value) => ({
      unit: { is: 'years' as const, first: value, last: value, school: false },
      flags: [],
    })),
  ),
);

/** «года», «учебного года», «текущего финансового года»: the one of the plan. */
export const ownYear: Parser<Printed> = rule(
  three(maybe(key('текущий', 'отчетный')), maybe(yearKind), yearWord, (which, kind, word) =>
    // «г. Буинск» is a town.
    word.isShort && which === null && kind === null
      ? undefined
      : { unit: { is: 'ownYear' as const, school: kind === 'учебный', year: 'this' as const }, flags: [] },
  ),
);

/** «в первых числах», «последние дни» */
const edgeDays: Parser<'start' | 'end'> = two(
  sense((each) => (each.is === 'ordinal' ? each.value : undefined), 'ordinal'),
  token(
    (each) =>
      each.kind === 'word' && /^(?:дн(?:и|ей|ях|ям|ями)|чис(?:ел|лах|лам|лами))$/u.test(each.word) ? true : undefined,
    'word',
  ),
  (value) => (value === 1 ? 'start' : value === -1 ? 'end' : undefined),
);

const EDGES = { начало: 'start', середина: 'middle', конец: 'end', окончание: 'end' } as const;

/** «конец марта», «в начале учебного года», «до окончания I полугодия» */
export const edge: Parser<Printed> = rule(
  chain(
    first(
      map(key('начало', 'середина', 'конец', 'окончание'), (word) => EDGES[word]),
      edgeDays,
    ),
    (edgeOf) =>
      map(
        first(
          month,
          map(partsOfYear, ([unit]) => unit && { unit, flags: [] }),
          years,
          ownYear,
        ),
        ({ unit, flags }) => ({ unit: { is: 'edge' as const, edge: edgeOf, whole: unit }, flags }),
      ),
  ),
);

/** «начало - середина марта» */
export const edges: Parser<readonly TimeUnit[]> = rule(
  chain(
    two(
      key('начало', 'середина', 'конец'),
      all(some(mark('dash', 'slash', 'comma'), key('и')), maybe(key('в', 'на'))),
      (word) => word,
    ),
    (word) => map(edge, ({ unit }) => (unit.is === 'edge' ? [{ ...unit, edge: EDGES[word] }, unit] : undefined)),
  ),
);

/** Any one unit of time. */
export const anyUnit: Parser<Printed> = rule(first(day, weekdayOfMonth, month, season, edge, years));
