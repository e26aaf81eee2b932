import type { Given } from '../../actor.js';
import { openSteps, type Stamp } from '../../approval.js';
import { normalName } from '../../parties.js';
import { accept, refuse } from '../../refusal.js';
import { AGREERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { type GivenStamp, STAMP_WORDS, validStamp } from './stamps.js';

/**
 * Agrees to a plan («Согласовано») at a step of the current stage. The caller must have the post of the step. An
 * administrator may enter the agreement of any post. Anyone who may agree may enter the decision of a council, with its
 * protocol.
 */
export const agreePlan: PlanCapability<
  { PlanAgreed: { readonly step: number; readonly stamp: Stamp } },
  { agreePlan: { readonly stamp: GivenStamp } }
> = {
  events: {
    PlanAgreed: {
      evolve(plan, { step, stamp }) {
        const agreedSteps = [...plan.agreedSteps, step];
        return {
          ...plan,
          status: agreedSteps.length === plan.route.length ? 'AGREED' : 'ON_AGREEMENT',
          agreedSteps,
          stamps: [...plan.stamps, { ...stamp, state: 'GIVEN' }],
        };
      },
      sentence: ({ stamp }) => [`${stamp.marker}: ${stamp.post}`, `Agreed: ${stamp.post}`],
    },
  },
  commands: {
    agreePlan: {
      givenBy: AGREERS,
      inStatus: ['ON_AGREEMENT'],
      decide(plan, { stamp }, given) {
        const open = openSteps(plan.route, plan.agreedSteps);
        if (open.length === 0) return refuse('WRONG_STATUS', null, { status: plan.status });
        const invalid = validStamp(stamp, plan, given);
        if (invalid) return invalid;
        const own = open.find(
          ({ step }) =>
            normalName(stamp.post) === normalName(step.post) && (step.isCouncil || mayActFor(given, step.post)),
        );
        if (!own) {
          return refuse('STEP_OF_ANOTHER_POST', 'stamp.post', { post: open.map(({ step }) => step.post).join('; ') });
        }
        const { step, place } = own;
        const { document } = stamp;
        const isProtocol = document?.type === 'protocol' && document.number !== null && document.date !== null;
        if (step.isCouncil && !isProtocol) return refuse('PROTOCOL_REQUIRED', 'stamp.document', { council: step.post });
        const placed: Stamp = { ...stamp, kind: step.kind, marker: STAMP_WORDS[step.kind] };
        return accept({ type: 'PlanAgreed', data: { step: place, stamp: placed } });
      },
    },
  },
};

function mayActFor({ actor }: Given, post: string): boolean {
  if (actor.role === 'administrator' || actor.role === 'system') return true;
  return actor.post !== null && normalName(actor.post) === normalName(post);
}
