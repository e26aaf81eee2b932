import type { Principal } from '../access/principal.js';

/** The administrator whose key is configured, or lies in the data directory: there must be one to let in the others. */
export const ADMINISTRATOR: Principal = {
  id: 'administrator',
  role: 'administrator',
  post: 'Администратор',
  organisation: null,
  name: 'Администратор',
  scope: null,
};

/** Whoever comes without a key, where that is switched on: plans in force and no names, as a dashboard sees them. */
export const ANYBODY: Principal = {
  id: 'anybody',
  role: 'dashboard',
  post: null,
  organisation: null,
  name: 'Без ключа',
  scope: 'published',
};

/** The server itself as an actor. */
export const SYSTEM: Principal = {
  id: 'system',
  role: 'system',
  post: null,
  organisation: null,
  name: 'Летопись',
  scope: null,
};
