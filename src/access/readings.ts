import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Instant, LocalDate } from '../domain/dates.js';
import type { KeyPage, RecordStore, TableSpec } from '../engine/records/port.js';

/** The interfaces through which names can be read. */
export const READ_WAYS = ['query', 'subscription', 'document', 'auditFile'] as const;
/** One of {@link READ_WAYS}. */
export type ReadWay = (typeof READ_WAYS)[number];

/** An entry of the log: an actor read the name of a data subject on a day. Repeated readings of a day are one entry. */
export interface NameReading {
  /** In UTC. */
  readonly day: LocalDate;
  /** Id of the access (API key or login) or program. */
  readonly actorId: string;
  /** Id of the data subject, as in the vault. */
  readonly subject: string;
  readonly way: ReadWay;
  readonly firstAt: Instant;
  /** The last reading, accurate to the minute. */
  readonly lastAt: Instant;
}

/** Filter of readings. All conditions must hold. */
export interface ReadingFilter {
  readonly subject?: string;
  readonly actorId?: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

/** A reading with its key, which is its place in the order of the log. */
export type KeyedReading = NameReading & { readonly key: string };

/** The log of readings of names of persons. It is not part of the event store, and contains ids only, no names. */
export interface ReadingLog {
  /** Records that an actor read the names of these data subjects. @throws AccessUnavailable */
  record(actorId: string, way: ReadWay, subjects: Iterable<string>, at: Instant): Promise<void>;
  /** Returns a page of readings by day. @throws AccessUnavailable */
  find(filter: ReadingFilter, page: KeyPage): Promise<readonly KeyedReading[]>;
  /** Returns the number of readings that match. @throws AccessUnavailable */
  count(filter: ReadingFilter): Promise<number>;
}

const StoredReading = z.object({
  key: z.string(),
  day: z.string(),
  actorId: z.string(),
  subject: z.string(),
  way: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
});

/** The table of readings of names. */
export const READINGS_TABLE: TableSpec<z.infer<typeof StoredReading>> = {
  collection: 'letopis_name_readings',
  indexes: { subject: ['subject', 'key'], actor: ['actorId', 'key'] },
  table: 'name_reading',
  create: `CREATE TABLE IF NOT EXISTS name_reading (
       key TEXT PRIMARY KEY, day TEXT NOT NULL, actor_id TEXT NOT NULL, subject TEXT NOT NULL, way TEXT NOT NULL,
       first_at TEXT NOT NULL, last_at TEXT NOT NULL) WITHOUT ROWID;
     CREATE INDEX IF NOT EXISTS name_reading_by_subject ON name_reading (subject, key);
     CREATE INDEX IF NOT EXISTS name_reading_by_actor ON name_reading (actor_id, key)`,
  columns: {
    key: 'key',
    day: 'day',
    actorId: 'actor_id',
    subject: 'subject',
    way: 'way',
    firstAt: 'first_at',
    lastAt: 'last_at',
  },
  key: 'key',
  at: 'day',
  changes: [{ field: 'lastAt' }],
  parse: (row) => StoredReading.parse(row),
};

/** Number of readings whose last written minute is held in memory, so that they are written once a minute at most. */
const REMEMBERED = 50_000;

/** Opens the log of readings. @throws AccessUnavailable */
export async function openReadingLog(store: RecordStore, days?: number): Promise<ReadingLog> {
  const records = await store.open(READINGS_TABLE, days);
  const written = new LRUCache<string, string>({ max: REMEMBERED });
  return {
    async record(actorId, way, subjects, at) {
      const minute = at.slice(0, 16);
      const fresh = [...subjects]
        .map((subject) => keptReading(actorId, way, subject, at))
        .filter(({ key }) => written.get(key) !== minute);
      if (fresh.length === 0) return;
      await records.put(fresh);
      for (const { key } of fresh) written.set(key, minute);
    },
    async find(filter, { after, before, ...order }) {
      const found = await records.find({ ...whereOf(filter), key: { after, before } }, { by: 'key', ...order });
      return found.flatMap(({ way, ...rest }) => {
        const known = readWayOf(way);
        return known ? [{ ...rest, way: known }] : [];
      });
    },
    count: (filter) => records.count(whereOf(filter)),
  };
}

function whereOf({ subject, actorId, from, to }: ReadingFilter) {
  return { subject, actorId, day: { from, to } };
}

function keptReading(actorId: string, way: ReadWay, subject: string, at: Instant): KeyedReading {
  const day = at.slice(0, 10);
  return { key: `${day} ${actorId} ${subject} ${way}`, day, actorId, subject, way, firstAt: at, lastAt: at };
}

/** Returns the {@link ReadWay} of a stored reading; undefined for a value that this version does not know. */
function readWayOf(value: unknown): ReadWay | undefined {
  return READ_WAYS.find((way) => way === value);
}
