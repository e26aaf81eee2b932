import type { Schedule } from '../schedule.js';
import type { Cursor } from './cursor.js';
import { quota } from './quota.js';
import type { Rule } from './reading.js';

/**
 * «по мере необходимости», «по запросам министерства», «при приёме на работу», «перед отпуском», «в дни увольнения»: when
 * something else happens (T100, T104, T111, T114).
 */
export const onDemand: Rule = (cursor, ground) => {
  if (!event(cursor)) return undefined;
  const least = cursor.attempt((at) => {
    at.take('comma');
    if (!at.words('но') && !at.words('и')) return undefined;
    const found = quota(at, ground);
    return found && found !== 'needsPeriod' && at.done ? found : undefined;
  });
  const schedule: Schedule = { kind: 'onDemand', answerWithin: null };
  // «…, но не реже 1 раза в квартал» is what can be looked after (T148).
  if (least) return { ...least, alternatives: [schedule], flags: [...(least.flags ?? []), 'AMBIGUOUS'] };
  return onlyWords(cursor) ? { schedule } : undefined;
};

function event(cursor: Cursor): boolean {
  if (cursor.words('по', 'мере') && cursor.word(/./)) return true;
  if (cursor.words('по', 'необходимости|запросу|запросам|требованию|заявке|заявкам|обращению|обращениям|факту'))
    return true;
  if (cursor.words('перед', 'сном')) return false;
  if (cursor.words('при|перед') && cursor.word(/./)) return true;
  // «в дни увольнения», but not «в дни школьных каникул», which the calendar knows.
  return cursor.holds((at) => {
    if (!at.words('в') || !at.unit('day') || at.word(/^каникул/)) return false;
    return at.word(/./) !== undefined && !at.word(/^каникул/);
  });
}

/** True when the rest names no time of its own. */
function onlyWords(cursor: Cursor): boolean {
  return cursor.rest().every(({ kind }) => kind === 'word' || kind === 'comma' || kind === 'dash' || kind === 'unit');
}

/** «Неблагоприятные периоды, эпидемии», «в период карантина»: nobody can say when that is (T092, T093). */
export const emergency: Rule = (cursor) => {
  cursor.words('в|во|на|при');
  cursor.words('период|периоды|время');
  if (!cursor.word(/^(неблагоприятн|эпидеми|инфекц|карантин|заболева|чрезвычайн|аварийн)/)) return undefined;
  cursor.rest();
  return { schedule: { kind: 'onDemand', answerWithin: null } };
};

/**
 * «в течение 5 рабочих дней», «В 10-дневный срок по истечении …», «в течение одного месяца»: so long after something that
 * the activity names (T106, T109, T110, T156, T157).
 */
export const within: Rule = (cursor) => {
  const found = cursor.attempt(inDaysLong) ?? cursor.attempt(inTheCourse);
  if (!found) return undefined;
  const isNamed = !cursor.done;
  if (!onlyWords(cursor)) return undefined;
  return {
    schedule: found.schedule,
    ...(isNamed ? {} : { alternatives: [found.other], flags: ['AMBIGUOUS'] }),
  };
};

interface Answer {
  readonly schedule: Schedule;
  /** What else it may mean where nothing names the event. */
  readonly other: Schedule;
}

/** «в 10-дневный срок»: of the calendar, or working days. */
function inDaysLong(cursor: Cursor): Answer | undefined {
  cursor.words('в');
  const days = cursor.take('daysLong')?.value;
  if (days === undefined || !cursor.words('срок')) return undefined;
  return { schedule: after(`P${days}D`), other: after(`${days}WD`) };
}

/** «в течение 5 рабочих дней», «в течение 3-х дней». */
function inTheCourse(cursor: Cursor): Answer | undefined {
  if (!cursor.words('в') || !cursor.word(/^теч(ен(и[еи])?)?$/)) return undefined;
  const count = cursor.count();
  if (count === undefined || count < 1 || count > 366) return undefined;
  const working = cursor.word(/^рабоч/) !== undefined;
  if (!working) cursor.word(/^календарн/);
  const unit = cursor.unit('day', 'week', 'month');
  if (!unit || (working && unit !== 'day')) return undefined;
  const answerWithin = working ? `${count}WD` : `P${count}${{ day: 'D', week: 'W', month: 'M' }[unit]}`;
  return { schedule: after(answerWithin), other: { kind: 'unknown' } };
}

