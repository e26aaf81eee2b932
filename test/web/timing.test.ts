import { describe, expect, it } from '@jest/globals';
import { shownTiming, shownTimingOf, withShownTimings } from '../../src/web/api/timing.js';

const TODAY = '2020-11-15';
const soft = (dueOn: string | null) => ({ timing: 'IN_WINDOW', firm: false, dueOn }) as const;

describe('the timing that the page tells', () => {
  it('of a point with an approximate term that has passed is neither overdue nor under way', () => {
    expect(shownTiming(soft('2020-11-14'), TODAY)).toBe('SOFT_PAST');
    expect(shownTiming(soft('2020-11-15'), TODAY)).toBe('IN_WINDOW');
    expect(shownTiming(soft(null), TODAY)).toBe('IN_WINDOW');
    expect(shownTiming({ ...soft('2020-11-14'), timing: 'DONE_LATE' }, TODAY)).toBe('DONE_LATE');
    expect(shownTiming({ ...soft('2020-11-14'), firm: true }, TODAY)).toBe('IN_WINDOW');
  });

  it('of an activity is that of all its points that are to be done now', () => {
    const later = { timing: 'PLANNED', firm: false, dueOn: '2021-05-31' } as const;
    const of = (...points: Parameters<typeof shownTiming>[0][]) =>
      shownTimingOf({ timing: 'IN_WINDOW', points }, TODAY);
    expect(of(soft('2020-10-31'), later)).toBe('SOFT_PAST');
    expect(of(soft('2020-10-31'), soft('2020-11-30'))).toBe('IN_WINDOW');
    expect(shownTimingOf({ timing: 'OVERDUE', points: [soft('2020-10-31')] }, TODAY)).toBe('OVERDUE');
  });

  it('is the same in an activity and its points', () => {
    const shown = withShownTimings({ number: '4', timing: 'IN_WINDOW', points: [soft('2020-10-31')] }, TODAY);
    expect(shown).toMatchObject({ number: '4', timing: 'SOFT_PAST', points: [{ timing: 'SOFT_PAST' }] });
  });
});
