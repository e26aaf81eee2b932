import type { ChronicleEvent } from '../domain/chronicle.js';
import { mapValues } from '../domain/objects.js';
import { ORGANISATION_EVENTS } from '../domain/organisation/catalogue.js';
import { PLAN_EVENTS } from '../domain/plan/catalogue.js';
import type { StoredData, Upcaster } from '../domain/upcasting.js';
import type { EventKind } from './port.js';

/** The steps from version 1 of each event type's data to the present version. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/**
 * Every event type that this Letopis reads and writes, with the steps up to its present version. A changed shape is one
 * more step and one more golden file; an old step is never edited.
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

/** The present version of an event type's data, from 1; 0 for a type that this Letopis does not know. */
export function presentVersion(type: string, upcasters: Upcasters = UPCASTERS): number {
  const steps = Object.hasOwn(upcasters, type) ? upcasters[type] : undefined;
  return steps === undefined ? 0 : steps.length + 1;
}

/** True when there is a way from this stored version to the present one. */
export function isReadable({ type, schemaVersion }: EventKind, upcasters: Upcasters = UPCASTERS): boolean {
  return Number.isInteger(schemaVersion) && schemaVersion >= 1 && schemaVersion <= presentVersion(type, upcasters);
}

/** The data of a readable kind in the present shape. */
export function upcast(
  { type, schemaVersion }: EventKind,
  data: StoredData,
  recordedAt: string,
  upcasters: Upcasters = UPCASTERS,
): StoredData {
  return (upcasters[type] ?? []).slice(schemaVersion - 1).reduce((older, step) => step(older, recordedAt), data);
}
