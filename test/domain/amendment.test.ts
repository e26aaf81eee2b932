import { describe, expect, it } from '@jest/globals';
import type { Basis, Given } from '../../src/domain/actor.js';
import type { ContentChange, PlanCommandOf, PlanEvent } from '../../src/domain/plan/catalogue.js';
import {
  approvedOf,
  completed,
  decided,
  draftOf,
  entry,
  given,
  party,
  planAfter,
  pointAt,
  pointsAt,
  reported,
  rescheduled,
} from '../support/domain.js';

const plan = approvedOf('январь 2021 г.', 'март 2021 г.');
const REASON = 'Форум перенесён министерством';
const because: Pick<Given, 'reason'> = { reason: REASON };
const ORDER: Extract<Basis, { kind: 'document' }> = {
  kind: 'document',
  document: { type: 'order', issuer: 'отдел образования', date: '2020-10-14', number: '15' },
};

function amended(edition: number, basis: Basis | null = null): PlanEvent {
  return { type: 'PlanAmended', data: { edition, reason: REASON, basis, amendedOn: '2020-10-15' } };
}

function reschedule(activityId: string, text: string): PlanCommandOf<'rescheduleActivity'> {
  return { type: 'rescheduleActivity', activityId, timeframe: { text, schedule: null } };
}

describe('an amendment of one', () => {
  it('heads the change that it covers, in the next edition', () => {
    const first = given(plan).when(reschedule('a1', 'февраль 2021 г.'), because);
    first.thenEvents(amended(2), rescheduled('a1', 'февраль 2021 г.'));
    expect(first.plan().edition).toBe(2);
    given(plan, first.events())
      .when(reschedule('a2', 'май 2021 г.'), { ...because, basis: ORDER })
      .thenEvents(amended(3, ORDER), rescheduled('a2', 'май 2021 г.'));
  });

  it('rests on no document of a day that has not come', () => {
    const early: Basis = { kind: 'document', document: { ...ORDER.document, date: '2020-10-16' } };
    given(plan)
      .when(reschedule('a1', 'май 2021 г.'), { ...because, basis: early })
      .thenRefused('ACTUAL_DATE_IN_FUTURE', 'basis.document.date');
  });

  it('states a reason, whatever is changed', () => {
    const changes: readonly ContentChange[] = [
      reschedule('a1', 'май 2021 г.'),
      { type: 'rewordActivity', activityId: 'a1', title: 'Семинар' },
      { type: 'reassignActivity', activityId: 'a1', responsible: party('Методист') },
      { type: 'moveActivity', activityId: 'a1', sectionId: 's1', after: 'a2' },
      { type: 'excludeActivity', activityId: 'a1' },
      { type: 'addActivity', sectionId: 's1', after: null, activity: entry('январь') },
    ];
    for (const change of changes) {
      given(plan).when(change, { basis: ORDER }).thenRefused('REASON_REQUIRED', 'reason');
      given(plan).when(change, { basis: ORDER, reason: ' ' }).thenRefused('REASON_REQUIRED', 'reason');
      given(plan)
        .when(change, { basis: ORDER, ...because })
        .thenAccepted();
    }
  });

  it('names its basis, or says that there is none, to exclude and to restate', () => {
    const exclude = { type: 'excludeActivity', activityId: 'a1' } as const;
    given(plan).when(exclude, because).thenRefused('BASIS_REQUIRED', 'basis');
    given(plan)
      .when(exclude, { ...because, basis: { kind: 'withoutDocument' } })
      .thenEvents(amended(2, { kind: 'withoutDocument' }), { type: 'ActivityExcluded', data: { activityId: 'a1' } });
    const restate = { type: 'rewordActivity', activityId: 'a1', title: 'Семинар' } as const;
    given(plan).when(restate, because).thenRefused('BASIS_REQUIRED', 'basis');
  });

  it('brings no wording into force that nobody understands, moved or added', () => {
    given(plan).when(reschedule('a1', 'как получится'), because).thenRefused('UNREAD_WORDING', 'timeframe.text');
    const add = { type: 'addActivity', sectionId: 's1', after: null, activity: entry('как получится') } as const;
    given(plan).when(add, because).thenRefused('UNREAD_WORDING', 'timeframe.text');
  });

  it('refuses circumstances that are no circumstances', () => {
    const change = reschedule('a1', 'май 2021 г.');
    given(plan)
      .when(change, { reason: 'п'.repeat(2_001) })
      .thenRefused('TOO_LONG', 'reason');
    given(plan)
      .when(change, { ...because, effectiveOn: '2020-10-32' })
      .thenRefused('INVALID_DATE', 'effectiveOn');
    const document = { type: 'order', issuer: null, date: '14.10.2020', number: '15' } as const;
    given(plan)
      .when(change, { ...because, basis: { kind: 'document', document } })
      .thenRefused('INVALID_DATE', 'basis.document.date');
  });
});

