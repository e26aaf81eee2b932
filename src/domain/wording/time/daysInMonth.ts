import { yearMonthOf } from '../../dates.js';
import { type PlanPeriod } from '../../schedule.js';
import { behind, four, key, map, mark, maybe, rule, some, two, with_ } from './combinators.js';
import { bareDay, namedMonth } from './days.js';
import { list } from './list.js';
import { type Parser } from './parser.js';
import { isKeyed } from './tokens.js';
import { type Printed, type TimeUnit } from './unit.js';
import { MOST_PLACES } from './words.js';

/** A day of a month, or the first and the last of several. */
export interface DaysOfMonth {
  readonly from: Printed;
  readonly to: TimeUnit | null;
}

const dayRange = two(
  behind(maybe(key('с')), bareDay),
  maybe(behind(some(mark('dash'), key('по')), bareDay)),
  (from, to) => ({ from, to: to?.unit ?? null }),
);

/** Succeeds where neither a counted thing follows, «октябрь, 5 класс», nor more days, «октябрь, 12, 15 ноября». */
const noneCounted: Parser<true> = ({ tokens }, at) => {
  const next = tokens[at];
  const isEnd = next === undefined || next.kind === 'open' || next.kind === 'close' || isKeyed(next, 'в', 'с');
  const isNext = next?.kind === 'comma' && tokens[at + 1]?.kind !== 'number';
  return isEnd || isNext ? [{ value: true, end: at }] : [];
};

/** «октябрь: 12, 15», «май (20-24)», «Октябрь⏎12»: days behind their month. */
export const daysInMonth: Parser<readonly DaysOfMonth[]> = rule(
  map(
    four(
      namedMonth,
      maybe(mark('comma', 'colon', 'open')),
      with_(list(dayRange, some(mark('comma'), key('и')), MOST_PLACES), noneCounted),
      maybe(mark('close')),
      ({ unit: month, flags }, isMarked, found) => ({ month, flags, isMarked, found }),
    ),
    ({ month, flags, isMarked, found }, { period }) => {
      if (month.is !== 'month' || (isMarked === null && mayBeYear(found, period))) return undefined;
      const within = (unit: TimeUnit): TimeUnit =>
        unit.is === 'day' ? { ...unit, month: month.month, year: month.year } : unit;
      return found.map(({ from, to }) => ({ from: { unit: within(from.unit), flags }, to: to && within(to) }));
    },
  ),
);

/** «май 24» in a plan of 2024: the day, or the year. */
function mayBeYear([only, ...more]: readonly DaysOfMonth[], period: PlanPeriod | null): boolean {
  if (only?.from.unit.is !== 'day' || only.to !== null || more.length > 0 || !period) return false;
  const year = 2000 + only.from.unit.day;
  return year >= yearMonthOf(period.start).year && year <= yearMonthOf(period.end).year;
}
