import type { OrganisationReport } from '../domain/organisation/issueReport.js';
import { readModel } from './model.js';

/** A report of an organisation on a period, as it was issued. */
export interface OrganisationReportBody extends OrganisationReport {
  readonly organisationId: string;
}

/** One document a report; it never changes. */
export const organisationReports = readModel<OrganisationReportBody>(
  {
    name: 'organisationReports',
    version: 1,
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
