import { type QuotaUnit, type Schedule } from '../../schedule.js';
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
  some,
  three,
  two,
  unitWord,
  with_,
} from './combinators.js';
import { dayInOrder } from './days.js';
import { dueWords } from './deadlines.js';
import { every, monthly, often, onceIn, onceInUnit } from './frequency.js';
import { list } from './list.js';
import { type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { count, MOST_PLACES, place } from './words.js';

interface MonthOfUnit {
  readonly nth: number;
  readonly of: QuotaUnit | null;
}

/** Reads a month that occurs in each unit: «последнего месяца квартала», «второй месяц каждого квартала». */
const monthOfUnit: Parser<MonthOfUnit> = four(
  place,
  unitWord('month'),
  maybe(every),
  maybe(unitWord('quarter', 'halfYear')),
  (nth, _, __, of) => ({
    nth: nth.value,
    of,
  }),
);

/** Returns the months of a year with this place in their quarter or half-year. */
export function monthsOfUnit(nth: number, of: QuotaUnit): string | undefined {
  const length = of === 'quarter' ? 3 : of === 'halfYear' ? 6 : 0;
  const first = nth === -1 ? length : nth;
  if (length === 0 || first < 1 || first > length) return undefined;
  return Array.from({ length: 12 / length }, (_, index) => first + index * length).join(',');
}

/** «в последний месяц квартала», «первый месяц каждого полугодия» */
export const monthOfEachUnit: Parser<StatementOutcome> = rule(
  map(
    two(maybe(key('в', 'на')), monthOfUnit, (_, found) => found),
    ({ nth, of }): StatementOutcome => {
      const months = of === null ? undefined : monthsOfUnit(nth, of);
      if (of === null || months === undefined) return undefined;
      const { schedule: once } = onceIn(of);
      return {
        schedule: { kind: 'recurring', rule: `FREQ=YEARLY;BYMONTH=${months}` },
        alternatives: [once],
        flags: ['AMBIGUOUS'],
      };
    },
  ),
);

/** Months in which a report on the past quarter, half-year or month is due. */
const DUE_MONTHS: Readonly<Partial<Record<QuotaUnit, string>>> = {
  month: '',
  quarter: ';BYMONTH=1,4,7,10',
  halfYear: ';BYMONTH=1,7',
};

interface PastPeriod {
  readonly unit: QuotaUnit | undefined;
  readonly follows: boolean;
  /** «каждого месяца», «месяца» */
  readonly each: boolean;
  /** True for «за отчетным периодом», which does not give the length of the period. */
  readonly isOpen: boolean;
}

const NO_PAST_PERIOD: PastPeriod = { unit: undefined, follows: false, each: false, isOpen: false };

/** «месяца, следующего за отчетным кварталом», «следующего за кварталом месяца», «каждого месяца», in any order. */
const pastPeriod: Parser<PastPeriod> = (chart, at) => {
  let unit: QuotaUnit | undefined;
  let [follows, each, after, isOpen] = [false, false, false, false];
  let end = at;
  for (; end < at + 12; end += 1) {
    const token = chart.tokens[end];
    if (token?.kind === 'comma') continue;
    if (token?.kind !== 'word') break;
    const found = token.senses.flatMap((one) => (one.is === 'unit' ? [one.unit] : []))[0];
    if (found) {
      // The word «месяц» alone names the month of the due day. In «за отчетным месяцем» it names the period.
      if (found !== 'month' || (after && unit === undefined)) unit = found;
      else each = true;
      continue;
    }
    const word = token.senses.flatMap((one) => (one.is === 'key' ? [one.key] : []));
    if (word.includes('за')) after = true;
    else if (word.includes('следующий')) follows = true;
    else if (word.includes('период')) isOpen = true;
    else if (!word.some((one) => one === 'каждый' || one === 'отчетный' || one === 'прошлый' || one === 'текущий'))
      break;
  }
  while (end > at && chart.tokens[end - 1]?.kind === 'comma') end -= 1;
  return [
    {
      value: { unit: unit ?? (follows ? 'month' : undefined), follows, each, isOpen: isOpen && unit === undefined },
      end,
    },
  ];
};

function dueRule(unit: QuotaUnit, found: readonly number[]): Schedule | undefined {
  const months = DUE_MONTHS[unit];
  return months === undefined || !areDays(found)
    ? undefined
    : { kind: 'recurring', rule: `FREQ=MONTHLY${months};BYMONTHDAY=${found.join(',')}` };
}

function areDays(found: readonly number[]): boolean {
  return found.every((day) => day >= 1 && day <= 31);
}

/** «15», «15 и 30», «15-го и до 30-го» */
const dueNumbersOf: Parser<readonly number[]> = list(
  count,
  all(some(mark('comma'), key('и')), maybe(dueWords)),
  MOST_PLACES,
);

/** «по итогам полугодия», «по окончании каждого квартала»: the report of each. */
const atEndOfUnit = behind(
  all(key('по'), key('итог', 'окончание'), maybe(some(every, key('отчетный', 'прошлый', 'учебный')))),
  unitWord('month', 'quarter', 'halfYear'),
);

/**
 * «ежемесячно, до 10-го числа», «ежеквартально до 15 числа месяца, следующего за отчетным кварталом», «раз в полугодие
 * до 20 числа месяца, следующего за отчетным», «до 5 числа каждого месяца», «по итогам полугодия, до 15 числа»
 */
export const dueDay: Parser<StatementOutcome> = rule(
  four(
    maybe(
      first(
        map(atEndOfUnit, (unit) => ({ unit, isOver: true })),
        map(first(often, onceInUnit), (unit) => ({ unit, isOver: false })),
      ),
    ),
    two(maybe(mark('comma')), maybe(dueWords), (_, words) => words !== null),
    two(dueNumbersOf, maybe(key('число')), (found, word) => ({ found, numbered: word !== null })),
    first<{ ofUnit: MonthOfUnit | null; past: PastPeriod; unitBehind: QuotaUnit | null }>(
      map(monthOfUnit, (ofUnit) => ({ ofUnit, past: NO_PAST_PERIOD, unitBehind: null })),
      two(pastPeriod, maybe(often), (past, unitBehind) => ({ ofUnit: null, past, unitBehind })),
    ),
    (before, isDue, { found, numbered }, { ofUnit, past, unitBehind }) => {
      if (ofUnit) {
        const of = ofUnit.of ?? before?.unit ?? null;
        const months = of === null ? undefined : monthsOfUnit(ofUnit.nth, of);
        if (months === undefined || !areDays(found)) return undefined;
        return {
          schedule: { kind: 'recurring', rule: `FREQ=MONTHLY;BYMONTH=${months};BYMONTHDAY=${found.join(',')}` },
        };
      }
      const named = before?.unit ?? unitBehind;
      if ((!isDue && named === null) || (!numbered && named === null)) return undefined;
      const unit = named ?? past.unit ?? (past.each ? 'month' : undefined);
      const schedule = unit && dueRule(unit, found);
      if (!schedule) return undefined;
      const quarterly = named === null && past.isOpen ? dueRule('quarter', found) : undefined;
      return {
        schedule,
        ...(quarterly ? { alternatives: [quarterly] } : {}),
        flags: [
          ...(past.follows || before?.isOver ? (['DUE_AFTER_PERIOD'] as const) : []),
          ...(quarterly ? (['AMBIGUOUS'] as const) : []),
        ],
      };
    },
  ),
);

/** «до 5 числа» without a month: in each month, unless the heading or the plan has a single month. */
export const dueDayAlone: Parser<StatementOutcome> = rule(
  map(behind(dueWords, with_(count, key('число'))), (day, { month }) => {
    const schedule = month === null ? dueRule('month', [day]) : undefined;
    return schedule && { schedule, alternatives: [{ kind: 'unknown' }], flags: ['AMBIGUOUS'] };
  }),
);

/** Days of a month from the first one to the last one. */
interface DayRange {
  readonly first: number;
  readonly last: number;
}

const days: Parser<DayRange> = two(
  behind(maybe(key('с')), place),
  maybe(behind(some(mark('dash'), key('по')), place)),
  ({ value }, last) =>
    last === null || last.value >= value ? { first: value, last: last?.value ?? value } : undefined,
);

const dueNumbers = (...ranges: readonly DayRange[]) =>
  ranges
    .flatMap(({ first: from, last }) => Array.from({ length: last - from + 1 }, (_, index) => from + index))
    .filter((each) => each !== 0)
    .join(',');

/** «15 и 30», «с 1 по 10», «в период с 10 по 20» */
const dayList: Parser<readonly DayRange[]> = behind(
  maybe(all(maybe(key('в')), key('период', 'срок'))),
  list(days, some(mark('comma'), key('и')), MOST_PLACES),
);

/** «15 и 30 числа каждого месяца», «1-10 числа ежемесячно», «в период с 1 по 10 число месяца», «1-го числа квартала» */
export const dayOfEachMonth: Parser<StatementOutcome> = rule(
  either(
    three(all(maybe(key('в')), every), dayList, all(key('число'), maybe(unitWord('month'))), (_, found) =>
      monthDays(found, 'month'),
    ),
    two(dayList, behind(key('число'), often), monthDays),
    two(
      with_(often, maybe(mark('comma', 'open'))),
      with_(dayList, all(key('число'), maybe(mark('close')))),
      (unit, found) => (found.some(({ first: from, last }) => from < last) ? monthDays(found, unit) : undefined),
    ),
  ),
);

function monthDays(found: readonly DayRange[], unit: QuotaUnit): StatementOutcome {
  const months = DUE_MONTHS[unit];
  if (months === undefined || found.some(({ first: from, last }) => from < 1 || last > 31)) return undefined;
  const days = dueNumbers(...found);
  return { schedule: { kind: 'recurring', rule: `FREQ=MONTHLY${months};BYMONTHDAY=${days}` } };
}

/** «в последний день месяца», «ежемесячно, до последнего числа месяца», «последний день квартала» */
export const dayInOrderOfEach: Parser<StatementOutcome> = rule(
  map(
    three(
      maybe(with_(often, maybe(mark('comma', 'open')))),
      behind(maybe(some(key('в', 'на'), dueWords)), dayInOrder),
      behind(maybe(some(every, key('отчетный', 'прошлый', 'текущий'))), unitWord('month', 'quarter', 'halfYear')),
      (_, day, unit) => ({ day, unit }),
    ),
    ({ day, unit }, { month }): StatementOutcome => {
      if (month !== null || (day !== -1 && unit !== 'month')) return undefined;
      const months = unit === 'month' ? '' : `;BYMONTH=${monthsOfUnit(-1, unit)}`;
      return { schedule: { kind: 'recurring', rule: `FREQ=MONTHLY${months};BYMONTHDAY=${day}` } };
    },
  ),
);

/** «на 6-10-й рабочий день месяца, следующего за отчетным», «ежемесячно, не позднее 3-го рабочего дня» */
export const workingDay: Parser<StatementOutcome> = rule(
  four(
    two(maybe(with_(monthly, maybe(mark('comma', 'open')))), maybe(some(key('в', 'на'), dueWords)), (lead) => lead),
    two(maybe(every), days, (_, found) => found),
    behind(all(key('рабочий'), unitWord('day')), maybe(some(all(maybe(every), unitWord('month')), monthly))),
    pastPeriod,
    (lead, found, tail, past) =>
      (lead === null && tail === null) || found.first < -1 || found.first === 0 || found.last > 23
        ? undefined
        : {
            schedule: {
              kind: 'recurring' as const,
              rule: `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${dueNumbers(found)}`,
            },
            flags: past.follows ? ['DUE_AFTER_PERIOD' as const] : [],
          },
  ),
);
