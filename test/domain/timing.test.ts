import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate, localDay } from '../../src/domain/dates.js';
import {
  closes,
  EVIDENCES,
  mostUrgent,
  openKey,
  settledKey,
  TIMINGS,
  type Timing,
  type TimingKey,
  timingOn,
} from '../../src/domain/timing.js';
import {
  approved,
  approvedOf,
  approvedSample,
  at,
  completed,
  draftOf,
  given,
  planAfter,
  pointAt,
  submitted,
  ZONE,
} from '../support/domain.js';

const SEPTEMBER = 'сентябрь 2020 г.';

function timingOfFirstPoint(on: LocalDate): Timing {
  return timingOn(pointAt(planAfter(approvedOf(SEPTEMBER)), 'a1.1').timing, on);
}

describe('the timing of an open point', () => {
  it.each<readonly [LocalDate, Timing]>([
    ['2020-08-31', 'PLANNED'],
    ['2020-09-01', 'IN_WINDOW'],
    ['2020-09-22', 'IN_WINDOW'],
    ['2020-09-23', 'DUE_SOON'],
    ['2020-09-29', 'DUE_SOON'],
    ['2020-09-30', 'DUE_TODAY'],
    ['2020-10-01', 'OVERDUE'],
  ])('on %s is %s for a window of September', (on, timing) => {
    expect(timingOfFirstPoint(on)).toBe(timing);
  });

  it('turns overdue with the first minute of the next day at the place of the plan', () => {
    expect(timingOfFirstPoint(localDay('2020-09-30T18:59:59Z', ZONE))).toBe('DUE_TODAY');
    expect(timingOfFirstPoint(localDay('2020-09-30T19:00:00Z', ZONE))).toBe('OVERDUE');
  });

  it('is never overdue for a soft point, however late', () => {
    const cutQuarter = pointAt(planAfter(approvedOf('1 издание в квартал')), 'a1.1');
    expect(cutQuarter).toMatchObject({ firm: false, dueOn: '2020-09-30' });
    expect(timingOn(cutQuarter.timing, '2021-08-31')).toBe('IN_WINDOW');
  });

  it('is not tracked when the point was due before the plan came under control', () => {
    const plan = planAfter(draftOf(SEPTEMBER), submitted(), approved('2020-10-01'));
    expect(timingOn(pointAt(plan, 'a1.1').timing, '2020-10-15')).toBe('NOT_TRACKED');
    const dayBefore = planAfter(draftOf(SEPTEMBER), submitted(), approved('2020-09-30'));
    expect(timingOn(pointAt(dayBefore, 'a1.1').timing, '2020-10-15')).toBe('OVERDUE');
  });

  it('is not tracked in a draft', () => {
    expect(pointAt(planAfter(draftOf(SEPTEMBER)), 'a1.1').timing.settled).toBe('NOT_TRACKED');
  });

  it('is not dated for work on demand', () => {
    expect(pointAt(planAfter(approvedOf('по мере необходимости')), 'a1.1').timing.settled).toBe('NOT_DATED');
  });
});

describe('work done', () => {
  it('in time and entered late is done on time', () => {
    const plan = given(approvedOf(SEPTEMBER))
      .when(
        { type: 'completeActivity', activityId: 'a1', pointId: null, actualOn: '2020-09-30', count: null, note: null },
        at('2020-12-01'),
      )
      .plan();
    expect(pointAt(plan, 'a1.1').timing.settled).toBe('DONE_ON_TIME');
  });

  it('a day after the due day is done late', () => {
    const plan = planAfter(approvedOf(SEPTEMBER), completed('a1.1', '2020-10-01', '2020-09-30'));
    expect(pointAt(plan, 'a1.1').timing.settled).toBe('DONE_LATE');
  });

  it('before the plan begins counts when the window was open: activity 8 of the sample', () => {
    const complete = (actualOn: LocalDate) =>
      given(approvedSample()).when({
        type: 'completeActivity',
        activityId: 'a8',
        pointId: null,
        actualOn,
        count: null,
        note: null,
      });
    complete('2020-08-25').thenEvents(completed('a8.1', '2020-08-25', '2020-09-30'));
    complete('2020-08-01').thenAccepted();
    complete('2020-07-31').thenRefused('ACTUAL_DATE_TOO_EARLY', 'actualOn');
  });
});

