import type { ControlSettings } from '../settings.js';
import type { OwnPartyCells } from './ownPartyCells.js';
import type { OwnWordings } from './ownWordings.js';

/** An organisation that keeps plans, or a department above such organisations. */
export interface ExistingOrganisation {
  readonly status: 'REGISTERED';
  readonly name: string;
  /** Id of the parent organisation, such as the department of a school; null for none. */
  readonly parentId: string | null;
  /** IANA time zone that determines the local day. */
  readonly timeZone: string;
  readonly settings: ControlSettings;
  /** Merged parties: the key of a printed party, and the key of the party that it is another wording of. */
  readonly merged: Readonly<Record<string, string>>;
  /** Keys of wordings that were recorded as separate parties. They are not suggested for merging. */
  readonly apart: readonly string[];
  /** Meanings of printed timeframes that a person has confirmed for this organisation. */
  readonly wordings: OwnWordings;
  /** Parties that a person has confirmed for printed cells of responsible parties. */
  readonly partyCells: OwnPartyCells;
  /** Number of period reports that it has issued. */
  readonly reports: number;
}

/** The state that commands on an organisation are decided on. */
export type Organisation = { readonly status: 'ABSENT' } | ExistingOrganisation;

/** An organisation before its first event. */
export const NO_ORGANISATION: Organisation = { status: 'ABSENT' };

/** Maximum number of merged parties of one organisation. */
export const MAX_MERGED = 5_000;
