import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { controlPoints } from '../../src/domain/controlPoints.js';
import { monthsOf } from '../../src/domain/recurrence.js';
import { notationText } from '../../src/domain/schedule.js';
import { readTimeframe } from '../../src/domain/wording/read.js';

const SCHOOL_YEAR = { start: '2023-09-01', end: '2024-08-31' };

/** Wordings of repetition, and their rule, or count and unit. */
const REPEATS: readonly (readonly [printed: string, meaning: string])[] = [
  ...(
    ['каждые две недели', 'каждые 2 недели', 'через неделю', 'раз в две недели', 'каждую вторую неделю'] as const
  ).map((printed) => [printed, 'FREQ=WEEKLY;INTERVAL=2'] as const),
  ['через неделю по средам', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
  ['1 раз в 2 месяца', 'FREQ=MONTHLY;INTERVAL=2'],
  ['каждые два месяца', 'FREQ=MONTHLY;INTERVAL=2'],
  ['ежемесячно', 'FREQ=MONTHLY'],
  ['ежедневно', 'FREQ=DAILY'],
  ['по средам', 'FREQ=WEEKLY;BYDAY=WE'],
  ['каждую субботу', 'FREQ=WEEKLY;BYDAY=SA'],
  ['по понедельникам и четвергам', 'FREQ=WEEKLY;BYDAY=MO,TH'],
  ['по будням', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['каждый второй вторник месяца', 'FREQ=MONTHLY;BYDAY=2TU'],
  ['последняя пятница месяца', 'FREQ=MONTHLY;BYDAY=-1FR'],
  ['до 5 числа каждого месяца', 'FREQ=MONTHLY;BYMONTHDAY=5'],
  ['в последний день месяца', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
  ['на 3-й рабочий день месяца', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3'],
  ['еженедельно', '1/week'],
  ['1 раз в неделю', '1/week'],
  ['2 раза в месяц', '2/month'],
  ['не реже 1 раза в месяц', '>=1/month'],
  ['ежеквартально', '1/quarter'],
];

/** Wordings of stretches, with their months. */
const SPANS: readonly (readonly [printed: string, months: readonly number[]])[] = [
  ['с октября по май', [10, 11, 12, 1, 2, 3, 4, 5]],
  ['октябрь – май', [10, 11, 12, 1, 2, 3, 4, 5]],
  ['с октября 2023 г. по май 2024 г.', [10, 11, 12, 1, 2, 3, 4, 5]],
  ['с 15 октября по 20 мая', [10, 11, 12, 1, 2, 3, 4, 5]],
  ['с 1 по 20 октября', [10]],
  ['в октябре', [10]],
  ['октябрь, март', [10, 3]],
  ['в I полугодии', [9, 10, 11, 12]],
  ['во втором квартале', [4, 5, 6]],
];

const JOINTS: readonly ((repeat: string, span: string) => string)[] = [
  (repeat, span) => `${repeat} ${span}`,
  (repeat, span) => `${repeat}, ${span}`,
  (repeat, span) => `${span} ${repeat}`,
  (repeat, span) => `${repeat} (${span})`,
];

/** Returns the months of a day list in order, each once. */
function monthsFrom(days: readonly string[]): number[] {
  return [...new Set(days.map((day) => Number(day.slice(5, 7))))].sort((a, b) => a - b);
}

describe('a repetition within a stretch', () => {
  it('keeps both in its main reading', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REPEATS),
        fc.constantFrom(...SPANS),
        fc.constantFrom(...JOINTS),
        ([repeat, meaning], [span, months], joint) => {
          const text = joint(repeat, span);
          const { schedule } = readTimeframe(text, SCHOOL_YEAR);
          const isRule = schedule.kind === 'recurring';
          const found = isRule
            ? { meaning: schedule.rule.replace(/;BYMONTH=[\d,]+/, ''), months: monthsOf(schedule.rule) }
            : { meaning: notationText(schedule).replace(/^per-period-count:| @.*/g, ''), months: [] };
          const inMonths = isRule ? { months } : {};
          expect({ text, ...found }).toMatchObject({ text, meaning, ...inMonths });
          if (schedule.kind === 'quota') expect({ text, windows: schedule.windows }).not.toEqual({ text });
        },
      ),
      { numRuns: 800 },
    );
  });

  it('has its control points in the months of the stretch', () => {
    const points = (text: string) =>
      controlPoints(readTimeframe(text, SCHOOL_YEAR).schedule, SCHOOL_YEAR).map(({ window }) => window?.start ?? '');
    const fortnights = points('каждые две недели с октября по май');
    expect(monthsFrom(fortnights)).toEqual([1, 2, 3, 4, 5, 10, 11, 12]);
    expect(fortnights.length).toBeGreaterThan(16);
    expect(fortnights.length).toBeLessThan(19);
    expect(points('каждые два месяца с октября по май')).toEqual([
      ...['2023-11-01', '2024-01-01', '2024-03-01', '2024-05-01'],
    ]);
  });
});
