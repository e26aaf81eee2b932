import { openSqlite } from '../../engine/storage/sqlite.js';
import { conditionsOf, guardedBy } from '../file.js';
import { KEPT_REFUSALS, type KeptRefusal, type RefusalFilter, type RefusalLog } from './refusals.js';

/** Opens the security log in the SQLite file of the access records. Creates the table if it does not exist. */
export async function openRefusalLog(file: string): Promise<RefusalLog> {
  const database = await openSqlite(file, 'writer');
  // Writes survive a killed process. A power failure can lose the last ones, which is acceptable here.
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec(
    `CREATE TABLE IF NOT EXISTS refusal (
       id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor_id TEXT NOT NULL, role TEXT NOT NULL,
       field TEXT NOT NULL, code TEXT NOT NULL, stream TEXT)`,
  );
  const put = database.prepare(
    'INSERT INTO refusal (at, actor_id, role, field, code, stream) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const trim = database.prepare('DELETE FROM refusal WHERE id <= ?');
  const guarded = guardedBy(file);
  return {
    record: ({ at, actorId, role, field, code, stream }) =>
      guarded(() => {
        const { lastInsertRowid } = put.run(at, actorId, role, field, code, stream);
        trim.run(Number(lastInsertRowid) - KEPT_REFUSALS);
      }),
    find: (filter, after, limit) =>
      guarded(() => {
        const { text, values } = refusalsCondition(filter);
        const sql = `SELECT * FROM refusal WHERE id < ?${text} ORDER BY id DESC LIMIT ?`;
        const before = after === '' ? Number.MAX_SAFE_INTEGER : Number(after);
        return database
          .prepare(sql)
          .all(before, ...values, limit)
          .map(refusalFrom);
      }),
    count: (filter) =>
      guarded(() => {
        const { text, values } = refusalsCondition(filter);
        const sql = `SELECT count(*) AS count FROM refusal WHERE id > 0${text}`;
        return Number(database.prepare(sql).get(...values)?.count ?? 0);
      }),
    close: () => database.close(),
  };
}

function refusalsCondition({ actorId, code, field }: RefusalFilter) {
  return conditionsOf([
    [' AND actor_id = ?', actorId],
    [' AND code = ?', code],
    [' AND field = ?', field],
  ]);
}

function refusalFrom(row: Readonly<Record<string, unknown>>): KeptRefusal {
  return {
    key: String(row.id),
    at: String(row.at),
    actorId: String(row.actor_id),
    role: String(row.role),
    field: String(row.field),
    code: String(row.code),
    stream: row.stream === null ? null : String(row.stream),
  };
}
