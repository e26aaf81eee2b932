import { describe, expect, it } from '@jest/globals';
import type { PlanCommandOf, PlanEvent } from '../../src/domain/plan/catalogue.js';
import {
  ADMINISTRATOR,
  approved,
  approvedOf,
  closed,
  completed,
  DIRECTOR,
  decided,
  draftOf,
  given,
  METHODOLOGIST,
  planAfter,
  pointAt,
  reported,
  rescheduled,
  submitted,
} from '../support/domain.js';

const plan = approvedOf('сентябрь 2020 г.', 'ноябрь 2020 г., апрель 2021 г.');
const SEPTEMBER = [{ pointId: 'a1.1', dueOn: '2020-09-30' }];
const report: PlanCommandOf<'submitReport'> = {
  type: 'submitReport',
  activityId: 'a1',
  pointIds: [],
  text: 'Сделано',
  evidence: [],
  actualOn: '2020-09-20',
  interim: false,
};
const accept = { type: 'acceptReport', reportId: 'a1.r1' } as const;
const giveBack = { type: 'returnReport', reportId: 'a1.r1' } as const;
const pending = [...plan, reported('a1.r1', SEPTEMBER)];
const link = { title: 'Фото', url: 'https://example.org/foto', sha256: null };

describe('submitReport', () => {
  it('names its points with their due days in force, and who submitted it', () => {
    given(plan).when(report).thenEvents(reported('a1.r1', SEPTEMBER));
    given(plan)
      .when({ ...report, activityId: 'a2', pointIds: ['a2.2', 'a2.1', 'a2.1'], text: ' Сделано ' })
      .thenEvents(
        reported('a2.r1', [
          { pointId: 'a2.1', dueOn: '2020-11-30' },
          { pointId: 'a2.2', dueOn: '2021-04-30' },
        ]),
      );
  });

  it('needs the points of an activity that has several', () => {
    given(plan)
      .when({ ...report, activityId: 'a2' })
      .thenRefused('POINT_REQUIRED', 'pointIds');
    given(plan)
      .when({ ...report, pointIds: ['a1.1', 'a2.1'] })
      .thenRefused('POINT_NOT_FOUND', 'pointIds');
    given(plan)
      .when({ ...report, activityId: 'a9' })
      .thenRefused('ACTIVITY_NOT_FOUND', 'activityId');
  });

  it('needs words or evidence', () => {
    given(plan)
      .when({ ...report, text: ' ' })
      .thenRefused('EVIDENCE_REQUIRED', 'text');
    given(plan)
      .when({ ...report, text: '', evidence: [link] })
      .thenEvents(reported('a1.r1', SEPTEMBER, { text: '', evidence: [link] }));
  });

  it('links to pages, with a hash that is one', () => {
    const withLink = (over: Partial<typeof link> | { sha256: string }) => ({
      ...report,
      evidence: [link, { ...link, ...over }],
    });
    given(plan)
      .when(withLink({ url: 'javascript:alert(1)' }))
      .thenRefused('INVALID_URL', 'evidence.1.url');
    given(plan)
      .when(withLink({ url: 'на диске' }))
      .thenRefused('INVALID_URL', 'evidence.1.url');
    given(plan)
      .when(withLink({ sha256: 'abc' }))
      .thenRefused('INVALID_URL', 'evidence.1.sha256');
    given(plan)
      .when(withLink({ sha256: 'a'.repeat(64) }))
      .thenAccepted();
    given(plan)
      .when({ ...report, evidence: Array.from({ length: 51 }, () => link) })
      .thenRefused('TOO_MANY', 'evidence');
  });

  it('is for work that was done, not before its time and not tomorrow', () => {
    given(plan)
      .when({ ...report, actualOn: '2020-10-16' })
      .thenRefused('ACTUAL_DATE_IN_FUTURE', 'actualOn');
    given(plan)
      .when({ ...report, actualOn: '2020-08-31' })
      .thenRefused('ACTUAL_DATE_TOO_EARLY', 'actualOn');
  });

  it('is not for an excluded activity', () => {
    given(plan, { type: 'ActivityExcluded', data: { activityId: 'a1' } })
      .when(report)
      .thenRefused('ACTIVITY_EXCLUDED', 'activityId');
  });

  it('stands alone on its point until it is decided, and is the last word once accepted', () => {
    given(pending).when(report).thenRefused('REPORT_PENDING', 'pointIds');
    given(pending, decided('ReportReturned', 'a1.r1')).when(report).thenEvents(reported('a1.r2', SEPTEMBER));
    given(pending, decided('ReportAccepted', 'a1.r1')).when(report).thenRefused('ALREADY_ACCEPTED', 'pointIds');
  });

  it('may be interim at any time', () => {
    const interim = { ...report, interim: true };
    given(pending)
      .when(interim)
      .thenEvents(reported('a1.r2', SEPTEMBER, { interim: true }));
    given(plan, reported('a1.r1', SEPTEMBER, { interim: true }))
      .when(report)
      .thenEvents(reported('a1.r2', SEPTEMBER));
  });

  it('is marked late in a closed plan', () => {
    const outcomes = ['a1.1', 'a2.1', 'a2.2'].map(
      (pointId) => ({ pointId, outcome: 'NOT_DONE', explanation: 'Нет' }) as const,
    );
    const late = given(plan, closed(...outcomes)).when(report);
    late.thenEvents(reported('a1.r1', SEPTEMBER, { late: true }));
    expect(pointAt(late.plan(), 'a1.1').timing.settled).toBe('DONE_ON_TIME');
  });
});

