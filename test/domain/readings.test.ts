import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/domain/decide.js';
import { rereadings } from '../../src/domain/rereading.js';
import { computedInSlices } from '../../src/domain/wording/readings.js';
import { draftOf, entry, ON_AN_ORDINARY_DAY, planAfter } from '../support/domain.js';

const LENGTH = 50;
/** A wording of 50 characters that no other test reads. */
const wording = (index: number) => `до 1 мая ${index} `.padEnd(LENGTH, 'к маю ');

/** Runs a computation to its end. Returns its result and how often it let other work run. */
function run<Result>(work: Generator<void, Result>): { readonly result: Result; readonly pauses: number } {
  for (let pauses = 0; ; pauses += 1) {
    const { done, value } = work.next();
    if (done) return { result: value, pauses };
  }
}

describe('a computation that reads many wordings', () => {
  const rows = Array.from({ length: 100 }, (_, index) => wording(index));

  it('pauses after each wording beyond the first 2,000 characters, and has the same result', () => {
    const plan = planAfter(draftOf(...rows));
    const organisation = {
      settings: { terms: [{ kind: 'term', start: '2020-09-01', end: '2020-10-25' }] },
      wordings: {},
      partyCells: {},
    } as const;
    const { result, pauses } = run(computedInSlices(() => rereadings(plan, organisation)));
    expect(pauses).toBe(100 - 2_000 / LENGTH);
    expect(result).toEqual(rereadings(plan, organisation));
  });

  it('is a decision that goes on where a placeholder stands for a wording', () => {
    const plan = planAfter(draftOf('октябрь 2020 г.'));
    const added = rows.map((text, index) => ({
      ...({ type: 'addActivity', sectionId: 's1', after: null } as const),
      activity: { ...entry(`${text} и ${index}`), number: null },
    }));
    const command = { type: 'reviseDraft', changes: added } as const;
    const circumstances = { ...ON_AN_ORDINARY_DAY };
    const { result, pauses } = run(computedInSlices(() => decide(plan, command, circumstances)));
    expect(pauses).toBeGreaterThan(50);
    expect(result.kind).toBe('accepted');
    expect(result).toEqual(decide(plan, command, circumstances));
  });

  it('does not pause for the few wordings of an ordinary command', () => {
    const plan = planAfter(draftOf('октябрь 2020 г.'));
    const timeframe = { text: 'до 7 ноября 2020 г.', schedule: null };
    const command = { type: 'rescheduleActivity', activityId: 'a1', timeframe } as const;
    expect(run(computedInSlices(() => decide(plan, command, ON_AN_ORDINARY_DAY))).pauses).toBe(0);
  });

  it('reads at once outside of slices, also after a computation that failed', () => {
    const failing = computedInSlices(() => {
      throw new Error('a fault');
    });
    expect(() => failing.next()).toThrow('a fault');
    const plan = planAfter(draftOf(...rows));
    expect(rereadings(plan, null)).toEqual([]);
  });
});
