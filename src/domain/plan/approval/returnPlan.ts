import { accept } from '../../refusal.js';
import { AGREERS } from '../../roles.js';
import { MAX_LONG, quotable } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { requiredText } from '../checks.js';

interface Remarks {
  readonly remarks: string;
}

/** Returns a plan for rework. It becomes a draft again, and its given stamps are removed. */
export const returnPlan: PlanCapability<{ PlanReturned: Remarks }, { returnPlan: Remarks }> = {
  events: {
    PlanReturned: {
      evolve: (plan, { remarks }) => ({
        ...plan,
        status: 'DRAFT',
        agreedSteps: [],
        stamps: plan.stamps.filter(({ state }) => state !== 'GIVEN'),
        remarks,
      }),
      sentence: ({ remarks }) => [`План возвращён: ${quotable(remarks)}`, `Plan returned: ${quotable(remarks)}`],
    },
  },
  commands: {
    returnPlan: {
      givenBy: AGREERS,
      inStatus: ['ON_AGREEMENT', 'AGREED'],
      decide: (_, { remarks }) =>
        requiredText('remarks', remarks, MAX_LONG) ??
        accept({ type: 'PlanReturned', data: { remarks: remarks.trim() } }),
    },
  },
};
