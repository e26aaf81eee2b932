/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A report to accept. */
export type AcceptReportInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The report. */
  reportId: string | number;
};

/** In what role somebody acts: a role of access, or SYSTEM, the server itself. */
export type ActingRole =
  | 'ADMINISTRATOR'
  | 'AUDITOR'
  | 'DASHBOARD'
  | 'DEPARTMENT'
  | 'DIRECTOR'
  | 'INTEGRATOR'
  | 'METHODOLOGIST'
  | 'SYSTEM';

/** A past of a plan: exactly one of its fields. */
export type AsOf = {
  /** What was recorded up to this moment. */
  at?: string | null | undefined;
  /** What counts on this day by all that is known now: decisions that count later are left out, however early they were recorded. One without a day counts from when it was recorded, a draft from its approval. */
  effectiveOn?: string | null | undefined;
  /** What was recorded by the end of this day, in the time zone of the plan. */
  knownOn?: string | null | undefined;
  /** The events up to this place in the chronicle. */
  position?: string | null | undefined;
  /** The events of the plan up to this revision of it. */
  revision?: number | null | undefined;
};

/** Which entries; all conditions hold together. */
export type AuditFilter = {
  /** About this activity. */
  activityId?: string | number | null | undefined;
  /** By this holder of access. */
  actorId?: string | number | null | undefined;
  /** Of these event types. */
  eventType?: Array<EventType> | null | undefined;
  /** Recorded at this moment or later. */
  from?: string | null | undefined;
  /** Resting on an order of this number, such as «143-р». */
  orderNumber?: string | null | undefined;
  /** About this organisation or the plans that it keeps. */
  organisationId?: string | number | null | undefined;
  /** About activities that name this party, before or after. */
  partyId?: string | number | null | undefined;
  /** Of this plan. */
  planId?: string | number | null | undefined;
  /** Of one of these plans, at most 200. */
  planIds?: Array<string | number> | null | undefined;
  /** About this section or its activities. */
  sectionId?: string | number | null | undefined;
  /** Words that begin words of what was written: wordings, reasons, reports, remarks. Names of persons are none. */
  text?: string | null | undefined;
  /** Recorded at this moment or earlier. */
  to?: string | null | undefined;
};

/** What a decision rests on: a document, or expressly none. */
export type BasisInput = {
  /** The document. */
  document?: DocumentInput | null | undefined;
  /** True says expressly that there is no document. */
  withoutDocument?: boolean | null | undefined;
};

/** What a change is about. PLAN_ENTERED_SCOPE: the caller sees the plan from here on, read it whole; PLAN_LEFT_SCOPE: no more, drop it. */
export type ChangeKind =
  | 'ACCESS'
  | 'ACTIVITY'
  | 'ORGANISATION'
  | 'OTHER'
  | 'PLAN'
  | 'PLAN_ENTERED_SCOPE'
  | 'PLAN_LEFT_SCOPE';

/** The weakest evidence that closes a control point. */
export type ClosingRule =
  | 'ACCEPTANCE'
  | 'COMPLETION'
  | 'REPORT';

