import type { ChronicleEvent } from './chronicle.js';

/** Reasons for refusing a command. Each code has a Russian and an English sentence. */
export type RefusalCode =
  | 'ACCEPTER_IS_REPORTER'
  | 'ACCESS_CHANGED'
  | 'ACCESS_EXISTS'
  | 'ACCESS_HAS_NO_KEY'
  | 'ACCESS_IN_FORCE'
  | 'ACCESS_NOT_FOUND'
  | 'ACCESS_REVOKED'
  | 'ACCESS_TO_ALL'
  | 'ACTIVITY_EXCLUDED'
  | 'ACTIVITY_NOT_FOUND'
  | 'ACTUAL_DATE_IN_FUTURE'
  | 'ACTUAL_DATE_TOO_EARLY'
  | 'ALREADY_ACCEPTED'
  | 'ALREADY_COMPLETED'
  | 'ALREADY_IMPORTED'
  | 'BASIS_REQUIRED'
  | 'CELL_NAMES_PERSON'
  | 'COMMAND_ID_REUSED'
  | 'COUNT_BELOW_TARGET'
  | 'COUNT_REQUIRED'
  | 'DAY_BOTH_WAYS'
  | 'DAY_OUTSIDE_PERIOD'
  | 'EVIDENCE_REQUIRED'
  | 'EXPECTED_DATE_PAST'
  | 'EXPIRY_PAST'
  | 'EXPORT_OF_PLAN'
  | 'EXTERNAL_ID_TAKEN'
  | 'IMPORT_NOT_FOUND'
  | 'IMPORT_UNFINISHED'
  | 'INVALID_DATE'
  | 'INVALID_SCHEDULE'
  | 'INVALID_TIME_ZONE'
  | 'INVALID_URL'
  | 'LINE_BREAK'
  | 'NOT_AMENDABLE'
  | 'NOT_AUTHORISED'
  | 'NOT_COMPLETED'
  | 'NOT_IMPORTED'
  | 'NOTHING_CHANGES'
  | 'NOTHING_PLANNED'
  | 'NO_PRINTED_APPROVAL'
  | 'NUMBER_TAKEN'
  | 'OPEN_POINTS'
  | 'ORGANISATION_CHANGED'
  | 'ORGANISATION_EXISTS'
  | 'ORGANISATION_NOT_FOUND'
  | 'ORGANISATION_REQUIRED'
  | 'OUT_OF_BOUNDS'
  | 'PARENT_CYCLE'
  | 'PARTY_CELL_NOT_OWN'
  | 'PARTY_INTO_ITSELF'
  | 'PARTY_IS_MERGED'
  | 'PARTY_NOT_FOUND'
  | 'PARTY_NOT_MERGED'
  | 'PARTY_UNKNOWN'
  | 'PERSON_FORGOTTEN'
  | 'PERSON_HAS_KEYS'
  | 'PERSON_IS_NAMED'
  | 'PERSON_NOT_FOUND'
  | 'PERIOD_INVALID'
  | 'PERIOD_NOT_OVER'
  | 'PERIOD_REQUIRED'
  | 'PLAN_CHANGED'
  | 'PLAN_EXISTS'
  | 'PLAN_NOT_FOUND'
  | 'PLAN_OF_SAME_TITLE'
  | 'PLAN_TOO_LARGE'
  | 'POINT_HAS_EVIDENCE'
  | 'POINT_NOT_FOUND'
  | 'POINT_NOT_OPEN'
  | 'POINT_REQUIRED'
  | 'PROTOCOL_REQUIRED'
  | 'REASON_REQUIRED'
  | 'REPORT_DECIDED'
  | 'READING_IN_FORCE'
  | 'READING_NOT_FOUND'
  | 'REPORT_NOT_FOUND'
  | 'REPORT_OF_ANOTHER'
  | 'REPORT_PENDING'
  | 'REPORT_RETURNED'
  | 'REQUEST_DECIDED'
  | 'REQUEST_NOT_FOUND'
  | 'REQUEST_PENDING'
  | 'REQUIRED'
  | 'RETENTION_NOT_OVER'
  | 'REVISION_UNKNOWN'
  | 'ROUTE_TOO_LONG'
  | 'SECTION_NOT_EMPTY'
  | 'SECTION_NOT_FOUND'
  | 'SIGN_IN_IS_LAST'
  | 'SIGN_IN_NOT_FOUND'
  | 'SIGN_IN_TAKEN'
  | 'STAGES_OUT_OF_ORDER'
  | 'STEP_OF_ANOTHER_POST'
  | 'SUB_ITEM_NOT_FOUND'
  | 'TERMS_OVERLAP'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'UNREADABLE_TEXT'
  | 'UNREAD_WORDING'
  | 'WEBHOOK_NOT_FOUND'
  | 'WEBHOOK_URL_REFUSED'
  | 'WHOLE_SCOPE_REQUIRED'
  | 'WORDING_NOT_OWN'
  | 'WRONG_STATUS';

/** A refused command as data. `field` is the path of the input that caused the refusal; null for none. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly field: string | null;
  /** Values for the placeholders of the sentence. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** The events to append, or a refusal. */
export type Decision<Event> =
  /** `inChunks`: the events may be appended in several appends, because the last one marks that they are complete. */
  { readonly kind: 'accepted'; readonly events: readonly Event[]; readonly inChunks?: true } | Refused;

/** A command that was refused. */
export interface Refused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

/** Returns a decision that appends events. */
export function accept<Event extends ChronicleEvent>(
  ...events: Event[]
): { readonly kind: 'accepted'; readonly events: readonly Event[] } {
  return { kind: 'accepted', events };
}

/** Returns a decision that refuses the command. */
export function refuse(code: RefusalCode, field: string | null = null, params: Refusal['params'] = {}): Refused {
  return { kind: 'refused', refusal: { code, field, params } };
}
