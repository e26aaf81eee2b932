import { yearMonthOf } from '../../dates.js';
import { type Schedule, type TimeframeFlag } from '../../schedule.js';
import { type Surroundings } from './chart.js';
import { eachYear } from './deadlines.js';
import { type Due, type Reading, type Statement } from './statement.js';

/**
 * Combines two statements of one wording: «ежегодно» with «до 1 мая», «2 раза в год» with «(в сентябре и мае)». What
 * does not combine stays as two readings, of which a person chooses.
 */
export function joined(one: Statement, other: Statement, around: Surroundings): Statement {
  return combined(one, other, around) ?? combined(other, one, around) ?? choice(one, other);
}

function combined(a: Statement, b: Statement, around: Surroundings): Statement | undefined {
  if (a.reading === 'needsPeriod' || b.reading === 'needsPeriod') return { ...a, reading: 'needsPeriod' };
  const [x, y] = [a.reading, b.reading];
  switch (a.says.kind) {
    case 'duration':
      return b;
    case 'often':
      return oftenWith(a, x, b, y, around);
    case 'quota':
      if (b.says.kind === 'dates' && y.schedule.kind === 'dates' && x.schedule.kind === 'quota') {
        return {
          ...a,
          reading: unsure(
            { ...x, schedule: { ...x.schedule, windows: y.schedule.windows } },
            [asMonths(y.schedule)],
            y.flags,
          ),
        };
      }
      if (b.says.kind === 'other') return inWeek(x, b, y);
      return b.says.kind === 'throughout' ? a : b.says.kind === 'demand' ? least(a, x, y) : undefined;
    case 'throughout':
      return throughoutWith(a, x, b, y);
    case 'dates':
      // «осенние – 9 дней (с 30 октября по 7 ноября)»: the days are more exact.
      if (b.says.kind === 'dates' && isLoose(x) && !isLoose(y)) return b;
      return b.says.kind === 'demand'
        ? { ...a, reading: unsure(x, [y.schedule, { kind: 'unknown' }], ['DETAIL_LEFT']) }
        : undefined;
    case 'external':
      return externalWith(b, y);
    case 'due':
    case 'demand':
    case 'other':
      return undefined;
  }
}

function isLoose({ alternatives = [] }: Reading): boolean {
  return alternatives.some(({ kind }) => kind === 'external');
}

function asMonths(schedule: Extract<Schedule, { kind: 'dates' }>): Schedule {
  return schedule.form === 'month' ? { ...schedule, form: 'months' } : schedule;
}

/** «по мере необходимости, но не реже 1 раза в квартал»: the least number can be monitored. */
function least(a: Statement, x: Reading, demand: Reading): Statement {
  return { ...a, reading: unsure(x, [demand.schedule], []) };
}

function oftenWith(a: Statement, x: Reading, b: Statement, y: Reading, around: Surroundings): Statement | undefined {
  const yearly = a.says.kind === 'often' && a.says.unit === 'year';
  switch (b.says.kind) {
    case 'throughout':
      return a;
    case 'demand':
      return least(a, x, y);
    case 'external':
      return yearly ? { ...b, reading: unsure(y, [x.schedule, { kind: 'unknown' }], []) } : undefined;
    case 'due':
      if (!yearly && b.says.dues.length < 2) return undefined;
      return { ...b, reading: yearly ? everyYear(y) : reports(b.says.dues, y, around) };
    case 'dates':
      return yearly ? { ...a, reading: everyYear(y) } : { ...a, reading: unsure(x, [y.schedule], ['DETAIL_LEFT']) };
    case 'quota':
    case 'often':
    case 'duration':
    case 'other':
      return undefined;
  }
}

/** «2 раза в неделю (вторник, четверг)» */
function inWeek({ schedule }: Reading, b: Statement, { schedule: days }: Reading): Statement | undefined {
  if (schedule.kind !== 'quota' || schedule.per !== 'week' || days.kind !== 'recurring') return undefined;
  const named = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(days.rule)?.[1]?.split(',').length;
  return named === schedule.count ? { ...b, reading: { schedule: days } } : undefined;
}

/** «Ежегодно, до 20 апреля», «май ежегодно»: that day or month of each year, or of this one. */
function everyYear(reading: Reading): Reading {
  const { schedule } = reading;
  const day = schedule.kind === 'deadline' && schedule.dates.length === 1 ? schedule.dates[0] : undefined;
  const window = schedule.kind === 'dates' && schedule.windows.length === 1 ? schedule.windows[0] : undefined;
  const first = day ?? window?.start;
  const isMonth = schedule.kind === 'dates' && schedule.form === 'month';
  const isDay = day !== undefined || (schedule.kind === 'dates' && schedule.form === 'date' && window !== undefined);
  if (first === undefined || (!isMonth && !isDay))
    return { ...reading, flags: [...(reading.flags ?? []), 'DETAIL_LEFT'] };
  const rule = `FREQ=YEARLY;BYMONTH=${yearMonthOf(first).month}${isMonth ? '' : `;BYMONTHDAY=${Number(first.slice(8))}`}`;
  const flags = (reading.flags ?? []).filter((flag) => flag !== 'YEAR_ASSUMED');
  return unsure({ schedule: { kind: 'recurring', rule }, flags }, [schedule], []);
}

/** «Ежеквартально, за I квартал – до 10 апреля; …»: these days, in each year of the plan. */
function reports(dues: readonly Due[], reading: Reading, around: Surroundings): Reading {
  const all = eachYear(dues, around);
  const isMore = reading.schedule.kind === 'deadline' && all.length > reading.schedule.dates.length;
  const schedule: Schedule = isMore ? { kind: 'deadline', dates: all } : reading.schedule;
  return unsure({ ...reading, schedule }, [{ kind: 'unknown' }], []);
}

function throughoutWith(a: Statement, x: Reading, b: Statement, y: Reading): Statement | undefined {
  if (b.says.kind === 'throughout') return x.alternatives ? b : a;
  const { schedule } = x;
  if (b.says.kind !== 'dates' || schedule.kind !== 'throughout' || y.schedule.kind !== 'dates') return undefined;
  const { windows } = y.schedule;
  const [window] = windows;
  const isPlan = windows.length === 1 && window?.start === schedule.window.start && window.end === schedule.window.end;
  return isPlan ? { ...a, reading: unsure(x, [y.schedule], []) } : undefined;
}

/** «3-я неделя по графику»: the days, or what the other document says. */
function externalWith(b: Statement, y: Reading): Statement | undefined {
  switch (b.says.kind) {
    case 'dates':
    case 'due':
    case 'throughout':
    case 'quota':
    case 'often':
      return { ...b, reading: unsure(y, [{ kind: 'external' }], ['DETAIL_LEFT']) };
    case 'external':
      return b;
    case 'demand':
    case 'duration':
    case 'other':
      return undefined;
  }
}

function choice(a: Statement, b: Statement): Statement {
  if (a.reading === 'needsPeriod' || b.reading === 'needsPeriod') return { ...a, reading: 'needsPeriod' };
  return { ...a, reading: unsure(a.reading, [b.reading.schedule, ...(b.reading.alternatives ?? [])], ['DETAIL_LEFT']) };
}

function unsure(reading: Reading, others: readonly Schedule[], flags: readonly TimeframeFlag[] = []): Reading {
  return {
    ...reading,
    alternatives: [...(reading.alternatives ?? []), ...others],
    flags: [...(reading.flags ?? []), 'AMBIGUOUS', ...flags],
  };
}
