import type { LegalGround } from './events.js';

/** A data subject. Only erasure is recorded in the stream; the sealed name is in the events that name the person. */
export type DataSubject = { readonly status: 'ABSENT' } | ForgottenPerson;

/** A person whose name can no longer be opened. */
export interface ForgottenPerson {
  readonly status: 'FORGOTTEN';
  readonly ground: LegalGround;
}

/** A person who was not erased. */
export const NOT_FORGOTTEN: DataSubject = { status: 'ABSENT' };
