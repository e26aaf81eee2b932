import type { ControlSettings } from '../settings.js';
import type { OrganisationReport } from './events.js';

/** What each command on an organisation carries, by its name. A field left out stays as it is. */
export interface OrganisationCommandData {
  registerOrganisation: {
    readonly name: string;
    readonly parentId: string | null;
    readonly timeZone: string;
    readonly settings: Partial<ControlSettings>;
  };
  changeOrganisation: { readonly name?: string; readonly parentId?: string | null; readonly timeZone?: string };
  changeSettings: { readonly settings: Partial<ControlSettings> };
  /** Keys of printed parties; see `partyKey`. Null: what is named is none that is known. */
  mergeParties: { readonly into: string | null; readonly keys: readonly (string | null)[] };
  separateParty: { readonly key: string | null };
  /** Figures are those of the read models when it is issued: what a report says is what could be seen then. */
  issueOrganisationReport: Omit<OrganisationReport, 'reportId'>;
}

export type OrganisationCommandType = keyof OrganisationCommandData;
export type OrganisationCommandOf<T extends OrganisationCommandType> = {
  readonly type: T;
} & OrganisationCommandData[T];
export type OrganisationCommand = {
  [T in OrganisationCommandType]: OrganisationCommandOf<T>;
}[OrganisationCommandType];
