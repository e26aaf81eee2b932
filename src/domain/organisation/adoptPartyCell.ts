import { type Party, sameResponsible } from '../parties.js';
import { fewEnough, firstOf, optionalText, requiredText } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { EXECUTORS, KEEPERS } from '../roles.js';
import { MAX_LONG } from '../texts.js';
import { namesPersons } from '../wording/persons.js';
import type { OrganisationCapability } from './capability.js';
import type { OwnPartyCell } from './ownPartyCells.js';
import { ownReading, withoutReading, withReading } from './ownReadings.js';

/** Maximum number of cells of one organisation. */
const MAX_OWN_CELLS = 5_000;

/**
 * Stores the parties that a person has confirmed for a cell, for all later documents of the organisation. Stored
 * readings do not change. A cell that names a person is not kept: its names belong to one plan, where they are sealed.
 */
export const adoptPartyCell: OrganisationCapability<
  { PartyCellAdopted: OwnPartyCell; PartyCellWithdrawn: { readonly text: string } },
  { adoptPartyCell: OwnPartyCell; withdrawPartyCell: { readonly text: string } }
> = {
  events: {
    PartyCellAdopted: {
      evolve: (organisation, cell) => ({
        ...organisation,
        partyCells: withReading(organisation.partyCells, cell),
      }),
      sentence: ({ text, parties }) => [
        `Принято, кто назван в «${text}» в следующих документах: ${partyNames(parties)}`,
        `Parties named by «${text}» kept for later documents: ${partyNames(parties)}`,
      ],
    },
    PartyCellWithdrawn: {
      evolve: (organisation, { text }) => ({
        ...organisation,
        partyCells: withoutReading(organisation.partyCells, text),
      }),
      sentence: ({ text }) => [
        `Отозвано принятое понимание ответственных «${text}»`,
        `Parties named by «${text}» are kept no longer`,
      ],
    },
  },
  commands: {
    adoptPartyCell: {
      givenBy: EXECUTORS,
      decide({ partyCells }, { text, parties }) {
        const known = ownReading(partyCells, text);
        const cell: OwnPartyCell = { text: text.trim(), parties };
        return (
          firstOf(
            requiredText('text', text, MAX_LONG),
            parties.length === 0 ? refuse('REQUIRED', 'parties') : undefined,
            fewEnough('parties', parties),
            ...parties.map(({ name }) => optionalText('parties', name.join(''), MAX_LONG)),
            isOfPersons(cell) ? refuse('CELL_NAMES_PERSON', 'text', { text }) : undefined,
            known !== undefined && sameResponsible({ text: [], parties: known.parties }, { text: [], parties })
              ? refuse('NOTHING_CHANGES')
              : undefined,
            known === undefined && Object.keys(partyCells).length >= MAX_OWN_CELLS
              ? refuse('TOO_MANY', 'text', { max: MAX_OWN_CELLS })
              : undefined,
          ) ?? accept({ type: 'PartyCellAdopted', data: cell })
        );
      },
    },
    withdrawPartyCell: {
      givenBy: KEEPERS,
      decide({ partyCells }, { text }) {
        const known = ownReading(partyCells, text);
        return known === undefined
          ? refuse('PARTY_CELL_NOT_OWN', 'text', { text })
          : accept({ type: 'PartyCellWithdrawn', data: { text: known.text } });
      },
    },
  },
};

/** True also for a name that an earlier version of the rules did not recognise, and therefore did not seal. */
function isOfPersons({ text, parties }: OwnPartyCell): boolean {
  const printed = [text, ...parties.map(({ name }) => name.join(''))];
  return parties.some(({ kind }) => kind === 'person') || printed.some(namesPersons);
}

function partyNames(parties: readonly Party<never>[]): string {
  return parties.map(({ name }) => name.join('')).join('; ');
}
