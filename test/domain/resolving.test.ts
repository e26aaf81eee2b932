import { describe, expect, it } from '@jest/globals';
import { needsReview } from '../../src/domain/plan.js';
import type { Schedule } from '../../src/domain/schedule.js';
import { approvedOf, DIRECTOR, draftOf, given, planAfter } from '../support/domain.js';

/** «август - сентябрь»: the August before the school year, or three other readings. */
const AMBIGUOUS = 'август - сентябрь';
const draft = draftOf(AMBIGUOUS, 'октябрь 2020 г.', 'как получится');
const a1 = { activityId: 'a1' };
const SEPTEMBER: Schedule = {
  kind: 'dates',
  form: 'range',
  windows: [{ start: '2020-09-01', end: '2020-09-20' }],
};

describe('what an ambiguous wording means', () => {
  const { timeframe } = planAfter(draft).activities.get('a1') ?? {};

  it('is a question at first', () => {
    expect(timeframe).toMatchObject({ confidence: 'assumed', flags: expect.arrayContaining(['AMBIGUOUS']) });
    expect(timeframe?.alternatives.length).toBeGreaterThan(0);
  });

  it.each([0, 1])('is settled by naming reading %i; the wording stays, and nothing is asked any more', (reading) => {
    const wanted = [timeframe?.schedule, ...(timeframe?.alternatives ?? [])][reading];
    const settled = given(draft)
      .when({ type: 'resolveWording', ...a1, reading })
      .plan()
      .activities.get('a1');
    expect(settled?.timeframe).toEqual({
      text: AMBIGUOUS,
      schedule: wanted,
      confidence: 'certain',
      alternatives: [],
      flags: [],
      rules: 'stated',
    });
    expect(settled && needsReview(settled)).toBe(false);
  });

  it('or by stating another one, also of a wording that is not understood', () => {
    const outcome = given(draft).when({ type: 'resolveWording', activityId: 'a3', reading: SEPTEMBER });
    outcome.thenEvents({ type: 'WordingResolved', data: { activityId: 'a3', schedule: SEPTEMBER } });
  });

  it('is refused for a reading that is not listed, one that settles nothing, and a row that is not there', () => {
    const when = (activityId: string, reading: number | Schedule) =>
      given(draft).when({ type: 'resolveWording', activityId, reading });
    when('a1', 9).thenRefused('READING_NOT_FOUND', 'reading');
    when('a1', -1).thenRefused('READING_NOT_FOUND', 'reading');
    when('a3', 0).thenRefused('UNREAD_WORDING', 'schedule');
    when('a9', 0).thenRefused('ACTIVITY_NOT_FOUND', 'activityId');
    when('a2', { ...SEPTEMBER, windows: [{ start: '2020-09-20', end: '2020-09-01' }] }).thenRefused(
      'INVALID_SCHEDULE',
      'schedule',
    );
  });
});

describe('in an approved plan', () => {
  const approved = approvedOf(AMBIGUOUS);

  it('the reading that it was approved by can be confirmed, which makes no edition', () => {
    const confirmed = given(approved).when({ type: 'resolveWording', ...a1, reading: 0 }, { actor: DIRECTOR });
    expect(confirmed.plan().edition).toBe(1);
    expect(confirmed.plan().activities.get('a1')?.timeframe.confidence).toBe('certain');
  });

  it('another one is an amendment of the plan', () => {
    given(approved)
      .when({ type: 'resolveWording', ...a1, reading: 1 }, { actor: DIRECTOR })
      .thenRefused('READING_IN_FORCE', 'reading');
  });
});
