import { ImpossibleEvent } from '../impossible.js';
import {
  ORGANISATION_EVENTS,
  type OrganisationEvent,
  type OrganisationEventData,
  type OrganisationEventType,
} from './catalogue.js';
import type { ExistingOrganisation, Organisation } from './organisation.js';
import { organisationAfterRegistering } from './registerOrganisation.js';

/**
 * Returns the organisation after an event.
 *
 * @throws ImpossibleEvent when the event cannot follow the organisation.
 */
export function evolveOrganisation(organisation: Organisation, event: OrganisationEvent): ExistingOrganisation {
  if (organisation.status !== 'ABSENT') return evolvedOrganisation(organisation, event);
  if (event.type !== 'OrganisationRegistered') throw new ImpossibleEvent(`${event.type} before OrganisationRegistered`);
  return organisationAfterRegistering(event.data);
}

function evolvedOrganisation<T extends OrganisationEventType>(
  organisation: ExistingOrganisation,
  { type, data }: { readonly type: T; readonly data: OrganisationEventData[T] },
): ExistingOrganisation {
  return ORGANISATION_EVENTS[type].evolve(organisation, data);
}
