import { type LocalDate, localDay, type Window } from '../dates.js';
import type { Figures } from '../indicators/figure.js';
import type { PeriodReportKind } from '../indicators/periodReport.js';
import { fewEnough, firstOf, optionalText } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { AGREERS } from '../roles.js';
import { MAX_LONG } from '../texts.js';
import type { OrganisationCapability } from './capability.js';

/** Most reports of one organisation, and most organisations in one report. */
const MAX_REPORTS = 1_000;
const MAX_REPORTED = 500;

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

/** Issues a report on a period that is over, with the figures that the read models hold then. */
export const issueOrganisationReport: OrganisationCapability<
  { OrganisationReportIssued: OrganisationReport },
  { issueOrganisationReport: Omit<OrganisationReport, 'reportId'> }
> = {
  events: {
    OrganisationReportIssued: {
      evolve: (organisation) => ({ ...organisation, reports: organisation.reports + 1 }),
      sentence: ({ window: { start, end }, plans }) => [
        `Отчёт организации за период ${start} … ${end}, планов ${plans}`,
        `Report of the organisation on ${start} … ${end}, ${plans} plans`,
      ],
    },
  },
  commands: {
    issueOrganisationReport: {
      givenBy: AGREERS,
      decide({ reports, timeZone }, command, given) {
        const { kind, window, issuedOn, plans, figures, organisations } = command;
        const note = command.note?.trim() || null;
        return (
          firstOf(
            optionalText('note', note, MAX_LONG),
            localDay(given.now, timeZone) <= window.end
              ? refuse('PERIOD_NOT_OVER', 'day', { end: window.end })
              : undefined,
            plans === 0 ? refuse('NOTHING_PLANNED', 'organisationId') : undefined,
            fewEnough('organisations', organisations, MAX_REPORTED),
            reports >= MAX_REPORTS ? refuse('TOO_MANY', 'organisationId', { max: MAX_REPORTS }) : undefined,
          ) ??
          accept({
            type: 'OrganisationReportIssued',
            data: { reportId: `or${reports + 1}`, kind, window, issuedOn, plans, figures, organisations, note },
          })
        );
      },
    },
  },
};
