import { monthWindow, within, yearMonthOf } from '../dates.js';
import type { Cursor } from './cursor.js';
import { during } from './months.js';
import type { Ground, Rule } from './reading.js';

/** «в течение года», «в течение всего периода», «постоянно», «2020-2021 учебный год»: the whole plan (T002, T006, T160). */
export const throughout: Rule = (cursor, ground) => {
  const { period } = ground;
  const first = wholeNamed(cursor, ground);
  if (first === undefined) return undefined;
  // «постоянно, в течение года» says it twice.
  const second = cursor.attempt((at) => (at.take('comma') ? wholeNamed(at, ground) : undefined));
  const year = first === 'year' && second !== 'always';
  if (!period) return 'needsPeriod';
  const may = monthWindow(yearMonthOf(period.end).year, 5);
  const teachingYear = { start: period.start, end: may.end };
  return year && within(may.end, period) && may.end < period.end
    ? {
        schedule: { kind: 'throughout', window: period },
        alternatives: [{ kind: 'throughout', window: teachingYear }],
        flags: ['AMBIGUOUS'],
      }
    : { schedule: { kind: 'throughout', window: period } };
};

function wholeNamed(cursor: Cursor, ground: Ground): 'always' | 'year' | undefined {
  if (cursor.word(/^(постоянно|систематически|регулярно|круглогодично|непрерывно)$/) !== undefined) return 'always';
  if (cursor.words('на', 'постоянной|регулярной|систематической', 'основе')) return 'always';
  if (wholeYear(cursor, ground)) return 'year';
  return campaign(cursor) ? 'always' : undefined;
}

function wholeYear(cursor: Cursor, { period }: Ground): boolean {
  return cursor.holds((at) => {
    during(at);
    at.word(/^(весь|всего|текущего|календарного|календарный)$/);
    const first = at.take('year')?.year;
    const last = first !== undefined && (at.take('dash') || at.words('/')) ? at.take('year')?.year : first;
    at.word(/^(уч|учебн(ого|ый|ом|ых))$/);
    const unit = at.unit('year');
    if (first === undefined) return unit !== undefined;
    const isOwn = period && first === yearMonthOf(period.start).year && last === yearMonthOf(period.end).year;
    return isOwn === true && at.done;
  });
}

function campaign(cursor: Cursor): boolean {
  return cursor.holds((at) => {
    during(at);
    at.word(/^(весь|всего|отчетн|планов)/);
    return at.word(/^(период[ае]?|месячник[ае]?|кампани[ияю]|акци[ияю])$/) !== undefined && at.done;
  });
}
