import type { ChronicleEvent } from '../../domain/chronicle.js';
import { mapValues } from '../../domain/objects.js';
import { ORGANISATION_EVENTS } from '../../domain/organisation/catalogue.js';
import { PLAN_EVENTS } from '../../domain/plan/catalogue.js';
import type { StoredData, Upcaster } from '../../domain/upcasting.js';
import type { EventKind } from './port.js';

/** For each event type, the steps from version 1 of its data to the present version. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/**
 * The upcasters of every event type that this Letopis reads and writes. To change a shape, add a step and a golden
 * file; never edit an old step.
 */
export const UPCASTERS: Upcasters & Readonly<Record<ChronicleEvent['type'], readonly Upcaster[]>> = {
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

/** Returns the present version of an event type's data, from 1; 0 for an unknown type. */
export function presentVersion(type: string, upcasters: Upcasters = UPCASTERS): number {
  const steps = Object.hasOwn(upcasters, type) ? upcasters[type] : undefined;
  return steps === undefined ? 0 : steps.length + 1;
}

/** Returns true if this code can upcast the stored version to the present one. */
export function isReadable({ type, schemaVersion }: EventKind, upcasters: Upcasters = UPCASTERS): boolean {
  return Number.isInteger(schemaVersion) && schemaVersion >= 1 && schemaVersion <= presentVersion(type, upcasters);
}

/** Returns the data of a readable kind in the present shape. */
export function upcast(
  { type, schemaVersion }: EventKind,
  data: StoredData,
  recordedAt: string,
  upcasters: Upcasters = UPCASTERS,
): StoredData {
  return (upcasters[type] ?? []).slice(schemaVersion - 1).reduce((older, step) => step(older, recordedAt), data);
}
