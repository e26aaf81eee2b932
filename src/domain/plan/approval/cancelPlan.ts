import { accept, refuse } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, reasonGiven } from '../checks.js';

/** Cancels an approved plan before its end, with a reason and a basis (which may be «without a document»). */
export const cancelPlan: PlanCapability<
  { PlanCancelled: Readonly<Record<never, never>> },
  { cancelPlan: Readonly<Record<never, never>> }
> = {
  events: {
    PlanCancelled: {
      changesActivities: true,
      evolve: (plan) => ({ ...plan, status: 'CANCELLED' }),
      sentence: () => ['Действие плана прекращено', 'Plan cancelled'],
    },
  },
  commands: {
    cancelPlan: {
      givenBy: APPROVERS,
      inStatus: ['APPROVED'],
      decide: (_plan, _command, given) =>
        firstOf(reasonGiven(given), given.basis === null ? refuse('BASIS_REQUIRED', 'basis') : undefined) ??
        accept({ type: 'PlanCancelled', data: {} }),
    },
  },
};