/** Work that is done. */
export type CompleteActivityInput = {
  /** The activity. */
  activityId: string | number;
  /** The day on which the work was done. */
  actualOn: string;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** How many, for a quota. */
  count?: number | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** A remark. */
  note?: string | null | undefined;
  /** The control point; may be left out when there is one. */
  pointId?: string | number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** How certain the reading of a wording is. */
export type Confidence =
  | 'ASSUMED'
  | 'CERTAIN'
  | 'UNKNOWN';

/** An order or other document. */
export type DocumentInput = {
  /** Its date. */
  date?: string | null | undefined;
  /** Who issued it. */
  issuer?: string | null | undefined;
  /** Its number. */
  number?: string | null | undefined;
  /** Kind of the document. */
  type: DocumentType;
};

/** Kind of a document: приказ, распоряжение, постановление, протокол, положение, письмо, другое. */
export type DocumentType =
  | 'DIRECTIVE'
  | 'LETTER'
  | 'ORDER'
  | 'OTHER'
  | 'PROTOCOL'
  | 'REGULATION'
  | 'RESOLUTION';

/** Types of events: what can happen here. */
export type EventType =
  | 'AccessGranted'
  | 'AccessIssued'
  | 'AccessRenamed'
  | 'AccessRevoked'
  | 'AccessRotated'
  | 'AccessWithdrawn'
  | 'AccountableConfirmed'
  | 'ActivityCompleted'
  | 'ActivityExcluded'
  | 'ActivityMoved'
  | 'ActivityPlanned'
  | 'ActivityReassigned'
  | 'ActivityRemoved'
  | 'ActivityRescheduled'
  | 'ActivityReworded'
  | 'CompletionWithdrawn'
  | 'DeadlineMissed'
  | 'LogAccepted'
  | 'LogKeyRotated'
  | 'OrganisationDetailsChanged'
  | 'OrganisationRegistered'
  | 'OrganisationReportIssued'
  | 'PartiesMerged'
  | 'PartySeparated'
  | 'PeriodReportIssued'
  | 'PersonForgotten'
  | 'PlanAgreed'
  | 'PlanAmended'
  | 'PlanApproved'
  | 'PlanAssigned'
  | 'PlanCancelled'
  | 'PlanClosed'
  | 'PlanCopied'
  | 'PlanDetailsChanged'
  | 'PlanDrafted'
  | 'PlanImportAbandoned'
  | 'PlanImported'
  | 'PlanReturned'
  | 'PlanSubmitted'
  | 'PlanWithdrawn'
  | 'PrintedApprovalConfirmed'
  | 'ProgressRecorded'
  | 'ReportAccepted'
  | 'ReportReturned'
  | 'ReportSubmitted'
  | 'ReportWithdrawn'
  | 'RescheduleRefused'
  | 'RescheduleRequested'
  | 'SectionAdded'
  | 'SectionChanged'
  | 'SectionRemoved'
  | 'SettingsChanged'
  | 'SignInLinked'
  | 'SignInUnlinked'
  | 'WebhookAdded'
  | 'WebhookRemoved'
  | 'WebhookRotated'
  | 'WordingAdopted'
  | 'WordingResolved'
  | 'WordingWithdrawn';

/** What is known of the work itself. */
export type Evidence =
  | 'ACCEPTED'
  | 'COMPLETION_MARKED'
  | 'NONE'
  | 'REPORTED'
  | 'RETURNED';

/** A file or page that shows the work. */
export type EvidenceLinkInput = {
  /** SHA-256 of its bytes, hex. */
  sha256?: string | null | undefined;
  /** What it is. */
  title: string;
  /** Its address, http or https. */
  url: string;
};

/** An activity to exclude from an approved plan. */
export type ExcludeActivityInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** A request to grant; give the reason of the amendment. */
export type GrantRescheduleInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The request. */
  requestId: string | number;
};

/** Where a plan stands. */
export type PlanStatus =
  | 'AGREED'
  | 'APPROVED'
  | 'CANCELLED'
  | 'CLOSED'
  | 'DRAFT'
  | 'ON_AGREEMENT'
  | 'WITHDRAWN';

/** What a quota is counted per; TERM is a school term (четверть), QUARTER a calendar quarter. */
export type QuotaUnit =
  | 'DAY'
  | 'HALF_YEAR'
  | 'MONTH'
  | 'QUARTER'
  | 'TERM'
  | 'TRIMESTER'
  | 'WEEK'
  | 'YEAR';

/** A request to refuse; give the reason. */
export type RefuseRescheduleInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The request. */
  requestId: string | number;
};

/** Where an execution report stands; ACCEPTED: снято с контроля. */
export type ReportStatus =
  | 'ACCEPTED'
  | 'RETURNED'
  | 'SUBMITTED'
  | 'WITHDRAWN';

/** Another term that is asked for; give the reason. */
export type RequestRescheduleInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The term. */
  timeframe: TimeframeInput;
};

/** Where a request for another term stands. */
export type RequestStatus =
  | 'GRANTED'
  | 'OPEN'
  | 'REFUSED';

/** Another term. */
export type RescheduleActivityInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The new timeframe. */
  timeframe: TimeframeInput;
};

/** A report to return; give the reason. */
export type ReturnReportInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The report. */
  reportId: string | number;
};

/** What a person or program may be here. */
export type Role =
  | 'ADMINISTRATOR'
  | 'AUDITOR'
  | 'DASHBOARD'
  | 'DEPARTMENT'
  | 'DIRECTOR'
  | 'INTEGRATOR'
  | 'METHODOLOGIST';

/** What may differ in a row between two times of a plan. */
export type RowChange =
  | 'ADDED'
  | 'EVIDENCE'
  | 'EXCLUDED'
  | 'MOVED'
  | 'REASSIGNED'
  | 'REMOVED'
  | 'RESCHEDULED'
  | 'REWORDED';

/** A schedule stated by its author; give the fields of its kind. */
export type ScheduleInput = {
  /** For QUOTA: at least so many. */
  atLeast?: boolean | null | undefined;
  /** For QUOTA: how many. */
  count?: number | null | undefined;
  /** For DEADLINE. */
  dates?: Array<string> | null | undefined;
  /** Kind of schedule. */
  kind: ScheduleKind;
  /** For QUOTA: the counted thing. */
  noun?: string | null | undefined;
  /** For QUOTA: per what. */
  per?: QuotaUnit | null | undefined;
  /** For RECURRING: an RFC 5545 rule such as FREQ=MONTHLY;BYDAY=3MO. */
  rule?: string | null | undefined;
  /** For DATES; for THROUGHOUT one. */
  windows?: Array<WindowInput> | null | undefined;
};

