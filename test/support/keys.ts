import { SYSTEM } from '../../src/access/principals.js';
import { digestsOf } from '../../src/access/tokens.js';
import type { Letopis } from '../../src/app/compose.js';
import { commandHandlers } from '../../src/application/commands.js';
import type { Role } from '../../src/domain/actor.js';
import { derivedId } from '../../src/engine/eventstore/envelope.js';

export type KeyRole = Exclude<Role, 'system'>;

/** Maximum time until the access directory knows a key, in milliseconds. */
const KNOWN_MS = 10_000;

interface Holder {
  readonly name: string;
  readonly post: string | null;
}

/** The holder of the key of each role. */
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

/** The token of the administrator by configuration. The role `administrator` has another key. */
export const BOOTSTRAP_KEY = 'bootstrap-key-for-tests-only';

/** Returns the token of a role's key, the same on every server of the tests. */
export function keyOf(role: KeyRole): string {
  return `key-of-the-${role}-for-tests-only`;
}

/** Returns the id of the access of a role. */
export function holderIdOf(role: KeyRole): string {
  return derivedId(`key of the ${role}`);
}

/** Records the access of every role, with the token of its key. A repeat changes nothing. */
export async function issueKeys({ services: { events, vault, clock }, directory }: Letopis): Promise<void> {
  const { access } = commandHandlers(events, vault, clock);
  for (const role of KEY_ROLES) {
    const { lookup, hash } = digestsOf(keyOf(role));
    const { name, post } = HOLDERS[role];
    const result = await access.handle({
      id: holderIdOf(role),
      principal: SYSTEM,
      payload: { lookup },
      commandId: `key of the ${role}`,
      command: (seal) => ({
        type: 'issueAccess',
        ...{
          role,
          post,
          organisation: ORGANISATION,
          credential: { kind: 'key', prefix: '', lookup, hash: hash.toString('hex') },
        },
        ...{ name: seal({ person: name }), organisationIds: null, expiresAt: null, unknown: [] },
      }),
      ...{ expectedRevision: null, reason: null, basis: null, effectiveOn: null },
    });
    const last = result.kind === 'done' ? result.events.at(-1) : undefined;
    if (!last || !(await directory.knows(last.stream, last.revision, KNOWN_MS))) {
      throw new Error(`the key of the ${role} was not issued`);
    }
  }
}

export function isKeyRole(text: string): text is KeyRole {
  return KEY_ROLES.some((role) => role === text);
}
