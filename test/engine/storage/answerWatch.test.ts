import { describe, expect, it } from '@jest/globals';
import { AnswerWatch } from '../../../src/engine/storage/answerWatch.js';

/** Returns a watch, and a function that lets time pass, in milliseconds. */
function watch() {
  let now = 0;
  const answers = new AnswerWatch(() => now);
  return {
    answers,
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}

describe('an engine', () => {
  it('is away when it was called and has answered nothing for three seconds', () => {
    const { answers, pass } = watch();
    answers.called();
    pass(2_999);
    expect(answers.awaySince).toBeUndefined();
    pass(1);
    expect(answers.awaySince).toMatch(/^20\d\d-.*Z$/);
  });

  it('is away since its last answer, however many calls come later', () => {
    const { answers, pass } = watch();
    answers.called();
    answers.answered();
    const last = Date.now();
    answers.called();
    pass(3_000);
    const since = answers.awaySince;
    expect(Date.parse(since ?? '')).toBeLessThanOrEqual(last);
    for (let calls = 0; calls < 3; calls += 1) {
      answers.called();
      pass(10_000);
    }
    expect(answers.awaySince).toBe(since);
  });

  it('is back with its first answer', () => {
    const { answers, pass } = watch();
    answers.called();
    pass(60_000);
    answers.answered();
    expect(answers.awaySince).toBeUndefined();
    answers.called();
    pass(1_000);
    expect(answers.awaySince).toBeUndefined();
  });

  it('is not away while nobody calls it', () => {
    const { answers, pass } = watch();
    answers.called();
    answers.answered();
    pass(60_000);
    expect(answers.awaySince).toBeUndefined();
  });
});