/** The kinds of schedules that a timeframe may mean. */
export type ScheduleKind =
  | 'DATES'
  | 'DEADLINE'
  | 'EXTERNAL'
  | 'ON_DEMAND'
  | 'QUOTA'
  | 'RECURRING'
  | 'THROUGHOUT'
  | 'UNKNOWN';

/** What a stamp says: Утверждаю, Согласовано, Принято, Рассмотрено. */
export type StampKind =
  | 'ACCEPT'
  | 'AGREE'
  | 'APPROVE'
  | 'CONSIDER';

/** PRINTED on the document, GIVEN here, or printed and CONFIRMED. */
export type StampState =
  | 'CONFIRMED'
  | 'GIVEN'
  | 'PRINTED';

/** An execution report. */
export type SubmitReportInput = {
  /** The activity. */
  activityId: string | number;
  /** The day on which the work was done. */
  actualOn: string;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** What shows it. */
  evidence?: Array<EvidenceLinkInput> | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** An interim report informs and never closes. */
  interim?: boolean | null | undefined;
  /** The control points; may be left out when there is one. */
  pointIds?: Array<string | number> | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** What was done. */
  text?: string | null | undefined;
};

/** What became of a part of a text. */
export type TextChange =
  | 'ADDED'
  | 'REMOVED';

/** A timeframe: its wording, read by the rules unless a schedule is stated. */
export type TimeframeInput = {
  /** Its meaning, when the author states it. */
  schedule?: ScheduleInput | null | undefined;
  /** The wording, such as «до 15 октября 2020 г.». */
  text: string;
};

/** Where a control point stands against the calendar on a day. */
export type Timing =
  | 'CARRIED_OVER'
  | 'DONE_LATE'
  | 'DONE_ON_TIME'
  | 'DUE_SOON'
  | 'DUE_TODAY'
  | 'EXCLUDED'
  | 'IN_WINDOW'
  | 'NOT_DATED'
  | 'NOT_DONE'
  | 'NOT_TRACKED'
  | 'OVERDUE'
  | 'PLANNED';

/** Why a command was refused. */
export type UserErrorCode =
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
  | 'NOTHING_CHANGES'
  | 'NOTHING_PLANNED'
  | 'NOT_AUTHORISED'
  | 'NOT_COMPLETED'
  | 'NOT_IMPORTED'
  | 'NO_PRINTED_APPROVAL'
  | 'NUMBER_TAKEN'
  | 'OPEN_POINTS'
  | 'ORGANISATION_CHANGED'
  | 'ORGANISATION_EXISTS'
  | 'ORGANISATION_NOT_FOUND'
  | 'ORGANISATION_REQUIRED'
  | 'OUT_OF_BOUNDS'
  | 'PARENT_CYCLE'
  | 'PARTY_INTO_ITSELF'
  | 'PARTY_IS_MERGED'
  | 'PARTY_NOT_FOUND'
  | 'PARTY_NOT_MERGED'
  | 'PARTY_UNKNOWN'
  | 'PERIOD_INVALID'
  | 'PERIOD_NOT_OVER'
  | 'PERIOD_REQUIRED'
  | 'PERSON_FORGOTTEN'
  | 'PERSON_HAS_KEYS'
  | 'PERSON_IS_NAMED'
  | 'PERSON_NOT_FOUND'
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
  | 'READING_IN_FORCE'
  | 'READING_NOT_FOUND'
  | 'REASON_REQUIRED'
  | 'REPORT_DECIDED'
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

/** Days from start to end, both included. */
export type WindowInput = {
  /** Last day. */
  end: string;
  /** First day. */
  start: string;
};

/** A completion to withdraw. */
export type WithdrawCompletionInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller; a repeat gives the first result. */
  commandId?: string | null | undefined;
  /** Local day from which it counts. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed the plan after this revision. */
  expectedRevision?: number | null | undefined;
  /** The control point; may be left out when there is one. */
  pointId?: string | number | null | undefined;
  /** Why; required for changes after approval. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** Which commands a chronicle accepts: all; all but those on damaged plans; none, because the damage is not limited to one plan. */
export type Writing =
  | 'CLOSED'
  | 'OPEN'
  | 'PARTLY_CLOSED';

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, role: Role, post: string | null, reads: Array<string>, gives: Array<string>, holder: { id: string } | null } | null, system: { readModels: string, writing: Writing } | null };

export type PlansQueryVariables = Exact<{
  text?: string | null | undefined;
  status?: Array<PlanStatus> | PlanStatus | null | undefined;
  organisationId?: string | number | null | undefined;
  after?: string | null | undefined;
}>;


export type PlansQuery = { plans: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, activityCount: number, reviewCount: number, organisationId: string | null, period: { start: string, end: string } | null }> } | null };

export type OrganisationsQueryVariables = Exact<{
  text?: string | null | undefined;
}>;


export type OrganisationsQuery = { organisations: { nodes: Array<{ id: string, name: string, parentId: string | null }> } | null };

export type PlanQueryVariables = Exact<{
  id: string | number;
}>;


