import type { Capability } from '../capability.js';
import type { OrganisationEvent } from './catalogue.js';
import type { ExistingOrganisation } from './organisation.js';

/** A capability of organisations, see {@link Capability}. */
export type OrganisationCapability<Events, Commands> = Capability<
  { readonly state: ExistingOrganisation; readonly event: OrganisationEvent },
  Events,
  Commands
>;
