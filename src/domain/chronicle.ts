import type { AccessEvent, AccessEventType } from './access/events.js';
import type { PlanEvent } from './events.js';
import type { LogEvent, LogEventType } from './log/events.js';
import type { OrganisationEvent, OrganisationEventType } from './organisation/events.js';
import type { PersonEvent, PersonEventType } from './person/events.js';

/** Any event of the chronicle. */
export type ChronicleEvent = PlanEvent | OrganisationEvent | PersonEvent | LogEvent | AccessEvent;

const OF_ORGANISATIONS: Readonly<Record<OrganisationEventType, true>> = {
  OrganisationRegistered: true,
  OrganisationDetailsChanged: true,
  SettingsChanged: true,
  PartiesMerged: true,
  PartySeparated: true,
  OrganisationReportIssued: true,
};

const OF_THE_LOG: Readonly<Record<LogEventType, true>> = { LogKeyRotated: true, LogAccepted: true };

const OF_PERSONS: Readonly<Record<PersonEventType, true>> = { PersonForgotten: true };

const OF_ACCESS: Readonly<Record<AccessEventType, true>> = {
  AccessIssued: true,
  AccessRotated: true,
  AccessRenamed: true,
  AccessGranted: true,
  AccessWithdrawn: true,
  AccessRevoked: true,
  WebhookAdded: true,
  WebhookRotated: true,
  WebhookRemoved: true,
};

/** True for an event of an organisation's stream. */
export function isOfOrganisation(event: ChronicleEvent): event is OrganisationEvent {
  return Object.hasOwn(OF_ORGANISATIONS, event.type);
}

/** True for an event about a person. */
export function isOfPerson(event: ChronicleEvent): event is PersonEvent {
  return Object.hasOwn(OF_PERSONS, event.type);
}

/** True for an event about the log itself. */
export function isOfLog(event: ChronicleEvent): event is LogEvent {
  return Object.hasOwn(OF_THE_LOG, event.type);
}

/** True for an event on somebody's access. */
export function isOfAccess(event: ChronicleEvent): event is AccessEvent {
  return Object.hasOwn(OF_ACCESS, event.type);
}

/** True for an event of a plan's stream. */
export function isOfPlan(event: ChronicleEvent): event is PlanEvent {
  return !isOfOrganisation(event) && !isOfPerson(event) && !isOfLog(event) && !isOfAccess(event);
}
