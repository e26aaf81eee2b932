import { HOLDER_ROLES, type HolderRole } from '../../domain/access/holder.js';

/** An API key in the table of older versions, which did not record access as events. It is recorded as events later. */
export interface LegacyKey {
  readonly id: string;
  readonly name: string;
  readonly role: HolderRole;
  readonly post: string | null;
  readonly organisation: string | null;
  readonly lookup: string;
  readonly hash: Buffer;
  readonly createdAt: string;
}

/** The table of API keys of older versions. */
export interface LegacyKeys {
  /** Returns all keys, oldest first. @throws AccessUnavailable */
  all(): Promise<readonly LegacyKey[]>;
  /** Deletes all keys for good. To be called after they were recorded as events. @throws AccessUnavailable */
  remove(): Promise<void>;
}

/** Returns the role of a stored key; undefined for a role that this version does not know. */
export function holderRoleOf(value: unknown): HolderRole | undefined {
  return HOLDER_ROLES.find((known) => known === value);
}
