import type { OrganisationReport } from '../domain/organisation/issueReport.js';
import { readModel } from './model.js';

/** A period report of an organisation as it was issued. */
export interface OrganisationReportBody extends OrganisationReport {
  readonly organisationId: string;
}

/** The read model of organisation reports: one row per report, which never changes. */
export const organisationReports = readModel<OrganisationReportBody>(
  {
    name: 'organisationReports',
    version: 2,
    fields: { organisationId: 'text', issuedOn: 'text' },
    indexes: [['organisationId', 'issuedOn']],
  },
  {
    ofOrganisation: ({ organisationId, recorded: { event } }) => {
      if (event.type !== 'OrganisationReportIssued') return [];
      const { reportId, issuedOn } = event.data;
      return [
        {
          id: `${organisationId}.${reportId}`,
          view: () => ({ fields: { organisationId, issuedOn }, body: { organisationId, ...event.data } }),
        },
      ];
    },
  },
);