export type PlanQuery = { plan: { id: string, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, revision: number, timeZone: string, createdAt: string, activityCount: number, reviewCount: number, availableActions: Array<string>, staleSince: string | null, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState }>, sections: Array<{ id: string, ordinal: number, numberText: string, title: string }>, settings: { closingRule: ClosingRule } | null } | null };

export type HeadFragment = { id: string, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, revision: number, timeZone: string, createdAt: string, activityCount: number, reviewCount: number, availableActions: Array<string>, staleSince: string | null, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState }>, sections: Array<{ id: string, ordinal: number, numberText: string, title: string }>, settings: { closingRule: ClosingRule } | null };

export type PlanRowsQueryVariables = Exact<{
  planId: string | number;
  asOf?: AsOf | null | undefined;
  after?: string | null | undefined;
}>;


export type PlanRowsQuery = { plan: { activities: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ sectionId: string, id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }>, points: Array<{ id: string, ordinal: number, dueOn: string | null, actualOn: string | null, timing: Timing, evidence: Evidence, window: { start: string, end: string } | null }>, requests: Array<{ id: string, status: RequestStatus }> }> } } | null };

export type PastPlanQueryVariables = Exact<{
  id: string | number;
  asOf: AsOf;
}>;


export type PastPlanQuery = { plan: { id: string, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, revision: number, timeZone: string, createdAt: string, activityCount: number, reviewCount: number, availableActions: Array<string>, staleSince: string | null, sections: Array<{ id: string, ordinal: number, numberText: string, title: string, activities: { pageInfo: { hasNextPage: boolean }, nodes: Array<{ sectionId: string, id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }>, points: Array<{ id: string, ordinal: number, dueOn: string | null, actualOn: string | null, timing: Timing, evidence: Evidence, window: { start: string, end: string } | null }>, requests: Array<{ id: string, status: RequestStatus }> }> } }>, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState }>, settings: { closingRule: ClosingRule } | null } | null };

export type TodayQueryVariables = Exact<{
  planId: string | number;
}>;


export type TodayQuery = { monitoring: { on: string } | null };

export type TraceFragment = { nodes: Array<{ recordedAt: string, sentence: string }> };

export type ChangesAroundQueryVariables = Exact<{
  planId: string | number;
  start: string;
  end: string;
}>;


export type ChangesAroundQuery = { earlier: { nodes: Array<{ recordedAt: string, sentence: string }> } | null, latest: { nodes: Array<{ recordedAt: string, sentence: string }> } | null, later: { nodes: Array<{ recordedAt: string, sentence: string }> } | null };

export type ComparedRowFragment = { number: string | null, text: string, timeframeText: string, responsibleText: string, sectionTitle: string };

export type CompareQueryVariables = Exact<{
  planId: string | number;
  from: AsOf;
  to?: AsOf | null | undefined;
}>;


export type CompareQuery = { compare: { fields: Array<{ path: string, label: string, before: string | null, after: string | null }>, entries: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole }, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, before: string | null, after: string | null }> }>, rows: Array<{ activityId: string, changes: Array<RowChange>, evidenceBefore: Evidence | null, evidenceAfter: Evidence | null, before: { number: string | null, text: string, timeframeText: string, responsibleText: string, sectionTitle: string } | null, after: { number: string | null, text: string, timeframeText: string, responsibleText: string, sectionTitle: string } | null, wording: Array<{ text: string, change: TextChange | null }>, entries: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole }, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, before: string | null, after: string | null }> }> }> } | null };

export type RowFragment = { id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }>, points: Array<{ id: string, ordinal: number, dueOn: string | null, actualOn: string | null, timing: Timing, evidence: Evidence, window: { start: string, end: string } | null }>, requests: Array<{ id: string, status: RequestStatus }> };

export type ActivityQueryVariables = Exact<{
  id: string | number;
  audit: boolean;
  asOf?: AsOf | null | undefined;
}>;


export type ActivityQuery = { activity: { text: string, sectionId: string, id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, accountable: { name: string, assumed: boolean }, plan: { id: string, title: string, status: PlanStatus, revision: number, edition: number, availableActions: Array<string>, settings: { closingRule: ClosingRule } | null } | null, points: Array<{ id: string, ordinal: number, dueOn: string | null, paperDueOn: string | null, firstApprovedDueOn: string | null, actualOn: string | null, timing: Timing, evidence: Evidence, target: number, progress: number, window: { start: string, end: string } | null }>, reports: Array<{ id: string, status: ReportStatus, pointIds: Array<string>, text: string, actualOn: string, submittedOn: string, interim: boolean, late: boolean, evidence: Array<{ title: string, url: string }> }>, requests: Array<{ id: string, status: RequestStatus, requestedOn: string, late: boolean, timeframe: { text: string, schedule: { meaning: string } } }>, history?: { nodes: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole }, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, before: string | null, after: string | null }> }> }, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }> } | null };

