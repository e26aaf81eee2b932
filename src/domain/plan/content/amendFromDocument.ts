import { MAX_ACTIVITIES } from '../../plan.js';
import { refuse } from '../../refusal.js';
import type { AmendmentChange } from '../../revision/amendment.js';
import { APPROVERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { fewEnough } from '../checks.js';
import { amendBy } from './amendPlan.js';

/** Maximum number of differences that a refusal names. */
const NAMED_DIFFERENCES = 5;

interface AmendFromDocument {
  readonly changes: readonly AmendmentChange[];
  /** Differences that an amendment cannot make, in words. */
  readonly notAmendable: readonly string[];
}

/** Amends an approved plan by all changes of a corrected document, or by none of them. */
export const amendFromDocument: PlanCapability<
  Readonly<Record<never, never>>,
  { amendFromDocument: AmendFromDocument }
> = {
  events: {},
  commands: {
    amendFromDocument: {
      givenBy: APPROVERS,
      usesOwnReadings: true,
      inStatus: ['APPROVED'],
      decide(plan, { changes, notAmendable }, given, catalogue) {
        if (notAmendable.length > 0) {
          return refuse('NOT_AMENDABLE', 'content', {
            differences: notAmendable.slice(0, NAMED_DIFFERENCES).join('; '),
          });
        }
        if (changes.length === 0) return refuse('NOTHING_CHANGES');
        const tooMany = fewEnough('changes', changes, 2 * MAX_ACTIVITIES);
        return tooMany ?? amendBy(plan, changes, given, catalogue, (index) => `changes.${index}`);
      },
    },
  },
};
