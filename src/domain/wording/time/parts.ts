import { addDays, cut, dayOfWeek, monthsWindow, monthWindow, type Window, yearMonthOf } from '../../dates.js';
import { isSchoolYear } from '../../schoolYear.js';
import { type Placed, type Placing } from './placed.js';
import { type TimeUnit } from './unit.js';

/** Returns the days of a week, decade or half of a month. */
export function partOfMonth(of: 'week' | 'decade' | 'half', nth: number, whole: Placed): Placed | undefined {
  const { start, end } = whole.window;
  if (of === 'half') {
    const middle = addDays(start, 14);
    return { ...whole, window: nth === 1 ? { start, end: middle } : { start: addDays(middle, 1), end } };
  }
  if (of === 'decade') return { ...whole, window: thirdOf(nth, whole.window) };
  // Weeks of a month are blocks of seven days from its first day. The fifth week is the rest. The last week is the last
  // seven days.
  const block =
    nth === -1
      ? { start: addDays(end, -6), end }
      : cut({ start: addDays(start, 7 * (nth - 1)), end: addDays(start, 7 * nth - 1) }, whole.window);
  // The other reading: calendar weeks. The first one contains the first day of the month.
  const monday = addDays(nth === -1 ? end : addDays(start, 7 * (nth - 1)), 0);
  const calendar = addDays(monday, 1 - dayOfWeek(monday));
  return (
    block && {
      ...whole,
      window: block,
      others: [{ window: { start: calendar, end: addDays(calendar, 6) }, as: 'range' }],
      flags: [...whole.flags, 'AMBIGUOUS'],
    }
  );
}

function thirdOf(nth: number, { start, end }: Window): Window {
  const first = addDays(start, 10 * (nth - 1));
  return { start: first, end: nth === 3 ? end : addDays(first, 9) };
}

const THIRDS = { start: 1, middle: 2, end: 3 } as const;

/** Returns the days of the beginning, middle or end of a unit, which have no exact bounds. */
export function edgeOf({ edge, whole }: Extract<TimeUnit, { is: 'edge' }>, found: Placed): Placing {
  const { start, end } = found.window;
  const unsure = { ...found, flags: [...found.flags, 'AMBIGUOUS' as const] };
  if (whole.is === 'month') {
    const week = edge === 'end' ? { start: addDays(end, -6), end } : { start, end: addDays(start, 6) };
    return {
      ...unsure,
      window: thirdOf(THIRDS[edge], found.window),
      others: [
        { window: found.window, as: 'month' },
        ...(edge === 'middle' ? [] : [{ window: week, as: 'range' as const }]),
      ],
    };
  }
  const isSchool = isSchoolYear(found.window) && whole.is !== 'counted';
  const months = whole.is === 'counted' ? 1 : 3;
  const at =
    edge === 'start'
      ? yearMonthOf(start)
      : isSchool && edge === 'end'
        ? { ...yearMonthOf(end), month: 5 }
        : yearMonthOf(end);
  if (edge === 'middle') return undefined;
  const window = monthWindow(at.year, at.month);
  if (isSchool) {
    const days =
      edge === 'start' ? { start, end: addDays(start, 9) } : { start: addDays(window.end, -10), end: window.end };
    return { ...unsure, window, others: [{ window: days, as: 'range' }] };
  }
  const wider =
    months === 1
      ? found.window
      : edge === 'start'
        ? monthsWindow(at.year, at.month, 3)
        : monthsWindow(at.year, at.month - 2, 3);
  return {
    ...unsure,
    window,
    others: [
      { window, as: 'month' },
      { window: wider, as: 'range' },
      ...(whole.is === 'counted' || edge === 'start'
        ? []
        : [
            { window: null, schedule: { kind: 'deadline' as const, dates: [end] } },
            { window: null, schedule: { kind: 'unknown' as const } },
          ]),
    ],
  };
}
