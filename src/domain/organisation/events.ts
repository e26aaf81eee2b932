import type { ControlSettings } from '../settings.js';

/** The data of each event of an organisation's stream, by its name. */
export interface OrganisationEventData {
  OrganisationRegistered: {
    readonly name: string;
    readonly parentId: string | null;
    readonly timeZone: string;
    readonly settings: ControlSettings;
  };
  OrganisationDetailsChanged: {
    readonly name: string;
    readonly parentId: string | null;
    readonly timeZone: string;
  };
  /** All of the settings as they are from then on. Plans that were approved before keep theirs. */
  SettingsChanged: { readonly settings: ControlSettings };
  /** Printed wordings, by their keys, that mean the party with the key `into`. The wordings stay as printed. */
  PartiesMerged: { readonly into: string; readonly keys: readonly string[] };
  /** A wording that means a party of its own, whatever it meant or looked like before. */
  PartySeparated: { readonly key: string };
}

export type OrganisationEventType = keyof OrganisationEventData;

/** Any event of an organisation's stream. */
export type OrganisationEvent = {
  [T in OrganisationEventType]: { readonly type: T; readonly data: OrganisationEventData[T] };
}[OrganisationEventType];
