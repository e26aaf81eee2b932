import type { LocalDate } from '../dates.js';

/**
 * Why personal data are erased. 152-ФЗ, ст. 21: ч. 3 (unlawful), ч. 4 (purpose achieved), ч. 5 (consent withdrawn); ст. 14, ч. 1
 * (demand of the person: outdated, inexact, not needed); a decision of a court or of the supervising authority.
 * GDPR, Art. 17(1): (d), (a), (b), (c), (e).
 */
export const LEGAL_GROUNDS = [
  'CONSENT_WITHDRAWN',
  'PURPOSE_ACHIEVED',
  'UNLAWFUL',
  'DEMAND_OF_PERSON',
  'DECISION_OF_AUTHORITY',
] as const;
export type LegalGround = (typeof LEGAL_GROUNDS)[number];

/** The data of each event about a person, by its name. */
export interface PersonEventData {
  /** The key of the person is destroyed once this is recorded; until then it is destroyed again at each start. */
  PersonForgotten: {
    readonly ground: LegalGround;
    /** When it was asked for; null: not stated. */
    readonly requestedOn: LocalDate | null;
    /** How many plans name the person that had to be kept longer, and were said to be so. */
    readonly retainedPlans: number;
  };
}

export type PersonEventType = keyof PersonEventData;

/** Any event of a person's stream. */
export type PersonEvent = {
  [T in PersonEventType]: { readonly type: T; readonly data: PersonEventData[T] };
}[PersonEventType];
