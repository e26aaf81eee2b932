import type { Instant } from '../../domain/dates.js';

/** When access was last used, accurate to the minute. Not kept as events, because using a key changes nothing. */
export interface AccessUses {
  /** Records a use. Returns undefined when a use in the same minute is recorded already. @throws AccessUnavailable */
  record(holderId: string, at: Instant): Promise<void> | undefined;
  /** Returns the last uses by holder id, without holders that were never used. @throws AccessUnavailable */
  lastUses(holderIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  close(): void;
}

/** The storage of {@link AccessUses}: the last use by holder id. */
export interface UseShelf {
  put(holderId: string, at: Instant): Promise<void>;
  get(holderIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  close(): void;
}

/** Returns the record of uses on a storage. It writes only the first use in each minute. */
export function accessUsesOn(shelf: UseShelf): AccessUses {
  const written = new Map<string, string>();
  return {
    record(holderId, at) {
      const minute = at.slice(0, 16);
      if (written.get(holderId) === minute) return undefined;
      written.set(holderId, minute);
      return shelf.put(holderId, at).catch((error: unknown) => {
        written.delete(holderId);
        throw error;
      });
    },
    lastUses: (holderIds) => shelf.get(holderIds),
    close: () => shelf.close(),
  };
}
