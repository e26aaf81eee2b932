import { type QuotaUnit } from '../../schedule.js';
import { clock } from './clock.js';
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
import { during, separator } from './dated.js';
import { monthsOfUnit } from './dueDays.js';
import { every, inEach, monthly, often, onceIn, onceInUnit, ruleOf, WORKING_WEEK } from './frequency.js';
import { WEEK, type Weekday } from './lexicon.js';
import { list } from './list.js';
import { type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { count, MOST_PLACES, place, weekday } from './words.js';

const time = maybe(behind(maybe(mark('comma')), clock));

/** «в конце каждой четверти», «по итогам полугодия», «по четвертям»: once in each. */
export const onceInEach: Parser<StatementOutcome> = rule(
  four(
    first(
      behind(maybe(key('в', 'по', 'к')), key('начало', 'конец', 'итог', 'окончание')),
      map(key('по'), () => null),
    ),
    maybe(every),
    maybe(key('учебный', 'календарный', 'отчетный', 'прошлый')),
    unitWord(),
    (isEdge, isEvery, _, unit) => {
      // «по месяцу» does not occur; «в конце дня» is not a recurring time.
      const isOwn = isEvery !== null || isEdge !== null;
      if (unit === 'day' || (!isOwn && (unit === 'year' || unit === 'month'))) return undefined;
      if (isEvery === null && unit === 'year' && isEdge !== 'итог') return undefined;
      const reading = onceIn(unit);
      if (isEvery !== null || isEdge === null) return reading;
      // «по итогам четверти»: of each one, or of one when it is over.
      return {
        ...reading,
        alternatives: [
          ...(unit === 'quarter' ? [{ kind: 'recurring' as const, rule: 'FREQ=MONTHLY;INTERVAL=3' }] : []),
          { kind: 'onDemand' as const, answerWithin: null },
          { kind: 'unknown' as const },
        ],
        flags: [...(reading.flags ?? []), 'AMBIGUOUS' as const],
      };
    },
  ),
);

/** «В течение дня»: every day, or every working day. */
export const allDay: Parser<StatementOutcome> = rule(
  map(
    behind(
      during,
      first(
        map(key('сутки'), () => 'сутки' as const),
        unitWord('day'),
      ),
    ),
    (unit) =>
      unit === 'сутки'
        ? undefined
        : {
            schedule: { kind: 'recurring' as const, rule: 'FREQ=DAILY' },
            alternatives: [{ kind: 'recurring' as const, rule: WORKING_WEEK }, { kind: 'unknown' as const }],
            flags: ['AMBIGUOUS' as const],
          },
  ),
);

/** «через день», «каждые 2 недели», «каждую вторую неделю», «через неделю» */
export const everyFew: Parser<StatementOutcome> = rule(
  map(
    either(
      map(behind(key('через'), unitWord('day', 'week', 'month')), (unit) => ({ unit, step: 2 })),
      three(
        all(maybe(key('через')), every),
        count,
        unitWord('day', 'week', 'month', 'quarter', 'halfYear', 'year'),
        (_, step, unit) => ({
          unit,
          step,
        }),
      ),
    ),
    ({ unit, step }) => {
      const found = step > 1 ? ruleOf(unit, step) : undefined;
      return found === undefined ? undefined : { schedule: { kind: 'recurring' as const, rule: found } };
    },
  ),
);

/** Reads «по четным неделям»: every other week. The plan does not say which week is the first. */
export const everyOtherWeek: Parser<StatementOutcome> = rule(
  map(all(maybe(key('по', 'в')), key('четный'), unitWord('week')), () => ({
    schedule: { kind: 'recurring' as const, rule: 'FREQ=WEEKLY;INTERVAL=2' },
    alternatives: [{ kind: 'unknown' as const }],
    flags: ['AMBIGUOUS' as const, 'DETAIL_LEFT' as const],
  })),
);

/** «среда», «с понедельника по пятницу», «понедельник – пятница» */
const weekdaySpan: Parser<readonly Weekday[]> = first(
  four(maybe(key('с')), weekday, some(mark('dash'), key('по', 'до')), weekday, (_, from, __, to) =>
    WEEK.indexOf(from) < WEEK.indexOf(to) ? WEEK.slice(WEEK.indexOf(from), WEEK.indexOf(to) + 1) : undefined,
  ),
  map(weekday, (day) => [day]),
);
const weekdays: Parser<readonly Weekday[]> = map(list(weekdaySpan, separator, MOST_PLACES), (found) => found.flat());
const places = map(list(place, separator, MOST_PLACES), (found) =>
  found.filter(({ value }) => value !== 0 && value <= 5).length === found.length ? found : undefined,
);

/** Words before a list of weekdays: «еженедельно по», «каждый», «по». */
const weekly = some(
  all(
    map(often, (unit) => (unit === 'week' ? true : undefined)),
    maybe(mark('comma', 'open', 'colon')),
    maybe(key('по', 'в')),
  ),
  all(every, maybe(mark('open'))),
  key('по', 'в'),
);

/** «каждую среду», «еженедельно по средам», «с 15.45 до 16.45 каждый вторник месяца», «понедельник, среда» */
const everyWeekday: Parser<StatementOutcome> = rule(
  four(
    maybe(two(clock, maybe(mark('comma')), (at) => at)),
    maybe(weekly),
    two(
      weekdays,
      all(
        maybe(mark('close')),
        maybe(all(maybe(every), unitWord('month'))),
        maybe(all(first(key('на', 'в')), maybe(every), unitWord('week'))),
      ),
      (found) => found,
    ),
    time,
    (before, lead, found, after) => {
      const at = before ?? after ?? undefined;
      const timed = at === undefined ? {} : { time: at };
      const schedule = { kind: 'recurring' as const, rule: `FREQ=WEEKLY;BYDAY=${found.join(',')}`, ...timed };
      // A single weekday may be meant in one week only.
      return lead === null && found.length < 2
        ? { schedule, alternatives: [{ kind: 'unknown' as const }], flags: ['AMBIGUOUS' as const] }
        : { schedule };
    },
  ),
);

/** «каждого месяца», «месяца», «квартала» */
const ofUnit: Parser<QuotaUnit> = behind(maybe(every), unitWord('month', 'quarter', 'halfYear'));
const monthImplied: Parser<QuotaUnit> = map(maybe(mark('close')), () => 'month' as const);

/**
 * Reads «каждый 3-тий понедельник месяца», «2-й и 4-й вторник каждого месяца», «последний четверг месяца в 16:00»,
 * «ежемесячно (последняя пятница)». The word «месяца» may be missing only after «ежемесячно», or after «каждый» without
 * a month.
 */
const nthWeekday: Parser<StatementOutcome> = rule(
  first(
    nthWeekdayOf(some(all(often, maybe(key('по', 'в', 'на'))), every, key('в', 'по')), ofUnit),
    nthWeekdayOf(all(monthly, maybe(mark('comma', 'open', 'colon')), maybe(key('по', 'в', 'на'))), monthImplied, true),
    map(nthWeekdayOf(every, monthImplied), (outcome, { month }) => (month === null ? orEveryFew(outcome) : undefined)),
  ),
);

/** «каждый второй четверг»: the second one of each month, or one in every two weeks. */
function orEveryFew(outcome: StatementOutcome): StatementOutcome {
  if (typeof outcome !== 'object' || outcome.schedule.kind !== 'recurring') return outcome;
  const { schedule } = outcome;
  const [, step, day] = /^FREQ=MONTHLY;BYDAY=([2-4])([A-Z]{2})$/.exec(schedule.rule) ?? [];
  if (step === undefined) return outcome;
  const other = { ...schedule, rule: `FREQ=WEEKLY;INTERVAL=${step};BYDAY=${day}` };
  return { ...outcome, alternatives: [other], flags: [...(outcome.flags ?? []), 'AMBIGUOUS'] };
}

function nthWeekdayOf(lead: Parser<unknown>, tail: Parser<QuotaUnit>, isLed = false): Parser<StatementOutcome> {
  return four(
    two(maybe(clock), isLed ? lead : maybe(lead), (at) => at),
    places,
    two(weekday, tail, (name, unit) => ({ name, unit })),
    time,
    (before, nths, { name, unit }, after) => {
      const at = before ?? after ?? undefined;
      // «последний понедельник квартала» is in the last month of the quarter, other Mondays in its first month.
      const isLast = nths.every(({ value }) => value === -1);
      const months = unit === 'month' ? undefined : monthsOfUnit(isLast ? -1 : 1, unit);
      if (unit !== 'month' && (months === undefined || (!isLast && nths.some(({ value }) => value === -1)))) {
        return undefined;
      }
      return {
        schedule: {
          kind: 'recurring' as const,
          rule: `FREQ=MONTHLY${months === undefined ? '' : `;BYMONTH=${months}`};BYDAY=${nths.map(({ value }) => `${value}${name}`).join(',')}`,
          ...(at === undefined ? {} : { time: at }),
        },
        flags: nths.some(({ odd }) => odd) ? ['NONSTANDARD_ORDINAL' as const] : [],
      };
    },
  );
}

/** «в рабочие дни», «по будням», «ежедневно, кроме выходных», «ежедневно, кроме воскресенья» */
export const onWorkingDays: Parser<StatementOutcome> = rule(
  two(
    first<readonly Weekday[]>(
      map(all(maybe(some(every, key('в', 'по'))), key('рабочий'), unitWord('day')), () => []),
      map(all(maybe(key('в', 'по')), key('будни'), maybe(unitWord('day'))), () => []),
      behind(
        all(
          map(often, (unit) => (unit === 'day' ? true : undefined)),
          maybe(mark('comma', 'open')),
          key('кроме'),
        ),
        with_(
          first(
            map(all(key('выходной'), maybe(unitWord('day'))), () => []),
            weekdays,
          ),
          maybe(mark('close')),
        ),
      ),
    ),
    time,
    (without, at) => ({
      schedule: {
        kind: 'recurring' as const,
        rule:
          without.length === 0
            ? WORKING_WEEK
            : `FREQ=WEEKLY;BYDAY=${WEEK.filter((day) => !without.includes(day)).join(',')}`,
        ...(at === null ? {} : { time: at }),
      },
    }),
  ),
);

const partOfIt = all(place, some(unitWord('week'), key('декада', 'половина')));

/** «по выходным», «в выходные дни» */
export const onWeekends: Parser<StatementOutcome> = rule(
  two(all(maybe(some(every, key('в', 'по'))), key('выходной'), maybe(unitWord('day'))), time, (_, at) => ({
    schedule: { kind: 'recurring' as const, rule: 'FREQ=WEEKLY;BYDAY=SA,SU', ...(at === null ? {} : { time: at }) },
  })),
);

/**
 * Reads «1-я неделя каждого месяца», «последняя декада месяца», «один раз в квартал, последняя неделя»: once in each
 * unit. The part of the unit is left out of the rule.
 */
export const partOfEachUnit: Parser<StatementOutcome> = rule(
  either(
    map(all(maybe(key('в', 'на')), maybe(every), partOfIt, every, unitWord('month')), () => inPartOf('month')),
    map(
      behind(
        all(maybe(key('в', 'на')), maybe(every), partOfIt, maybe(every)),
        unitWord('month', 'quarter', 'halfYear', 'term', 'trimester'),
      ),
      (unit, { month }) => (month === null ? inPartOf(unit) : undefined),
    ),
    two(
      behind(maybe(key('в', 'на')), with_(places, some(unitWord('week'), key('декада')))),
      all(maybe(every), unitWord('month')),
      (nths) =>
        nths.length < 2
          ? undefined
          : {
              schedule: {
                kind: 'quota' as const,
                count: nths.length,
                atLeast: false,
                per: 'month' as const,
                noun: null,
              },
              flags: ['DETAIL_LEFT' as const],
            },
    ),
    two(
      first(often, onceInUnit),
      all(maybe(mark('comma', 'open', 'colon')), maybe(key('в', 'на')), partOfIt, maybe(mark('close'))),
      (unit) => (PARTED.has(unit) ? inPartOf(unit) : undefined),
    ),
  ),
);

const PARTED: ReadonlySet<QuotaUnit> = new Set<QuotaUnit>(['month', 'quarter', 'halfYear', 'term', 'trimester']);

function inPartOf(unit: QuotaUnit): StatementOutcome {
  return { ...(unit === 'month' ? inEach(unit) : onceIn(unit)), flags: ['DETAIL_LEFT'] };
}

/** Days of the week, each one or some of a month. */
export const onWeekdays: Parser<StatementOutcome> = rule(either(nthWeekday, everyWeekday));
