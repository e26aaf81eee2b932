import type { Responsible } from '../../domain/parties.js';
import { mapPersons } from '../../domain/personal.js';
import { readResponsible } from '../../domain/wording/responsible.js';
import { statedResponsible } from '../../domain/wording/statedParties.js';
import type { Seal } from '../../engine/vault/sealedText.js';
import type { PartyInput } from './inputs.js';

/** Returns the responsible parties of a row as commands take them, with sealed names of persons. */
export function responsibleOf(
  { responsible, parties: stated }: { readonly responsible: string; readonly parties?: PartyInput[] | null },
  seal: Seal,
): Responsible {
  const { text, parties } = stated
    ? statedResponsible(responsible, stated.map(statedParty))
    : readResponsible(responsible);
  return {
    text: mapPersons(text, seal),
    parties: parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
    ...(stated ? { statedBy: 'author' } : {}),
  };
}

function statedParty({ name, kind, agreement, joint }: PartyInput) {
  return { name, kind: kind ?? null, agreement: agreement ?? null, joint: joint ?? null };
}
