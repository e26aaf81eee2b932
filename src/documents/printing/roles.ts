import type { Role } from '../../domain/actor.js';
import type { Sentence } from '../../domain/language.js';

/** The names of the roles of those who acted. */
export const ROLE_TEXTS: Readonly<Record<Role, Sentence>> = {
  administrator: ['администратор', 'administrator'],
  auditor: ['проверяющий', 'auditor'],
  dashboard: ['табло', 'dashboard'],
  department: ['отдел', 'department'],
  director: ['руководитель', 'director'],
  integrator: ['другая система', 'another system'],
  methodologist: ['методист', 'methodologist'],
  system: ['сервер', 'server'],
};
