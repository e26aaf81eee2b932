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
  three,
  token,
  two,
  unitWord,
  with_,
} from './combinators.js';
import { type Parser } from './parser.js';
import { type Printed } from './unit.js';
import { count, genitiveMonth, monthName, place, weekday, year, yearIfAny, yearNumber, yearWord } from './words.js';

const bracketedWeekday = all(maybe(mark('open', 'comma')), weekday, maybe(mark('close')));
/** Matches «число» in the singular only: «в первых числах» means several days. */
const numberWord = token(
  (each) => (each.kind === 'word' && /^числ(?:[оауе]|ом)$/u.test(each.word) ? true : undefined),
  'word',
);

/** Matches «день» and «число» in the singular only: «в первых числах» means several days. */
const singleDay = token(
  (each) => (each.kind === 'word' && /^(?:ден?ь|дн[яюе]м?|числ[оауе]|числом)$/u.test(each.word) ? true : undefined),
  'word',
);
/** «последний день», «первого дня», «последнего числа»: −1 is the last day of a month. */
export const dayInOrder: Parser<number> = two(
  sense((each) => (each.is === 'ordinal' ? each.value : undefined), 'ordinal'),
  singleDay,
  (value) => value,
);

/** «15.10.2020», «15 октября 2020 г.», «Пятница, 15.10» */
export const day: Parser<Printed> = rule(
  behind(
    maybe(all(weekday, maybe(mark('comma')))),
    with_(
      first(
        two(
          token((each) => (each.kind === 'date' && each.month >= 1 && each.month <= 12 ? each : undefined), 'date'),
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
        three(dayInOrder, monthName, yearIfAny, (number, month, { year: printed, flags }) => ({
          unit: { is: 'day' as const, day: number, month, year: printed },
          flags,
        })),
        // «в последний день месяца» under the heading of a month
        map(
          two(dayInOrder, unitWord('month'), (number) => number),
          (number, { month: heading }) =>
            heading === null
              ? undefined
              : { unit: { is: 'day' as const, day: number, month: null, year: null }, flags: [] },
        ),
      ),
      maybe(bracketedWeekday),
    ),
  ),
);

/** Reads the day of a month that is named elsewhere: «5», «5-го числа». */
export const bareDay: Parser<Printed> = rule(
  two(count, maybe(numberWord), (number) =>
    number >= 1 && number <= 31
      ? { unit: { is: 'day' as const, day: number, month: null, year: null }, flags: [] }
      : undefined,
  ),
);

/** Reads the day of a month that is named elsewhere, without a month after it: «15 марта» is one day. */
export const dayAlone: Parser<Printed> = (chart, at) =>
  bareDay(chart, at).filter(({ end }) => monthName(chart, end).length === 0);

type Month = Printed & { readonly unit: { readonly is: 'month' } };

/** «09.2024» */
const monthInFigures: Parser<Printed> = (chart, at) => {
  const [month, year] = chart.tokens.slice(at, at + 2);
  const areFigures = month?.kind === 'number' && year?.kind === 'number' && year.from === month.to + 1;
  const isMonth = areFigures && month.digits === 2 && month.value >= 1 && month.value <= 12 && year.digits === 4;
  return isMonth
    ? [{ value: { unit: { is: 'month', month: month.value, year: year.value }, flags: [] }, end: at + 2 }]
    : [];
};

export const namedMonth: Parser<Printed> = first(
  three(monthName, maybe(unitWord('month')), yearIfAny, (month, _, { year: printed, flags }) => ({
    unit: { is: 'month', month, year: printed },
    flags,
  })),
  with_(monthInFigures, maybe(yearWord)),
);

/** «октября» in «15 сентября, октября»: the days before it come in this month too. */
export const laterMonth: Parser<Month> = rule(
  three(genitiveMonth, maybe(unitWord('month')), yearIfAny, (month, _, { year: printed, flags }) => ({
    unit: { is: 'month', month, year: printed },
    flags,
  })),
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

/** «2020-2021», «2020/21»: two years next to each other. */
export const yearPair: Parser<{ readonly first: number; readonly last: number }> = rule(
  three(
    yearNumber,
    first(mark('dash', 'slash')),
    first(
      yearNumber,
      token((each) => (each.kind === 'number' && each.digits === 2 ? each.value : undefined), 'number'),
    ),
    (from, _, to) => {
      const last = to < 100 ? Math.floor(from / 100) * 100 + to : to;
      return last > from ? { first: from, last } : undefined;
    },
  ),
);

const anyMonth = either<unknown>(monthName, unitWord('month'));
const notMonth: Parser<true> = (chart, at) => (anyMonth(chart, at).length > 0 ? [] : [{ value: true, end: at }]);

/** «третий четверг октября» */
export const weekdayOfMonth: Parser<Printed> = rule(
  first(
    three(place, weekday, namedMonth, (nth, name, printed) =>
      printed.unit.is === 'month' && nth.value !== 0 && nth.value <= 5
        ? { unit: { ...printed.unit, is: 'weekday' as const, nth: nth.value, weekday: name }, flags: printed.flags }
        : undefined,
    ),
    // «октябрь, 3-я среда»; in «октябрь, 3-я среда ноября» the month behind it is meant
    three(
      with_(namedMonth, maybe(mark('comma', 'open'))),
      place,
      with_(weekday, all(maybe(mark('close')), notMonth)),
      (printed, nth, name) =>
        printed.unit.is === 'month' && nth.value !== 0 && nth.value <= 5
          ? { unit: { ...printed.unit, is: 'weekday' as const, nth: nth.value, weekday: name }, flags: printed.flags }
          : undefined,
    ),
    // «3-я среда» under the heading of a month
    map(
      two(place, weekday, (nth, name) => ({ nth: nth.value, name })),
      ({ nth, name }, { month: heading }) =>
        heading !== null && nth !== 0 && nth <= 5
          ? { unit: { is: 'weekday' as const, nth, weekday: name, month: null, year: null }, flags: [] }
          : undefined,
    ),
  ),
);
