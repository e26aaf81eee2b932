import { ROLES, type Role } from './actor.js';

/** Roles that keep plans: they draft, edit and submit them. */
export const KEEPERS: readonly Role[] = ['methodologist', 'administrator', 'system'];
/** Roles that approve plans, and so amend, close and cancel them. */
export const APPROVERS: readonly Role[] = ['director', 'administrator', 'system'];
/** Roles that agree to plans or return them, and accept reports. */
export const AGREERS: readonly Role[] = ['director', 'department', 'administrator', 'system'];
/** Roles that carry out plans and report on them. */
export const EXECUTORS: readonly Role[] = ['methodologist', 'director', 'administrator', 'system'];
/** Roles that manage organisations, access and persons. */
export const ADMINISTRATORS: readonly Role[] = ['administrator', 'system'];
/** All roles. */
export const EVERYONE: readonly Role[] = ROLES;
