import { cut, yearMonthOf } from '../../dates.js';
import { hasRuleForm } from '../../recurrence.js';
import { type PlanPeriod, type Schedule, type TimeframeFlag } from '../../schedule.js';
import { dates, isOfYears, joinedDates } from './dates.js';
import { eachYear } from './deadlines.js';
import { everyYear, isWholeMonths, monthsIn } from './everyYear.js';
import { withoutMonths } from './except.js';
import { type Surroundings } from './parser.js';
import { type Due, type Reading, type Statement } from './statement.js';

/**
 * Combines two statements of one wording: «ежегодно» with «до 1 мая», «2 раза в год» with «(в сентябре и мае)».
 * Statements that cannot be combined give two readings, from which a person chooses.
 *
 * @param isReplaced true if adjacent words say that one statement replaces the other.
 */
export function joined(one: Statement, other: Statement, around: Surroundings, isReplaced: boolean): Statement {
  if (isReplaced) return choice(one, other);
  return combined(one, other, around) ?? combined(other, one, around) ?? choice(one, other);
}

function combined(a: Statement, b: Statement, around: Surroundings): Statement | undefined {
  if (a.reading === 'needsPeriod' || b.reading === 'needsPeriod') return { ...a, reading: 'needsPeriod' };
  const [x, y] = [a.reading, b.reading];
  switch (a.says.kind) {
    case 'duration':
      return b;
    case 'time':
      return { ...b, reading: atTime(y, a.says.time) };
    case 'except': {
      const reading = withoutMonths(y, a.says.months);
      return reading && { ...b, reading };
    }
    case 'often':
      return oftenWith(a, x, b, y, around);
    case 'quota':
      if (b.says.kind === 'dates') return onWindows(a, x, y) ?? inMonthsOf(a, x, y, around);
      if (b.says.kind === 'other') return onDays(x, b, y) ?? everyFewOn(a, x, y);
      return b.says.kind === 'throughout' ? a : b.says.kind === 'demand' ? least(a, x, y) : undefined;
    case 'throughout':
      return throughoutWith(a, x, b, y);
    case 'dates':
      // «осенние – 9 дней (с 30 октября по 7 ноября)»: the days are more exact.
      if (b.says.kind === 'dates' && isLoose(x) && !isLoose(y)) return b;
      // «май 2024 (2023-2024 уч. год)»: the days are also more exact than the year of the plan.
      if (b.says.kind === 'dates' && x.schedule.kind === 'throughout' && y.schedule.kind === 'dates') return b;
      if (b.says.kind === 'dates') return together(a, x, y);
      return b.says.kind === 'demand'
        ? { ...a, reading: unsure(x, [y.schedule, { kind: 'unknown' }], ['DETAIL_LEFT']) }
        : undefined;
    case 'external':
      return externalWith(b, y);
    case 'times': {
      const reading = timesWith(x, a.says, b, y, around);
      return reading && { ...b, reading };
    }
    case 'other': {
      if (b.says.kind === 'other') return everyFewOn(a, x, y);
      if (b.says.kind === 'throughout') return x.schedule.kind === 'recurring' ? a : undefined;
      return b.says.kind === 'dates' ? inMonthsOf(a, x, y, around) : undefined;
    }
    case 'due':
      return b.says.kind === 'due' ? together(a, x, y) : undefined;
    case 'demand':
      // «с момента утверждения и до конца года»: the day can be monitored.
      return b.says.kind === 'due' ? { ...b, reading: unsure(y, [x.schedule], ['DETAIL_LEFT']) } : undefined;
  }
}

/** «через неделю по средам», «раз в 2 недели (четверг)»: the days of a week, in every other week. */
function everyFewOn(a: Statement, x: Reading, { schedule: days }: Reading): Statement | undefined {
  const { schedule } = x;
  if (schedule.kind !== 'recurring' || days.kind !== 'recurring') return undefined;
  const [, few, months = ''] = /^(FREQ=WEEKLY;INTERVAL=\d+)(;BYMONTH=[\d,]+)?$/.exec(schedule.rule) ?? [];
  const [, on, ofDays = ''] = /^FREQ=WEEKLY(;BYDAY=[A-Z,]+)(;BYMONTH=[\d,]+)?$/.exec(days.rule) ?? [];
  if (few === undefined || on === undefined) return undefined;
  return { ...a, reading: { ...x, schedule: { ...days, rule: `${few}${on}${months || ofDays}` } } };
}

