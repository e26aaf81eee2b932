import { describe, expect, it } from '@jest/globals';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import { approvedOf, asked, at, DIRECTOR, given, planAfter, pointAt, rescheduled } from '../support/domain.js';

const plan = approvedOf('до 15 октября 2020 г.', 'в течение года');
const REASON = { reason: 'Сайт переезжает на новый сервер' };
const ask = (text: string, activityId = 'a1'): PlanCommand => ({
  type: 'requestReschedule',
  activityId,
  timeframe: { text, schedule: null },
});
const grant = { type: 'grantReschedule', requestId: 'a1.q1' } as const;
const deny = { type: 'refuseReschedule', requestId: 'a1.q1' } as const;
const excluded = { type: 'ActivityExcluded', data: { activityId: 'a1' } } as const;

describe('a request for another term', () => {
  it('is made by the executor with a reason, and changes nothing yet', () => {
    given(plan)
      .when(ask('ноябрь 2020 г.'), { ...at('2020-10-10'), ...REASON })
      .thenEvents(asked('a1.q1', 'ноябрь 2020 г.', { requestedOn: '2020-10-10' }));
    expect(pointAt(planAfter(plan, asked('a1.q1', 'ноябрь 2020 г.')), 'a1.1').dueOn).toBe('2020-10-15');
  });

  it('is marked when the due day has passed, and not on the day itself', () => {
    const late = (day: string) => {
      const [event] = given(plan)
        .when(ask('ноябрь 2020 г.'), { ...at(day), ...REASON })
        .events();
      return event?.type === 'RescheduleRequested' && event.data.late;
    };
    expect([late('2020-10-15'), late('2020-10-16')]).toEqual([false, true]);
  });

  it('needs a reason, an activity of the plan, and a wording that is understood and new', () => {
    given(plan).when(ask('ноябрь 2020 г.')).thenRefused('REASON_REQUIRED', 'reason');
    given(plan).when(ask('ноябрь 2020 г.', 'a9'), REASON).thenRefused('ACTIVITY_NOT_FOUND', 'activityId');
    given(plan).when(ask(' '), REASON).thenRefused('REQUIRED', 'timeframe.text');
    given(plan).when(ask('когда-нибудь потом'), REASON).thenRefused('UNREAD_WORDING', 'timeframe.text');
    given(plan).when(ask('до 15 октября 2020 г.'), REASON).thenRefused('NOTHING_CHANGES');
    given(plan, excluded).when(ask('ноябрь 2020 г.'), REASON).thenRefused('ACTIVITY_EXCLUDED', 'activityId');
  });

  it('is one at a time, and the next one may follow a decision', () => {
    const first = asked('a1.q1', 'ноябрь 2020 г.');
    given(plan, first).when(ask('декабрь 2020 г.'), REASON).thenRefused('REQUEST_PENDING', 'activityId');
    given(plan, first, { type: 'RescheduleRefused', data: { activityId: 'a1', requestId: 'a1.q1' } })
      .when(ask('декабрь 2020 г.'), REASON)
      .thenEvents(asked('a1.q2', 'декабрь 2020 г.'));
    given(plan, first).when(ask('декабрь 2020 г.', 'a2'), REASON).thenAccepted();
  });
});

describe('a decision on a request', () => {
  const pending = [...plan, asked('a1.q1', 'ноябрь 2020 г.')];

  it('that grants it is an amendment of one, with what was asked for', () => {
    given(pending)
      .when(grant, { actor: DIRECTOR, ...REASON })
      .thenEvents(
        { type: 'PlanAmended', data: { edition: 2, reason: REASON.reason, basis: null, amendedOn: '2020-10-15' } },
        rescheduled('a1', 'ноябрь 2020 г.', 'a1.q1'),
      );
    const after = planAfter(pending, rescheduled('a1', 'ноябрь 2020 г.', 'a1.q1'));
    expect(after.activities.get('a1')?.requests).toMatchObject([{ id: 'a1.q1', status: 'GRANTED' }]);
    expect(pointAt(after, 'a1.1')).toMatchObject({ dueOn: '2020-11-30', firstApprovedDueOn: '2020-10-15' });
  });

  it('that refuses it says why and leaves the term', () => {
    given(pending).when(deny, { actor: DIRECTOR }).thenRefused('REASON_REQUIRED', 'reason');
    given(pending)
      .when(deny, { actor: DIRECTOR, ...REASON })
      .thenEvents({ type: 'RescheduleRefused', data: { activityId: 'a1', requestId: 'a1.q1' } });
  });

  it('is made once, on a request that is there', () => {
    for (const command of [grant, deny]) {
      given(plan).when(command, REASON).thenRefused('REQUEST_NOT_FOUND', 'requestId');
      given(pending, rescheduled('a1', 'ноябрь 2020 г.', 'a1.q1'))
        .when(command, REASON)
        .thenRefused('REQUEST_DECIDED', 'requestId');
      given(pending).when(command).thenRefused('REASON_REQUIRED', 'reason');
    }
  });

  it('cannot grant what meanwhile is in force, or belongs to an excluded row', () => {
    given(pending, rescheduled('a1', 'ноябрь 2020 г.')).when(grant, REASON).thenRefused('NOTHING_CHANGES');
    given(pending, excluded).when(grant, REASON).thenRefused('ACTIVITY_EXCLUDED', 'requestId');
    given(pending, excluded).when(deny, REASON).thenAccepted();
  });
});

describe('a plan that is given up', () => {
  const [draft, inForce] = [plan.slice(0, 4), plan];

  it('before its approval is withdrawn, with a reason', () => {
    given(draft).when({ type: 'withdrawPlan' }).thenRefused('REASON_REQUIRED', 'reason');
    given(draft).when({ type: 'withdrawPlan' }, REASON).thenEvents({ type: 'PlanWithdrawn', data: {} });
  });

  it('after it is cancelled, with a reason and a basis or expressly none', () => {
    const basis = { kind: 'withoutDocument' } as const;
    given(inForce).when({ type: 'cancelPlan' }, { basis }).thenRefused('REASON_REQUIRED', 'reason');
    given(inForce).when({ type: 'cancelPlan' }, REASON).thenRefused('BASIS_REQUIRED', 'basis');
    given(inForce)
      .when({ type: 'cancelPlan' }, { ...REASON, basis })
      .thenEvents({ type: 'PlanCancelled', data: {} });
  });

  it('asks for nothing any more, and keeps what was done', () => {
    const done = {
      type: 'ActivityCompleted',
      data: { activityId: 'a1', pointId: 'a1.1', actualOn: '2020-10-01', count: null, note: null, dueOn: '2020-10-15' },
    } as const;
    const after = planAfter(plan, done, { type: 'PlanCancelled', data: {} });
    expect(pointAt(after, 'a1.1').timing.settled).toBe('DONE_ON_TIME');
    expect(pointAt(after, 'a2.1').timing.settled).toBe('EXCLUDED');
    expect(after.status).toBe('CANCELLED');
  });
});
