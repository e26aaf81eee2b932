import type { LocalDate } from '../dates.js';

/**
 * Legal grounds for erasing personal data. 152-ФЗ, ст. 21: ч. 3 (unlawful), ч. 4 (purpose achieved), ч. 5 (consent
 * withdrawn); ст. 14, ч. 1 (demand of the person: outdated, inexact, not needed); a decision of a court or of the
 * supervising authority. GDPR, Art. 17(1): (d), (a), (b), (c), (e).
 */
export const LEGAL_GROUNDS = [
  'CONSENT_WITHDRAWN',
  'PURPOSE_ACHIEVED',
  'UNLAWFUL',
  'DEMAND_OF_PERSON',
  'DECISION_OF_AUTHORITY',
] as const;
/** A legal ground for erasing personal data. */
export type LegalGround = (typeof LEGAL_GROUNDS)[number];

/** The data of each event about a person, by name. */
export interface PersonEventData {
  /** The key is destroyed after this event is recorded, and at each start again if it was restored from a backup. */
  PersonForgotten: {
    readonly ground: LegalGround;
    /** Day of the request; null when not stated. */
    readonly requestedOn: LocalDate | null;
    /**
     * Number of plans that name the person and still had to be retained; the command confirmed the erasure all the
     * same.
     */
    readonly retainedPlans: number;
  };
}

/** The name of an event about a person. */
export type PersonEventType = keyof PersonEventData;

/** Any event of a person's stream. */
export type PersonEvent = {
  [T in PersonEventType]: { readonly type: T; readonly data: PersonEventData[T] };
}[PersonEventType];
