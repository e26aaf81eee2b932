import type { PersonalText } from '../personal.js';
import type { IssuedAccess } from './events.js';
import type { Credential, FormerStatus, Identity } from './holder.js';

/** The data of each command on access, by name. It includes what the application has looked up for the domain. */
export interface AccessCommandData {
  issueAccess: IssuedAccess & {
    /** Organisations in the command that do not exist. */
    readonly unknown: readonly string[];
  };
  rotateAccess: {
    readonly credential: Credential;
    /** Omitted: as for the previous key; null: the key does not expire. */
    readonly expiresAt?: string | null;
    /** How long the previous key is still accepted, in hours. */
    readonly overlapHours: number;
  };
  linkSignIn: {
    /** A login of an identity provider; null to add none. */
    readonly identity: Identity | null;
    /** Access under which the same person acted before, with its status; null for none. */
    readonly former: { readonly id: string; readonly status: FormerStatus } | null;
    /** True when the login belongs to another holder. */
    readonly isTaken: boolean;
  };
  /** `lookup` is the digest of the login. */
  unlinkSignIn: { readonly lookup: string };
  renameAccess: { readonly name: PersonalText };
  grantAccess: { readonly organisationIds: readonly string[]; readonly unknown: readonly string[] };
  withdrawAccess: { readonly organisationIds: readonly string[] };
  revokeAccess: Readonly<Record<never, never>>;
  addWebhook: {
    readonly webhookId: string;
    readonly url: string;
    /** Null: all changes that are visible to the holder. */
    readonly eventTypes: readonly string[] | null;
  };
  rotateWebhook: {
    readonly webhookId: string;
    /** How long deliveries are also signed with the previous secret, in hours. */
    readonly overlapHours: number;
  };
  removeWebhook: { readonly webhookId: string };
}

/** The name of a command on access. */
export type AccessCommandType = keyof AccessCommandData;
/** A command on access of one type. */
export type AccessCommandOf<T extends AccessCommandType> = { readonly type: T } & AccessCommandData[T];
/** Any command on access. */
export type AccessCommand = { [T in AccessCommandType]: AccessCommandOf<T> }[AccessCommandType];
