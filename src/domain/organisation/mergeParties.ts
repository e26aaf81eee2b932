import { ownValue } from '../objects.js';
import { fewEnough, firstOf, requiredText } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { KEEPERS } from '../roles.js';
import type { OrganisationCapability } from './capability.js';
import { MAX_MERGED } from './organisation.js';

/** Keys of printed parties, see `partyKey`; null for an unknown party. */
interface MergeParties {
  readonly into: string | null;
  readonly keys: readonly (string | null)[];
}

interface PartiesMerged {
  readonly into: string;
  readonly keys: readonly string[];
}

/** Records that several printed wordings mean one party. The printed texts do not change. */
export const mergeParties: OrganisationCapability<{ PartiesMerged: PartiesMerged }, { mergeParties: MergeParties }> = {
  events: {
    PartiesMerged: {
      evolve(organisation, { into, keys }) {
        // Wordings that were merged before into one of the merged parties now belong to the new party.
        const moved = Object.entries(organisation.merged).filter(([, target]) => keys.includes(target));
        const merged = [...moved.map(([key]) => key), ...keys].map((key) => [key, into] as const);
        const apart = organisation.apart.filter((key) => !keys.includes(key));
        return { ...organisation, merged: { ...organisation.merged, ...Object.fromEntries(merged) }, apart };
      },
      sentence({ into, keys }) {
        const wordings = [into, ...keys].map((key) => `«${key}»`).join(', ');
        return [`Написания одного ответственного: ${wordings}`, `Wordings of one party: ${wordings}`];
      },
    },
  },
  commands: {
    mergeParties: {
      givenBy: KEEPERS,
      decide({ merged }, { into, keys: named }) {
        const keys = named.filter((key) => key !== null);
        if (into === null) return refuse('PARTY_UNKNOWN', 'intoId');
        if (keys.length < named.length) return refuse('PARTY_UNKNOWN', 'partyIds');
        const moved = keys.filter((key) => ownValue(merged, key) !== into);
        return (
          firstOf(
            requiredText('into', into, 2_000),
            keys.length === 0 ? refuse('REQUIRED', 'partyIds') : undefined,
            fewEnough('partyIds', keys),
            // Merges make no chains: a party that others are merged into cannot itself be merged.
            keys.includes(into) ? refuse('PARTY_INTO_ITSELF', 'partyIds') : undefined,
            ownValue(merged, into) !== undefined ? refuse('PARTY_IS_MERGED', 'into') : undefined,
            moved.length === 0 ? refuse('NOTHING_CHANGES') : undefined,
            Object.keys(merged).length + moved.length > MAX_MERGED
              ? refuse('TOO_MANY', 'partyIds', { max: MAX_MERGED })
              : undefined,
          ) ?? accept({ type: 'PartiesMerged', data: { into, keys: [...new Set(moved)] } })
        );
      },
    },
  },
};
