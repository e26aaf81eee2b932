import { type LocalDate, type Window } from '../../dates.js';
import { type Schedule } from '../../schedule.js';
import { isWholeMonths } from './everyYear.js';
import { type Statement } from './statement.js';

/**
 * Returns the due days of «сентябрь (до 15.09)», «I квартал, не позднее 20 марта», «до 20.10 (октябрь)»: a deadline in
 * the last one of whole months is their due day. Undefined if the deadline is elsewhere: then both statements remain
 * possible.
 */
export function dueInStretch(one: Statement, other: Statement): Statement | undefined {
  const [time, due] = one.says.kind === 'dates' ? [one, other] : [other, one];
  if (time.says.kind !== 'dates' || due.says.kind !== 'due') return undefined;
  if (time.reading === 'needsPeriod' || due.reading === 'needsPeriod') return undefined;
  const { schedule, alternatives = [] } = time.reading;
  // «до 15 января, январь – март»: the months come after the deadline.
  if (due === one && schedule.kind === 'dates' && schedule.form === 'range') return undefined;
  const deadline = due.reading.schedule;
  return [schedule, ...alternatives].some((each) => isDueIn(each, deadline)) ? due : undefined;
}

function isDueIn(time: Schedule, deadline: Schedule): boolean {
  if (time.kind !== 'dates' || deadline.kind !== 'deadline') return false;
  const areWithin = time.windows.every((window, index) => {
    const day = deadline.dates[index];
    return isWholeMonths(window) && day !== undefined && isInLastMonth(day, window);
  });
  return areWithin && time.windows.length === deadline.dates.length;
}

function isInLastMonth(day: LocalDate, { end }: Window): boolean {
  return day.slice(0, 7) === end.slice(0, 7);
}
