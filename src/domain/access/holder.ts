import { ROLES, type Role } from '../actor.js';
import type { PersonalText } from '../personal.js';

/** Roles of holders of access: every role but `system`, the server itself. */
export type HolderRole = Exclude<Role, 'system'>;
/** All roles of holders of access. */
export const HOLDER_ROLES = ROLES.filter((role) => role !== 'system');

/** The means by which a holder of access is authenticated. */
export type Credential =
  /** An API key: its shown prefix, its lookup value, and the hash (SHA-256, hex) that is compared. */
  | { readonly kind: 'key'; readonly prefix: string; readonly lookup: string; readonly hash: string }
  /** A login of an OpenID Connect provider: the issuer, and a keyed digest of issuer and subject. */
  | { readonly kind: 'identity'; readonly issuer: string; readonly lookup: string };

/** A login of an identity provider. */
export type Identity = Extract<Credential, { readonly kind: 'identity' }>;

/** The status of access that is to be linked. It can be linked to one holder, after it was revoked. */
export type FormerStatus = 'REVOKED' | 'IN_FORCE' | 'ABSENT' | 'LINKED_ELSEWHERE';

/** Returns the public part of a credential: the prefix of a key (empty for a key chosen by people), or the issuer. */
export function hintOf(credential: Credential): string {
  return credential.kind === 'key' ? credential.prefix : credential.issuer;
}

/** A credential with the instant from which it is not accepted; null when it does not expire. */
export interface TimedCredential {
  readonly credential: Credential;
  readonly until: string | null;
}

/** A person or program with access, and its access scope. */
export interface ExistingHolder {
  readonly status: 'ACTIVE' | 'REVOKED';
  readonly name: PersonalText;
  readonly role: HolderRole;
  /** Post that is recorded with the holder's actions. */
  readonly post: string | null;
  /** Organisation that is recorded with the holder's actions. */
  readonly organisation: string | null;
  /** The organisations whose plans the holder may see, with their subordinate organisations; null for all. */
  readonly organisationIds: readonly string[] | null;
  /**
   * The present one is the last one; a previous key expires by its `until`. Linked logins come first and expire with
   * the access.
   */
  readonly credentials: readonly TimedCredential[];
  /** Former access of the same person: actions under it belong to the holder. */
  readonly formerIds: readonly string[];
  /** Webhooks that receive the changes visible to the holder. */
  readonly webhooks: readonly RegisteredWebhook[];
}

/** A URL to which changes are sent. */
export interface RegisteredWebhook {
  readonly id: string;
  readonly url: string;
  /** Types of the events to send; null for all. */
  readonly eventTypes: readonly string[] | null;
  /** Number of the secret that signs, from 1. */
  readonly generation: number;
  /** Instant until which deliveries are also signed with the previous secret; null when there is none. */
  readonly previousUntil: string | null;
}

/** States of access. */
export const ACCESS_STATUSES = ['ACTIVE', 'EXPIRED', 'REVOKED'] as const;

/** The state of access. */
export type AccessStatus = (typeof ACCESS_STATUSES)[number];

/** Returns the status of access at an instant. `until` is the end of its present credential. */
export function accessStatus(status: ExistingHolder['status'], until: string | null, now: string): AccessStatus {
  return status === 'ACTIVE' && until !== null && until <= now ? 'EXPIRED' : status;
}

/** The state that commands on access are decided on. */
export type Holder = { readonly status: 'ABSENT' } | ExistingHolder;

/** Access before it is issued. */
export const NO_HOLDER: Holder = { status: 'ABSENT' };

/** Maximum number of webhooks of one holder. */
export const MAX_WEBHOOKS = 10;

/** Maximum number of logins of one holder, and of former accesses. */
export const MAX_LINKED = 10;

/** Maximum number of organisations that one holder is granted by name. */
export const MAX_GRANTED = 500;
