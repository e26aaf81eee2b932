import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/dates.js';
import type { KeyPage, Records, Where } from '../engine/records/port.js';

/** Number of entries that are kept. The oldest are deleted, so that a flood of requests does not fill the disk. */
const KEPT_ENTRIES = 10_000;
/** Number of entries about one holder of access that are kept. So they cannot displace the entries about others. */
const KEPT_OF_ONE = 1_000;
/** Number of entries recorded by one process after which it deletes the oldest ones. */
const TRIM_EVERY = 100;

/** A stored entry, with its key, which is its place in the order of the log. */
export type KeyedEntry<Entry> = Entry & { readonly key: string };

/** A log beside the chronicle that keeps the newest entries. Every method rejects with AccessUnavailable. */
export interface BoundedLog<Entry extends object> {
  record(entry: Entry): Promise<void>;
  /** Returns a page of entries by time. */
  find(where: Where<KeyedEntry<Entry>>, page: KeyPage): Promise<readonly KeyedEntry<Entry>[]>;
  count(where: Where<KeyedEntry<Entry>>): Promise<number>;
}

/** Returns the log whose entries are these records. */
export function boundedLog<Entry extends object & { readonly at: Instant; readonly actorId: string }>(
  records: Records<KeyedEntry<Entry>>,
): BoundedLog<Entry> {
  const process = randomUUID();
  let recorded = 0;
  return {
    async record(entry) {
      recorded += 1;
      // Keys are unique across processes and sort by time. Entries of one process at the same instant keep their order.
      const key = `${entry.at} ${String(recorded).padStart(10, '0')} ${process}`;
      await records.put([{ ...entry, key }]);
      if (recorded % TRIM_EVERY !== 0) return;
      const { actorId } = entry;
      const newest = { by: 'key', descending: true, limit: 1 } as const;
      const [oldestOfOne] = await records.find({ actorId }, { ...newest, skip: KEPT_OF_ONE });
      if (oldestOfOne) await records.remove({ actorId, key: { to: oldestOfOne.key } });
      const [oldest] = await records.find({}, { ...newest, skip: KEPT_ENTRIES });
      if (oldest) await records.remove({ key: { to: oldest.key } });
    },
    find: (where, { after, before, ...order }) =>
      records.find({ ...where, key: { after, before } }, { by: 'key', ...order }),
    count: (where) => records.count(where),
  };
}
