import { z } from 'zod';
import type { Instant } from '../domain/dates.js';
import type { RecordStore, TableSpec } from '../engine/records/port.js';

/** When access was last used, accurate to the minute. Not kept as events, because using a key changes nothing. */
export interface AccessUses {
  /** Records a use. Returns undefined when a use in the same minute is recorded already. @throws AccessUnavailable */
  record(holderId: string, at: Instant): Promise<void> | undefined;
  /** Returns the last uses by holder id, without holders that were never used. @throws AccessUnavailable */
  lastUses(holderIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
}

const StoredUse = z.object({ holderId: z.string(), lastAt: z.string() });

const USES_TABLE: TableSpec<z.infer<typeof StoredUse>> = {
  collection: 'letopis_access_uses',
  table: 'access_use',
  create: 'CREATE TABLE IF NOT EXISTS access_use (holder_id TEXT PRIMARY KEY, last_at TEXT NOT NULL) WITHOUT ROWID',
  columns: { holderId: 'holder_id', lastAt: 'last_at' },
  key: 'holderId',
  at: 'lastAt',
  changes: [{ field: 'lastAt', max: true }],
  parse: (row) => StoredUse.parse(row),
};

/**
 * Opens the table of last uses. It writes at most one use for each holder and minute.
 *
 * @param days age after which a use is deleted.
 * @throws AccessUnavailable
 */
export async function openAccessUses(store: RecordStore, days?: number): Promise<AccessUses> {
  const records = await store.open(USES_TABLE, days);
  const written = new Map<string, string>();
  return {
    record(holderId, at) {
      const minute = at.slice(0, 16);
      if (written.get(holderId) === minute) return undefined;
      written.set(holderId, minute);
      return records.put([{ holderId, lastAt: at }]).catch((error: unknown) => {
        written.delete(holderId);
        throw error;
      });
    },
    async lastUses(holderIds) {
      const order = { by: 'holderId', limit: holderIds.length } as const;
      const found = holderIds.length === 0 ? [] : await records.find({ holderId: { in: holderIds } }, order);
      return new Map(found.map(({ holderId, lastAt }) => [holderId, lastAt]));
    },
  };
}
