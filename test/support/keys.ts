import type { LegacyKey } from '../../src/access/legacy/keys.js';
import { digestsOf } from '../../src/access/tokens.js';
import type { Role } from '../../src/domain/actor.js';
import { derivedId } from '../../src/engine/eventstore/envelope.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';

export type KeyRole = Exclude<Role, 'system'>;

interface Holder {
  readonly name: string;
  readonly post: string | null;
}

/** Who holds the key of each role. */
export const HOLDERS: Readonly<Record<KeyRole, Holder>> = {
  methodologist: { name: 'Лидия Марковна Орешкина', post: 'Методист' },
  director: { name: 'Елизавета Фоминична Карташова', post: 'Директор' },
  department: { name: 'Семён Ильич Вяземцев', post: 'Начальник отдела образования' },
  auditor: { name: 'Раиса Львовна Дёмина', post: 'Ревизор' },
  integrator: { name: 'Обмен с порталом', post: null },
  dashboard: { name: 'Экран в фойе', post: null },
  administrator: { name: 'Платон Кириллович Щукин', post: 'Администратор' },
};

export const KEY_ROLES: readonly KeyRole[] = [
  'methodologist',
  'director',
  'department',
  'auditor',
  'integrator',
  'dashboard',
  'administrator',
];

export const ORGANISATION = 'МБУДО «ЦВР»';

/** The administrator by configuration; the roles have keys of their own beside it. */
export const BOOTSTRAP_KEY = 'bootstrap-key-for-tests-only';

/** The token of a role's key, the same on every server of the tests. */
export function keyOf(role: KeyRole): string {
  return `key-of-the-${role}-for-tests-only`;
}

/** The keys of all roles as an older version kept them: a server takes them over at its start. */
export function keysOfRoles(): readonly LegacyKey[] {
  return KEY_ROLES.map((role) => {
    const { lookup, hash } = digestsOf(keyOf(role));
    const id = derivedId(`key of the ${role}`);
    const createdAt = '2020-08-01T00:00:00.000Z';
    return {
      id,
      ...HOLDERS[role],
      role,
      organisation: ORGANISATION,
      lookup,
      hash,
      createdAt,
    };
  });
}

/** Puts the keys of all roles into the file of the access records. */
export async function adoptKeys(file: string): Promise<void> {
  const database = await openSqlite(file, 'writer');
  database.exec(
    `CREATE TABLE IF NOT EXISTS api_key (
       id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, post TEXT, organisation TEXT,
       lookup TEXT NOT NULL UNIQUE, hash BLOB NOT NULL, created_at TEXT NOT NULL)`,
  );
  const insert = database.prepare('INSERT OR IGNORE INTO api_key VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { id, name, role, post, organisation, lookup, hash, createdAt } of keysOfRoles()) {
    insert.run(id, name, role, post, organisation, lookup, hash, createdAt);
  }
  database.close();
}

export function isKeyRole(text: string): text is KeyRole {
  return KEY_ROLES.some((role) => role === text);
}
