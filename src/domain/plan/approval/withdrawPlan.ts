import { accept } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { reasonGiven } from '../checks.js';

/** Withdraws a plan that was never approved, with a reason. */
export const withdrawPlan: PlanCapability<
  { PlanWithdrawn: Readonly<Record<never, never>> },
  { withdrawPlan: Readonly<Record<never, never>> }
> = {
  events: {
    PlanWithdrawn: {
      changesActivities: true,
      evolve: (plan) => ({ ...plan, status: 'WITHDRAWN' }),
      sentence: () => ['План отозван', 'Plan withdrawn'],
    },
  },
  commands: {
    withdrawPlan: {
      givenBy: KEEPERS,
      inStatus: ['DRAFT', 'ON_AGREEMENT', 'AGREED'],
      decide: (_plan, _command, given) => reasonGiven(given) ?? accept({ type: 'PlanWithdrawn', data: {} }),
    },
  },
};
