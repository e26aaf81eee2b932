import { type TimeframeFlag } from '../../schedule.js';
import {
  all,
  behind,
  either,
  first,
  four,
  key,
  map,
  mark,
  maybe,
  rule,
  sense,
  some,
  three,
  two,
  unitWord,
  with_,
} from './combinators.js';
import { month, namedMonth, yearPair } from './days.js';
import { list } from './list.js';
import { type Parser } from './parser.js';
import { type CountedUnit, type TimeUnit, type Year } from './unit.js';
import { count, MOST_PLACES, place, year, yearWord } from './words.js';

/** Reads the month of a counted part: «октября 2023 г.», «месяца», or nothing. */
const monthBehind = map(
  maybe(behind(maybe(mark('comma')), month)),
  (found): { readonly month: number | null; readonly year: Year; readonly flags: readonly TimeframeFlag[] } =>
    found?.unit.is === 'month'
      ? { month: found.unit.month, year: found.unit.year, flags: found.flags }
      : { month: null, year: null, flags: [] },
);

const placeWord = some(mark('comma', 'slash'), key('и', 'или'));

/** A place of a list; `dashed` when a dash joins it to the one before. */
interface ListedPlace {
  readonly nth: number;
  readonly dashed: boolean;
}

/** «I», «1-я», «II-III», «1 и 3»: places, each once. */
const places: Parser<readonly ListedPlace[]> = rule(
  map(
    list(
      first(
        three(place, mark('dash'), place, (from, _, to) =>
          from.value < to.value && to.value <= 6
            ? Array.from({ length: to.value - from.value + 1 }, (__, index) => ({
                nth: from.value + index,
                dashed: index > 0,
              }))
            : undefined,
        ),
        map(place, ({ value }) => [{ nth: value, dashed: false }]),
      ),
      placeWord,
      MOST_PLACES,
    ),
    (found) => found.flat(),
  ),
);

const MOST: Readonly<Record<CountedUnit, number>> = {
  quarter: 4,
  halfYear: 2,
  term: 4,
  trimester: 3,
  week: 5,
  decade: 3,
  half: 2,
};

function counted(
  of: CountedUnit,
  listed: readonly ListedPlace[],
  rest: { month?: number | null; year?: Year; school?: number | null },
) {
  const isPlace = listed.every(({ nth }) => nth === -1 || (nth >= 1 && nth <= MOST[of]));
  if (!isPlace) return undefined;
  return listed.map(
    ({ nth, dashed }): TimeUnit => ({
      is: 'counted',
      of,
      nth: nth === -1 && of !== 'week' ? MOST[of] : nth,
      month: rest.month ?? null,
      year: rest.year ?? null,
      school: rest.school ?? null,
      ...(dashed ? { dashed: true } : {}),
    }),
  );
}

const schoolYearBehind = map(all(maybe(key('учебный')), maybe(yearWord)), () => null);
interface PartYear {
  readonly year: Year;
  readonly school: number | null;
}

const explicitYear = first<PartYear>(
  with_(
    map(yearPair, (pair) => (pair.last === pair.first + 1 ? { year: null, school: pair.first } : undefined)),
    schoolYearBehind,
  ),
  map(year, (found) => ({ year: found.year, school: null })),
);

const partYear = first<PartYear>(
  explicitYear,
  map(schoolYearBehind, () => ({ year: null, school: null })),
);

const COUNTED_UNITS = ['quarter', 'halfYear', 'term', 'trimester'] as const;
const partOfYear = sense(
  (each) => (each.is === 'unit' ? COUNTED_UNITS.find((unit) => unit === each.unit) : undefined),
  'unit',
);

/** «пол.» without a month behind it. */
const abbreviatedHalf: Parser<true> = ({ tokens }, at) => {
  const [half, next] = [tokens[at], tokens[at + 1]];
  const isAlone = next === undefined || next.kind === 'comma' || next.kind === 'dash' || next.kind === 'close';
  return half?.kind === 'word' && half.word === 'пол' && isAlone ? [{ value: true, end: at + 1 }] : [];
};

/** Reads one or several parts of a year: «IV квартал 2016 г», «I, II полугодие», «2 четверть». */
export const partsOfYear: Parser<readonly TimeUnit[]> = rule(
  first(
    three(places, partOfYear, partYear, (nths, of, rest) => counted(of, nths, rest)),
    // «II пол. 2024 г.»
    three(place, key('половина'), explicitYear, ({ value }, _, rest) =>
      counted('halfYear', [{ nth: value, dashed: false }], rest),
    ),
    three(place, key('половина'), behind(maybe(key('учебный')), yearWord), (nth) =>
      counted('halfYear', [{ nth: nth.value, dashed: false }], {}),
    ),
    // «II пол.» where no month is near
    map(
      two(place, abbreviatedHalf, ({ value }) => value),
      (nth, { month }) => (month === null ? counted('halfYear', [{ nth, dashed: false }], {}) : undefined),
    ),
    // «в течение квартала» under the heading «I квартал»
    map(behind(maybe(key('текущий', 'отчетный')), partOfYear), (of, { part }) =>
      part?.of === of ? counted(of, [{ nth: part.nth, dashed: false }], {}) : undefined,
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
    // «первые две недели сентября»
    four(place, count, unitWord('week'), monthBehind, ({ value }, weeks, _, rest) =>
      value === 1 && weeks >= 1 && weeks <= MOST.week
        ? counted(
            'week',
            Array.from({ length: weeks }, (_, index) => ({ nth: index + 1, dashed: index > 0 })),
            rest,
          )
        : undefined,
    ),
    four(
      with_(namedMonth, maybe(mark('comma'))),
      maybe(mark('open')),
      places,
      with_(monthPart, maybe(mark('close'))),
      (printed, _, nths, of) => (printed.unit.is === 'month' ? counted(of, nths, printed.unit) : undefined),
    ),
  ),
);
