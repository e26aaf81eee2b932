import { openSqlite } from '../../engine/storage/sqlite.js';
import { forgettingDaily, guardedBy } from '../file.js';
import { type AccessUses, accessUsesOn } from './uses.js';

/**
 * Opens the record of uses in the SQLite file of the access records. Creates the table if it does not exist. Uses are
 * deleted after so many days.
 */
export async function openAccessUses(file: string, days: number): Promise<AccessUses> {
  const database = await openSqlite(file, 'writer');
  // Writes survive a killed process. A power failure can lose the last ones, which is acceptable here.
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS access_use (holder_id TEXT PRIMARY KEY, last_at TEXT NOT NULL) WITHOUT ROWID',
  );
  const put = database.prepare(
    `INSERT INTO access_use VALUES (?, ?)
     ON CONFLICT (holder_id) DO UPDATE SET last_at = max(last_at, excluded.last_at)`,
  );
  const get = database.prepare(
    'SELECT holder_id, last_at FROM access_use WHERE holder_id IN (SELECT value FROM json_each(?))',
  );
  const remove = database.prepare('DELETE FROM access_use WHERE last_at < ?');
  const forget = forgettingDaily(days, (before) => void remove.run(before));
  const guarded = guardedBy(file);
  return accessUsesOn({
    put: (holderId, at) =>
      guarded(() => {
        put.run(holderId, at);
        forget(at);
      }),
    get: (holderIds) =>
      guarded(() => {
        const rows = get.all(JSON.stringify(holderIds));
        return new Map(rows.map((row) => [String(row.holder_id), String(row.last_at)]));
      }),
    close: () => database.close(),
  });
}