export type EntryFragment = { id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole }, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, before: string | null, after: string | null }> };

export type JournalQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  before?: string | null | undefined;
}>;


export type JournalQuery = { auditTrail: { totalCount: number, pageInfo: { hasPreviousPage: boolean, startCursor: string | null }, nodes: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole }, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, before: string | null, after: string | null }> }> } | null };

export type FiguresQueryVariables = Exact<{ [key: string]: never; }>;


export type FiguresQuery = { monitoring: { on: string, plans: number, total: { total: number, pastDue: number, byTiming: Array<{ timing: Timing, count: number }> } } | null };

export type DueFragment = { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string } | null };

export type OverdueQueryVariables = Exact<{
  first: number;
}>;


export type OverdueQuery = { activities: { totalCount: number, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string } | null }> } | null };

export type DueBetweenQueryVariables = Exact<{
  from: string;
  to: string;
  first: number;
}>;


export type DueBetweenQuery = { activities: { totalCount: number, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string } | null }> } | null };

export type WaitingQueryVariables = Exact<{
  reports: boolean;
  terms: boolean;
  wordings: boolean;
}>;


export type WaitingQuery = { reported?: { totalCount: number, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string } | null }> } | null, asked?: { totalCount: number, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string } | null }> } | null, unread?: { totalCount: number, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string } | null }> } | null };

export type PlansInStatusQueryVariables = Exact<{
  status: Array<PlanStatus> | PlanStatus;
}>;


export type PlansInStatusQuery = { plans: { totalCount: number, nodes: Array<{ id: string, title: string, status: PlanStatus }> } | null };

export type ChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ChangesSubscription = { changes: { position: string, kind: ChangeKind, planId: string | null, activityId: string | null, eventType: EventType } };

export type SubmitReportMutationVariables = Exact<{
  input: SubmitReportInput;
}>;


export type SubmitReportMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type AcceptReportMutationVariables = Exact<{
  input: AcceptReportInput;
}>;


export type AcceptReportMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ReturnReportMutationVariables = Exact<{
  input: ReturnReportInput;
}>;


export type ReturnReportMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type CompleteMutationVariables = Exact<{
  input: CompleteActivityInput;
}>;


export type CompleteMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type WithdrawCompletionMutationVariables = Exact<{
  input: WithdrawCompletionInput;
}>;


export type WithdrawCompletionMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type RequestRescheduleMutationVariables = Exact<{
  input: RequestRescheduleInput;
}>;


export type RequestRescheduleMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type GrantRescheduleMutationVariables = Exact<{
  input: GrantRescheduleInput;
}>;


export type GrantRescheduleMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type RefuseRescheduleMutationVariables = Exact<{
  input: RefuseRescheduleInput;
}>;


export type RefuseRescheduleMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type RescheduleMutationVariables = Exact<{
  input: RescheduleActivityInput;
}>;


export type RescheduleMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ExcludeMutationVariables = Exact<{
  input: ExcludeActivityInput;
}>;


export type ExcludeMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const HeadFragmentDoc = new TypedDocumentString(`
    fragment Head on Plan {
  id
  title
  documentKind
  ownerUnit
  institution
  periodText
  status
  edition
  revision
  timeZone
  createdAt
  period {
    start
    end
  }
  stamps {
    kind
    marker
    post
    organisation
    person
    date
    state
  }
  sections {
    id
    ordinal
    numberText
    title
  }
  activityCount
  reviewCount
  availableActions
  staleSince
  settings {
    closingRule
  }
}
    `, {"fragmentName":"Head"}) as unknown as TypedDocumentString<HeadFragment, unknown>;
export const TraceFragmentDoc = new TypedDocumentString(`
    fragment Trace on AuditEntryConnection {
  nodes {
    recordedAt
    sentence
  }
}
    `, {"fragmentName":"Trace"}) as unknown as TypedDocumentString<TraceFragment, unknown>;
export const ComparedRowFragmentDoc = new TypedDocumentString(`
    fragment ComparedRow on PrintedRow {
  number
  text
  timeframeText
  responsibleText
  sectionTitle
}
    `, {"fragmentName":"ComparedRow"}) as unknown as TypedDocumentString<ComparedRowFragment, unknown>;
export const RowFragmentDoc = new TypedDocumentString(`
    fragment Row on Activity {
  id
  number
  title
  subItems
  excluded
  responsibleText
  due
  timing
  evidence
  needsReview
  timeframe {
    text
    confidence
    schedule {
      kind
      meaning
    }
    alternatives {
      meaning
    }
  }
  reviewReasons {
    sentence
  }
  responsible {
    name
    lead
    agreement
  }
  points {
    id
    ordinal
    window {
      start
      end
    }
    dueOn
    actualOn
    timing
    evidence
  }
  requests {
    id
    status
  }
}
    `, {"fragmentName":"Row"}) as unknown as TypedDocumentString<RowFragment, unknown>;
