import type { PersonalText } from '../personal.js';
import type { Credential, HolderRole, Identity } from './holder.js';

/** What access is issued with. */
export interface IssuedAccess {
  readonly name: PersonalText;
  readonly role: HolderRole;
  readonly post: string | null;
  readonly organisation: string | null;
  /** Null: everything. */
  readonly organisationIds: readonly string[] | null;
  readonly credential: Credential;
  /** RFC 3339 in UTC; null: it does not expire. */
  readonly expiresAt: string | null;
}

/** The data of each event on somebody's access, by its name. No secret is in them: keys are random, and only hashed. */
export interface AccessEventData {
  AccessIssued: IssuedAccess;
  /** Another key; the one before opens until its moment, so that programs can be moved over. */
  AccessRotated: {
    readonly credential: Credential;
    readonly expiresAt: string | null;
    readonly previousUntil: string;
  };
  /** Another way to sign in, or access under which the same person acted before, or both. */
  SignInLinked: { readonly credential: Identity | null; readonly formerAccessId: string | null };
  /** A login opens nothing any more. What was done before stays the same person's. */
  SignInUnlinked: { readonly credential: Identity };
  AccessRenamed: { readonly name: PersonalText };
  AccessGranted: { readonly organisationIds: readonly string[] };
  AccessWithdrawn: { readonly organisationIds: readonly string[] };
  AccessRevoked: Readonly<Record<string, never>>;
  /** What the holder sees change is sent to an address from here on. Its secret is nowhere: it is derived. */
  WebhookAdded: { readonly webhookId: string; readonly url: string; readonly eventTypes: readonly string[] | null };
  /** Another secret; deliveries are signed by the one before too until its moment. */
  WebhookRotated: { readonly webhookId: string; readonly generation: number; readonly previousUntil: string };
  WebhookRemoved: { readonly webhookId: string };
}

export type AccessEventType = keyof AccessEventData;

/** Any event on somebody's access. */
export type AccessEvent = {
  [T in AccessEventType]: { readonly type: T; readonly data: AccessEventData[T] };
}[AccessEventType];
