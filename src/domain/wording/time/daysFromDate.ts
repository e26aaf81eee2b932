import { addDays, addMonths, type LocalDate } from '../../dates.js';
import type { Schedule, TimeframeFlag } from '../../schedule.js';
import { workingDayFrom } from '../../workingDays.js';
import { type Duration, duration, notLater } from './answers.js';
import { all, behind, first, key, map, maybe, rule, some, three, two, unitWord } from './combinators.js';
import { outside } from './dates.js';
import { day } from './days.js';
import { deadlineOf } from './deadlines.js';
import { feast, newYear } from './feasts.js';
import { type Parser, type Surroundings } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { type TimeUnit } from './unit.js';
import { edge } from './units.js';

const aSingleDay: Parser<Duration> = two(maybe(key('рабочий')), unitWord('day'), (working) => ({
  number: 1,
  unit: 'day',
  working: working !== null,
}));
const distance = first(duration, aSingleDay);

/** «не позднее чем за 3 дня», «минимум за 3 дня», «за день», «не позднее 3 дней» */
const distanceBefore = first(
  behind(all(maybe(some(notLater, key('минимум'))), key('за')), distance),
  behind(notLater, duration),
);

/** «в течение 5 дней», «через 5 дней», «не позднее 5 дней» */
const distanceAfter = behind(
  some(key('втечение'), all(key('в', 'на'), key('течение')), key('через'), all(notLater, maybe(key('через')))),
  duration,
);

const anchor: Parser<TimeUnit> = first(
  map(first(day, edge), ({ unit }) => unit),
  feast,
  newYear,
);

/**
 * «за 10 дней до 1 сентября», «не позднее чем за неделю до начала учебного года», «в течение 5 рабочих дней после 20
 * мая»: the due day comes so much earlier or later. Working days are those of the organisation; days of the calendar are
 * the other reading, because its calendar may not name the days off of that time.
 */
export const dayFromDate: Parser<StatementOutcome> = rule(
  map(
    first(
      three(distanceBefore, key('до'), anchor, (long, _, unit) => ({ long, unit, sign: -1 })),
      three(distanceAfter, key('после'), anchor, (long, _, unit) => ({ long, unit, sign: 1 })),
    ),
    ({ long, unit, sign }, around): StatementOutcome => {
      const outcome = deadlineOf([{ unit, after: false }], around);
      if (typeof outcome !== 'object') return outcome;
      const isTooFar =
        long.unit === 'year' || (long.working && (long.unit !== 'day' || long.number > MAX_WORKING_DAYS));
      if (isTooFar) return { schedule: { kind: 'unknown' } };
      // A due day before the beginning of a unit is the last day before it.
      const from = unit.is === 'edge' && unit.edge === 'start' ? 1 : 0;
      const moved = (schedule: Schedule, working: boolean): Schedule =>
        schedule.kind === 'deadline'
          ? {
              ...schedule,
              dates: schedule.dates.map((date) => movedDay(addDays(date, from), long, sign, working, around)),
            }
          : schedule;
      const found = [outcome.schedule, ...(outcome.alternatives ?? [])];
      const [schedule = outcome.schedule, ...others] = found.map((each) => moved(each, long.working));
      return {
        ...outcome,
        schedule,
        alternatives: [
          ...others,
          ...(long.working ? found.map((each) => moved(each, false)) : []),
          // «за месяц до 1 мая» can also be the report on a month.
          ...(long.unit === 'month' && long.number === 1 ? [outcome.schedule] : []),
        ],
        flags: [
          ...(outcome.flags ?? []).filter((flag) => flag !== 'OUTSIDE_PERIOD'),
          ...outsideOf(schedule, around),
          'AMBIGUOUS',
        ],
      };
    },
  ),
);

/** Maximum number of working days that are counted from a date. */
const MAX_WORKING_DAYS = 1_000;

function outsideOf(schedule: Schedule, { period }: Surroundings): TimeframeFlag[] {
  return schedule.kind === 'deadline'
    ? outside(period, ...schedule.dates.map((day) => ({ start: day, end: day })))
    : [];
}

function movedDay(
  date: LocalDate,
  { number, unit }: Duration,
  sign: number,
  working: boolean,
  { calendar }: Surroundings,
): LocalDate {
  const count = sign * number;
  if (working) return workingDayFrom(date, count, calendar);
  switch (unit) {
    case 'day':
      return addDays(date, count);
    case 'week':
      return addDays(date, 7 * count);
    case 'month':
      return addMonths(date, count);
    case 'year':
      return addMonths(date, 12 * count);
  }
}
