import type { Principal } from './principal.js';

/** The administrator whose key is configured or in the data directory. It issues the first access to others. */
export const ADMINISTRATOR: Principal = {
  id: 'administrator',
  role: 'administrator',
  post: 'Администратор',
  organisation: null,
  name: 'Администратор',
  scope: null,
};

/** The principal of requests without a key (LETOPIS_PUBLIC). Like a dashboard, it sees plans in force and no names. */
export const ANYBODY: Principal = {
  id: 'anybody',
  role: 'dashboard',
  post: null,
  organisation: null,
  name: 'Без ключа',
  scope: 'published',
};

/** The principal of the server itself and of the command line. */
export const SYSTEM: Principal = {
  id: 'system',
  role: 'system',
  post: null,
  organisation: null,
  name: 'Летопись',
  scope: null,
};
