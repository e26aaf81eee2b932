import { describe, expect, it } from '@jest/globals';
import type { PlanCommandOf } from '../../src/domain/plan/catalogue.js';
import { approvedOf, at, given, planAfter, planned, pointAt } from '../support/domain.js';

const plan = [...approvedOf('2 раза в квартал', 'сентябрь 2020 г.')];
const rest = { pointId: null, count: null, subItem: null, expectedOn: null, note: null } as const;
const record = (over: Partial<PlanCommandOf<'recordProgress'>> = {}): PlanCommandOf<'recordProgress'> => ({
  type: 'recordProgress',
  activityId: 'a1',
  ...rest,
  pointId: 'a1.2',
  actualOn: '2020-10-05',
  count: 1,
  ...over,
});
const onA2 = { activityId: 'a2', ...rest, actualOn: '2020-09-20' } as const;

describe('recordProgress', () => {
  it('tells when the executor expects to be done: not on a day that has passed', () => {
    const expected = { ...record({ count: null }), ...onA2, expectedOn: '2020-10-20' } as const;
    expect(given(plan).when(expected).events()).toMatchObject([{ data: { expectedOn: '2020-10-20', note: null } }]);
    given(plan)
      .when({ ...expected, expectedOn: '2020-10-14' })
      .thenRefused('EXPECTED_DATE_PAST', 'expectedOn');
    given(plan)
      .when({ ...expected, expectedOn: '2020-10-32' })
      .thenRefused('INVALID_DATE', 'expectedOn');
  });

  it('counts what is done of a quota, and closes nothing', () => {
    const events = given(plan).when(record()).events();
    expect(events).toEqual([
      {
        type: 'ProgressRecorded',
        data: {
          activityId: 'a1',
          progressId: 'a1.p1',
          pointId: 'a1.2',
          actualOn: '2020-10-05',
          count: 1,
          subItem: null,
          expectedOn: null,
          note: null,
        },
      },
    ]);
    const twice = planAfter(plan, events, given(plan, events).when(record()).events());
    expect(pointAt(twice, 'a1.2')).toMatchObject({
      progress: 2,
      target: 2,
      evidence: 'NONE',
      timing: { settled: null },
    });
    expect(pointAt(twice, 'a1.3').progress).toBe(0);
  });

  it('needs a count for a quota, and at least a word for anything else', () => {
    given(plan)
      .when(record({ count: null }))
      .thenRefused('COUNT_REQUIRED', 'count');
    for (const count of [0, -1, 1.5, 1e9]) given(plan).when(record({ count })).thenRefused('OUT_OF_BOUNDS', 'count');
    given(plan)
      .when(record({ ...onA2, note: ' ' }))
      .thenRefused('REQUIRED', 'note');
    given(plan)
      .when(record({ ...onA2, note: 'Собраны заявки' }))
      .thenAccepted();
  });

  it('names a sub-item that is there', () => {
    const withItems = [
      ...plan.slice(0, 2),
      planned(1, 'сентябрь 2020 г.', { subItems: ['вкладка', 'страница'] }),
      ...plan.slice(4),
    ];
    const item = (subItem: number) => record({ ...onA2, activityId: 'a1', subItem });
    given(withItems).when(item(2)).thenAccepted();
    for (const subItem of [0, 3]) given(withItems).when(item(subItem)).thenRefused('SUB_ITEM_NOT_FOUND', 'subItem');
  });

  it('lies neither in the future nor before the plan', () => {
    given(plan).when(record(), at('2020-10-04')).thenRefused('ACTUAL_DATE_IN_FUTURE', 'actualOn');
    given(plan)
      .when(record({ actualOn: '2020-08-01' }))
      .thenRefused('ACTUAL_DATE_TOO_EARLY', 'actualOn');
  });
});
