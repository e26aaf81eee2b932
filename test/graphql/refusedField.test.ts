import { describe, expect, it } from '@jest/globals';
import { refusedField } from '../../src/graphql/mutations/refusedField.js';

describe('the field of a refusal in the input of a mutation', () => {
  it.each([
    ['as it is', { title: 'П', sectionId: 's' }, 'title', 'title'],
    ['of a list', { changes: [{ reason: 'П' }] }, 'changes.0.reason', 'changes.0.reason'],
    ['in a group', { activity: { timeframe: { text: 'П' } } }, 'timeframe.text', 'activity.timeframe.text'],
    [
      'of one change of several kinds',
      { changes: [{ exclude: 'a1' }, { reschedule: { activityId: 'a2', timeframe: { text: 'П' } } }] },
      'changes.1.timeframe.text',
      'changes.1.reschedule.timeframe.text',
    ],
    ['that is the whole change', { changes: [{ exclude: 'a1' }] }, 'changes.0.activityId', 'changes.0.exclude'],
    ['that stands for its plan', { activityId: 'activity_1.a1', reason: 'П' }, 'planId', 'activityId'],
    ['that was left out beside a basis', { basis: { document: { date: 'd' } } }, 'date', 'date'],
    ['that was left out', { activityId: 'activity_1.a1' }, 'reason', 'reason'],
    ['of no field', { title: 'П' }, null, null],
  ])('is found %s', (_, input, field, expected) => {
    expect(refusedField(input, field)).toBe(expected);
  });
});
