import { addDays, addMonths, type LocalDate } from '../../dates.js';
import { type Schedule } from '../../schedule.js';
import { duration, notLater } from './answers.js';
import { all, behind, first, key, map, maybe, rule, two } from './combinators.js';
import { day } from './days.js';
import { deadlineOf } from './deadlines.js';
import { type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { edge } from './units.js';

/**
 * «за 10 дней до 1 сентября», «не позднее чем за неделю до начала учебного года»: the due day comes so much earlier.
 * Working days depend on the calendar of the organisation, so they have no reading.
 */
export const earlierDay: Parser<StatementOutcome> = rule(
  map(
    two(behind(all(maybe(notLater), key('за')), duration), behind(key('до'), first(day, edge)), (long, { unit }) => ({
      long,
      unit,
    })),
    ({ long: { number, unit: of, working }, unit }, around): StatementOutcome => {
      const outcome = deadlineOf([{ unit, after: false }], around);
      if (typeof outcome !== 'object') return outcome;
      if (working || of === 'year') return { schedule: { kind: 'unknown' } };
      // The last day before the beginning of a unit is its due day.
      const last = unit.is === 'edge' && unit.edge === 'start' ? 1 : 0;
      const earlier = (date: LocalDate) =>
        of === 'month'
          ? addMonths(addDays(date, last), -number)
          : addDays(date, last - number * (of === 'week' ? 7 : 1));
      const moved = (schedule: Schedule): Schedule =>
        schedule.kind === 'deadline' ? { ...schedule, dates: schedule.dates.map(earlier) } : schedule;
      return {
        ...outcome,
        schedule: moved(outcome.schedule),
        // «за месяц до 1 мая» can also be the report on a month.
        alternatives: [
          ...(outcome.alternatives ?? []).map(moved),
          ...(of === 'month' && number === 1 ? [outcome.schedule] : []),
        ],
        flags: [...(outcome.flags ?? []), 'AMBIGUOUS'],
      };
    },
  ),
);
