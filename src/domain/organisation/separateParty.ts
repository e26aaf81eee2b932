import { ownValue } from '../objects.js';
import { firstOf, requiredText } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { KEEPERS } from '../roles.js';
import type { OrganisationCapability } from './capability.js';
import { MAX_MERGED } from './organisation.js';

/** Records that a wording means a separate party. The wording was merged, or is suggested for merging. */
export const separateParty: OrganisationCapability<
  { PartySeparated: { readonly key: string } },
  { separateParty: { readonly key: string | null } }
> = {
  events: {
    PartySeparated: {
      evolve(organisation, { key }) {
        const rest = Object.entries(organisation.merged).filter(([each]) => each !== key);
        const apart = organisation.apart.includes(key) ? organisation.apart : [...organisation.apart, key];
        return { ...organisation, merged: Object.fromEntries(rest), apart };
      },
      sentence: ({ key }) => [
        `Написание «${key}» снова отдельный ответственный`,
        `«${key}» is a party of its own again`,
      ],
    },
  },
  commands: {
    separateParty: {
      givenBy: KEEPERS,
      decide({ merged, apart }, { key }) {
        if (key === null) return refuse('PARTY_UNKNOWN', 'partyId');
        const isMerged = ownValue(merged, key) !== undefined;
        return (
          firstOf(
            requiredText('partyId', key, 2_000),
            !isMerged && apart.includes(key) ? refuse('PARTY_NOT_MERGED', 'partyId') : undefined,
            !isMerged && apart.length >= MAX_MERGED ? refuse('TOO_MANY', 'partyId', { max: MAX_MERGED }) : undefined,
          ) ?? accept({ type: 'PartySeparated', data: { key } })
        );
      },
    },
  },
};
