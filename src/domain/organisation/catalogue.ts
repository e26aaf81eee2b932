import type {
  Capability,
  CommandDefinition,
  CommandUnion,
  EventDefinition,
  EventUnion,
  Intersection,
} from '../capability.js';
import { adoptPartyCell } from './adoptPartyCell.js';
import { adoptWording } from './adoptWording.js';
import { changeOrganisation } from './changeOrganisation.js';
import { changeSettings } from './changeSettings.js';
import { issueOrganisationReport } from './issueReport.js';
import { mergeParties } from './mergeParties.js';
import type { ExistingOrganisation } from './organisation.js';
import { registerOrganisation } from './registerOrganisation.js';
import { separateParty } from './separateParty.js';

/** Every capability of organisations. */
const ORGANISATION_CAPABILITIES = [
  registerOrganisation,
  changeOrganisation,
  changeSettings,
  mergeParties,
  separateParty,
  adoptWording,
  adoptPartyCell,
  issueOrganisationReport,
] as const;

type AnyOrganisationCapability = (typeof ORGANISATION_CAPABILITIES)[number];
type OrganisationEventsOf<C> = C extends Capability<infer _S, infer Events, infer _C> ? Events : never;
type OrganisationCommandsOf<C> = C extends Capability<infer _S, infer _E, infer Commands> ? Commands : never;

/** The data of each event type of an organisation's stream. */
export type OrganisationEventData = Intersection<OrganisationEventsOf<AnyOrganisationCapability>>;
/** The name of an event type of an organisation's stream. */
export type OrganisationEventType = keyof OrganisationEventData;
/** Any event of an organisation's stream. */
export type OrganisationEvent = EventUnion<OrganisationEventData>;

/** The data of each command on an organisation, by name. */
export type OrganisationCommandData = Intersection<OrganisationCommandsOf<AnyOrganisationCapability>>;
/** The name of a command on an organisation. */
export type OrganisationCommandType = keyof OrganisationCommandData;
/** Any command on an organisation. */
export type OrganisationCommand = CommandUnion<OrganisationCommandData>;

/** Every event type of organisations, with its definition. */
export const ORGANISATION_EVENTS: {
  readonly [T in OrganisationEventType]: EventDefinition<ExistingOrganisation, OrganisationEventData[T]>;
} = Object.assign({}, ...ORGANISATION_CAPABILITIES.map(({ events }) => events));

/** Every command on organisations, with its definition. */
export const ORGANISATION_COMMANDS: {
  readonly [T in OrganisationCommandType]: CommandDefinition<
    ExistingOrganisation,
    OrganisationEvent,
    OrganisationCommandData[T]
  >;
} = Object.assign({}, ...ORGANISATION_CAPABILITIES.map(({ commands }) => commands));
