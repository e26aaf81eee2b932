import type { Irregularity } from '../irregularities.js';
import type { Party, Responsible } from '../parties.js';
import { textWithoutPersons } from '../personal.js';
import { type OwnReadings, ownReading } from './ownReadings.js';

/** The parties that a person confirmed for a cell of responsible parties. Neither names a person. */
export interface OwnPartyCell {
  /** The cell as printed. */
  readonly text: string;
  readonly parties: readonly Party<never>[];
}

/** The confirmed cells of an organisation. */
export type OwnPartyCells = OwnReadings<OwnPartyCell>;

/** The data of an organisation on which the reading of a cell of parties depends. */
export interface PartyCellOrganisation {
  readonly partyCells: OwnPartyCells;
}

/** Returns a cell with the parties that its organisation has confirmed for it; otherwise as it was read. */
export function partiesInOrganisation<Person>(
  organisation: PartyCellOrganisation | null,
  responsible: Responsible<Person>,
): Responsible<Person> {
  const printed = textWithoutPersons(responsible.text);
  const own = printed === undefined || !organisation ? undefined : ownReading(organisation.partyCells, printed);
  return own ? { text: responsible.text, parties: own.parties, statedBy: 'organisation' } : responsible;
}

/** Returns a row with {@link partiesInOrganisation its parties}. Confirmed parties answer questions about the cell. */
export function withOwnParties<
  Person,
  Row extends { readonly responsible: Responsible<Person>; readonly irregularities: readonly Irregularity[] },
>(organisation: PartyCellOrganisation | null, row: Row): Row {
  const responsible = partiesInOrganisation(organisation, row.responsible);
  return responsible === row.responsible
    ? row
    : { ...row, responsible, irregularities: row.irregularities.filter(({ field }) => field !== 'responsible') };
}

/** Returns the cell of an activity for later documents; undefined if it names a person. */
export function cellWithoutPersons<Person>({ text, parties }: Responsible<Person>): OwnPartyCell | undefined {
  const printed = textWithoutPersons(text);
  const plain = parties.flatMap((party) => {
    const name = textWithoutPersons(party.name);
    return name === undefined || party.kind === 'person' ? [] : [{ ...party, name: [name] }];
  });
  return printed === undefined || plain.length < parties.length ? undefined : { text: printed, parties: plain };
}