describe('withdrawReport', () => {
  const takeBack = { type: 'withdrawReport', reportId: 'a1.r1' } as const;
  const why = { reason: 'Отправлен по ошибке' };

  it('takes back what nobody has decided on, and the point is open again', () => {
    given(pending).when(takeBack, why).thenEvents(decided('ReportWithdrawn', 'a1.r1'));
    expect(pointAt(planAfter(pending, decided('ReportWithdrawn', 'a1.r1')), 'a1.1').evidence).toBe('NONE');
    given(pending, decided('ReportWithdrawn', 'a1.r1')).when(report).thenEvents(reported('a1.r2', SEPTEMBER));
  });

  it('is for who submitted it, or an administrator for them, with a reason', () => {
    given(pending).when(takeBack).thenRefused('REASON_REQUIRED', 'reason');
    given(pending)
      .when(takeBack, { ...why, actor: DIRECTOR })
      .thenRefused('REPORT_OF_ANOTHER', 'reportId');
    // An actor whose former access submitted the report counts as its author.
    given(pending)
      .when(takeBack, { ...why, actor: { ...DIRECTOR, formerIds: [METHODOLOGIST.id] } })
      .thenAccepted();
    given(pending)
      .when(takeBack, { ...why, actor: ADMINISTRATOR })
      .thenAccepted();
  });

  it('is too late after a decision', () => {
    for (const type of ['ReportAccepted', 'ReportReturned', 'ReportWithdrawn'] as const) {
      given(pending, decided(type, 'a1.r1')).when(takeBack, why).thenRefused('REPORT_DECIDED', 'reportId');
    }
  });
});

describe('acceptReport and returnReport', () => {
  it('accept a report: another person than the reporter', () => {
    given(pending).when(accept, { actor: METHODOLOGIST }).thenRefused('ACCEPTER_IS_REPORTER');
    given(pending).when(accept, { actor: DIRECTOR }).thenEvents(decided('ReportAccepted', 'a1.r1'));
    // An actor whose former access submitted the report may not accept it either.
    const linked = { ...DIRECTOR, formerIds: [METHODOLOGIST.id] };
    given(pending).when(accept, { actor: linked }).thenRefused('ACCEPTER_IS_REPORTER');
  });

  it("accept one's own report where the organisation allows it", () => {
    const lenient = [
      ...draftOf('сентябрь 2020 г.'),
      submitted(),
      approved('2020-09-01', { accepterMayBeReporter: true }),
    ];
    given(lenient, reported('a1.r1', SEPTEMBER)).when(accept, { actor: METHODOLOGIST }).thenAccepted();
  });

  it('return a report for a reason', () => {
    given(pending).when(giveBack, { actor: DIRECTOR }).thenRefused('REASON_REQUIRED', 'reason');
    given(pending)
      .when(giveBack, { actor: DIRECTOR, reason: 'Нет списка участников' })
      .thenEvents(decided('ReportReturned', 'a1.r1'));
  });

  it('decide a report once', () => {
    for (const type of ['ReportAccepted', 'ReportReturned'] as const) {
      given(pending, decided(type, 'a1.r1'))
        .when(accept, { actor: DIRECTOR })
        .thenRefused('REPORT_DECIDED', 'reportId');
      given(pending, decided(type, 'a1.r1'))
        .when(giveBack, { reason: 'Ещё раз' })
        .thenRefused('REPORT_DECIDED', 'reportId');
    }
  });

  it('know the report', () => {
    for (const reportId of ['a1.r2', 'a9.r1', 'x', '']) {
      given(pending)
        .when({ ...accept, reportId })
        .thenRefused('REPORT_NOT_FOUND', 'reportId');
    }
    given(pending)
      .when({ ...giveBack, reportId: 'a1.r2' }, { reason: 'Нет' })
      .thenRefused('REPORT_NOT_FOUND', 'reportId');
  });
});

