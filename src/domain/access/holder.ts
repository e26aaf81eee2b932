import { ROLES, type Role } from '../actor.js';
import type { PersonalText } from '../personal.js';

/** Roles that access may be given for: every role but that of the server itself. */
export type HolderRole = Exclude<Role, 'system'>;
export const HOLDER_ROLES = ROLES.filter((role) => role !== 'system');

/** How a holder of access is recognised. */
export type Credential =
  /** An API key: what is shown of it, where it is found, and the hash (SHA-256, hex) that is compared. */
  | { readonly kind: 'key'; readonly prefix: string; readonly lookup: string; readonly hash: string }
  /** A person whom an OpenID Connect provider knows: a keyed digest of the issuer and its name for them. */
  | { readonly kind: 'identity'; readonly issuer: string; readonly lookup: string };

/** A login of an identity provider. */
export type Identity = Extract<Credential, { readonly kind: 'identity' }>;

/** What is known of access that is to be linked: it may be linked to one holder, after it was revoked. */
export type FormerStatus = 'REVOKED' | 'IN_FORCE' | 'ABSENT' | 'LINKED_ELSEWHERE';

/** What may be shown of a credential: the beginning of a key (empty for one chosen by people), or the issuer. */
export function hintOf(credential: Credential): string {
  return credential.kind === 'key' ? credential.prefix : credential.issuer;
}

/** A credential with the moment from which it opens nothing any more; null: never. */
export interface TimedCredential {
  readonly credential: Credential;
  readonly until: string | null;
}

/** Who may work here: a person or a program, with what they may see. */
export interface ExistingHolder {
  readonly status: 'ACTIVE' | 'REVOKED';
  readonly name: PersonalText;
  readonly role: HolderRole;
  /** Post and organisation as they stand beside what the holder does. */
  readonly post: string | null;
  readonly organisation: string | null;
  /** The organisations whose plans are seen, with all that belong to them; null: everything. */
  readonly organisationIds: readonly string[] | null;
  /** The present one last; those before it end by their moments. Linked logins stand first and end with the access. */
  readonly credentials: readonly TimedCredential[];
  /** Access under which the same person acted before: what was done under it counts as theirs. */
  readonly formerIds: readonly string[];
  /** Where what they see change is sent. */
  readonly webhooks: readonly Webhook[];
}

/** An address to which changes are sent. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Null: of every type. */
  readonly eventTypes: readonly string[] | null;
  /** Which secret signs, from 1. */
  readonly generation: number;
  /** Until when the secret before signs too; null: there is none. */
  readonly previousUntil: string | null;
}

/** Whether access opens anything at a moment, by the end of its present credential. */
export function accessStatus(
  status: ExistingHolder['status'],
  until: string | null,
  now: string,
): 'ACTIVE' | 'EXPIRED' | 'REVOKED' {
  return status === 'ACTIVE' && until !== null && until <= now ? 'EXPIRED' : status;
}

/** The state that commands on access are decided on. */
export type Holder = { readonly status: 'ABSENT' } | ExistingHolder;

/** Access before it is issued. */
export const NO_HOLDER: Holder = { status: 'ABSENT' };

/** Most webhooks of one holder. */
export const MAX_WEBHOOKS = 10;

/** Most linked logins of one holder, and most former accesses. */
export const MAX_LINKED = 10;

/** Most organisations that one holder is granted by name. */
export const MAX_GRANTED = 500;
