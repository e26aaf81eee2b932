import { firstOf, reasonGiven } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { ADMINISTRATORS } from '../roles.js';
import type { OrganisationCapability } from './capability.js';
import { type OrganisationDetails, validDetails } from './registerOrganisation.js';

/** Changes name, parent or time zone of an organisation. An omitted field does not change. */
export const changeOrganisation: OrganisationCapability<
  { OrganisationDetailsChanged: OrganisationDetails },
  { changeOrganisation: Partial<OrganisationDetails> }
> = {
  events: {
    OrganisationDetailsChanged: {
      evolve: (organisation, details) => ({ ...organisation, ...details }),
      sentence: ({ name }) => [`Изменены сведения об организации ${name}`, `Details of ${name} changed`],
    },
  },
  commands: {
    changeOrganisation: {
      givenBy: ADMINISTRATORS,
      decide(present, { name = present.name, parentId = present.parentId, timeZone = present.timeZone }, given) {
        const data = { name: name.trim(), parentId, timeZone };
        const same = name === present.name && parentId === present.parentId && timeZone === present.timeZone;
        return (
          firstOf(same ? refuse('NOTHING_CHANGES') : undefined, validDetails(data, given), reasonGiven(given)) ??
          accept({ type: 'OrganisationDetailsChanged', data })
        );
      },
    },
  },
};
