import { describe, expect, it } from '@jest/globals';
import { isPastDue } from '../../src/domain/points.js';
import { timingOn } from '../../src/domain/timing.js';
import { allPoints, approvedSample, importedSample, planAfter, pointsAt } from '../support/domain.js';

const plan = planAfter(approvedSample());
const NEW_YEAR = '2021-01-01';

/** The third Monday of each month of the school year. */
const MONDAYS = [
  '2020-09-21',
  '2020-10-19',
  '2020-11-16',
  '2020-12-21',
  '2021-01-18',
  '2021-02-15',
  '2021-03-15',
  '2021-04-19',
  '2021-05-17',
  '2021-06-21',
  '2021-07-19',
  '2021-08-16',
];

type Row = readonly [start: string, due: string, paperDue: string, firm: boolean];
const point = (start: string, due: string, paperDue = due, firm = true): Row => [start, due, paperDue, firm];
const soft = (start: string, due: string): Row => point(start, due, due, false);
const WHOLE_YEAR = point('2020-09-01', '2021-08-31');

const TABLE: readonly (readonly [activity: number, points: readonly Row[]])[] = [
  [1, [point('2021-01-01', '2021-01-31', '2021-01-29')]],
  [2, [WHOLE_YEAR]],
  [3, [point('2020-09-01', '2020-09-30')]],
  [
    4,
    [
      soft('2020-09-01', '2020-09-30'),
      point('2020-10-01', '2020-12-31'),
      point('2021-01-01', '2021-03-31'),
      point('2021-04-01', '2021-06-30'),
      soft('2021-07-01', '2021-08-31'),
    ],
  ],
  [5, [point('2021-02-01', '2021-02-28', '2021-02-26')]],
  [6, [WHOLE_YEAR]],
  [7, MONDAYS.map((day) => point(day, day))],
  [8, [point('2020-08-01', '2020-09-30')]],
  [9, [point('2020-11-01', '2020-11-30'), point('2021-04-01', '2021-04-30')]],
  [10, [WHOLE_YEAR]],
  [11, [point('2020-09-01', '2020-12-31')]],
  [12, [point('2020-09-01', '2021-02-28', '2021-02-26')]],
  [13, [point('2020-10-01', '2021-04-30')]],
];

describe('the control points of the sample plan', () => {
  it.each(TABLE)('activity %i has the points of its wording', (activity, points) => {
    const found = pointsAt(plan, `a${activity}`).map(({ window, dueOn, paperDueOn, firm }) => {
      expect(window?.end).toBe(dueOn);
      return [window?.start, dueOn, paperDueOn, firm];
    });
    expect(found).toEqual(points);
  });

  it('are 29, of which 27 are firm', () => {
    expect(allPoints(plan)).toHaveLength(29);
    expect(allPoints(plan).filter(({ firm }) => firm)).toHaveLength(27);
  });

  it('have the due day of approval as their first approved one', () => {
    expect(allPoints(plan).every(({ dueOn, firstApprovedDueOn }) => firstApprovedDueOn === dueOn)).toBe(true);
  });

  it('are ten past due on New Year, and nine of them overdue, when nothing was reported', () => {
    const past = allPoints(plan).filter((each) => isPastDue(each, NEW_YEAR));
    const overdue = allPoints(plan).filter(({ timing }) => timingOn(timing, NEW_YEAR) === 'OVERDUE');
    const all = ['a3.1', 'a4.1', 'a4.2', 'a7.1', 'a7.2', 'a7.3', 'a7.4', 'a8.1', 'a9.1', 'a11.1'];
    expect(past.map(({ id }) => id)).toEqual(all);
    expect(overdue.map(({ id }) => id)).toEqual(all.filter((id) => id !== 'a4.1'));
  });

  it('are not tracked when they were due before the plan came under control', () => {
    const late = planAfter(approvedSample('2020-12-01'));
    const untracked = allPoints(late).filter(({ timing }) => timing.settled === 'NOT_TRACKED');
    expect(untracked.map(({ id }) => id)).toEqual(['a3.1', 'a4.1', 'a7.1', 'a7.2', 'a7.3', 'a8.1', 'a9.1']);
  });
});

describe('the imported sample plan', () => {
  it('is a draft with both stamps as printed, not confirmed and without a date', () => {
    const draft = planAfter(importedSample());
    expect(draft).toMatchObject({ status: 'DRAFT', edition: 0, underControlFrom: null });
    expect(draft.stamps.map(({ kind, state, date }) => [kind, state, date])).toEqual([
      ['approve', 'PRINTED', null],
      ['agree', 'PRINTED', null],
    ]);
  });

  it('stands after confirmation in edition 1 with stamps that still have no date', () => {
    expect(plan).toMatchObject({ status: 'APPROVED', edition: 1, underControlFrom: '2020-09-01' });
    expect(plan.stamps.map(({ state, date }) => [state, date])).toEqual([
      ['CONFIRMED', null],
      ['CONFIRMED', null],
    ]);
  });

  it('keeps printed numbers and sections apart from its ids', () => {
    expect([...plan.sections.values()].map(({ id, numberText }) => [id, numberText])).toEqual([
      ['s1', '1.'],
      ['s2', '2.'],
      ['s3', 'III.'],
      ['s4', 'IV.'],
      ['s5', 'V.'],
    ]);
    expect([...plan.activities.values()].map(({ id, number }) => [id, number])).toEqual(
      Array.from({ length: 13 }, (_, index) => [`a${index + 1}`, `${index + 1}`]),
    );
  });
});
