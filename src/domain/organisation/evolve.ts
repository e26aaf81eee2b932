import { ImpossibleEvent } from '../impossible.js';
import type { OrganisationEvent } from './events.js';
import type { ExistingOrganisation, Organisation } from './organisation.js';

/**
 * The organisation after an event.
 *
 * @throws ImpossibleEvent when the event does not fit the organisation.
 */
export function evolveOrganisation(organisation: Organisation, event: OrganisationEvent): ExistingOrganisation {
  if (organisation.status === 'ABSENT') {
    if (event.type !== 'OrganisationRegistered') {
      throw new ImpossibleEvent(`${event.type} before OrganisationRegistered`);
    }
    return { status: 'REGISTERED', ...event.data, merged: {}, apart: [], reports: 0 };
  }
  switch (event.type) {
    case 'OrganisationRegistered':
      throw new ImpossibleEvent('OrganisationRegistered on an organisation that exists');
    case 'OrganisationDetailsChanged':
    case 'SettingsChanged':
      return { ...organisation, ...event.data };
    case 'PartiesMerged': {
      const { into, keys } = event.data;
      // Whatever was merged into one of them goes along.
      const moved = Object.entries(organisation.merged).filter(([, target]) => keys.includes(target));
      const merged = [...moved.map(([key]) => key), ...keys].map((key) => [key, into] as const);
      const apart = organisation.apart.filter((key) => !keys.includes(key));
      return { ...organisation, merged: { ...organisation.merged, ...Object.fromEntries(merged) }, apart };
    }
    case 'OrganisationReportIssued':
      return { ...organisation, reports: organisation.reports + 1 };
    case 'PartySeparated': {
      const { key } = event.data;
      const rest = Object.entries(organisation.merged).filter(([each]) => each !== key);
      const apart = organisation.apart.includes(key) ? organisation.apart : [...organisation.apart, key];
      return { ...organisation, merged: Object.fromEntries(rest), apart };
    }
  }
}
