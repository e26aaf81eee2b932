import { type TimeframeFlag } from '../../schedule.js';
import {
  all,
  behind,
  chain,
  either,
  first,
  four,
  key,
  list,
  map,
  mark,
  maybe,
  type Parser,
  rule,
  sense,
  some,
  three,
  token,
  two,
  with_,
} from './chart.js';
import { type CountedUnit, type Printed, type TimeUnit, type Year } from './unit.js';
import {
  count,
  MOST_PLACES,
  monthName,
  place,
  unitWord,
  weekday,
  year,
  yearIfAny,
  yearKind,
  yearNumber,
  yearWord,
} from './words.js';

const bracketedWeekday = all(maybe(mark('open', 'comma')), weekday, maybe(mark('close')));
const numberWord = key('число');

/** «15.10.2020», «15 октября 2020 г.», «Пятница, 15.10» */
export const day: Parser<Printed> = rule(
  behind(
    maybe(all(weekday, maybe(mark('comma')))),
    with_(
      first(
        two(
          token((each) => (each.kind === 'date' && each.month >= 1 && each.month <= 12 ? each : undefined)),
          maybe(
            first(
              behind(maybe(mark('comma')), year),
              map(yearWord, () => null),
            ),
          ),
          ({ day: number, month, year: printed }, word): Printed => ({
            unit: { is: 'day', day: number, month, year: printed ?? word?.year ?? null },
            flags: printed === null ? (word?.flags ?? []) : [],
          }),
        ),
        four(count, maybe(numberWord), monthName, yearIfAny, (number, _, month, { year: printed, flags }) =>
          number >= 1 && number <= 31
            ? { unit: { is: 'day' as const, day: number, month, year: printed }, flags }
            : undefined,
        ),
      ),
      maybe(bracketedWeekday),
    ),
  ),
);

/** «5», «5-го числа»: a day without its month. */
export const bareDay: Parser<Printed> = rule(
  two(count, maybe(numberWord), (number) =>
    number >= 1 && number <= 31
      ? { unit: { is: 'day' as const, day: number, month: null, year: null }, flags: [] }
      : undefined,
  ),
);

const namedMonth: Parser<Printed> = three(
  monthName,
  maybe(unitWord('month')),
  yearIfAny,
  (month, _, { year: printed, flags }) => ({ unit: { is: 'month', month, year: printed }, flags }),
);

/** «январь 2021 г.», «месяце мае», and «месяца» for the one of the heading. */
export const month: Parser<Printed> = rule(
  first(
    behind(maybe(unitWord('month')), namedMonth),
    map(behind(maybe(key('текущий', 'отчетный')), unitWord('month')), () => ({
      unit: { is: 'month', month: null, year: null },
      flags: [],
    })),
  ),
);

/** The month after a counted part of it: «октября 2023 г.», «месяца», or nothing. */
const monthBehind = map(
  maybe(behind(maybe(mark('comma')), month)),
  (found): { readonly month: number | null; readonly year: Year; readonly flags: readonly TimeframeFlag[] } =>
    found?.unit.is === 'month'
      ? { month: found.unit.month, year: found.unit.year, flags: found.flags }
      : { month: null, year: null, flags: [] },
);

const placeWord = some(mark('comma', 'slash'), key('и', 'или'));

/** «I», «1-я», «II-III», «1 и 3»: ordinals without repetition. */
const places: Parser<readonly number[]> = rule(
  map(
    list(
      first(
        three(place, mark('dash'), place, (from, _, to) =>
          from.value < to.value && to.value <= 6
            ? Array.from({ length: to.value - from.value + 1 }, (__, index) => from.value + index)
            : undefined,
        ),
        map(place, ({ value }) => [value]),
      ),
      placeWord,
      MOST_PLACES,
    ),
    (found) => found.flat(),
  ),
);

const MOST: Readonly<Record<CountedUnit, number>> = {
  ...{ quarter: 4, halfYear: 2, term: 4, trimester: 3, week: 5, decade: 3, half: 2 },
};

function counted(
  of: CountedUnit,
  nths: readonly number[],
  rest: { month?: number | null; year?: Year; school?: number | null },
) {
  const isPlace = nths.every((nth) => nth === -1 || (nth >= 1 && nth <= MOST[of]));
  if (!isPlace) return undefined;
  return nths.map(
    (nth): TimeUnit => ({
      ...{ is: 'counted', of, nth: nth === -1 && of !== 'week' ? MOST[of] : nth },
      ...{ month: rest.month ?? null, year: rest.year ?? null, school: rest.school ?? null },
    }),
  );
}

