import type { AccessKeys } from '../../src/access/keys/keys.js';
import type { Role } from '../../src/domain/actor.js';

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

/** The token of a role's key, the same on every server of the tests. */
export function keyOf(role: KeyRole): string {
  return `key-of-the-${role}-for-tests-only`;
}

/** Gives each role its key. */
export async function adoptKeys(keys: AccessKeys): Promise<void> {
  for (const role of KEY_ROLES) await keys.adopt(keyOf(role), { ...HOLDERS[role], role, organisation: ORGANISATION });
}

export function isKeyRole(text: string): text is KeyRole {
  return KEY_ROLES.some((role) => role === text);
}
