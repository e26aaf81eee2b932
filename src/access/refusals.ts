import { z } from 'zod';
import type { Instant } from '../domain/dates.js';
import type { RecordStore, TableSpec } from '../engine/records/port.js';
import { type BoundedLog, boundedLog } from './boundedLog.js';

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

const StoredRefusal = z.object({
  key: z.string(),
  at: z.string(),
  actorId: z.string(),
  role: z.string(),
  field: z.string(),
  code: z.string(),
  stream: z.string().nullable(),
});

/** The table of refusals. */
export const REFUSALS_TABLE: TableSpec<z.infer<typeof StoredRefusal>> = {
  collection: 'letopis_refusals',
  table: 'refusal',
  create: `CREATE TABLE IF NOT EXISTS refusal (
       id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor_id TEXT NOT NULL, role TEXT NOT NULL,
       field TEXT NOT NULL, code TEXT NOT NULL, stream TEXT)`,
  columns: {
    key: 'id',
    at: 'at',
    actorId: 'actor_id',
    role: 'role',
    field: 'field',
    code: 'code',
    stream: 'stream',
  },
  key: 'key',
  at: 'at',
  isNumbered: true,
  parse: (row) => StoredRefusal.parse(row),
};

/** The security log: the requests that were refused. It is not part of the event store, because nothing has changed. */
export type RefusalLog = BoundedLog<RefusedRequest>;

/** Opens the security log. @throws AccessUnavailable */
export async function openRefusalLog(store: RecordStore, days?: number): Promise<RefusalLog> {
  return boundedLog<RefusedRequest>(await store.open(REFUSALS_TABLE, days));
}
