import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { type Actor, ROLES, type Role } from '../domain/actor.js';
import { openSqlite } from '../storage/sqlite.js';

/** Who a request comes from: an actor of the domain, with the name that is sealed beside each event. */
export interface Principal extends Actor {
  readonly name: string;
}

/** What a new key is for. */
export interface KeyRequest {
  readonly name: string;
  readonly role: Exclude<Role, 'system'>;
  readonly post: string | null;
  readonly organisation: string | null;
}

/** What may be shown of a key. */
export interface ListedKey extends KeyRequest {
  readonly id: string;
  readonly createdAt: string;
}

/** API keys: the secret is shown once and only its hash is kept. Safe to use by several processes at once. */
export interface AccessKeys {
  /** Makes a key and returns its token, which cannot be had again. */
  add(request: KeyRequest): string;
  /** Keeps a token that was chosen outside, such as a bootstrap key; does nothing when it is known. */
  adopt(token: string, request: KeyRequest): void;
  /** Who holds this token; undefined for an unknown one. */
  principalOf(token: string): Principal | undefined;
  /** All keys, oldest first, without anything that opens a door. */
  list(): readonly ListedKey[];
  close(): void;
}

/** Shortest token that is accepted from outside, in characters. */
export const MIN_TOKEN = 24;

/** Opens the file of API keys, making it at first. */
export async function openAccessKeys(file: string): Promise<AccessKeys> {
  const database = await openSqlite(file, 'writer');
  database.exec(
    `CREATE TABLE IF NOT EXISTS api_key (
       id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, post TEXT, organisation TEXT,
       lookup TEXT NOT NULL UNIQUE, hash BLOB NOT NULL, created_at TEXT NOT NULL)`,
  );
  const insert = database.prepare(
    `INSERT INTO api_key (id, name, role, post, organisation, lookup, hash, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (lookup) DO NOTHING`,
  );
  const find = database.prepare('SELECT id, name, role, post, organisation, hash FROM api_key WHERE lookup = ?');
  const all = database.prepare(
    'SELECT id, name, role, post, organisation, created_at FROM api_key ORDER BY created_at, id',
  );
  const keep = (token: string, { name, role, post, organisation }: KeyRequest) => {
    const created = new Date().toISOString();
    insert.run(randomUUID(), name, role, post, organisation, lookupOf(token), hashOf(token), created);
  };
  return {
    add(request) {
      const token = `letopis_${randomBytes(32).toString('base64url')}`;
      keep(token, request);
      return token;
    },
    adopt: keep,
    principalOf(token) {
      const row = find.get(lookupOf(token));
      const role = ROLES.find((known) => known === row?.role);
      if (!row || !role || !(row.hash instanceof Uint8Array) || !timingSafeEqual(row.hash, hashOf(token))) {
        return undefined;
      }
      return {
        id: String(row.id),
        name: String(row.name),
        role,
        post: text(row.post),
        organisation: text(row.organisation),
      };
    },
    list: () =>
      all.all().flatMap((row) => {
        const role = ROLES.find((known) => known === row.role);
        if (role === undefined || role === 'system') return [];
        const { id, name, post, organisation, created_at: createdAt } = row;
        return [
          {
            id: String(id),
            name: String(name),
            role,
            post: text(post),
            organisation: text(organisation),
            createdAt: String(createdAt),
          },
        ];
      }),
    close: () => database.close(),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Tokens are random, so a plain hash suffices. The lookup is another digest than the one compared. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update('letopis key ').update(token).digest();
}

function lookupOf(token: string): string {
  return createHash('sha256').update('letopis lookup ').update(token).digest('hex').slice(0, 32);
}
