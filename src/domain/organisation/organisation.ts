import type { ControlSettings } from '../settings.js';

/** An organisation that keeps plans, or a department over others that do. */
export interface ExistingOrganisation {
  readonly status: 'REGISTERED';
  readonly name: string;
  /** The organisation that it belongs to, by id: a school to its department; null for none. */
  readonly parentId: string | null;
  /** IANA time zone: it says which local day it is. */
  readonly timeZone: string;
  readonly settings: ControlSettings;
  /** By the key of a printed party, the key of the one that it is another wording of. */
  readonly merged: Readonly<Record<string, string>>;
  /** Keys of wordings that somebody said to be parties of their own: they are suggested to be one no more. */
  readonly apart: readonly string[];
  /** How many reports on periods it has issued. */
  readonly reports: number;
}

/** The state that commands on an organisation are decided on. */
export type Organisation = { readonly status: 'ABSENT' } | ExistingOrganisation;

/** An organisation before its first event. */
export const NO_ORGANISATION: Organisation = { status: 'ABSENT' };

/** Most parties of one organisation that are merged into others. */
export const MAX_MERGED = 5_000;
