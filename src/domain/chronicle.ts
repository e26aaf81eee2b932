import type { AccessEvent, AccessEventType } from './access/events.js';
import type { LogEvent, LogEventType } from './log/events.js';
import { ORGANISATION_EVENTS, type OrganisationEvent } from './organisation/catalogue.js';
import type { PersonEvent, PersonEventType } from './person/events.js';
import { PLAN_EVENTS, type PlanEvent } from './plan/catalogue.js';

/** Any event of the event store. */
export type ChronicleEvent = PlanEvent | OrganisationEvent | PersonEvent | LogEvent | AccessEvent;

const OF_THE_LOG: Readonly<Record<LogEventType, true>> = { LogKeyRotated: true, LogAccepted: true };

const OF_PERSONS: Readonly<Record<PersonEventType, true>> = { PersonForgotten: true };

const OF_ACCESS: Readonly<Record<AccessEventType, true>> = {
  AccessIssued: true,
  AccessRotated: true,
  SignInLinked: true,
  SignInUnlinked: true,
  AccessRenamed: true,
  AccessGranted: true,
  AccessWithdrawn: true,
  AccessRevoked: true,
  WebhookAdded: true,
  WebhookRotated: true,
  WebhookRemoved: true,
};

/** Returns true for an event of an organisation's stream. */
export function isOfOrganisation(event: ChronicleEvent): event is OrganisationEvent {
  return Object.hasOwn(ORGANISATION_EVENTS, event.type);
}

/** Returns true for an event of a person's stream. */
export function isOfPerson(event: ChronicleEvent): event is PersonEvent {
  return Object.hasOwn(OF_PERSONS, event.type);
}

/** Returns true for an event about the log itself. */
export function isOfLog(event: ChronicleEvent): event is LogEvent {
  return Object.hasOwn(OF_THE_LOG, event.type);
}

/** Returns true for an event of an access stream. */
export function isOfAccess(event: ChronicleEvent): event is AccessEvent {
  return Object.hasOwn(OF_ACCESS, event.type);
}

/** Returns true for an event of a plan's stream. */
export function isOfPlan(event: ChronicleEvent): event is PlanEvent {
  return Object.hasOwn(PLAN_EVENTS, event.type);
}