function after(answerWithin: string): Schedule {
  return { kind: 'onDemand', answerWithin };
}

const DOCUMENTS = /^(план|график|положен|расписан|приказ|распоряж|регламент|календар|программ|договор|согласован|срок)/;

/** «по плану РОО», «в соответствии с графиком», «по отдельному графику»: the time stands elsewhere. */
export function refersElsewhere(cursor: Cursor): boolean {
  const by =
    cursor.words('по|согласно') || cursor.words('в', 'соответствии', 'с|со') || cursor.words('на', 'основании');
  if (!by) return false;
  // An adjective or two: «по утверждённому годовому плану».
  for (let words = 0; words < 3; words += 1) {
    if (cursor.word(DOCUMENTS)) return true;
    if (!cursor.word(/(ому|ему|ой|ным|ими|ыми|ым|им)$/)) return false;
  }
  return cursor.word(DOCUMENTS) !== undefined;
}

/** The whole wording names another document, or whoever sets the time (T031, T043, T050, T095, T108, T145). */
export const external: Rule = (cursor) => {
  const lead = cursor.word(/^курс/) !== undefined;
  if (refersElsewhere(cursor)) return onlyWords(cursor) ? elsewhere(lead) : undefined;
  if (lead) return undefined;
  return setByOthers(cursor) && onlyWords(cursor) ? elsewhere(false) : undefined;
};

/** «в срок, устанавливаемый военным комиссариатом», «в установленные сроки» (T108). */
function setByOthers(cursor: Cursor): boolean {
  if (!cursor.words('в')) return false;
  if (cursor.word(SET)) return cursor.word(/^срок/) !== undefined;
  if (!cursor.word(/^сроки?$/)) return false;
  cursor.take('comma');
  return cursor.word(SET) !== undefined;
}

const SET = /^(устан|утвержд|определ|указанн)/;

function elsewhere(detail: boolean) {
  return { schedule: { kind: 'external' } as const, ...(detail ? { flags: ['DETAIL_LEFT'] as const } : {}) };
}

/** «Кл. часы», «на родительских собраниях»: a slot of the timetable. */
const TIMETABLE = /^(урок|час|собрани|занят|педсовет|заседани|совещани|планерк|линейк)/;
const MOMENTS = /^(сн[аоу]|сном|занят|урок|прогулк|завтрак|обед|ужин|полдник|зарядк|перемен)/;

/** «Кл.часы», «Во время проведения экзаменов»: at an occasion that another timetable has (T068, T081). */
export const occasion: Rule = (cursor) => {
  const during =
    cursor.words('во', 'время') ||
    cursor.words('в', 'ходе|рамках') ||
    cursor.holds((at) => at.words('в') && at.unit('day') !== undefined);
  if (during) return onlyWords(cursor) ? { schedule: { kind: 'external' } } : undefined;
  cursor.words('на');
  const named = cursor.word(/^(кл|классн|родительск|педагогическ)/) && cursor.word(TIMETABLE);
  return named && cursor.done ? { schedule: { kind: 'external' } } : undefined;
};

/** «каникулы», «в каникулярное время», «в дни каникул»: their days stand in the school calendar. */
export const holidays: Rule = (cursor) => {
  cursor.words('в|во|на|за');
  cursor.words('дни|период|время');
  cursor.words('школьных|всех');
  if (cursor.word(/^каникул/) === undefined) return undefined;
  cursor.word(/^(время|период|дни)$/);
  return { schedule: { kind: 'external' } };
};

/** «После сна», «После дневного сна, на физкультурных занятиях»: by the routine of the day (T096, T097). */
export const routine: Rule = (cursor) => {
  if (!cursor.words('после|перед|до|на|во', 'время') && !cursor.words('после|перед|на')) return undefined;
  cursor.word(/(ого|ой|ным|ных|ом)$/);
  if (!cursor.word(MOMENTS) || !cursor.rest().every(({ kind }) => kind === 'word' || kind === 'comma'))
    return undefined;
  return {
    schedule: { kind: 'external' },
    alternatives: [{ kind: 'recurring', rule: 'FREQ=DAILY' }],
    flags: ['AMBIGUOUS'],
  };
};
