import { describe, expect, it } from '@jest/globals';
import { replay } from '../../src/domain/evolve.js';
import type { PlanEvent } from '../../src/domain/plan/catalogue.js';
import { timingOn } from '../../src/domain/timing.js';
import {
  approved,
  at,
  completed,
  decided,
  draftOf,
  given,
  planAfter,
  pointAt,
  reported,
  rescheduled,
  section,
} from '../support/domain.js';

const notice = { type: 'noticeMissedDeadlines' } as const;
const missed = (pointId: string, dueOn: string): PlanEvent => ({
  type: 'DeadlineMissed',
  data: { activityId: pointId.split('.')[0] ?? '', pointId, dueOn },
});
const controlled = (wordings: readonly string[], ...approval: Parameters<typeof approved>) => [
  ...draftOf(...wordings).filter(({ type }) => type !== 'PlanApproved'),
  approved(...approval),
];
const ABOUT = [{ pointId: 'a1.1', dueOn: '2020-09-30' }];
const plan = controlled(['сентябрь 2020 г.', 'октябрь 2020 г., апрель 2021 г.']);

describe('noticeMissedDeadlines', () => {
  it('tells of a due day once it has passed at the place of the plan', () => {
    given(plan).when(notice, { now: '2020-09-30T18:59:59Z' }).thenRefused('NOTHING_CHANGES');
    given(plan).when(notice, { now: '2020-09-30T19:00:00Z' }).thenEvents(missed('a1.1', '2020-09-30'));
  });

  it('tells of all that passed while nobody watched, and of each once', () => {
    const both = given(plan).when(notice, at('2020-12-01'));
    both.thenEvents(missed('a1.1', '2020-09-30'), missed('a2.1', '2020-10-31'));
    given(plan, both.events()).when(notice, at('2020-12-01')).thenRefused('NOTHING_CHANGES');
    given(plan, both.events()).when(notice, at('2021-05-01')).thenEvents(missed('a2.2', '2021-04-30'));
  });

  it('tells again when a new due day in force has passed too', () => {
    const moved = [missed('a1.1', '2020-09-30'), rescheduled('a1', 'октябрь 2020 г.')];
    given(plan, moved).when(notice, at('2020-10-15')).thenRefused('NOTHING_CHANGES');
    given(plan, moved)
      .when(notice, at('2020-11-01'))
      .thenEvents(missed('a1.1', '2020-10-31'), missed('a2.1', '2020-10-31'));
  });

  it('never tells of days that passed before the plan came under control here, though it is counted from then', () => {
    const late = controlled(['сентябрь 2020 г.', 'октябрь 2020 г.'], '2020-09-01', {}, '2020-10-15');
    given(late).when(notice, at('2020-11-01')).thenEvents(missed('a2.1', '2020-10-31'));
  });

  it('never tells of days before control, nor of a plan that is not approved', () => {
    const later = controlled(['сентябрь 2020 г.'], '2020-10-01', {}, '2020-09-01');
    given(later).when(notice, at('2020-11-01')).thenRefused('NOTHING_CHANGES');
    given(draftOf('сентябрь 2020 г.')).when(notice, at('2020-11-01')).thenRefused('WRONG_STATUS');
  });

  it('is held back by work that closes the point, and not by a soft point', () => {
    given(plan, completed('a1.1', '2020-10-02', '2020-09-30'))
      .when(notice, at('2020-10-15'))
      .thenRefused('NOTHING_CHANGES');
    // The third quarter of 2020 is cut by the start of the plan: counted, never overdue.
    given(controlled(['1 издание в квартал']))
      .when(notice, at('2020-10-15'))
      .thenRefused('NOTHING_CHANGES');
  });

  it('is held back by a report done in time that is neither returned nor accepted yet', () => {
    const strict = controlled(['сентябрь 2020 г.'], '2020-09-01', { closingRule: 'ACCEPTANCE' });
    const report = reported('a1.r1', ABOUT, { actualOn: '2020-09-29' });
    given(strict, report).when(notice, at('2020-10-15')).thenRefused('NOTHING_CHANGES');
    given(strict, report, decided('ReportReturned', 'a1.r1'))
      .when(notice, at('2020-10-15'))
      .thenEvents(missed('a1.1', '2020-09-30'));
    given(strict, reported('a1.r1', ABOUT, { actualOn: '2020-10-02' }))
      .when(notice, at('2020-10-15'))
      .thenEvents(missed('a1.1', '2020-09-30'));
    given(strict, completed('a1.1', '2020-09-29', '2020-09-30'))
      .when(notice, at('2020-10-15'))
      .thenEvents(missed('a1.1', '2020-09-30'));
  });
});

describe('a notice', () => {
  it('changes no figure: with and without it every point stands alike', () => {
    const after = planAfter(plan, missed('a1.1', '2020-09-30'), missed('a2.1', '2020-10-31'));
    const without = planAfter(plan);
    for (const id of ['a1.1', 'a2.1', 'a2.2']) {
      const { missedOn: _, noticeOn: __, ...told } = pointAt(after, id);
      const { missedOn: ___, noticeOn: ____, ...untold } = pointAt(without, id);
      expect(told).toEqual(untold);
      expect(timingOn(told.timing, '2020-12-01')).toBe(timingOn(untold.timing, '2020-12-01'));
    }
    expect(pointAt(after, 'a1.1').missedOn).toEqual(['2020-09-30']);
  });

  it('is about an activity that is there', () => {
    expect(() => replay([...plan, section(2), missed('a9.1', '2020-09-30')])).toThrow(/no activity a9/);
  });
});