/** «2020-2021», «2020/21»: two years next to each other. */
export const yearPair: Parser<{ readonly first: number; readonly last: number }> = rule(
  three(
    yearNumber,
    first(mark('dash', 'slash')),
    first(
      yearNumber,
      token((each) => (each.kind === 'number' && each.digits === 2 ? each.value : undefined)),
    ),
    (from, _, to) => {
      const last = to < 100 ? Math.floor(from / 100) * 100 + to : to;
      return last > from ? { first: from, last } : undefined;
    },
  ),
);

const schoolYearBehind = map(all(maybe(key('учебный')), maybe(yearWord)), () => null);
interface PartYear {
  readonly year: Year;
  readonly school: number | null;
}

const partYear = first<PartYear>(
  with_(
    map(yearPair, (pair) => (pair.last === pair.first + 1 ? { year: null, school: pair.first } : undefined)),
    schoolYearBehind,
  ),
  map(year, (found) => ({ year: found.year, school: null })),
  map(schoolYearBehind, () => ({ year: null, school: null })),
);

const COUNTED_UNITS = ['quarter', 'halfYear', 'term', 'trimester'] as const;
const partOfYear = sense((each) => (each.is === 'unit' ? COUNTED_UNITS.find((unit) => unit === each.unit) : undefined));

/** «IV квартал 2016 г», «I, II полугодие», «2 четверть»: parts of a year, of which one or several are named. */
export const partsOfYear: Parser<readonly TimeUnit[]> = rule(
  first(
    three(places, partOfYear, partYear, (nths, of, rest) => counted(of, nths, rest)),
    three(place, key('половина'), behind(maybe(key('учебный')), yearWord), (nth) =>
      counted('halfYear', [nth.value], {}),
    ),
  ),
);

const monthPart: Parser<CountedUnit> = first(
  map(unitWord('week'), () => 'week' as const),
  map(key('декада'), () => 'decade' as const),
  map(key('половина'), () => 'half' as const),
);

/** «I неделя», «3-я, 4-я неделя октября», «октябрь, 2 неделя», «первая декада мая», «вторая половина октября» */
export const partsOfMonth: Parser<readonly TimeUnit[]> = rule(
  either(
    three(places, monthPart, monthBehind, (nths, of, rest) => counted(of, nths, rest)),
    four(
      with_(namedMonth, maybe(mark('comma'))),
      maybe(mark('open')),
      places,
      with_(monthPart, maybe(mark('close'))),
      (printed, _, nths, of) => (printed.unit.is === 'month' ? counted(of, nths, printed.unit) : undefined),
    ),
  ),
);

/** «третий четверг октября» */
export const weekdayOfMonth: Parser<Printed> = rule(
  three(place, weekday, namedMonth, (nth, name, printed) =>
    printed.unit.is === 'month' && nth.value !== 0 && nth.value <= 5
      ? { unit: { ...printed.unit, is: 'weekday' as const, nth: nth.value, weekday: name }, flags: printed.flags }
      : undefined,
  ),
);

/** «летний период», «осень 2023», «осенние каникулы» */
export const season: Parser<Printed> = rule(
  three(
    sense((each) => (each.is === 'season' ? each.month : undefined)),
    maybe(key('каникулы', 'период', 'время')),
    yearIfAny,
    (start, what, { year: printed, flags }) => ({
      unit: { is: 'season', month: start, holidays: what === 'каникулы', year: printed },
      flags,
    }),
  ),
);

/** «2024 год», «2020-2021 учебный год», «2013-2015 г.г.» */
export const years: Parser<Printed> = rule(
  first(
    three(yearPair, maybe(key('учебный')), maybe(yearWord), ({ first: from, last }, school, word) => ({
      unit: {
        ...{ is: 'years' as const, first: from, last },
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

const EDGES = { начало: 'start', середина: 'middle', конец: 'end', окончание: 'end' } as const;

/** «конец марта», «в начале учебного года», «до окончания I полугодия» */
export const edge: Parser<Printed> = rule(
  chain(
    map(key('начало', 'середина', 'конец', 'окончание'), (word) => EDGES[word]),
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
    two(key('начало', 'середина', 'конец'), some(mark('dash', 'slash', 'comma'), key('и')), (word) => word),
    (word) => map(edge, ({ unit }) => (unit.is === 'edge' ? [{ ...unit, edge: EDGES[word] }, unit] : undefined)),
  ),
);

/** Any one unit of time. */
export const anyUnit: Parser<Printed> = rule(first(day, weekdayOfMonth, month, season, edge, years));
