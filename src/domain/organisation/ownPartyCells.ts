import type { Irregularity } from '../irregularities.js';
import type { Party, Responsible } from '../parties.js';
import { wordingKey } from './ownWordings.js';

/** The parties that a person confirmed for a cell of responsible parties. Neither names a person. */
export interface OwnPartyCell {
  /** The cell as printed. */
  readonly text: string;
  readonly parties: readonly Party<never>[];
}

/** The cells of an organisation by their keys, see {@link wordingKey}. */
export type OwnPartyCells = Readonly<Record<string, OwnPartyCell>>;

/** The data of an organisation on which the reading of a cell of parties depends. */
export interface PartyCellOrganisation {
  readonly partyCells: OwnPartyCells;
}

/** Returns the parties that an organisation has confirmed for a cell; undefined if the rules read it. */
export function ownParties(
  organisation: PartyCellOrganisation | null,
  text: Responsible<unknown>['text'],
): OwnPartyCell['parties'] | undefined {
  const printed = plainText(text);
  return printed === undefined ? undefined : organisation?.partyCells[wordingKey(printed)]?.parties;
}

/**
 * Returns a row with the parties that its organisation has confirmed for the cell. Questions about the cell are settled
 * with them.
 */
export function withOwnParties<
  Person,
  Row extends { readonly responsible: Responsible<Person>; readonly irregularities: readonly Irregularity[] },
>(organisation: PartyCellOrganisation | null, row: Row): Row {
  const parties = ownParties(organisation, row.responsible.text);
  return parties === undefined
    ? row
    : {
        ...row,
        responsible: { ...row.responsible, parties },
        irregularities: row.irregularities.filter(({ field }) => field !== 'responsible'),
      };
}

/** Returns the cell of an activity for later documents; undefined if it names a person. */
export function cellWithoutPersons<Person>({ text, parties }: Responsible<Person>): OwnPartyCell | undefined {
  const printed = plainText(text);
  const plain = parties.flatMap((party) => {
    const name = plainText(party.name);
    return name === undefined || party.kind === 'person' ? [] : [{ ...party, name: [name] }];
  });
  return printed === undefined || plain.length < parties.length ? undefined : { text: printed, parties: plain };
}

function plainText(text: Responsible<unknown>['text']): string | undefined {
  const plain = text.filter((part) => typeof part === 'string');
  return plain.length < text.length ? undefined : plain.join('');
}
