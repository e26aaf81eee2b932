import { dayOf, type LocalDate, type Window, within, yearMonthOf } from '../dates.js';
import type { PlanPeriod } from '../schedule.js';
import type { Cursor } from './cursor.js';
import { dates, impliedYear, outside, type Rule } from './reading.js';

/** A day in figures or words: «15.10.2020», «15 октября 2020 г.», «15 октября». */
function printedDay(cursor: Cursor, period: PlanPeriod | null): LocalDate | 'needsPeriod' | undefined {
  const parts = cursor.take('dayMonth') ?? cursor.attempt(dayAndMonth);
  if (!parts) return undefined;
  if (parts.month < 1 || parts.month > 12) return undefined;
  const year = parts.year ?? (period && yearOfDay(parts.day, parts.month, period));
  return year === null ? 'needsPeriod' : dayOf(year, parts.month, parts.day);
}

function dayAndMonth(cursor: Cursor) {
  const day = cursor.take('number');
  const month = day && cursor.take('month');
  return day && month ? { day: day.value, month: month.month, year: cursor.take('year')?.year ?? null } : undefined;
}

/** The year that puts a bare day inside the plan, or nearest before it. */
function yearOfDay(day: number, month: number, period: PlanPeriod): number {
  const last = yearMonthOf(period.end).year;
  for (let year = yearMonthOf(period.start).year; year <= last; year += 1) {
    const date = dayOf(year, month, day);
    if (date && within(date, period)) return year;
  }
  return impliedYear(month, period);
}

/** «15 октября 2020 г.», «15.10.2020, 20.10.2020». */
export const days: Rule = (cursor, period) => {
  const windows: Window[] = [];
  do {
    const day = printedDay(cursor, period);
    if (day === undefined || day === 'needsPeriod') return day;
    windows.push({ start: day, end: day });
  } while (cursor.take('comma') || cursor.words('и'));
  return {
    schedule: dates('date', ...windows),
    flags: windows.flatMap((window) => outside(window, period)).slice(0, 1),
  };
};

/** «с 1 по 15 октября», «05.10.2020 - 09.10.2020», «с 5 октября до 9 ноября». */
export const dayRange: Rule = (cursor, period) => {
  const since = cursor.words('с');
  const first = printedDay(cursor, period) ?? cursor.take('number')?.value;
  if (first === undefined || !(since ? cursor.words('по|до') : cursor.take('dash'))) return undefined;
  const end = printedDay(cursor, period);
  if (end === undefined || end === 'needsPeriod' || first === 'needsPeriod')
    return end === undefined ? end : 'needsPeriod';
  const { year, month } = yearMonthOf(end);
  const start = typeof first === 'number' ? dayOf(year, month, first) : first;
  if (!start || start > end) return undefined;
  return { schedule: dates('range', { start, end }), flags: outside({ start, end }, period) };
};

/** «до 15 октября 2020 г.», «не позднее 01.12.2020», «до 15.09»: that day is included. */
export const deadline: Rule = (cursor, period) => {
  if (!cursor.words('до') && !cursor.words('не', 'позднее|позже') && !cursor.words('к')) return undefined;
  const day = printedDay(cursor, period);
  if (day === undefined || day === 'needsPeriod') return day;
  return { schedule: { kind: 'deadline', dates: [day] }, flags: outside({ start: day, end: day }, period) };
};
