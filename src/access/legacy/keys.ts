import { HOLDER_ROLES, type HolderRole } from '../../domain/access/holder.js';

/** An API key as it was kept in a table of its own, before access had a history: it is recorded at the next start. */
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

/** Where such keys may lie. */
export interface LegacyKeys {
  /** Oldest first. @throws AccessUnavailable */
  all(): Promise<readonly LegacyKey[]>;
  /** Takes them away for ever once they are recorded. @throws AccessUnavailable */
  remove(): Promise<void>;
}

/** The role of a kept key; undefined for one that this version does not know. */
export function holderRoleOf(value: unknown): HolderRole | undefined {
  return HOLDER_ROLES.find((known) => known === value);
}
