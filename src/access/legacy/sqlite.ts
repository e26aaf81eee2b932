import { openSqlite, withoutTraces } from '../../engine/storage/sqlite.js';
import { guardedBy } from '../file.js';
import { holderRoleOf, type LegacyKey, type LegacyKeys } from './keys.js';

/** Returns access to the API keys of an older version in the SQLite file of the access records. */
export function legacyKeysIn(file: string): LegacyKeys {
  const guarded = guardedBy(file);
  const opened = async <T>(work: (database: Awaited<ReturnType<typeof openSqlite>>) => T): Promise<T> => {
    const database = await openSqlite(file, 'writer');
    try {
      return await guarded(() => work(database));
    } finally {
      database.close();
    }
  };
  const isThere = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'api_key'";
  return {
    all: () =>
      opened((database) => {
        if (!database.prepare(isThere).get()) return [];
        const rows = database.prepare('SELECT * FROM api_key ORDER BY created_at, id').all();
        return rows.flatMap((row) => keyOf(row) ?? []);
      }),
    remove: () =>
      opened((database) => {
        if (!database.prepare(isThere).get()) return;
        database.exec('PRAGMA secure_delete = ON; DROP TABLE api_key');
        withoutTraces(database);
      }),
  };
}

function keyOf(row: Readonly<Record<string, unknown>>): LegacyKey | undefined {
  const role = holderRoleOf(row.role);
  if (role === undefined || !(row.hash instanceof Uint8Array)) return undefined;
  return {
    id: String(row.id),
    name: String(row.name),
    role,
    post: text(row.post),
    organisation: text(row.organisation),
    lookup: String(row.lookup),
    hash: Buffer.from(row.hash),
    createdAt: String(row.created_at),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