describe('the document of a basis', () => {
  const exclude = { type: 'excludeActivity', activityId: 'a1' } as const;
  const on = (changed: Partial<typeof ORDER.document>): Partial<Given> => ({
    ...because,
    basis: { ...ORDER, document: { ...ORDER.document, ...changed } },
  });

  it('has a number and a date, by which it can be found', () => {
    given(plan)
      .when(exclude, on({ number: null }))
      .thenRefused('REQUIRED', 'basis.document.number');
    given(plan)
      .when(exclude, on({ number: ' ' }))
      .thenRefused('REQUIRED', 'basis.document.number');
    given(plan)
      .when(exclude, on({ date: null }))
      .thenRefused('REQUIRED', 'basis.document.date');
  });

  it('may have no issuer, and «б/н» for its number', () => {
    given(plan)
      .when(exclude, on({ issuer: null, number: 'б/н', type: 'letter' }))
      .thenAccepted();
  });
});

describe('a batch of amendments', () => {
  it('is one edition for all its changes', () => {
    const changes: readonly ContentChange[] = [
      reschedule('a1', 'февраль 2021 г.'),
      { type: 'reassignActivity', activityId: 'a1', responsible: party('Методист') },
    ];
    const done = given(plan).when({ type: 'amendPlan', changes }, because);
    done.thenEvents(amended(2), rescheduled('a1', 'февраль 2021 г.'), {
      type: 'ActivityReassigned',
      data: { activityId: 'a1', responsible: party('Методист') },
    });
    expect(done.plan().edition).toBe(2);
  });

  it('sees its own earlier changes', () => {
    const changes: readonly ContentChange[] = [
      { type: 'excludeActivity', activityId: 'a1' },
      reschedule('a1', 'май 2021 г.'),
    ];
    given(plan)
      .when({ type: 'amendPlan', changes }, { ...because, basis: ORDER })
      .thenRefused('ACTIVITY_EXCLUDED', 'changes.1.activityId');
  });

  it('is taken whole or not at all, and names the change that fails', () => {
    const changes = [reschedule('a1', 'май 2021 г.'), reschedule('a9', 'май 2021 г.')];
    given(plan).when({ type: 'amendPlan', changes }, because).thenRefused('ACTIVITY_NOT_FOUND', 'changes.1.activityId');
  });

  it('is neither empty nor endless', () => {
    given(plan).when({ type: 'amendPlan', changes: [] }, because).thenRefused('REQUIRED', 'changes');
    const changes = Array.from({ length: 501 }, () => reschedule('a1', 'май 2021 г.'));
    given(plan).when({ type: 'amendPlan', changes }, because).thenRefused('TOO_MANY', 'changes');
  });
});