export const EntryFragmentDoc = new TypedDocumentString(`
    fragment Entry on AuditEntry {
  id
  eventType
  sentence
  recordedAt
  effectiveOn
  reason
  edition
  revision
  planId
  activityId
  actor {
    name
    post
    organisation
    role
  }
  basis {
    withoutDocument
    document {
      type
      issuer
      date
      number
    }
  }
  changes {
    path
    before
    after
  }
}
    `, {"fragmentName":"Entry"}) as unknown as TypedDocumentString<EntryFragment, unknown>;
export const DueFragmentDoc = new TypedDocumentString(`
    fragment Due on Activity {
  id
  number
  title
  due
  timing
  evidence
  timeframe {
    text
  }
  accountable {
    name
  }
  plan {
    id
    title
  }
}
    `, {"fragmentName":"Due"}) as unknown as TypedDocumentString<DueFragment, unknown>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    holder {
      id
    }
    name
    role
    post
    reads
    gives
  }
  system {
    readModels
    writing
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const PlansDocument = new TypedDocumentString(`
    query Plans($text: String, $status: [PlanStatus!], $organisationId: ID, $after: String) {
  plans(
    first: 50
    after: $after
    orderBy: {field: PERIOD_START, direction: DESC}
    filter: {text: $text, status: $status, organisationId: $organisationId}
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      title
      ownerUnit
      institution
      periodText
      period {
        start
        end
      }
      status
      edition
      activityCount
      reviewCount
      organisationId
    }
  }
}
    `) as unknown as TypedDocumentString<PlansQuery, PlansQueryVariables>;
export const OrganisationsDocument = new TypedDocumentString(`
    query Organisations($text: String) {
  organisations(first: 100, filter: {text: $text}) {
    nodes {
      id
      name
      parentId
    }
  }
}
    `) as unknown as TypedDocumentString<OrganisationsQuery, OrganisationsQueryVariables>;
export const PlanDocument = new TypedDocumentString(`
    query Plan($id: ID!) {
  plan(id: $id) {
    ...Head
  }
}
    fragment Head on Plan {
  id
  title
  documentKind
  ownerUnit
  institution
  periodText
  status
  edition
  revision
  timeZone
  createdAt
  period {
    start
    end
  }
  stamps {
    kind
    marker
    post
    organisation
    person
    date
    state
  }
  sections {
    id
    ordinal
    numberText
    title
  }
  activityCount
  reviewCount
  availableActions
  staleSince
  settings {
    closingRule
  }
}`) as unknown as TypedDocumentString<PlanQuery, PlanQueryVariables>;
export const PlanRowsDocument = new TypedDocumentString(`
    query PlanRows($planId: ID!, $asOf: AsOf, $after: String) {
  plan(id: $planId, asOf: $asOf) {
    activities(first: 200, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...Row
        sectionId
      }
    }
  }
}
    fragment Row on Activity {
  id
  number
  title
  subItems
  excluded
  responsibleText
  due
  timing
  evidence
  needsReview
  timeframe {
    text
    confidence
    schedule {
      kind
      meaning
    }
    alternatives {
      meaning
    }
  }
  reviewReasons {
    sentence
  }
  responsible {
    name
    lead
    agreement
  }
  points {
    id
    ordinal
    window {
      start
      end
    }
    dueOn
    actualOn
    timing
    evidence
  }
  requests {
    id
    status
  }
}`) as unknown as TypedDocumentString<PlanRowsQuery, PlanRowsQueryVariables>;
export const PastPlanDocument = new TypedDocumentString(`
    query PastPlan($id: ID!, $asOf: AsOf!) {
  plan(id: $id, asOf: $asOf) {
    ...Head
    sections {
      activities(first: 200) {
        pageInfo {
          hasNextPage
        }
        nodes {
          ...Row
          sectionId
        }
      }
    }
  }
}
    fragment Head on Plan {
  id
  title
  documentKind
  ownerUnit
  institution
  periodText
  status
  edition
  revision
  timeZone
  createdAt
  period {
    start
    end
  }
  stamps {
    kind
    marker
    post
    organisation
    person
    date
    state
  }
  sections {
    id
    ordinal
    numberText
    title
  }
  activityCount
  reviewCount
  availableActions
  staleSince
  settings {
    closingRule
  }
}
fragment Row on Activity {
  id
  number
  title
  subItems
  excluded
  responsibleText
  due
  timing
  evidence
  needsReview
  timeframe {
    text
    confidence
    schedule {
      kind
      meaning
    }
    alternatives {
      meaning
    }
  }
  reviewReasons {
    sentence
  }
  responsible {
    name
    lead
    agreement
  }
  points {
    id
    ordinal
    window {
      start
      end
    }
    dueOn
    actualOn
    timing
    evidence
  }
  requests {
    id
    status
  }
}`) as unknown as TypedDocumentString<PastPlanQuery, PastPlanQueryVariables>;
export const TodayDocument = new TypedDocumentString(`
    query Today($planId: ID!) {
  monitoring(filter: {planId: $planId}) {
    on
  }
}
    `) as unknown as TypedDocumentString<TodayQuery, TodayQueryVariables>;
export const ChangesAroundDocument = new TypedDocumentString(`
    query ChangesAround($planId: ID!, $start: DateTime!, $end: DateTime!) {
  earlier: auditTrail(last: 1, filter: {planId: $planId, to: $start}) {
    ...Trace
  }
  latest: auditTrail(last: 1, filter: {planId: $planId, to: $end}) {
    ...Trace
  }
  later: auditTrail(first: 1, filter: {planId: $planId, from: $end}) {
    ...Trace
  }
}
    fragment Trace on AuditEntryConnection {
  nodes {
    recordedAt
    sentence
  }
}`) as unknown as TypedDocumentString<ChangesAroundQuery, ChangesAroundQueryVariables>;
export const CompareDocument = new TypedDocumentString(`
    query Compare($planId: ID!, $from: AsOf!, $to: AsOf) {
  compare(planId: $planId, from: $from, to: $to) {
    fields {
      path
      label
      before
      after
    }
    entries {
      ...Entry
    }
    rows {
      activityId
      changes
      before {
        ...ComparedRow
      }
      after {
        ...ComparedRow
      }
      wording {
        text
        change
      }
      evidenceBefore
      evidenceAfter
      entries {
        ...Entry
      }
    }
  }
}
    fragment ComparedRow on PrintedRow {
  number
  text
  timeframeText
  responsibleText
  sectionTitle
}
fragment Entry on AuditEntry {
  id
  eventType
  sentence
  recordedAt
  effectiveOn
  reason
  edition
  revision
  planId
  activityId
  actor {
    name
    post
    organisation
    role
  }
  basis {
    withoutDocument
    document {
      type
      issuer
      date
      number
    }
  }
  changes {
    path
    before
    after
  }
}`) as unknown as TypedDocumentString<CompareQuery, CompareQueryVariables>;
export const ActivityDocument = new TypedDocumentString(`
    query Activity($id: ID!, $audit: Boolean!, $asOf: AsOf) {
  activity(id: $id, asOf: $asOf) {
    ...Row
    text
    sectionId
    accountable {
      name
      assumed
    }
    plan {
      id
      title
      status
      revision
      edition
      availableActions
      settings {
        closingRule
      }
    }
    points {
      id
      ordinal
      window {
        start
        end
      }
      dueOn
      paperDueOn
      firstApprovedDueOn
      actualOn
      timing
      evidence
      target
      progress
    }
    reports {
      id
      status
      pointIds
      text
      actualOn
      submittedOn
      interim
      late
      evidence {
        title
        url
      }
    }
    requests {
      id
      status
      requestedOn
      late
      timeframe {
        text
        schedule {
          meaning
        }
      }
    }
    history(last: 100) @include(if: $audit) {
      nodes {
        ...Entry
      }
    }
  }
}
    fragment Row on Activity {
  id
  number
  title
  subItems
  excluded
  responsibleText
  due
  timing
  evidence
  needsReview
  timeframe {
    text
    confidence
    schedule {
      kind
      meaning
    }
    alternatives {
      meaning
    }
  }
  reviewReasons {
    sentence
  }
  responsible {
    name
    lead
    agreement
  }
  points {
    id
    ordinal
    window {
      start
      end
    }
    dueOn
    actualOn
    timing
    evidence
  }
  requests {
    id
    status
  }
}
fragment Entry on AuditEntry {
  id
  eventType
  sentence
  recordedAt
  effectiveOn
  reason
  edition
  revision
  planId
  activityId
  actor {
    name
    post
    organisation
    role
  }
  basis {
    withoutDocument
    document {
      type
      issuer
      date
      number
    }
  }
  changes {
    path
    before
    after
  }
}`) as unknown as TypedDocumentString<ActivityQuery, ActivityQueryVariables>;
export const JournalDocument = new TypedDocumentString(`
    query Journal($filter: AuditFilter, $before: String) {
  auditTrail(last: 50, before: $before, filter: $filter) {
    totalCount
    pageInfo {
      hasPreviousPage
      startCursor
    }
    nodes {
      ...Entry
    }
  }
}
    fragment Entry on AuditEntry {
  id
  eventType
  sentence
  recordedAt
  effectiveOn
  reason
  edition
  revision
  planId
  activityId
  actor {
    name
    post
    organisation
    role
  }
  basis {
    withoutDocument
    document {
      type
      issuer
      date
      number
    }
  }
  changes {
    path
    before
    after
  }
}`) as unknown as TypedDocumentString<JournalQuery, JournalQueryVariables>;
export const FiguresDocument = new TypedDocumentString(`
    query Figures {
  monitoring {
    on
    plans
    total {
      total
      pastDue
      byTiming {
        timing
        count
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FiguresQuery, FiguresQueryVariables>;
export const OverdueDocument = new TypedDocumentString(`
    query Overdue($first: Int!) {
  activities(first: $first, orderBy: {field: DUE}, filter: {timing: [OVERDUE]}) {
    totalCount
    nodes {
      ...Due
    }
  }
}
    fragment Due on Activity {
  id
  number
  title
  due
  timing
  evidence
  timeframe {
    text
  }
  accountable {
    name
  }
  plan {
    id
    title
  }
}`) as unknown as TypedDocumentString<OverdueQuery, OverdueQueryVariables>;
export const DueBetweenDocument = new TypedDocumentString(`
    query DueBetween($from: Date!, $to: Date!, $first: Int!) {
  activities(
    first: $first
    orderBy: {field: DUE}
    filter: {dueFrom: $from, dueTo: $to, timing: [DUE_TODAY, DUE_SOON, IN_WINDOW, PLANNED]}
  ) {
    totalCount
    nodes {
      ...Due
    }
  }
}
    fragment Due on Activity {
  id
  number
  title
  due
  timing
  evidence
  timeframe {
    text
  }
  accountable {
    name
  }
  plan {
    id
    title
  }
}`) as unknown as TypedDocumentString<DueBetweenQuery, DueBetweenQueryVariables>;
export const WaitingDocument = new TypedDocumentString(`
    query Waiting($reports: Boolean!, $terms: Boolean!, $wordings: Boolean!) {
  reported: activities(first: 20, filter: {evidence: [REPORTED]}) @include(if: $reports) {
    totalCount
    nodes {
      ...Due
    }
  }
  asked: activities(first: 20, filter: {hasOpenRequest: true}) @include(if: $terms) {
    totalCount
    nodes {
      ...Due
    }
  }
  unread: activities(first: 5, filter: {needsReview: true}) @include(if: $wordings) {
    totalCount
    nodes {
      ...Due
    }
  }
}
    fragment Due on Activity {
  id
  number
  title
  due
  timing
  evidence
  timeframe {
    text
  }
  accountable {
    name
  }
  plan {
    id
    title
  }
}`) as unknown as TypedDocumentString<WaitingQuery, WaitingQueryVariables>;
export const PlansInStatusDocument = new TypedDocumentString(`
    query PlansInStatus($status: [PlanStatus!]!) {
  plans(first: 20, filter: {status: $status}) {
    totalCount
    nodes {
      id
      title
      status
    }
  }
}
    `) as unknown as TypedDocumentString<PlansInStatusQuery, PlansInStatusQueryVariables>;
export const ChangesDocument = new TypedDocumentString(`
    subscription Changes($after: Position) {
  changes(resumeAfter: $after) {
    position
    kind
    planId
    activityId
    eventType
  }
}
    `) as unknown as TypedDocumentString<ChangesSubscription, ChangesSubscriptionVariables>;
export const SubmitReportDocument = new TypedDocumentString(`
    mutation SubmitReport($input: SubmitReportInput!) {
  done: submitReport(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitReportMutation, SubmitReportMutationVariables>;
export const AcceptReportDocument = new TypedDocumentString(`
    mutation AcceptReport($input: AcceptReportInput!) {
  done: acceptReport(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AcceptReportMutation, AcceptReportMutationVariables>;
export const ReturnReportDocument = new TypedDocumentString(`
    mutation ReturnReport($input: ReturnReportInput!) {
  done: returnReport(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReturnReportMutation, ReturnReportMutationVariables>;
export const CompleteDocument = new TypedDocumentString(`
    mutation Complete($input: CompleteActivityInput!) {
  done: completeActivity(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteMutation, CompleteMutationVariables>;
export const WithdrawCompletionDocument = new TypedDocumentString(`
    mutation WithdrawCompletion($input: WithdrawCompletionInput!) {
  done: withdrawCompletion(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<WithdrawCompletionMutation, WithdrawCompletionMutationVariables>;
export const RequestRescheduleDocument = new TypedDocumentString(`
    mutation RequestReschedule($input: RequestRescheduleInput!) {
  done: requestReschedule(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RequestRescheduleMutation, RequestRescheduleMutationVariables>;
export const GrantRescheduleDocument = new TypedDocumentString(`
    mutation GrantReschedule($input: GrantRescheduleInput!) {
  done: grantReschedule(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GrantRescheduleMutation, GrantRescheduleMutationVariables>;
export const RefuseRescheduleDocument = new TypedDocumentString(`
    mutation RefuseReschedule($input: RefuseRescheduleInput!) {
  done: refuseReschedule(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RefuseRescheduleMutation, RefuseRescheduleMutationVariables>;
export const RescheduleDocument = new TypedDocumentString(`
    mutation Reschedule($input: RescheduleActivityInput!) {
  done: rescheduleActivity(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RescheduleMutation, RescheduleMutationVariables>;
export const ExcludeDocument = new TypedDocumentString(`
    mutation Exclude($input: ExcludeActivityInput!) {
  done: excludeActivity(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExcludeMutation, ExcludeMutationVariables>;