import { describe, expect, it } from '@jest/globals';
import { controlPoints } from '../../src/domain/controlPoints.js';
import { cut, isLocalDate } from '../../src/domain/dates.js';
import { isRecurrenceRule, occurrences } from '../../src/domain/recurrence.js';
import type { PlanPeriod, QuotaUnit, Schedule } from '../../src/domain/schedule.js';
import { paperDay } from '../../src/domain/workingDays.js';
import { YEAR } from '../support/domain.js';

const CALENDAR_YEAR: PlanPeriod = { start: '2021-01-01', end: '2021-12-31' };

/** Returns each point as `start..end`, with a tilde before a soft point and `×n` for a target of more than one. */
function points(schedule: Schedule, period: PlanPeriod = YEAR): string[] {
  return controlPoints(schedule, period).map(({ ordinal, window, firm, target }, index) => {
    expect(ordinal).toBe(index + 1);
    const days = window === null ? 'undated' : `${window.start}..${window.end}`;
    return `${firm ? '' : '~'}${days}${target === 1 ? '' : `×${target}`}`;
  });
}

function quota(per: QuotaUnit, count = 1): Schedule {
  return { kind: 'quota', count, atLeast: false, per, noun: null };
}

function rule(text: string): Schedule {
  return { kind: 'recurring', rule: text };
}

const window = { start: '2020-08-10', end: '2020-09-20' };

describe('days and deadlines', () => {
  it('give a point for each window as printed, even outside the period', () => {
    const second = { start: '2021-04-01', end: '2021-04-30' };
    const dates: Schedule = { kind: 'dates', form: 'months', windows: [window, second] };
    expect(points(dates)).toEqual(['2020-08-10..2020-09-20', '2021-04-01..2021-04-30']);
  });

  it('run to a deadline from the start of the plan', () => {
    const deadline: Schedule = { kind: 'deadline', dates: ['2020-10-15', '2020-08-20'] };
    expect(points(deadline)).toEqual(['2020-09-01..2020-10-15', '2020-08-20..2020-08-20']);
  });

  it('are one point for a continuous time', () => {
    expect(points({ kind: 'throughout', window })).toEqual(['2020-08-10..2020-09-20']);
  });
});

describe('a quota', () => {
  it('per month is a point for each month', () => {
    const months = points(quota('month', 2));
    expect(months).toHaveLength(12);
    expect([months[0], months[5], months[11]]).toEqual([
      '2020-09-01..2020-09-30×2',
      '2021-02-01..2021-02-28×2',
      '2021-08-01..2021-08-31×2',
    ]);
  });

  it('whose wording says when is a point for each of these times', () => {
    const windows = [
      { start: '2020-09-01', end: '2020-09-30' },
      { start: '2021-05-01', end: '2021-05-31' },
    ];
    const timed = (count: number): Schedule => ({
      kind: 'quota',
      count,
      atLeast: false,
      per: 'year',
      noun: null,
      windows,
    });
    expect(points(timed(2))).toEqual(['2020-09-01..2020-09-30', '2021-05-01..2021-05-31']);
    expect(points(timed(4))).toEqual(['2020-09-01..2020-09-30×2', '2021-05-01..2021-05-31×2']);
  });

  it('per month is soft where the plan cuts the month', () => {
    expect(points(quota('month'), { start: '2020-09-10', end: '2020-11-20' })).toEqual([
      '~2020-09-10..2020-09-30',
      '2020-10-01..2020-10-31',
      '~2020-11-01..2020-11-20',
    ]);
  });

  it('per quarter follows the calendar quarters, cut ones soft', () => {
    expect(points(quota('quarter'))).toEqual([
      '~2020-09-01..2020-09-30',
      '2020-10-01..2020-12-31',
      '2021-01-01..2021-03-31',
      '2021-04-01..2021-06-30',
      '~2021-07-01..2021-08-31',
    ]);
    expect(points(quota('quarter'), CALENDAR_YEAR)).toHaveLength(4);
  });

  it('per week counts from Monday, the cut first and last week soft', () => {
    expect(points(quota('week'), { start: '2020-09-01', end: '2020-09-16' })).toEqual([
      '~2020-09-01..2020-09-06',
      '2020-09-07..2020-09-13',
      '~2020-09-14..2020-09-16',
    ]);
  });

  it('per day is every day', () => {
    expect(points(quota('day'), { start: '2020-12-31', end: '2021-01-01' })).toEqual([
      '2020-12-31..2020-12-31',
      '2021-01-01..2021-01-01',
    ]);
  });

  it('per half-year is the two halves of a school year, neither of them cut', () => {
    expect(points(quota('halfYear'))).toEqual(['2020-09-01..2020-12-31', '2021-01-01..2021-08-31']);
    expect(points(quota('halfYear'), { start: '2020-09-01', end: '2020-12-31' })).toEqual(['2020-09-01..2020-12-31']);
  });

  it('per half-year is the calendar halves in another year', () => {
    expect(points(quota('halfYear'), CALENDAR_YEAR)).toEqual(['2021-01-01..2021-06-30', '2021-07-01..2021-12-31']);
  });

  it('per year is the plan period', () => {
    expect(points(quota('year', 3))).toEqual(['2020-09-01..2021-08-31×3']);
  });

  it('per school term or trimester is counted without dates, which the calendar does not give', () => {
    expect(points(quota('term', 2))).toEqual(['~undated×2']);
    expect(points(quota('trimester'))).toEqual(['~undated']);
  });
});

