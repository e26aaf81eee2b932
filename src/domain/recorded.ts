import type { RecordedEvent } from '../engine/eventstore/envelope.js';
import type { Upcaster } from '../engine/eventstore/eventTypes.js';
import { eventTypes } from '../engine/eventstore/eventTypes.js';
import type { Basis, Role } from './actor.js';
import type { ChronicleEvent } from './chronicle.js';
import { mapValues } from './objects.js';
import { ORGANISATION_EVENTS } from './organisation/catalogue.js';
import { PLAN_EVENTS } from './plan/catalogue.js';

/** An event of the chronicle as read from the store. */
export type Recorded<Event = ChronicleEvent> = RecordedEvent<Event, Role, Basis>;

/**
 * The upcasters of every event type that this Letopis reads and writes. To change a shape, add a step and a golden
 * file; never edit an old step.
 */
export const UPCASTERS: Readonly<Record<ChronicleEvent['type'], readonly Upcaster[]>> = {
  ...mapValues(PLAN_EVENTS, ({ upcasters = [] }) => upcasters),
  ...mapValues(ORGANISATION_EVENTS, ({ upcasters = [] }) => upcasters),
  PersonForgotten: [],
  LogKeyRotated: [],
  LogAccepted: [],
  AccessIssued: [],
  AccessRotated: [],
  SignInLinked: [],
  SignInUnlinked: [],
  AccessRenamed: [],
  AccessGranted: [],
  AccessWithdrawn: [],
  AccessRevoked: [],
  WebhookAdded: [],
  WebhookRotated: [],
  WebhookRemoved: [],
};

/** All event types. */
export const EVENT_TYPES: readonly string[] = Object.keys(UPCASTERS).sort();

/** Functions that parse stored events, and that return which versions of event data this Letopis can read. */
export const { fromStore, presentVersion, isReadable, checkReadable } = eventTypes<ChronicleEvent, Role, Basis>(
  UPCASTERS,
  'Letopis',
);
