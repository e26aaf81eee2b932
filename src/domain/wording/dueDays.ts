import { dayOf } from '../dates.js';
import type { QuotaUnit } from '../schedule.js';
import type { Cursor } from './cursor.js';
import { dueWords } from './days.js';
import { EVERY, often } from './frequency.js';
import { type Rule, yearAfter } from './reading.js';

/** Months in which a report on the past quarter, half-year or month is due, as a rule names them. */
const DUE_MONTHS: Readonly<Partial<Record<QuotaUnit, string>>> = {
  month: '',
  quarter: ';BYMONTH=1,4,7,10',
  halfYear: ';BYMONTH=1,7',
};

/**
 * «ежемесячно, до 10-го числа», «ежеквартально до 15 числа месяца, следующего за отчетным кварталом», «раз в полугодие до
 * 20 числа месяца, следующего за отчетным», «до 5 числа каждого месяца»: due on that day (T128, T132, T134, T149, T155).
 */
export const dueDay: Rule = (cursor) => {
  const named = howOften(cursor);
  cursor.take('comma');
  if (!dueWords(cursor) && !named) return undefined;
  const day = cursor.count();
  if (day === undefined || day < 1 || day > 31) return undefined;
  const numbered = cursor.word(/^числ(а|о|у)$/) !== undefined;
  const { unit: reported, follows, each } = pastPeriod(cursor);
  const unit = named ?? reported ?? (each ? 'month' : undefined);
  if (!unit || (!numbered && !named)) return undefined;
  const months = DUE_MONTHS[unit];
  if (months === undefined) return undefined;
  return {
    schedule: { kind: 'recurring', rule: `FREQ=MONTHLY${months};BYMONTHDAY=${day}` },
    flags: follows ? ['DUE_AFTER_PERIOD'] : [],
  };
};

function howOften(cursor: Cursor): QuotaUnit | undefined {
  return (
    often(cursor) ??
    cursor.attempt((at) => {
      at.take('number');
      return at.word(/^раз$/) && at.words('в') ? at.take('unit')?.unit : undefined;
    })
  );
}

/** «месяца, следующего за отчетным кварталом», «следующего за кварталом месяца», «каждого месяца», in any order. */
function pastPeriod(cursor: Cursor) {
  let unit: QuotaUnit | undefined;
  let [follows, each, behind] = [false, false, false];
  for (;;) {
    const found = cursor.take('unit')?.unit;
    if (found) {
      // «месяца, следующего за отчетным»: the month after a month.
      if (found !== 'month' || (behind && unit === undefined)) unit = found;
      else each = true;
      continue;
    }
    if (cursor.take('comma')) continue;
    if (cursor.words('за')) behind = true;
    else if (cursor.word(/^следующ/)) follows = true;
    else if (!cursor.word(/^(кажд|отчетн|период|прошедш|истекш)/)) break;
  }
  return { unit: unit ?? (follows ? ('month' as const) : undefined), follows, each };
}

/** «5 числа каждого месяца», «1-10 числа ежемесячно»: on these days. */
export const dayOfEachMonth: Rule = (cursor) => {
  const every = cursor.word(EVERY) !== undefined;
  const first = cursor.count();
  const last = cursor.take('dash') ? cursor.count() : first;
  if (first === undefined || last === undefined || first < 1 || last > 31 || last < first) return undefined;
  if (!cursor.word(/^числ(о|а|у)$/)) return undefined;
  const monthly =
    (cursor.word(EVERY) !== undefined && cursor.unit('month') !== undefined) || cursor.words('ежемесячно');
  if (!monthly && !every) return undefined;
  cursor.unit('month');
  const found = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return { schedule: { kind: 'recurring', rule: `FREQ=MONTHLY;BYMONTHDAY=${found.join(',')}` } };
};

/** «Ежегодно в срок до 1 марта года, следующего за отчетным», «ежегодно до 25 января» (T136, T154). */
export const dueYearly: Rule = (cursor, { period }) => {
  if (!cursor.words('ежегодно') && !(cursor.word(EVERY) && cursor.unit('year'))) return undefined;
  cursor.take('comma');
  dueWords(cursor);
  const day = cursor.take('number')?.value;
  const month = day === undefined ? undefined : cursor.take('month')?.month;
  if (day === undefined || month === undefined || day < 1 || day > 31) return undefined;
  cursor.take('comma');
  const { follows } = pastPeriod(cursor);
  const due = follows && period ? dayOf(yearAfter(period), month, day) : undefined;
  return {
    schedule: { kind: 'recurring', rule: `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${day}` },
    ...(due ? { alternatives: [{ kind: 'deadline', dates: [due] }] } : {}),
    flags: follows ? ['DUE_AFTER_PERIOD', ...(due ? (['AMBIGUOUS'] as const) : [])] : [],
  };
};

/** «на 6-10-й рабочий день месяца, следующего за отчетным», «последний рабочий день месяца» (T130). */
export const workingDay: Rule = (cursor) => {
  cursor.words('на|в|во|не');
  cursor.word(EVERY);
  const first = cursor.count();
  const last = cursor.take('dash') ? cursor.count() : first;
  if (first === undefined || last === undefined || !cursor.word(/^рабоч/) || !cursor.unit('day')) return undefined;
  cursor.word(EVERY);
  if (first < -1 || first === 0 || last < first || last > 23 || !cursor.unit('month')) return undefined;
  const { follows } = pastPeriod(cursor);
  const found = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((each) => each !== 0);
  return {
    schedule: { kind: 'recurring', rule: `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${found.join(',')}` },
    flags: follows ? ['DUE_AFTER_PERIOD'] : [],
  };
};
