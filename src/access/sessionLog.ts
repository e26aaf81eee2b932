import { z } from 'zod';
import type { RecordStore, TableSpec } from '../engine/records/port.js';
import { type BoundedLog, boundedLog } from './boundedLog.js';

/** How a person signs in: with a key, with the one-time code of a link, or at the identity provider. */
export const SIGN_IN_WAYS = ['key', 'code', 'provider'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

const StoredSessionEvent = z.object({
  key: z.string(),
  at: z.string(),
  actorId: z.string(),
  kind: z.enum(['started', 'ended', 'endedAll']),
  way: z.enum(SIGN_IN_WAYS).nullable(),
});

/**
 * A sign-in or sign-out of a person. `actorId` is the id of the access. `endedAll` is true for a sign-out in all
 * browsers. `way` is how the person signed in; null for a sign-out.
 */
export type SessionEvent = Readonly<Omit<z.infer<typeof StoredSessionEvent>, 'key'>>;

/** The log of sign-ins and sign-outs. It is not part of the event store, and contains ids only. */
export type SessionLog = BoundedLog<SessionEvent>;

/** The table of the session log: a row for each time that a person signed in or out. */
export const SESSION_LOG_TABLE: TableSpec<z.infer<typeof StoredSessionEvent>> = {
  collection: 'letopis_session_log',
  table: 'session_event',
  create: `CREATE TABLE IF NOT EXISTS session_event (
       id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor_id TEXT NOT NULL, kind TEXT NOT NULL, way TEXT)`,
  columns: { key: 'id', at: 'at', actorId: 'actor_id', kind: 'kind', way: 'way' },
  key: 'key',
  at: 'at',
  isNumbered: true,
  parse: (row) => StoredSessionEvent.parse(row),
};

/** Opens the log of sign-ins and sign-outs. @throws AccessUnavailable */
export async function openSessionLog(store: RecordStore, days?: number): Promise<SessionLog> {
  return boundedLog<SessionEvent>(await store.open(SESSION_LOG_TABLE, days));
}
