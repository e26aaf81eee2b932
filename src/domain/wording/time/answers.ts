import { type Schedule } from '../../schedule.js';
import {
  all,
  behind,
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
  unitWord,
  with_,
} from './combinators.js';
import { type LongUnit } from './lexicon.js';
import { name } from './names.js';
import { type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { isKeyed } from './tokens.js';
import { count } from './words.js';

function withinAnswer(number: number, unit: LongUnit, working: boolean): Schedule | undefined {
  if (number < 1 || number > 366 || (working && unit !== 'day')) return undefined;
  if (working) return { kind: 'onDemand', answerWithin: `${number}WD` };
  const days = unit === 'week' ? number * 7 : number;
  return { kind: 'onDemand', answerWithin: `P${days}${{ day: 'D', week: 'D', month: 'M', year: 'Y' }[unit]}` };
}

/** A length of time. `working` is true for working days. */
export interface Duration {
  readonly number: number;
  readonly unit: LongUnit;
  readonly working: boolean;
}

const longUnit: Parser<LongUnit> = map(unitWord('day', 'week', 'month', 'year'), (unit) =>
  unit === 'day' || unit === 'week' || unit === 'month' || unit === 'year' ? unit : undefined,
);
const dayKind = maybe(key('рабочий', 'календарный'));

/** «следующего рабочего дня», «суток»: one day. */
const oneDay = first(
  two(behind(key('следующий'), dayKind), unitWord('day'), (kind) => kind),
  map(key('сутки'), () => null),
);

/** «5», «5 (пяти)» */
const countInFull = with_(count, maybe(all(mark('open'), count, mark('close'))));

const countedDuration = first<Duration>(
  three(countInFull, dayKind, longUnit, (number, kind, unit) => ({ number, unit, working: kind === 'рабочий' })),
  map(oneDay, (kind) => ({ number: 1, unit: 'day' as const, working: kind === 'рабочий' })),
);

/** Reads «5 рабочих дней», «3-х дней», «одного месяца», and «месяца» if there is no month above the row */
export const duration: Parser<Duration> = first<Duration>(
  countedDuration,
  map(unitWord('week', 'month'), (unit, { month }) =>
    month === null && (unit === 'week' || unit === 'month') ? { number: 1, unit, working: false } : undefined,
  ),
);

/** «10-дневный», «двухнедельный», «месячный» */
const long = first(
  sense((each) => (each.is === 'long' ? { number: each.count, unit: each.unit, working: false } : undefined), 'long'),
  three(
    count,
    maybe(mark('dash')),
    sense((each) => (each.is === 'long' && each.count === 1 ? each.unit : undefined), 'long'),
    (number, _, unit) => ({
      number,
      unit,
      working: false,
    }),
  ),
);

/** Succeeds before «после …», «со дня …». */
const beforeEventName: Parser<true> = ({ tokens }, at) =>
  isKeyed(tokens[at], 'после', 'с') ? [{ value: true, end: at }] : [];

/**
 * Reads the time after an event: «в течение 5 рабочих дней», «в 10-дневный срок», «в срок не более трёх дней», «не
 * позднее 3 дней».
 */
const answer = first(
  map(
    first(
      behind(
        all(key('в'), maybe(key('течение'))),
        two(long, key('срок'), (found) => found),
      ),
      behind(key('втечение'), duration),
      behind(all(key('в', 'на'), key('течение')), duration),
    ),
    (found) => ({ ...found, isTerm: false }),
  ),
  map(
    behind(all(key('в'), key('срок'), maybe(key('не')), key('более', 'позднее', 'менее', 'до')), duration),
    (found) => ({ ...found, isTerm: true }),
  ),
  map(
    behind(all(key('не'), key('позднее', 'более'), maybe(key('чем')), maybe(key('через', 'в'))), duration),
    (found) => ({ ...found, isTerm: false }),
  ),
  // «через неделю» without an event is every other week.
  map(behind(key('через'), first(countedDuration, with_(duration, beforeEventName))), (found) => ({
    ...found,
    isTerm: false,
  })),
);

/** «не позднее 3 дней до начала» is a time before an event, so it is not a time for an answer. */
function notBeforeIt<T>(parser: Parser<T>): Parser<T> {
  return (chart, at) => (isKeyed(chart.tokens[at], 'до') ? [] : parser(chart, at));
}

/** A time limit after an event that the activity or the wording names. */
export const answerWithin: Parser<StatementOutcome> = rule(
  chain(answer, ({ number, unit, working, isTerm }) => {
    const schedule = withinAnswer(number, unit, working);
    return map(notBeforeIt(name), (words): StatementOutcome => {
      if (!schedule) return undefined;
      if (unit === 'week') {
        const weeks: Schedule = { kind: 'onDemand', answerWithin: `P${number}W` };
        return { schedule, alternatives: [{ kind: 'onDemand', answerWithin: null }, weeks], flags: ['AMBIGUOUS'] };
      }
      if (words > 0 || isTerm) return { schedule };
      if (unit === 'year') return undefined;
      const other: Schedule = { kind: 'unknown' };
      return { schedule, alternatives: [other], flags: ['AMBIGUOUS'] };
    });
  }),
);

/** «В 5-дневный срок»: calendar days. Without the name of an event, working days are another reading. */
export const daysLong: Parser<StatementOutcome> = rule(
  two(
    behind(
      key('в'),
      two(long, key('срок'), (found) => found),
    ),
    name,
    ({ number, unit }, words): StatementOutcome => {
      const schedule = withinAnswer(number, unit, false);
      if (!schedule) return undefined;
      const working = withinAnswer(number, unit, true);
      if (unit === 'week') return undefined;
      return words > 0 || !working ? { schedule } : { schedule, alternatives: [working], flags: ['AMBIGUOUS'] };
    },
  ),
);

/** «не позднее чем», «не менее» */
export const notLater = all(key('не'), key('позднее', 'менее'), maybe(mark('comma')), maybe(key('чем')));

/**
 * «не позднее чем за день до проведения», «не позднее 3 рабочих дней до начала», «за 3 дня до начала»: before an event.
 */
export const beforeEvent: Parser<StatementOutcome> = rule(
  map(all(some(all(maybe(notLater), key('за')), notLater), some(duration, longUnit), key('до'), name), () => ({
    schedule: { kind: 'onDemand' as const, answerWithin: null },
    alternatives: [{ kind: 'external' as const }],
    flags: ['AMBIGUOUS' as const],
  })),
);

const plainCount = first(
  token(
    (each) => (each.kind === 'number' && each.ordinal !== 'standard' && each.digits < 4 ? each.value : undefined),
    'number',
  ),
  sense((each) => (each.is === 'number' ? each.value : undefined), 'number'),
);

/** «9 дней», «в течение 11 лет», «(2 часа)»: a duration without a date. */
export const lasting: Parser<StatementOutcome> = rule(
  map(
    behind(
      maybe(some(all(key('в', 'на'), maybe(key('течение'))), key('втечение'))),
      two(plainCount, some(unitWord('day', 'week', 'month', 'year'), key('час', 'минута')), (number) =>
        number > 0 ? true : undefined,
      ),
    ),
    () => ({ schedule: { kind: 'unknown' as const } }),
  ),
);
