import type { Given } from '../actor.js';
import { ImpossibleEvent } from '../impossible.js';
import { type Check, firstOf, requiredLine, validTimeZone } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { ADMINISTRATORS } from '../roles.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../settings.js';
import type { OrganisationCapability } from './capability.js';
import type { ExistingOrganisation } from './organisation.js';
import { validSettings } from './settingsChecks.js';

/** Omitted settings get their default values. */
interface RegisterOrganisation extends OrganisationDetails {
  readonly settings: Partial<ControlSettings>;
}

interface OrganisationRegistered extends OrganisationDetails {
  readonly settings: ControlSettings;
}

/** The details of an organisation that can change. */
export type OrganisationDetails = Pick<ExistingOrganisation, 'name' | 'parentId' | 'timeZone'>;

/** Registers an organisation that keeps plans, or a department above such organisations. */
export const registerOrganisation: OrganisationCapability<
  { OrganisationRegistered: OrganisationRegistered },
  { registerOrganisation: RegisterOrganisation }
> = {
  events: {
    OrganisationRegistered: {
      evolve() {
        throw new ImpossibleEvent('OrganisationRegistered on an organisation that exists');
      },
      sentence: ({ name }) => [`Зарегистрирована организация ${name}`, `Organisation ${name} registered`],
    },
  },
  commands: {
    registerOrganisation: {
      givenBy: ADMINISTRATORS,
      begin({ name, parentId, timeZone, settings: stated }, given) {
        const settings = { ...DEFAULT_SETTINGS, ...stated };
        return (
          firstOf(validDetails({ name, parentId, timeZone }, given), validSettings(settings)) ??
          accept({ type: 'OrganisationRegistered', data: { name: name.trim(), parentId, timeZone, settings } })
        );
      },
    },
  },
};

/** Returns the organisation after its first event. */
export function organisationAfterRegistering(data: OrganisationRegistered): ExistingOrganisation {
  return { status: 'REGISTERED', ...data, merged: {}, apart: [], wordings: {}, partyCells: {}, reports: 0 };
}

/** Refuses details that are not valid. A parent must exist, and must not belong to the organisation itself. */
export function validDetails({ name, parentId, timeZone }: OrganisationDetails, given: Given): Check {
  return firstOf(
    requiredLine('name', name),
    validTimeZone(timeZone),
    parentId !== null && given.organisation?.id !== parentId ? refuse('ORGANISATION_NOT_FOUND', 'parentId') : undefined,
    parentId !== null && given.organisation?.isOwn ? refuse('PARENT_CYCLE', 'parentId') : undefined,
  );
}
