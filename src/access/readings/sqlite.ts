import { inTransaction, openSqlite } from '../../engine/storage/sqlite.js';
import { conditionsOf, guardedBy } from '../file.js';
import { type KeptReading, type ReadingFilter, type ReadingLog, readingLogOn, readWayOf } from './readings.js';

const READING_COLUMNS = 'key, day, actor_id, subject, way, first_at, last_at';

/** Opens the log of readings in the SQLite file of the access records. Creates the table if it does not exist. */
export async function openReadingLog(file: string): Promise<ReadingLog> {
  const database = await openSqlite(file, 'writer');
  // Writes survive a killed process. A power failure can lose the last ones, which is acceptable here.
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec(
    `CREATE TABLE IF NOT EXISTS name_reading (
       key TEXT PRIMARY KEY, day TEXT NOT NULL, actor_id TEXT NOT NULL, subject TEXT NOT NULL, way TEXT NOT NULL,
       first_at TEXT NOT NULL, last_at TEXT NOT NULL) WITHOUT ROWID;
     CREATE INDEX IF NOT EXISTS name_reading_by_subject ON name_reading (subject, key);
     CREATE INDEX IF NOT EXISTS name_reading_by_actor ON name_reading (actor_id, key)`,
  );
  const put = database.prepare(
    `INSERT INTO name_reading (${READING_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at`,
  );
  const guarded = guardedBy(file);
  return readingLogOn({
    put: (readings) =>
      guarded(() =>
        inTransaction(database, () => {
          for (const { key, day, actorId, subject, way, firstAt, lastAt } of readings) {
            put.run(key, day, actorId, subject, way, firstAt, lastAt);
          }
        }),
      ),
    find: (filter, after, limit) =>
      guarded(() => {
        const { text, values } = readingsCondition(filter);
        const sql = `SELECT ${READING_COLUMNS} FROM name_reading WHERE key > ?${text} ORDER BY key LIMIT ?`;
        const rows = database.prepare(sql).all(after, ...values, limit);
        return rows.flatMap((row) => readingFromRow(row) ?? []);
      }),
    count: (filter) =>
      guarded(() => {
        const { text, values } = readingsCondition(filter);
        const sql = `SELECT count(*) AS count FROM name_reading WHERE key > ''${text}`;
        return Number(database.prepare(sql).get(...values)?.count ?? 0);
      }),
    close: () => database.close(),
  });
}

function readingsCondition({ subject, actorId, from, to }: ReadingFilter) {
  return conditionsOf([
    [' AND subject = ?', subject],
    [' AND actor_id = ?', actorId],
    [' AND day >= ?', from],
    [' AND day <= ?', to],
  ]);
}

function readingFromRow(row: Readonly<Record<string, unknown>>): KeptReading | undefined {
  const way = readWayOf(row.way);
  if (way === undefined) return undefined;
  return {
    key: String(row.key),
    day: String(row.day),
    actorId: String(row.actor_id),
    subject: String(row.subject),
    way,
    firstAt: String(row.first_at),
    lastAt: String(row.last_at),
  };
}
