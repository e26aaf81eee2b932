import type { Given } from '../actor.js';
import { circumstances } from '../plan/checks.js';
import { type Decision, refuse } from '../refusal.js';
import {
  ORGANISATION_COMMANDS,
  type OrganisationCommand,
  type OrganisationCommandData,
  type OrganisationCommandType,
  type OrganisationEvent,
} from './catalogue.js';
import type { ExistingOrganisation, Organisation } from './organisation.js';

/** Decides on a command on an organisation: events to append, or a refusal. Pure and total. */
export function decideOrganisation(
  organisation: Organisation,
  command: OrganisationCommand,
  given: Given,
): Decision<OrganisationEvent> {
  const refused = circumstances(given);
  if (refused) return refused;
  return organisation.status === 'ABSENT'
    ? beginOrganisation(command, given)
    : decideOnOrganisation(organisation, command, given);
}

type CommandOf<T extends OrganisationCommandType> = { readonly type: T } & OrganisationCommandData[T];

function beginOrganisation<T extends OrganisationCommandType>(
  command: CommandOf<T>,
  given: Given,
): Decision<OrganisationEvent> {
  const definition = ORGANISATION_COMMANDS[command.type];
  return 'begin' in definition ? definition.begin(command, given) : refuse('ORGANISATION_NOT_FOUND', 'organisationId');
}

function decideOnOrganisation<T extends OrganisationCommandType>(
  organisation: ExistingOrganisation,
  command: CommandOf<T>,
  given: Given,
): Decision<OrganisationEvent> {
  const definition = ORGANISATION_COMMANDS[command.type];
  return 'begin' in definition ? refuse('ORGANISATION_EXISTS') : definition.decide(organisation, command, given);
}
