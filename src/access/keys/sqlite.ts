import { openSqlite, openSqliteToLook, withoutTraces } from '../../storage/sqlite.js';
import { guardedBy } from '../file.js';
import { type AccessKeys, accessKeysOn, type KeptKey, type KeyShelf, keyRoleOf } from './keys.js';

const COLUMNS = 'id, name, role, post, organisation, lookup, hash, created_at';

/** Opens the file of API keys, making it at first. */
export async function openAccessKeys(file: string): Promise<AccessKeys> {
  return accessKeysOn(await openShelf(file));
}

async function openShelf(file: string): Promise<KeyShelf> {
  const database = await openSqlite(file, 'writer');
  // A name that is taken away leaves no bytes behind.
  database.exec('PRAGMA secure_delete = ON');
  database.exec(
    `CREATE TABLE IF NOT EXISTS api_key (
       id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, post TEXT, organisation TEXT,
       lookup TEXT NOT NULL UNIQUE, hash BLOB NOT NULL, created_at TEXT NOT NULL)`,
  );
  const insert = database.prepare(
    `INSERT INTO api_key (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (lookup) DO NOTHING`,
  );
  const find = database.prepare(`SELECT ${COLUMNS} FROM api_key WHERE lookup = ?`);
  const rename = database.prepare('UPDATE api_key SET name = ? WHERE id = ?');
  const all = database.prepare(`SELECT ${COLUMNS} FROM api_key ORDER BY created_at, id`);
  const guarded = guardedBy(file);
  return {
    put: ({ id, name, role, post, organisation, lookup, hash, createdAt }) =>
      guarded(() => {
        insert.run(id, name, role, post, organisation, lookup, hash, createdAt);
      }),
    find: (lookup) => guarded(() => keyOf(find.get(lookup))),
    rename: (id, name) =>
      guarded(() => {
        const found = Number(rename.run(name, id).changes) > 0;
        if (found) withoutTraces(database);
        return found;
      }),
    all: () => guarded(() => all.all().flatMap((row) => keyOf(row) ?? [])),
    close: () => database.close(),
  };
}

/** All keys of a file as they are kept, to carry them elsewhere; nothing is written. */
export async function accessKeysIn(file: string): Promise<KeptKey[]> {
  const database = await openSqliteToLook(file);
  try {
    return database
      .prepare(`SELECT ${COLUMNS} FROM api_key`)
      .all()
      .flatMap((row) => keyOf(row) ?? []);
  } finally {
    database.close();
  }
}

/** Keeps keys in a file unless those with their lookups are there. */
export async function putAccessKeys(file: string, keys: Iterable<KeptKey>): Promise<void> {
  const shelf = await openShelf(file);
  try {
    for (const key of keys) await shelf.put(key);
  } finally {
    shelf.close();
  }
}

function keyOf(row: Readonly<Record<string, unknown>> | undefined): KeptKey | undefined {
  const role = keyRoleOf(row?.role);
  if (!row || role === undefined || !(row.hash instanceof Uint8Array)) return undefined;
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