describe('the evidence at a point', () => {
  const evidence = (...events: readonly PlanEvent[]) => pointAt(planAfter(plan, events), 'a1.1').evidence;
  const first = reported('a1.r1', SEPTEMBER);

  it('is what was last said of the work, and an acceptance above all', () => {
    expect(evidence()).toBe('NONE');
    expect(evidence(completed('a1.1', '2020-09-20', '2020-09-30'))).toBe('COMPLETION_MARKED');
    expect(evidence(completed('a1.1', '2020-09-20', '2020-09-30'), first)).toBe('REPORTED');
    expect(evidence(first, decided('ReportReturned', 'a1.r1'))).toBe('RETURNED');
    expect(evidence(first, decided('ReportReturned', 'a1.r1'), reported('a1.r2', SEPTEMBER))).toBe('REPORTED');
    expect(evidence(first, decided('ReportAccepted', 'a1.r1'))).toBe('ACCEPTED');
  });

  it('is not touched by an interim report, even an accepted one', () => {
    const interim = reported('a1.r1', SEPTEMBER, { interim: true });
    expect(evidence(interim)).toBe('NONE');
    expect(evidence(interim, decided('ReportAccepted', 'a1.r1'))).toBe('NONE');
    expect(pointAt(planAfter(plan, interim, decided('ReportAccepted', 'a1.r1')), 'a1.1').timing.settled).toBeNull();
  });

  it('keeps the point open when the report was returned', () => {
    const returned = planAfter(pending, decided('ReportReturned', 'a1.r1'));
    expect(pointAt(returned, 'a1.1').timing.settled).toBeNull();
  });

  it('is not mended by a completion when the report was returned: another report is wanted', () => {
    given(plan, reported('a1.r1', SEPTEMBER), decided('ReportReturned', 'a1.r1'))
      .when({
        type: 'completeActivity',
        activityId: 'a1',
        pointId: null,
        actualOn: '2020-09-20',
        count: null,
        note: null,
      })
      .thenRefused('REPORT_RETURNED', 'pointId');
  });

  it('closes by the rule that was stamped in at approval', () => {
    const strict = [...draftOf('сентябрь 2020 г.'), submitted(), approved('2020-09-01', { closingRule: 'ACCEPTANCE' })];
    const settled = (...events: readonly PlanEvent[]) => pointAt(planAfter(strict, events), 'a1.1').timing.settled;
    expect(settled(completed('a1.1', '2020-09-20', '2020-09-30'), first)).toBeNull();
    expect(settled(first, decided('ReportAccepted', 'a1.r1'))).toBe('DONE_ON_TIME');
  });

  it('is judged by the day of the work, not of the report or its acceptance', () => {
    const late = [reported('a1.r1', SEPTEMBER, { actualOn: '2020-10-01' }), decided('ReportAccepted', 'a1.r1')];
    expect(pointAt(planAfter(plan, late), 'a1.1')).toMatchObject({
      actualOn: '2020-10-01',
      timing: { settled: 'DONE_LATE' },
    });
    const moved = planAfter(plan, late, rescheduled('a1', 'октябрь 2020 г.'));
    expect(pointAt(moved, 'a1.1').timing.settled).toBe('DONE_LATE');
  });
});
