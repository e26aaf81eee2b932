import { describe, expect, it } from '@jest/globals';
import type { ClosingOutcome } from '../../src/domain/plan.js';
import {
  approved,
  approvedOf,
  approvedSample,
  at,
  closed,
  completed,
  draftOf,
  given,
  pointAt,
  pointsAt,
  submitted,
} from '../support/domain.js';

const plan = approvedOf('сентябрь 2020 г.', 'ноябрь 2020 г., апрель 2021 г.');
const AFTER = at('2021-09-01');
const left = (
  pointId: string,
  outcome: ClosingOutcome['outcome'] = 'NOT_DONE',
  explanation = 'Болезнь',
): ClosingOutcome => ({
  pointId,
  outcome,
  explanation,
});
const close = (...outcomes: readonly ClosingOutcome[]) => ({ type: 'closePlan', outcomes }) as const;
const ALL = [left('a1.1'), left('a2.1'), left('a2.2', 'CARRIED_OVER')];

describe('closePlan', () => {
  it('waits for the end of the period, by the day at the place of the plan', () => {
    given(plan)
      .when(close(...ALL), { now: '2021-08-31T18:59:59Z' })
      .thenRefused('PERIOD_NOT_OVER');
    given(plan)
      .when(close(...ALL), { now: '2021-08-31T19:00:00Z' })
      .thenEvents(closed(...ALL));
  });

  it('has each open firm point explained or carried over', () => {
    given(plan)
      .when(close(left('a1.1'), left('a2.2')), AFTER)
      .thenRefused('OPEN_POINTS', 'outcomes');
    const done = given(plan)
      .when(close(...ALL), AFTER)
      .plan();
    expect(done.status).toBe('CLOSED');
    expect([...pointsAt(done, 'a1'), ...pointsAt(done, 'a2')].map(({ timing }) => timing.settled)).toEqual([
      'NOT_DONE',
      'NOT_DONE',
      'CARRIED_OVER',
    ]);
  });

  it('needs no word for points that are done, excluded, not tracked or without a date', () => {
    given(plan, completed('a1.1', '2020-09-20', '2020-09-30'), { type: 'ActivityExcluded', data: { activityId: 'a2' } })
      .when(close(), AFTER)
      .thenEvents(closed());
    given(draftOf('сентябрь 2020 г.', 'по запросам'), submitted(), approved('2020-10-01'))
      .when(close(), AFTER)
      .thenAccepted();
  });

  it('needs no word for a soft point, and takes one', () => {
    const quarters = approvedOf('1 раз в квартал');
    const firm = ['a1.2', 'a1.3', 'a1.4'].map((id) => left(id));
    given(quarters)
      .when(close(...firm), AFTER)
      .thenAccepted();
    const carried = given(quarters)
      .when(close(...firm, left('a1.5', 'CARRIED_OVER')), AFTER)
      .plan();
    expect(pointAt(carried, 'a1.5').timing.settled).toBe('CARRIED_OVER');
  });

  it('says nothing of points that are settled, unknown or already named', () => {
    const done = completed('a1.1', '2020-09-20', '2020-09-30');
    given(plan, done)
      .when(close(...ALL), AFTER)
      .thenRefused('POINT_NOT_OPEN', 'outcomes.0.pointId');
    given(plan)
      .when(close(...ALL, left('a9.1')), AFTER)
      .thenRefused('POINT_NOT_OPEN', 'outcomes.3.pointId');
    given(plan)
      .when(close(...ALL, left('a1.1')), AFTER)
      .thenRefused('TOO_MANY', 'outcomes');
  });

  it('takes no empty explanation', () => {
    given(plan)
      .when(close(left('a1.1', 'NOT_DONE', ' '), left('a2.1'), left('a2.2')), AFTER)
      .thenRefused('REQUIRED', 'outcomes.0.explanation');
  });

  it('keeps done what was done', () => {
    const done = completed('a1.1', '2020-10-02', '2020-09-30');
    const after = given(plan, done)
      .when(close(left('a2.1'), left('a2.2')), AFTER)
      .plan();
    expect(pointAt(after, 'a1.1').timing.settled).toBe('DONE_LATE');
  });

  it('is possible at once for an old plan that came under control after its end', () => {
    given(approvedSample('2021-09-01')).when(close(), AFTER).thenEvents(closed());
  });
});
