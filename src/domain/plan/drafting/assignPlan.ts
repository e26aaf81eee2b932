import { accept, refuse } from '../../refusal.js';
import { ADMINISTRATORS } from '../../roles.js';
import type { ControlSettings } from '../../settings.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, reasonGiven } from '../checks.js';
import { knownOrganisation, organisationDetails } from './draftPlan.js';

interface PlanAssigned {
  readonly organisationId: string | null;
  readonly timeZone: string;
  readonly settings: ControlSettings | null;
}

/**
 * Assigns a plan to another organisation, or to none. A plan that was not approved gets the time zone and settings of
 * that organisation. An approved plan keeps the settings that were copied into it. The external id is removed: the
 * former organisation may use it again, and another plan of the new organisation may have the same one.
 */
export const assignPlan: PlanCapability<
  { PlanAssigned: PlanAssigned },
  { assignPlan: { readonly organisationId: string | null } }
> = {
  events: {
    PlanAssigned: {
      changesActivities: true,
      evolve: (plan, { settings, ...assigned }) => ({
        ...plan,
        settings,
        details: { ...plan.details, ...assigned, externalId: null },
      }),
      sentence: () => ['План передан другой организации', 'Plan put under another organisation'],
    },
  },
  commands: {
    assignPlan: {
      givenBy: ADMINISTRATORS,
      inStatus: ['DRAFT', 'ON_AGREEMENT', 'AGREED', 'APPROVED', 'CLOSED'],
      decide(plan, { organisationId }, given) {
        const { details, settings } = plan;
        const wasApproved = plan.edition > 0;
        const data = wasApproved
          ? { organisationId, timeZone: details.timeZone, settings }
          : organisationDetails(given, details.timeZone);
        return (
          firstOf(
            organisationId === details.organisationId ? refuse('NOTHING_CHANGES') : undefined,
            knownOrganisation(organisationId, given),
            wasApproved ? reasonGiven(given) : undefined,
          ) ?? accept({ type: 'PlanAssigned', data })
        );
      },
    },
  },
};