describe('what closes a point', () => {
  it.each([
    ['COMPLETION', ['COMPLETION_MARKED', 'REPORTED', 'ACCEPTED']],
    ['REPORT', ['REPORTED', 'ACCEPTED']],
    ['ACCEPTANCE', ['ACCEPTED']],
  ] as const)('under the rule %s is %j and nothing else', (rule, closing) => {
    expect(EVIDENCES.filter((evidence) => closes(evidence, rule))).toEqual(closing);
  });
});

const days = fc.integer({ min: 0, max: 1_200 }).map((offset) => addDays('2020-01-01', offset));
const openKeys = fc
  .tuple(days, fc.nat(120), fc.boolean(), fc.nat(30))
  .map(([start, length, firm, soon]) => openKey(start, addDays(start, length), firm, soon));
const settled = TIMINGS.filter(
  (timing) =>
    timing !== 'PLANNED' &&
    timing !== 'IN_WINDOW' &&
    timing !== 'DUE_SOON' &&
    timing !== 'DUE_TODAY' &&
    timing !== 'OVERDUE',
);
const keys: fc.Arbitrary<TimingKey> = fc.oneof(
  { weight: 4, arbitrary: openKeys },
  fc.constantFrom(...settled).map(settledKey),
);

/** The conditions of each open timing, independent of the order in which the code checks them. */
const PREDICATES: Readonly<Record<string, (key: TimingKey, on: LocalDate) => boolean>> = {
  OVERDUE: (key, on) => on > key.dueOn,
  DUE_TODAY: (key, on) => on === key.dueOn,
  DUE_SOON: (key, on) => on < key.dueOn && on >= key.soonFrom,
  IN_WINDOW: (key, on) => on < key.dueOn && on < key.soonFrom && on >= key.startsOn,
  PLANNED: (key, on) => on < key.dueOn && on < key.soonFrom && on < key.startsOn,
};
const URGENCY: readonly Timing[] = ['PLANNED', 'IN_WINDOW', 'DUE_SOON', 'DUE_TODAY', 'OVERDUE'];

describe('timing of any point on any day', () => {
  it('is exactly one', () => {
    fc.assert(
      fc.property(keys, days, (key, on) => {
        const fitting = Object.entries(PREDICATES).filter(([, holds]) => key.settled === null && holds(key, on));
        expect([...fitting.map(([timing]) => timing), ...(key.settled === null ? [] : [key.settled])]).toEqual([
          timingOn(key, on),
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('only grows more urgent as days go by, and a settled one never changes', () => {
    fc.assert(
      fc.property(keys, days, fc.nat(400), (key, on, later) => {
        const [before, after] = [timingOn(key, on), timingOn(key, addDays(on, later))];
        if (key.settled !== null) expect([before, after]).toEqual([key.settled, key.settled]);
        else expect(URGENCY.indexOf(after)).toBeGreaterThanOrEqual(URGENCY.indexOf(before));
      }),
      { numRuns: 300 },
    );
  });

  it('of several points together is that of the most urgent open one', () => {
    fc.assert(
      fc.property(fc.array(openKeys, { minLength: 1, maxLength: 5 }), days, (several, on) => {
        const most = Math.max(...several.map((key) => URGENCY.indexOf(timingOn(key, on))));
        expect(timingOn(mostUrgent([...several, settledKey('DONE_ON_TIME')]), on)).toBe(URGENCY[most]);
      }),
      { numRuns: 300 },
    );
  });

  it('of several settled points is the weightiest outcome, and of none NOT_DATED', () => {
    expect(mostUrgent([settledKey('DONE_ON_TIME'), settledKey('NOT_DONE')]).settled).toBe('NOT_DONE');
    expect(mostUrgent([settledKey('EXCLUDED'), settledKey('DONE_LATE')]).settled).toBe('DONE_LATE');
    expect(mostUrgent([]).settled).toBe('NOT_DATED');
  });
});
