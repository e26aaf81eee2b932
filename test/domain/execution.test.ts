import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../src/domain/dates.js';
import type { PlanCommandOf } from '../../src/domain/plan/catalogue.js';
import { approvedOf, completed, decided, given, pointAt, reported } from '../support/domain.js';

const plan = approvedOf('сентябрь 2020 г.', '2 раза в месяц', 'ноябрь 2020 г., апрель 2021 г.', 'по запросам');
const excluded = { type: 'ActivityExcluded', data: { activityId: 'a1' } } as const;

function complete(
  activityId: string,
  actualOn: LocalDate,
  over: Partial<PlanCommandOf<'completeActivity'>> = {},
): PlanCommandOf<'completeActivity'> {
  return { type: 'completeActivity', activityId, pointId: null, actualOn, count: null, note: null, ...over };
}

describe('completeActivity', () => {
  it('needs no point where the activity has one, and records the due day in force', () => {
    given(plan)
      .when(complete('a1', '2020-09-25'))
      .thenEvents(completed('a1.1', '2020-09-25', '2020-09-30'));
  });

  it('names the point where there are several', () => {
    given(plan).when(complete('a3', '2020-09-25')).thenRefused('POINT_REQUIRED', 'pointId');
    given(plan)
      .when(complete('a3', '2020-09-25', { pointId: 'a3.2' }))
      .thenEvents(completed('a3.2', '2020-09-25', '2021-04-30'));
    given(plan)
      .when(complete('a3', '2020-09-25', { pointId: 'a3.3' }))
      .thenRefused('POINT_NOT_FOUND', 'pointId');
    given(plan)
      .when(complete('a3', '2020-09-25', { pointId: 'a1.1' }))
      .thenRefused('POINT_NOT_FOUND', 'pointId');
  });

  it('is not for work of tomorrow, by the day at the place of the plan', () => {
    given(plan).when(complete('a1', '2020-10-16')).thenRefused('ACTUAL_DATE_IN_FUTURE', 'actualOn');
    given(plan).when(complete('a1', '2020-10-15')).thenAccepted();
    given(plan).when(complete('a1', '2020-10-16'), { now: '2020-10-15T19:00:00Z' }).thenAccepted();
  });

  it('is not for work before the plan and the window', () => {
    given(plan).when(complete('a1', '2020-08-31')).thenRefused('ACTUAL_DATE_TOO_EARLY', 'actualOn');
    given(plan)
      .when(complete('a3', '2020-09-01', { pointId: 'a3.2' }))
      .thenAccepted();
    given(plan).when(complete('a1', '2020-09-31')).thenRefused('INVALID_DATE', 'actualOn');
  });

  it('counts what a quota asks for', () => {
    const october = { pointId: 'a2.2' };
    given(plan)
      .when(complete('a2', '2020-10-10', october))
      .thenRefused('COUNT_REQUIRED', 'count');
    given(plan)
      .when(complete('a2', '2020-10-10', { ...october, count: 1 }))
      .thenRefused('COUNT_BELOW_TARGET', 'count');
    given(plan)
      .when(complete('a2', '2020-10-10', { ...october, count: 2.5 }))
      .thenRefused('COUNT_BELOW_TARGET', 'count');
    given(plan)
      .when(complete('a2', '2020-10-10', { ...october, count: 3 }))
      .thenEvents(completed('a2.2', '2020-10-10', '2020-10-31', 3));
  });

  it('is for work on demand too, which has no due day', () => {
    const done = given(plan).when(complete('a4', '2020-10-10'));
    done.thenEvents(completed('a4.1', '2020-10-10', null));
    expect(pointAt(done.plan(), 'a4.1').timing.settled).toBe('DONE_ON_TIME');
  });

  it('happens once', () => {
    const done = completed('a1.1', '2020-09-25', '2020-09-30');
    given(plan, done).when(complete('a1', '2020-09-26')).thenRefused('ALREADY_COMPLETED', 'pointId');
    const accepted = [
      reported('a1.r1', [{ pointId: 'a1.1', dueOn: '2020-09-30' }]),
      decided('ReportAccepted', 'a1.r1'),
    ];
    given(plan, accepted).when(complete('a1', '2020-09-26')).thenRefused('ALREADY_COMPLETED', 'pointId');
  });

  it('is not for an activity that is excluded or not there', () => {
    given(plan, excluded).when(complete('a1', '2020-09-25')).thenRefused('ACTIVITY_EXCLUDED', 'activityId');
    given(plan).when(complete('a9', '2020-09-25')).thenRefused('ACTIVITY_NOT_FOUND', 'activityId');
  });

  it('has a note of bounded length', () => {
    given(plan)
      .when(complete('a1', '2020-09-25', { note: 'п'.repeat(10_001) }))
      .thenRefused('TOO_LONG', 'note');
  });
});

describe('withdrawCompletion', () => {
  const done = completed('a1.1', '2020-09-25', '2020-09-30');
  const withdraw = { type: 'withdrawCompletion', activityId: 'a1', pointId: null } as const;

  it('opens the point again, for a reason', () => {
    given(plan, done).when(withdraw).thenRefused('REASON_REQUIRED', 'reason');
    const withdrawn = given(plan, done).when(withdraw, { reason: 'Отмечено по ошибке' });
    withdrawn.thenEvents({ type: 'CompletionWithdrawn', data: { activityId: 'a1', pointId: 'a1.1' } });
    expect(pointAt(withdrawn.plan(), 'a1.1')).toMatchObject({
      evidence: 'NONE',
      actualOn: null,
      timing: { settled: null },
    });
    given(plan, done, withdrawn.events()).when(complete('a1', '2020-09-30')).thenAccepted();
  });

  it('needs a completion', () => {
    given(plan).when(withdraw, { reason: 'Ошибка' }).thenRefused('NOT_COMPLETED', 'pointId');
  });

  it('is about one point alone', () => {
    const both = [completed('a3.1', '2020-09-25', '2020-11-30'), completed('a3.2', '2020-09-26', '2021-04-30')];
    const after = given(plan, both)
      .when({ ...withdraw, activityId: 'a3', pointId: 'a3.1' }, { reason: 'Ошибка' })
      .plan();
    expect([pointAt(after, 'a3.1').evidence, pointAt(after, 'a3.2').evidence]).toEqual(['NONE', 'COMPLETION_MARKED']);
  });
});

describe('a quota of a unit that the calendar does not know', () => {
  it('still asks for the count', () => {
    const perTerm = approvedOf('2 раза в четверть');
    given(perTerm).when(complete('a1', '2020-10-10')).thenRefused('COUNT_REQUIRED', 'count');
    given(perTerm)
      .when(complete('a1', '2020-10-10', { count: 1 }))
      .thenRefused('COUNT_BELOW_TARGET', 'count');
    given(perTerm)
      .when(complete('a1', '2020-10-10', { count: 2 }))
      .thenEvents(completed('a1.1', '2020-10-10', null, 2));
  });
});
