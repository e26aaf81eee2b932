import type { LegalGround } from './events.js';

/** Of a person nothing is recorded but that they were forgotten: who they are stands, sealed, where they are named. */
export type Person = { readonly status: 'ABSENT' } | ForgottenPerson;

/** A person whose name nobody can read any more. */
export interface ForgottenPerson {
  readonly status: 'FORGOTTEN';
  readonly ground: LegalGround;
}

export const NOT_FORGOTTEN: Person = { status: 'ABSENT' };