describe('a rule', () => {
  it('with days is a point of one day each', () => {
    expect(points(rule('FREQ=WEEKLY;BYDAY=WE'), { start: '2020-09-02', end: '2020-09-16' })).toEqual([
      '2020-09-02..2020-09-02',
      '2020-09-09..2020-09-09',
      '2020-09-16..2020-09-16',
    ]);
    expect(points(rule('FREQ=MONTHLY;BYDAY=-1TH'), { start: '2020-09-01', end: '2020-10-31' })).toEqual([
      '2020-09-24..2020-09-24',
      '2020-10-29..2020-10-29',
    ]);
    expect(points(rule('FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=10'))[1]).toBe('2020-11-10..2020-11-10');
  });

  it('without days is a window for each period, cut ones soft', () => {
    expect(points(rule('FREQ=MONTHLY'))).toEqual(points(quota('month')));
    expect(points(rule('FREQ=WEEKLY'))).toEqual(points(quota('week')));
    expect(points(rule('FREQ=YEARLY'))).toEqual(['2020-09-01..2021-08-31']);
  });

  it('takes every nth period by its interval', () => {
    expect(points(rule('FREQ=MONTHLY;INTERVAL=6'))).toEqual(['2020-09-01..2020-09-30', '2021-03-01..2021-03-31']);
  });

  it('daily fits whole into the longest period', () => {
    expect(occurrences('FREQ=DAILY', { start: '2019-09-01', end: '2021-08-31' })).toHaveLength(731);
    expect(points(rule('FREQ=DAILY;INTERVAL=2'), { start: '2020-09-01', end: '2020-09-04' })).toEqual([
      '2020-09-01..2020-09-01',
      '2020-09-03..2020-09-03',
    ]);
  });

  it('gives whole months when it names months of the year without days', () => {
    expect(points(rule('FREQ=YEARLY;BYMONTH=5'))).toEqual(['2021-05-01..2021-05-31']);
    for (const months of ['FREQ=YEARLY;BYMONTH=5,9', 'FREQ=MONTHLY;BYMONTH=5,9'])
      expect(points(rule(months))).toEqual(['2020-09-01..2020-09-30', '2021-05-01..2021-05-31']);
  });

  it.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY;INTERVAL=2',
    'FREQ=WEEKLY;BYDAY=MO,FR',
    'FREQ=MONTHLY;BYDAY=3MO',
    'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1',
    'FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=5',
    'FREQ=YEARLY;BYMONTH=5,9',
    'FREQ=MONTHLY;BYMONTH=5,9',
    'FREQ=WEEKLY;BYDAY=WE;BYMONTH=10,11',
    'FREQ=WEEKLY;INTERVAL=2;BYMONTH=10,11',
    'FREQ=MONTHLY;INTERVAL=2;BYMONTH=10,11,12',
  ])('may be %s', (text) => {
    expect(isRecurrenceRule(text)).toBe(true);
  });

  it.each([
    '',
    'FREQ=HOURLY',
    'FREQ=DAILY;COUNT=3',
    'FREQ=DAILY;UNTIL=20210101',
    'FREQ=DAILY;BYMINUTE=5',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=MONTHLY;BYDAY=0MO',
    'FREQ=MONTHLY;BYDAY=XX',
    'FREQ=WEEKLY;BYMONTH=9,12',
    'FREQ=MONTHLY;INTERVAL=-1',
    'FREQ=MONTHLY;DTSTART=20200101',
    'FREQ=WEEKLY\nDTSTART:20200101',
    `FREQ=MONTHLY;BYMONTHDAY=${'1,'.repeat(100)}1`,
  ])('may not be %j', (text) => {
    expect(isRecurrenceRule(text)).toBe(false);
  });
});

it.each<readonly [string, Schedule]>([
  ['work on demand', { kind: 'onDemand', answerWithin: 'P3D' }],
  ['work by another document', { kind: 'external' }],
  ['an unread wording', { kind: 'unknown' }],
])('%s is one soft point without a date', (_, schedule) => {
  expect(points(schedule)).toEqual(['~undated']);
});

describe('days of the calendar', () => {
  it('are those that exist', () => {
    expect(['2021-02-28', '2020-02-29'].every(isLocalDate)).toBe(true);
    expect(['2021-02-29', '2021-13-01', '2021-2-1', '01.02.2021', '', '2021-02-28T00:00'].some(isLocalDate)).toBe(
      false,
    );
  });

  it('move back to the working day on paper', () => {
    const onPaper = (day: string) => paperDay(day, 'WORKING_DAY_BEFORE', { daysOff: [], workingDays: [] });
    expect(['2021-01-29', '2021-01-30', '2021-01-31', '2021-02-01'].map(onPaper)).toEqual([
      '2021-01-29',
      '2021-01-29',
      '2021-01-29',
      '2021-02-01',
    ]);
  });

  it('meet another window in a day, or not at all', () => {
    expect(cut(window, { start: '2020-09-20', end: '2020-09-30' })).toEqual({ start: '2020-09-20', end: '2020-09-20' });
    expect(cut(window, { start: '2020-09-21', end: '2020-09-30' })).toBeUndefined();
  });
});
