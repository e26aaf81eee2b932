import { answerWithin, beforeEvent, daysLong, lasting } from './answers.js';
import { clock } from './clock.js';
import { either, key, map, maybe, rule, with_ } from './combinators.js';
import { dated, notBefore, onwards } from './dated.js';
import { dayFromDate } from './daysFromDate.js';
import { deadlineOf, dueInMonths, dueList, dueOfHeading } from './deadlines.js';
import { dayInOrderOfEach, dayOfEachMonth, dueDay, dueDayAlone, monthOfEachUnit, workingDay } from './dueDays.js';
import { elsewhere, event, holidays, occasion } from './elsewhere.js';
import { exceptMonths } from './except.js';
import { feastDue, onFeast, orElsewhere } from './feasts.js';
import { adverb } from './frequency.js';
import { onDemand, routine, sinceEvent } from './occasions.js';
import { type Parser } from './parser.js';
import { onceAtAll, quota, timesAlone } from './quota.js';
import {
  allDay,
  everyFew,
  everyOtherWeek,
  onceInEach,
  onWeekdays,
  onWeekends,
  onWorkingDays,
  partOfEachUnit,
} from './repeats.js';
import { type Due, type Says, type Statement, type StatementOutcome } from './statement.js';
import { bareYear, throughout } from './wholePlan.js';

function stated(
  parser: Parser<StatementOutcome>,
  kind: Exclude<Says['kind'], 'often' | 'due' | 'time' | 'except' | 'times'>,
  weak = false,
): Parser<Statement> {
  return map(parser, (outcome) => of(outcome, { kind }, weak));
}

function of(outcome: StatementOutcome, says: Says, weak: boolean): Statement | undefined {
  if (outcome === undefined) return undefined;
  if (outcome === 'external') return { reading: { schedule: { kind: 'external' } }, says: { kind: 'external' }, weak };
  if (outcome === 'needsPeriod') return { reading: outcome, says, weak };
  const isElsewhere = outcome.schedule.kind === 'external' && says.kind === 'dates';
  return { reading: outcome, says: isElsewhere ? { kind: 'external' } : says, weak };
}

const dues: Parser<readonly Due[]> = either(dueList, dueInMonths, dueOfHeading);

const inclusive = maybe(key('включительно'));

const statedTime = map(clock, (time) => of({ schedule: { kind: 'unknown' } }, { kind: 'time', time }, false));

/**
 * Reads a time of day without other words: «в 10.00», «10:00». Numbers that may also be a day or a count are not read:
 * each of them would begin a time.
 */
const timeOfDay: Parser<Statement> = (chart, at) => {
  const start = chart.tokens[at];
  if (start?.kind !== 'clock' && start?.kind !== 'word') return [];
  return statedTime(chart, at);
};

/** Statements that may start with a number, a day or a time of the day, and also with a word. */
const numbered: Parser<Statement> = either(
  map(dated, (outcome) => of(outcome, { kind: 'dates' }, false)),
  stated(onWeekdays, 'other'),
  stated(partOfEachUnit, 'other'),
  stated(dueDay, 'other'),
  stated(dayOfEachMonth, 'other'),
  stated(dayInOrderOfEach, 'other'),
  stated(workingDay, 'other'),
  stated(onWorkingDays, 'other'),
  stated(onWeekends, 'other'),
  stated(monthOfEachUnit, 'other'),
  stated(quota, 'quota'),
  stated(lasting, 'duration'),
  map(timesAlone, (count) => of({ schedule: { kind: 'unknown' } }, { kind: 'times', ...count }, false)),
  timeOfDay,
);

const worded: Parser<Statement> = either(
  numbered,
  stated(onwards, 'dates'),
  stated(notBefore, 'dates'),
  stated(dayFromDate, 'other'),
  map(dues, (found, around) => of(deadlineOf(found, around), { kind: 'due', dues: found }, false)),
  stated(dueDayAlone, 'other'),
  map(exceptMonths, (months) => of({ schedule: { kind: 'unknown' } }, { kind: 'except', months }, false)),
  stated(throughout, 'throughout'),
  stated(bareYear, 'throughout', true),
  stated(onFeast, 'dates'),
  map(feastDue, (found, around) => {
    const outcome = deadlineOf([found], around);
    return of(typeof outcome === 'object' ? orElsewhere(outcome) : outcome, { kind: 'due', dues: [found] }, false);
  }),
  stated(onceAtAll, 'quota'),
  map(adverb, ({ unit, reading }) => of(reading, { kind: 'often', unit }, false)),
  stated(everyFew, 'other'),
  stated(everyOtherWeek, 'other'),
  stated(onceInEach, 'quota'),
  stated(allDay, 'other'),
  stated(daysLong, 'demand'),
  stated(answerWithin, 'demand'),
  stated(beforeEvent, 'demand'),
  stated(holidays, 'external'),
  stated(elsewhere, 'external', true),
  stated(routine, 'external', true),
  stated(occasion, 'external', true),
  stated(onDemand, 'demand', true),
  stated(sinceEvent, 'demand', true),
  stated(event, 'external', true),
);

const namedStatement: Parser<Statement> = stated(event, 'external', true);

/** Every statement on time that starts at a place. */
export const statement: Parser<Statement> = rule(
  with_((chart, at) => {
    const start = chart.tokens[at];
    switch (start?.kind) {
      case 'word':
        return start.senses.length > 0 ? worded(chart, at) : namedStatement(chart, at);
      case 'number':
      case 'date':
      case 'clock':
        return numbered(chart, at);
      default:
        return [];
    }
  }, inclusive),
);
