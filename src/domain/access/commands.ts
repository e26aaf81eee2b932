import type { PersonalText } from '../personal.js';
import type { IssuedAccess } from './events.js';
import type { Credential, FormerStatus, Identity } from './holder.js';

/** What each command on access carries, by its name. Whoever gives it has looked up what the domain cannot know. */
export interface AccessCommandData {
  issueAccess: IssuedAccess & {
    /** Organisations that are named and are not there. */
    readonly unknown: readonly string[];
  };
  rotateAccess: {
    readonly credential: Credential;
    /** Left out: as the key before; null: never. */
    readonly expiresAt?: string | null;
    /** How long the key before still opens, in hours. */
    readonly overlapHours: number;
  };
  linkSignIn: {
    /** A login of an identity provider; null: none is added. */
    readonly identity: Identity | null;
    /** Access under which the same person acted before, and what is known of it; null: none. */
    readonly former: { readonly id: string; readonly status: FormerStatus } | null;
    /** The login is a way to sign in of somebody else. */
    readonly isTaken: boolean;
  };
  /** By the digest of the login. */
  unlinkSignIn: { readonly lookup: string };
  renameAccess: { readonly name: PersonalText };
  grantAccess: { readonly organisationIds: readonly string[]; readonly unknown: readonly string[] };
  withdrawAccess: { readonly organisationIds: readonly string[] };
  revokeAccess: Readonly<Record<never, never>>;
  addWebhook: {
    readonly webhookId: string;
    readonly url: string;
    /** Null: every change that the holder sees. */
    readonly eventTypes: readonly string[] | null;
  };
  rotateWebhook: {
    readonly webhookId: string;
    /** How long deliveries are signed by the secret before too, in hours. */
    readonly overlapHours: number;
  };
  removeWebhook: { readonly webhookId: string };
}

export type AccessCommandType = keyof AccessCommandData;
export type AccessCommandOf<T extends AccessCommandType> = { readonly type: T } & AccessCommandData[T];
export type AccessCommand = { [T in AccessCommandType]: AccessCommandOf<T> }[AccessCommandType];
