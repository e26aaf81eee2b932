import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../domain/dates.js';
import type { KeyPage, RecordStore, TableSpec } from '../engine/records/port.js';

/** A command or a query that was refused. It contains ids only, no names of persons. */
export interface RefusedRequest {
  readonly at: Instant;
  /** Id of the access. */
  readonly actorId: string;
  readonly role: string;
  /** The field of the API, such as `Mutation.approvePlan`. */
  readonly field: string;
  /** The error code of the API. */
  readonly code: string;
  /** The stream of the target; null when the target does not exist or the request has none. */
  readonly stream: string | null;
}

/** A refusal with its key, which is its place in the order of the log. */
export type KeptRefusal = RefusedRequest & { readonly key: string };

/** Filter of refusals. All conditions must hold. */
export interface RefusalFilter {
  readonly actorId?: string;
  readonly code?: string;
  readonly field?: string;
}

/** Number of refusals that are kept. The oldest are deleted, so that a flood of requests does not fill the disk. */
const KEPT_REFUSALS = 10_000;

/** The security log: the requests that were refused. It is not part of the event store, because nothing has changed. */
export interface RefusalLog {
  /** Adds a refusal to the log. @throws AccessUnavailable */
  record(refused: RefusedRequest): Promise<void>;
  /** Returns a page of refusals by time. @throws AccessUnavailable */
  find(filter: RefusalFilter, page: KeyPage): Promise<readonly KeptRefusal[]>;
  /** Returns the number of refusals that match. @throws AccessUnavailable */
  count(filter: RefusalFilter): Promise<number>;
}

const StoredRefusal = z.object({
  ...{ key: z.string(), at: z.string(), actorId: z.string(), role: z.string(), field: z.string() },
  ...{ code: z.string(), stream: z.string().nullable() },
});

/** The table of refusals. */
export const REFUSALS_TABLE: TableSpec<z.infer<typeof StoredRefusal>> = {
  collection: 'letopis_refusals',
  table: 'refusal',
  create: `CREATE TABLE IF NOT EXISTS refusal (
       id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor_id TEXT NOT NULL, role TEXT NOT NULL,
       field TEXT NOT NULL, code TEXT NOT NULL, stream TEXT)`,
  columns: {
    ...{ key: 'id', at: 'at', actorId: 'actor_id', role: 'role', field: 'field', code: 'code', stream: 'stream' },
  },
  key: 'key',
  at: 'at',
  isNumbered: true,
  parse: (row) => StoredRefusal.parse(row),
};

/** Number of refusals recorded by one process after which it deletes the oldest ones. */
const TRIM_EVERY = 100;

/** Opens the security log. @throws AccessUnavailable */
export async function openRefusalLog(store: RecordStore, days?: number): Promise<RefusalLog> {
  const records = await store.open(REFUSALS_TABLE, days);
  const process = randomUUID();
  let recorded = 0;
  return {
    async record(refused) {
      recorded += 1;
      // Keys sort by time and are unique across processes.
      const key = `${refused.at} ${String(recorded).padStart(10, '0')} ${process}`;
      await records.put([{ key, ...refused }]);
      if (recorded % TRIM_EVERY !== 0) return;
      const [oldest] = await records.find({}, { by: 'key', descending: true, skip: KEPT_REFUSALS, limit: 1 });
      if (oldest) await records.remove({ key: { to: oldest.key } });
    },
    find: (filter, { after, before, ...order }) =>
      records.find({ ...filter, key: { after, before } }, { by: 'key', ...order }),
    count: (filter) => records.count({ ...filter }),
  };
}
