import type { PlanEvent } from './events.js';

/** Why a command was refused: a closed list, worded in Russian and English where it is shown. */
export const REFUSAL_CODES = [
  'ACCEPTER_IS_REPORTER',
  'ACTIVITY_EXCLUDED',
  'ACTIVITY_NOT_FOUND',
  'ACTUAL_DATE_IN_FUTURE',
  'ACTUAL_DATE_TOO_EARLY',
  'ALREADY_ACCEPTED',
  'ALREADY_COMPLETED',
  'ALREADY_IMPORTED',
  'BASIS_REQUIRED',
  'COMMAND_ID_REUSED',
  'COUNT_BELOW_TARGET',
  'COUNT_REQUIRED',
  'EVIDENCE_REQUIRED',
  'IMPORT_NOT_FOUND',
  'IMPORT_UNFINISHED',
  'INVALID_DATE',
  'INVALID_SCHEDULE',
  'INVALID_TIME_ZONE',
  'INVALID_URL',
  'NOT_AUTHORISED',
  'NOT_COMPLETED',
  'NOT_IMPORTED',
  'NOTHING_CHANGES',
  'NOTHING_PLANNED',
  'NO_PRINTED_APPROVAL',
  'NUMBER_TAKEN',
  'OPEN_POINTS',
  'PERIOD_INVALID',
  'PERIOD_NOT_OVER',
  'PERIOD_REQUIRED',
  'PLAN_CHANGED',
  'PLAN_EXISTS',
  'PLAN_NOT_FOUND',
  'PLAN_TOO_LARGE',
  'POINT_HAS_EVIDENCE',
  'POINT_NOT_FOUND',
  'POINT_NOT_OPEN',
  'POINT_REQUIRED',
  'REASON_REQUIRED',
  'REPORT_DECIDED',
  'REPORT_NOT_FOUND',
  'REPORT_OF_ANOTHER',
  'REPORT_PENDING',
  'REPORT_RETURNED',
  'REQUEST_DECIDED',
  'REQUEST_NOT_FOUND',
  'REQUEST_PENDING',
  'REQUIRED',
  'ROUTE_TOO_LONG',
  'SECTION_NOT_EMPTY',
  'SECTION_NOT_FOUND',
  'STEP_OF_ANOTHER_POST',
  'SUB_ITEM_NOT_FOUND',
  'TOO_LONG',
  'TOO_MANY',
  'UNREAD_WORDING',
  'WRONG_STATUS',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A command that was not carried out, as data. `field` is the path of the input it is about, null for none. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly field: string | null;
  /** Values that the sentence names. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** Events to append, or why not. */
export type Decision =
  /** `inChunks`: may be appended piece by piece, since its last event marks that it is whole. */
  | { readonly kind: 'accepted'; readonly events: readonly PlanEvent[]; readonly inChunks?: true }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function accept(...events: PlanEvent[]): Decision {
  return { kind: 'accepted', events };
}

export function refuse(
  code: RefusalCode,
  field: string | null = null,
  params: Refusal['params'] = {},
): Extract<Decision, { kind: 'refused' }> {
  return { kind: 'refused', refusal: { code, field, params } };
}