/** «ноябрь (2 раза)», «ежемесячно, 2 раза»: the number in that time. */
function timesWith(
  x: Reading,
  { least, most }: { readonly least: number; readonly most: number },
  b: Statement,
  y: Reading,
  { period }: Surroundings,
): Reading | undefined {
  const count = { kind: 'quota' as const, count: least, atLeast: most > least, noun: null };
  if (b.says.kind === 'often') return { ...x, schedule: { ...count, per: b.says.unit } };
  const { schedule } = y;
  if (b.says.kind !== 'dates' || schedule.kind !== 'dates' || !period || isOfYears(period)) return undefined;
  const per = schedule.form === 'month' ? 'month' : 'year';
  return unsure({ ...y, schedule: { ...count, per, windows: schedule.windows } }, [schedule], []);
}

/**
 * Returns a statement restricted to the month of its heading: «по пятницам» under «Май». A statement with a month is
 * unchanged, and so is every statement if the plan has only one month.
 */
export function inMonthOfHeading(found: Statement, { period, month }: Surroundings): Statement {
  const { reading } = found;
  if (month === null || !period || reading === 'needsPeriod' || reading.schedule.kind !== 'recurring') return found;
  const { schedule } = reading;
  const isShort = period.start.slice(0, 7) === period.end.slice(0, 7);
  const isWeekday = /^FREQ=(?:WEEK|MONTH)LY;BYDAY=[-\dA-Z,]+$/.test(schedule.rule);
  if (isShort || !isWeekday || isOfYears(period) || repeatedMonths(period).includes(month)) return found;
  const within = { ...schedule, rule: `${schedule.rule};BYMONTH=${month}` };
  return { ...found, reading: unsure({ ...reading, schedule: within }, [schedule]) };
}

/** «2 раза в год (в сентябре и мае)»: the windows of the count. */
function onWindows(a: Statement, x: Reading, { schedule, flags }: Reading): Statement | undefined {
  if (x.schedule.kind !== 'quota' || schedule.kind !== 'dates') return undefined;
  const onThem = { ...x.schedule, windows: schedule.windows };
  return { ...a, reading: unsure({ ...x, schedule: onThem }, [asMonths(schedule)], flags) };
}

/** Adds the time of day, which is printed apart from the days: «21 февраля, СОШ № 3, 10:00». */
function atTime(reading: Reading, time: string): Reading {
  const { schedule, alternatives = [], flags = [] } = reading;
  if (schedule.kind === 'recurring') return { ...reading, schedule: { time, ...schedule } };
  const isDays = schedule.kind === 'dates' && schedule.form === 'date';
  return {
    ...reading,
    alternatives: isDays ? [...alternatives, { ...schedule, time }] : alternatives,
    flags: [...flags, 'DETAIL_LEFT'],
  };
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
      return { ...b, reading: yearly ? everyYear(y, around.period) : reports(b.says.dues, y, around) };
    case 'dates':
      return yearly
        ? { ...a, reading: everyYear(y, around.period) }
        : (onWindows(a, x, y) ??
            onceInEachOf(a, x, y) ??
            inMonthsOf(a, x, y, around) ?? { ...a, reading: unsure(x, [y.schedule], ['DETAIL_LEFT']) });
    case 'quota':
    case 'often':
    case 'duration':
    case 'time':
    case 'times':
    case 'except':
    case 'other':
      return undefined;
  }
}

/** «еженедельно с сентября по май»: once in each week of that period, which has exact bounds. */
function onceInEachOf(a: Statement, x: Reading, { schedule, flags }: Reading): Statement | undefined {
  if (x.schedule.kind !== 'recurring' || a.says.kind !== 'often' || a.says.unit !== 'week') return undefined;
  if (schedule.kind !== 'dates' || schedule.form === 'date') return undefined;
  const { rule, ...left } = x.schedule;
  const count = { kind: 'quota' as const, count: 1, atLeast: false, per: a.says.unit, noun: null };
  return rule === 'FREQ=WEEKLY' && left.time === undefined
    ? { ...a, reading: unsure({ schedule: { ...count, windows: schedule.windows } }, [x.schedule], flags) }
    : undefined;
}

