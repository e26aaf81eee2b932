import type { LocalDate, Window } from '../dates.js';
import type { Figures } from '../indicators/figure.js';
import type { PeriodReportKind } from '../indicators/periodReport.js';
import type { ControlSettings } from '../settings.js';

/** The figures of one organisation in a report. */
export interface ReportedOrganisation {
  readonly organisationId: string;
  readonly name: string;
  readonly plans: number;
  readonly figures: Figures;
}

/** A report on a period over the plans of an organisation and of all that belong to it, as it was issued. */
export interface OrganisationReport {
  readonly reportId: string;
  readonly kind: PeriodReportKind;
  readonly window: Window;
  /** Local day of issue: what became known later is not in it. */
  readonly issuedOn: LocalDate;
  readonly plans: number;
  readonly figures: Figures;
  readonly organisations: readonly ReportedOrganisation[];
  readonly note: string | null;
}

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
  OrganisationReportIssued: OrganisationReport;
}

export type OrganisationEventType = keyof OrganisationEventData;

/** Any event of an organisation's stream. */
export type OrganisationEvent = {
  [T in OrganisationEventType]: { readonly type: T; readonly data: OrganisationEventData[T] };
}[OrganisationEventType];
