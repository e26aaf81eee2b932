import { ROLES, type Role } from './actor.js';

/** Those who keep a plan: they draft, edit and submit it. */
export const KEEPERS: readonly Role[] = ['methodologist', 'administrator', 'system'];
/** Those who approve a plan, and so amend, close and cancel it. */
export const APPROVERS: readonly Role[] = ['director', 'administrator', 'system'];
/** Those who agree to a plan or return it, and accept reports. */
export const AGREERS: readonly Role[] = ['director', 'department', 'administrator', 'system'];
/** Those who carry out a plan and report on it. */
export const EXECUTORS: readonly Role[] = ['methodologist', 'director', 'administrator', 'system'];
/** Those who manage organisations, access and persons. */
export const ADMINISTRATORS: readonly Role[] = ['administrator', 'system'];
/** Every role. */
export const EVERYONE: readonly Role[] = ROLES;
