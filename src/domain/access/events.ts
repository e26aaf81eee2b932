import type { PersonalText } from '../personal.js';
import type { Credential, HolderRole, Identity } from './holder.js';

/** The data of issued access. */
export interface IssuedAccess {
  readonly name: PersonalText;
  readonly role: HolderRole;
  readonly post: string | null;
  readonly organisation: string | null;
  /** The organisations whose plans the holder may see; null for all. */
  readonly organisationIds: readonly string[] | null;
  readonly credential: Credential;
  /** RFC 3339 instant in UTC; null when the access does not expire. */
  readonly expiresAt: string | null;
}

/**
 * The data of each event on access, by name. It contains no secrets: keys are random, and only their hashes are stored.
 */
export interface AccessEventData {
  AccessIssued: IssuedAccess;
  /** A new key. The previous one is accepted until `previousUntil`, so that programs can be switched over. */
  AccessRotated: {
    readonly credential: Credential;
    readonly expiresAt: string | null;
    readonly previousUntil: string;
  };
  /** A further login, or former access of the same person, or both. */
  SignInLinked: { readonly credential: Identity | null; readonly formerAccessId: string | null };
  /** A login that is not accepted any more. Earlier actions under it still belong to the same person. */
  SignInUnlinked: { readonly credential: Identity };
  AccessRenamed: { readonly name: PersonalText };
  AccessGranted: { readonly organisationIds: readonly string[] };
  AccessWithdrawn: { readonly organisationIds: readonly string[] };
  AccessRevoked: Readonly<Record<string, never>>;
  /**
   * Changes that are visible to the holder are sent to the URL from now on. The secret is derived, so it is not stored.
   */
  WebhookAdded: { readonly webhookId: string; readonly url: string; readonly eventTypes: readonly string[] | null };
  /** A new secret. Deliveries are also signed with the previous one until `previousUntil`. */
  WebhookRotated: { readonly webhookId: string; readonly generation: number; readonly previousUntil: string };
  WebhookRemoved: { readonly webhookId: string };
}

/** The name of an event on access. */
export type AccessEventType = keyof AccessEventData;

/** Any event on access. */
export type AccessEvent = {
  [T in AccessEventType]: { readonly type: T; readonly data: AccessEventData[T] };
}[AccessEventType];
