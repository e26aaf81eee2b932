import { dayText, type LocalDate, localDay, type Window } from '../dates.js';
import type { Figures } from '../indicators/figure.js';
import type { PeriodReportKind } from '../indicators/periodReport.js';
import { fewEnough, firstOf, optionalText } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { AGREERS } from '../roles.js';
import { MAX_LONG } from '../texts.js';
import type { OrganisationCapability } from './capability.js';

/** Maximum number of reports of one organisation. */
const MAX_ORGANISATION_REPORTS = 1_000;
/** Maximum number of organisations in one report. */
const MAX_REPORTED = 500;

/** The figures of one organisation in a report. */
export interface ReportedOrganisation {
  readonly organisationId: string;
  readonly name: string;
  readonly plans: number;
  readonly figures: Figures;
}

/** A period report over the plans of an organisation and of its subordinate organisations, as it was issued. */
export interface OrganisationReport {
  readonly reportId: string;
  readonly kind: PeriodReportKind;
  readonly window: Window;
  /** Local day of issue. Facts that became known later are not included. */
  readonly issuedOn: LocalDate;
  readonly plans: number;
  readonly figures: Figures;
  readonly organisations: readonly ReportedOrganisation[];
  readonly note: string | null;
}

/** Issues a report on a period that is over, with the figures of the read models at that time. */
export const issueOrganisationReport: OrganisationCapability<
  { OrganisationReportIssued: OrganisationReport },
  { issueOrganisationReport: Omit<OrganisationReport, 'reportId'> }
> = {
  events: {
    OrganisationReportIssued: {
      evolve: (organisation) => ({ ...organisation, reports: organisation.reports + 1 }),
      sentence: ({ window: { start, end }, plans }) => [
        `Отчёт организации за период ${dayText(start)} … ${dayText(end)}, планов ${plans}`,
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
            reports >= MAX_ORGANISATION_REPORTS
              ? refuse('TOO_MANY', 'organisationId', { max: MAX_ORGANISATION_REPORTS })
              : undefined,
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
