import type { Role } from '../../domain/actor.js';

/** Roles of those who acted, in Russian. */
export const ACTOR_ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: 'администратор',
  auditor: 'проверяющий',
  dashboard: 'табло',
  department: 'отдел',
  director: 'руководитель',
  integrator: 'другая система',
  methodologist: 'методист',
  system: 'сервер',
};