/**
 * «ежемесячно с февраля по ноябрь», «каждые две недели с октября по май»: the rule in these months only. A stretch with
 * other bounds than months, or beyond the plan, gives its months, and a person must confirm them.
 */
function inMonthsOf(
  a: Statement,
  { schedule, ...x }: Reading,
  y: Reading,
  { period }: Surroundings,
): Statement | undefined {
  if (schedule.kind !== 'recurring' || y.schedule.kind !== 'dates' || y.schedule.form === 'date') return undefined;
  if (!period || isOfYears(period) || schedule.rule.includes('BYMONTH=')) return undefined;
  const { windows } = y.schedule;
  const months = [...new Set(windows.flatMap(monthsIn))];
  const isAll = monthsIn(period).every((month) => months.includes(month));
  const rule = isAll ? schedule.rule : `${schedule.rule};BYMONTH=${months.join(',')}`;
  if (!hasRuleForm(rule) || months.some((month) => repeatedMonths(period).includes(month))) return undefined;
  const within = { ...schedule, rule };
  const flags = [...(x.flags ?? []), ...(y.flags ?? []).filter((flag) => flag !== 'AMBIGUOUS')];
  const isExact = windows.every(
    (window) => isWholeMonths(window) && window.start >= period.start && window.end <= period.end,
  );
  const reading = { ...x, schedule: within, flags };
  return { ...a, reading: isExact ? reading : unsure(reading, [schedule, y.schedule], ['DETAIL_LEFT']) };
}

/** The months that come twice in a plan of more than twelve. */
function repeatedMonths({ start, end }: PlanPeriod): readonly number[] {
  const [from, to] = [yearMonthOf(start), yearMonthOf(end)];
  const more = 12 * (to.year - from.year) + to.month - from.month + 1 - 12;
  return Array.from({ length: Math.max(0, more) }, (_, index) => ((from.month - 1 + index) % 12) + 1);
}

/** «март (муниципальный этап), апрель (республиканский этап)»: separate days are all meant. */
function together(a: Statement, x: Reading, y: Reading): Statement | undefined {
  // «май (в случае непогоды – июнь)»: one replaces the other.
  if ([x, y].some(({ flags }) => flags?.includes('DETAIL_LEFT'))) return undefined;
  const schedule = bothOf(x.schedule, y.schedule);
  return schedule && { ...a, reading: unsure({ ...x, schedule }, [x.schedule, y.schedule], y.flags) };
}

function bothOf(x: Schedule, y: Schedule): Schedule | undefined {
  if (x.kind === 'deadline' && y.kind === 'deadline') return { ...x, dates: [...x.dates, ...y.dates] };
  if (x.kind !== 'dates' || y.kind !== 'dates' || x.time !== undefined || y.time !== undefined) return undefined;
  // «3 квартал (июль)»: one is a more exact form of the other.
  if (x.windows.some((window) => y.windows.some((other) => cut(window, other)))) return undefined;
  const areMonths = [x, y].every(({ form }) => form === 'month' || form === 'months');
  return dates(areMonths ? 'months' : x.form === y.form ? x.form : 'range', ...x.windows, ...y.windows);
}

/** «2 раза в неделю (вторник, четверг)», «2 раза в месяц (1 и 3 среда)» */
function onDays({ schedule }: Reading, b: Statement, { schedule: days }: Reading): Statement | undefined {
  if (schedule.kind !== 'quota' || days.kind !== 'recurring') return undefined;
  const [, unit, named] = /^FREQ=(WEEK|MONTH)LY;BYDAY=([-\dA-Z,]+)$/.exec(days.rule) ?? [];
  if (unit?.toLowerCase() !== schedule.per) return undefined;
  return named?.split(',').length === schedule.count ? { ...b, reading: { schedule: days } } : undefined;
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
  const windows = joinedDates(y.schedule.windows);
  const [window] = windows;
  const isPlan = windows.length === 1 && window?.start === schedule.window.start && window.end === schedule.window.end;
  return isPlan ? { ...a, reading: unsure(x, [{ ...y.schedule, windows }]) } : undefined;
}

/** Returns both readings of «3-я неделя по графику»: the days, or the dates in the other document. */
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
    case 'time':
    case 'times':
    case 'except':
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