describe('an excluded activity', () => {
  const excluded = [...plan, amended(2), { type: 'ActivityExcluded', data: { activityId: 'a2' } }] as const;
  const add = { type: 'addActivity', sectionId: 's1', after: 'a1' } as const;

  it('keeps its number for ever', () => {
    expect(
      given(excluded)
        .when({ ...add, activity: entry('май 2021 г.') }, because)
        .events()[1],
    ).toMatchObject({
      type: 'ActivityPlanned',
      data: { activityId: 'a3', number: '3', order: 'a1V' },
    });
    given(excluded)
      .when({ ...add, activity: entry('май 2021 г.', { number: '2' }) }, because)
      .thenRefused('NUMBER_TAKEN', 'number');
  });

  it('is changed no more, and its points are settled', () => {
    given(excluded).when(reschedule('a2', 'май 2021 г.'), because).thenRefused('ACTIVITY_EXCLUDED', 'activityId');
    expect(pointAt(planAfter(excluded), 'a2.1').timing.settled).toBe('EXCLUDED');
  });
});

describe('a moved term', () => {
  it('shows the due day in force, and beside it the first approved one', () => {
    const moved = planAfter(plan, amended(2), rescheduled('a1', 'февраль 2021 г.'), rescheduled('a1', 'май 2021 г.'));
    expect(pointAt(moved, 'a1.1')).toMatchObject({ dueOn: '2021-05-31', firstApprovedDueOn: '2021-01-31' });
  });

  it('in a draft leaves no first approved day behind', () => {
    const draft = planAfter(draftOf('январь 2021 г.'), rescheduled('a1', 'май 2021 г.'));
    expect(pointAt(draft, 'a1.1').firstApprovedDueOn).toBeNull();
  });

  it('gives points that came later the day on which they were first approved', () => {
    const split = planAfter(plan, amended(2), rescheduled('a1', 'февраль 2021 г., май 2021 г.'));
    expect(pointsAt(split, 'a1').map(({ firstApprovedDueOn }) => firstApprovedDueOn)).toEqual([
      '2021-01-31',
      '2021-05-31',
    ]);
    const added = given(plan)
      .when({ type: 'addActivity', sectionId: 's1', after: null, activity: entry('май 2021 г.') }, because)
      .plan();
    expect(pointAt(added, 'a3.1').firstApprovedDueOn).toBe('2021-05-31');
  });

  it('leaves the due day that a completion or report met', () => {
    const done = [...plan, completed('a1.1', '2021-01-20', '2021-01-31')];
    const moved = planAfter(done, amended(2), rescheduled('a1', 'октябрь 2020 г.'));
    expect(pointAt(moved, 'a1.1')).toMatchObject({ dueOn: '2020-10-31', timing: { settled: 'DONE_ON_TIME' } });
    const points = [{ pointId: 'a1.1', dueOn: '2021-01-31' }];
    const late = planAfter(
      plan,
      reported('a1.r1', points, { actualOn: '2021-02-10' }),
      amended(2),
      rescheduled('a1', 'май 2021 г.'),
    );
    expect(pointAt(late, 'a1.1')).toMatchObject({ dueOn: '2021-05-31', timing: { settled: 'DONE_LATE' } });
  });

  it('may not do away with a point at which work is on record', () => {
    const twice = approvedOf('ноябрь 2020 г., апрель 2021 г.');
    const once = reschedule('a1', 'апрель 2021 г.');
    given(twice).when(once, because).thenAccepted();
    given(twice, completed('a1.1', '2020-11-10', '2020-11-30'))
      .when(once, because)
      .thenAccepted();
    const second = { pointId: 'a1.2', dueOn: '2021-04-30' };
    const interim = reported('a1.r1', [second], { interim: true });
    for (const work of [[completed('a1.2', '2020-10-10', second.dueOn)], [reported('a1.r1', [second])], [interim]]) {
      given(twice, work).when(once, because).thenRefused('POINT_HAS_EVIDENCE', 'timeframe');
    }
    given(twice, reported('a1.r1', [second]), decided('ReportReturned', 'a1.r1'))
      .when(once, because)
      .thenRefused('POINT_HAS_EVIDENCE', 'timeframe');
  });
});
