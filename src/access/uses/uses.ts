import type { Instant } from '../../domain/dates.js';

/** When access was last used, to the minute. It stands beside the chronicle: using a key changes nothing. */
export interface AccessUses {
  /** Undefined where it is noted already. @throws AccessUnavailable */
  record(holderId: string, at: Instant): Promise<void> | undefined;
  /** By holder; one that was never used is left out. @throws AccessUnavailable */
  lastUses(holderIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  close(): void;
}

/** Where they are kept. */
export interface UseShelf {
  put(holderId: string, at: Instant): Promise<void>;
  get(holderIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  close(): void;
}

/** The uses on a shelf: of those within one minute the first alone is written. */
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
