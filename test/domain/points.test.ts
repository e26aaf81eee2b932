import { expect, it } from '@jest/globals';
import { evidenceOfAll } from '../../src/domain/points.js';
import type { Evidence } from '../../src/domain/timing.js';

it.each<readonly [Evidence, readonly Evidence[]]>([
  ['NONE', []],
  ['NONE', ['ACCEPTED', 'NONE']],
  ['NONE', ['NONE', 'COMPLETION_MARKED']],
  ['COMPLETION_MARKED', ['ACCEPTED', 'COMPLETION_MARKED']],
  ['ACCEPTED', ['ACCEPTED', 'ACCEPTED']],
  // A report that somebody must act on takes precedence.
  ['REPORTED', ['NONE', 'REPORTED', 'ACCEPTED']],
  ['RETURNED', ['REPORTED', 'RETURNED', 'NONE']],
])('the evidence of an activity is %s when its points have %j', (expected, evidences) => {
  expect(evidenceOfAll(evidences.map((evidence) => ({ evidence })))).toBe(expected);
});
