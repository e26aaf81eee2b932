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
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The report. */
  reportId: string | number;
};

/** In what role somebody acts: a role of access, or SYSTEM, the server itself. */
export type ActingRole =
  /** Gives every command, among them those about access and organisations. */
  | 'ADMINISTRATOR'
  /** Reads plans, the audit trail and who read names; changes nothing. */
  | 'AUDITOR'
  /** A screen that shows plans and figures. */
  | 'DASHBOARD'
  /** Agrees and returns plans, decides on reports, issues reports on organisations. */
  | 'DEPARTMENT'
  /** Agrees, approves, amends and closes plans, decides on reports and requests. */
  | 'DIRECTOR'
  /** Another system that copies plans: reads them and their changes. */
  | 'INTEGRATOR'
  /** Prepares plans, marks work as done, submits reports. */
  | 'METHODOLOGIST'
  /** The server itself, such as its watch over due days. */
  | 'SYSTEM';

/** The next step agrees. */
export type AgreePlanInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** The plan. */
  planId: string | number;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The stamp. */
  stamp: StampInput;
};

/** A corrected document to amend an approved plan by, with the reason and the basis. */
export type AmendFromDocumentInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Which columns are what, as for an import. */
  columns?: ColumnsInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Its bytes in base64, as for an import. */
  content: string;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Name of the file. One line of at most 500 characters. */
  fileName: string;
  /** The plan. */
  planId: string | number;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** A plan to approve. */
export type ApprovePlanInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** The plan. */
  planId: string | number;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The stamp. */
  stamp: StampInput;
  /** Points due before it are not tracked; left out: today. */
  underControlFrom?: string | null | undefined;
};

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
  /** Resting on an order of this number, such as «143-р». One line of at most 50 characters. */
  orderNumber?: string | null | undefined;
  /** About this organisation or the plans that it owns. */
  organisationId?: string | number | null | undefined;
  /** About activities that name this party, before or after. */
  partyId?: string | number | null | undefined;
  /** Of this plan. */
  planId?: string | number | null | undefined;
  /** Of one of these plans, at most 200. */
  planIds?: Array<string | number> | null | undefined;
  /** About this section or its activities. */
  sectionId?: string | number | null | undefined;
  /** Words that begin words of what was written: wordings, reasons, numbers of orders, reports, remarks, posts. Names of persons are none. One line of at most 500 characters. */
  text?: string | null | undefined;
  /** Recorded at this moment or earlier. */
  to?: string | null | undefined;
};

/** What a decision rests on: a document, or expressly none. */
export type BasisInput = {
  /** The document: its number and date are required. */
  document?: DocumentInput | null | undefined;
  /** True says expressly that there is no document. */
  withoutDocument?: boolean | null | undefined;
};

/** What a change is about. */
export type ChangeKind =
  /** A holder of access, or a webhook. */
  | 'ACCESS'
  /** One activity: fetch it again. */
  | 'ACTIVITY'
  /** An organisation. */
  | 'ORGANISATION'
  /** Anything else, such as the log or the erasure of a name. */
  | 'OTHER'
  /** A plan as a whole: fetch its head and its sections again. */
  | 'PLAN'
  /** The caller sees the plan from here on: fetch it with everything in it. */
  | 'PLAN_ENTERED_SCOPE'
  /** The caller does not see the plan any more: delete it. */
  | 'PLAN_LEFT_SCOPE';

/** The weakest evidence that closes a control point. */
export type ClosingRule =
  /** An accepted report. */
  | 'ACCEPTANCE'
  /** A mark that it is done. */
  | 'COMPLETION'
  /** A submitted report. */
  | 'REPORT';

/** Which columns of a document’s table are what, counted from 1: for a document whose headings are not those of a plan. Times or responsible parties may be missing, not both. */
export type ColumnsInput = {
  /** The column of activities. */
  activity: number;
  /** The column of numbers. */
  number?: number | null | undefined;
  /** The column of responsible parties. */
  responsible?: number | null | undefined;
  /** The column of times. */
  time?: number | null | undefined;
};

/** Work that is done. */
export type CompleteActivityInput = {
  /** The activity. */
  activityId: string | number;
  /** The day on which the work was done. */
  actualOn: string;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** How many, for a quota. */
  count?: number | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** A remark. At most 10000 characters. */
  note?: string | null | undefined;
  /** The control point; may be left out when there is one. */
  pointId?: string | number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** How certain the reading of a wording is. */
export type Confidence =
  /** It has other possible meanings, or a part of it was assumed. */
  | 'ASSUMED'
  /** It has one meaning. */
  | 'CERTAIN'
  /** It is not understood. */
  | 'UNKNOWN';

/** Who reports for an activity. */
export type ConfirmAccountableInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Place of the party among the responsible ones, from 1; left out: the unit that owns the plan. */
  place?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** Stamps of an imported document to confirm. */
export type ConfirmPrintedApprovalInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Date of the approval; left out: not stated. */
  date?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** The plan. */
  planId: string | number;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** Points due before it are not tracked; left out: today. */
  underControlFrom?: string | null | undefined;
};

/** An order or other document. */
export type DocumentInput = {
  /** Its date. */
  date?: string | null | undefined;
  /** Who issued it. One line of at most 500 characters. */
  issuer?: string | null | undefined;
  /** Its number. One line of at most 50 characters. */
  number?: string | null | undefined;
  /** Kind of the document. */
  type: DocumentType;
};

/** Kind of a document. */
export type DocumentType =
  /** Распоряжение. */
  | 'DIRECTIVE'
  /** Письмо. */
  | 'LETTER'
  /** Приказ. */
  | 'ORDER'
  /** Another document. */
  | 'OTHER'
  /** Протокол: minutes of a meeting. */
  | 'PROTOCOL'
  /** Положение. */
  | 'REGULATION'
  /** Постановление. */
  | 'RESOLUTION';

/** Types of events: what can happen here. */
export type EventType =
  /** Access was granted to the plans of organisations. */
  | 'AccessGranted'
  /** Access was issued. */
  | 'AccessIssued'
  /** The name or the post of access was changed. */
  | 'AccessRenamed'
  /** Access was revoked. */
  | 'AccessRevoked'
  /** The key of access was replaced. */
  | 'AccessRotated'
  /** Access to the plans of organisations was withdrawn. */
  | 'AccessWithdrawn'
  /** The accountable party of an activity was confirmed. */
  | 'AccountableConfirmed'
  /** Work was marked as done. */
  | 'ActivityCompleted'
  /** An activity was excluded from an approved plan; it keeps its number. */
  | 'ActivityExcluded'
  /** An activity was moved to another place. */
  | 'ActivityMoved'
  /** An activity was added. */
  | 'ActivityPlanned'
  /** An activity got other responsible parties. */
  | 'ActivityReassigned'
  /** An activity was removed from a draft. */
  | 'ActivityRemoved'
  /** An activity got another timeframe. */
  | 'ActivityRescheduled'
  /** The wording of an activity was changed. */
  | 'ActivityReworded'
  /** A mark that work is done was withdrawn. */
  | 'CompletionWithdrawn'
  /** A due day passed without the work; recorded by the server. */
  | 'DeadlineMissed'
  /** An operator accepted the log although it did not match its anchor. */
  | 'LogAccepted'
  /** The log is signed by a new key. */
  | 'LogKeyRotated'
  /** The name, the parent or other details of an organisation were changed. */
  | 'OrganisationDetailsChanged'
  /** An organisation was registered. */
  | 'OrganisationRegistered'
  /** A report on a period of an organisation was issued, with its figures. */
  | 'OrganisationReportIssued'
  /** Wordings of responsible parties were merged into one party. */
  | 'PartiesMerged'
  /** An organisation settled who is named by a cell of responsible parties in its documents. */
  | 'PartyCellAdopted'
  /** An organisation withdrew who is named by a cell of responsible parties. */
  | 'PartyCellWithdrawn'
  /** A wording of a responsible party was made a party of its own again. */
  | 'PartySeparated'
  /** A report on a period of a plan was issued, with its figures. */
  | 'PeriodReportIssued'
  /** The name of a person was erased: its key is destroyed. */
  | 'PersonForgotten'
  /** A step of the route agreed. */
  | 'PlanAgreed'
  /** An approved plan was amended; the events that follow at once are the changes. */
  | 'PlanAmended'
  /** A plan was approved and is in force. */
  | 'PlanApproved'
  /** A plan was given to another organisation. */
  | 'PlanAssigned'
  /** An approved plan was cancelled. */
  | 'PlanCancelled'
  /** A plan was closed. */
  | 'PlanClosed'
  /** A plan was begun as a copy of an earlier one. */
  | 'PlanCopied'
  /** The title, the period or other details of a plan were changed. */
  | 'PlanDetailsChanged'
  /** A plan was begun. */
  | 'PlanDrafted'
  /** An unfinished import was given up. */
  | 'PlanImportAbandoned'
  /** A plan was imported from a document, with all its rows. */
  | 'PlanImported'
  /** A plan was returned for correction. */
  | 'PlanReturned'
  /** A plan was submitted, with its route of agreement. */
  | 'PlanSubmitted'
  /** A plan was given up before its approval. */
  | 'PlanWithdrawn'
  /** The approval that is printed on an imported plan was confirmed. */
  | 'PrintedApprovalConfirmed'
  /** Progress or an expected day was recorded. */
  | 'ProgressRecorded'
  /** A report was accepted. */
  | 'ReportAccepted'
  /** A report was returned with a remark. */
  | 'ReportReturned'
  /** A report on execution was submitted. */
  | 'ReportSubmitted'
  /** A report was withdrawn by the person who submitted it. */
  | 'ReportWithdrawn'
  /** A request for another timeframe was refused. A granted one is an amendment. */
  | 'RescheduleRefused'
  /** Another timeframe was requested. */
  | 'RescheduleRequested'
  /** A section was added. */
  | 'SectionAdded'
  /** The title or the number of a section was changed. */
  | 'SectionChanged'
  /** An empty section was removed. */
  | 'SectionRemoved'
  /** Settings of an organisation were changed. */
  | 'SettingsChanged'
  /** Another way to sign in, or former access of the same person, was linked. */
  | 'SignInLinked'
  /** A way to sign in was removed. */
  | 'SignInUnlinked'
  /** A webhook was added. */
  | 'WebhookAdded'
  /** A webhook was removed. */
  | 'WebhookRemoved'
  /** The secret of a webhook was replaced. */
  | 'WebhookRotated'
  /** An organisation settled what a timeframe means in its documents. */
  | 'WordingAdopted'
  /** A person settled what a timeframe means. */
  | 'WordingResolved'
  /** An organisation withdrew the meaning of a timeframe. */
  | 'WordingWithdrawn';

/** What is known of the work itself. */
export type Evidence =
  /** The report was accepted. */
  | 'ACCEPTED'
  /** It is marked as done. */
  | 'COMPLETION_MARKED'
  /** Nothing is known. */
  | 'NONE'
  /** A report was submitted, and is not decided yet. */
  | 'REPORTED'
  /** The report was returned: the work counts as open. */
  | 'RETURNED';

/** A file or page that shows the work. */
export type EvidenceLinkInput = {
  /** SHA-256 of its bytes, hex. One line of at most 64 characters. */
  sha256?: string | null | undefined;
  /** What it is. One line of at most 500 characters. */
  title: string;
  /** Its address, http or https. One line of at most 2000 characters. */
  url: string;
};

/** An activity to exclude from an approved plan. */
export type ExcludeActivityInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** What a value is. */
export type FigureUnit =
  /** Days on average. */
  | 'DAYS'
  /** The median of several delays, in days. */
  | 'MEDIAN_DAYS'
  /** A share from 0 to 1. */
  | 'SHARE';

/** A request to grant; give the reason of the amendment. */
export type GrantRescheduleInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The request. */
  requestId: string | number;
};

/** A plan document to import. */
export type ImportPlanInput = {
  /** Makes a second plan although there is one: of this file, of this title and period in the organisation, or the one that the document was exported from. */
  allowSecond?: boolean | null | undefined;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Which columns are what, for a document that was refused since its headings are not those of a plan. */
  columns?: ColumnsInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** The bytes of the docx, xlsx, odt, ods, rtf, doc, xls, html, csv or text file in base64; at most 10 MB unless the server is told otherwise. */
  content: string;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Id of the plan in another system, unique in the organisation. A repeat without commandId does nothing again. One line of at most 200 characters. */
  externalId?: string | null | undefined;
  /** Name of the file. One line of at most 500 characters. */
  fileName: string;
  /** The organisation that owns it. The plan gets its time zone. */
  organisationId?: string | number | null | undefined;
  /** Timeframes whose meaning is settled with the import. The organisation keeps each for this wording in later documents. */
  readings?: Array<RowReadingInput> | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** IANA time zone; left out: that of the server. One line of at most 100 characters. */
  timeZone?: string | null | undefined;
};

/** Indicators of execution. N is the number of firm points due in the period by the timeframe in force, N₀ by the one that was approved first. */
export type IndicatorCode =
  /** Numerator: touched by an amendment. Denominator: activities. */
  | 'ACTIVITIES_AMENDED'
  /** Numerator: Σ weight × max(0, 1 − delay in working days / limit). Denominator: Σ weight. */
  | 'DISCIPLINE'
  /** Numerator: done. Denominator: N. */
  | 'DONE'
  /** Numerator: done on or before the day approved first; shows what rescheduling hides. Denominator: N₀. */
  | 'DONE_BY_FIRST_TERM'
  /** Numerator: done on or before the day in force. Denominator: N. */
  | 'DONE_IN_TIME'
  /** Numerator: due within 14 days. Denominator: open and not overdue on `on`. */
  | 'DUE_IN_14_DAYS'
  /** Numerator: due within 30 days. Denominator: open and not overdue on `on`. */
  | 'DUE_IN_30_DAYS'
  /** Numerator: expected later than due (`recordProgress` with `expectedOn`). Denominator: open points with an expected day. */
  | 'EXPECTED_LATE'
  /** Numerator: days from the due day to the work, or to `on` if the point is open. Denominator: points with a delay. */
  | 'MEAN_DELAY'
  /** Numerator: days by which timeframes were moved. Denominator: moves in the period. */
  | 'MEAN_SHIFT'
  /** Numerator: days from the due day to the work, or to `on` if the point is open. Denominator: points with a delay. */
  | 'MEDIAN_DELAY'
  /** Numerator: rescheduled. Denominator: N. */
  | 'MOVED'
  /** Numerator: rescheduled more than once. Denominator: N. */
  | 'MOVED_AGAIN'
  /** Numerator: not done. Denominator: of N, due before `on`. */
  | 'OVERDUE'
  /** Numerator: reported by the day for reports. Denominator: of N, those whose report is due. */
  | 'REPORTED_IN_TIME'
  /** Numerator: returned. Denominator: reports of the period. */
  | 'REPORTS_RETURNED'
  /** Numerator: requested after the due day. Denominator: requests in the period. */
  | 'REQUESTED_LATE'
  /** Numerator: timeframe not understood, or ambiguous. Denominator: activities that are not excluded. */
  | 'WORDINGS_UNREAD';

/** Which plans are counted, and for which period. */
export type MonitoringFilter = {
  /** For which this party is accountable. */
  accountableId?: string | number | null | undefined;
  /** Due on this day or later. */
  dueFrom?: string | null | undefined;
  /** Due on this day or earlier. */
  dueTo?: string | null | undefined;
  /** Of this organisation and of those under it. */
  organisationId?: string | number | null | undefined;
  /** Only own plans of `organisationId`, without those of the organisations under it. Without `organisationId`: only plans of no organisation. */
  ownPlansOnly?: boolean | null | undefined;
  /** Of this plan. */
  planId?: string | number | null | undefined;
  /** Of one of these plans, at most 200. */
  planIds?: Array<string | number> | null | undefined;
  /** Of this section. */
  sectionId?: string | number | null | undefined;
};

/** What figures are grouped by. */
export type MonitoringGroupBy =
  /** By accountable party; wordings that the organisation has merged are one. */
  | 'ACCOUNTABLE'
  /** By month: points due in it, and reports, moves and requests made in it. */
  | 'MONTH'
  /** By organisation. */
  | 'ORGANISATION'
  /** By plan. */
  | 'PLAN'
  /** By section of a plan. */
  | 'SECTION';

/** A responsible party as the author of a row states it; what is left out is read from its name. */
export type PartyInput = {
  /** «по согласованию»: takes part by consent. */
  agreement?: boolean | null | undefined;
  /** «совместно с». */
  joint?: boolean | null | undefined;
  /** What it is. */
  kind?: PartyKind | null | undefined;
  /** Its name. One line of at most 500 characters. */
  name: string;
};

/** What a responsible party is. */
export type PartyKind =
  /** A group of persons, posts or organisations. */
  | 'GROUP'
  /** An organisation. */
  | 'ORG'
  /** A named person. */
  | 'PERSON'
  /** A post. */
  | 'ROLE'
  /** A unit of an organisation. */
  | 'UNIT';

/** Status of a plan. */
export type PlanStatus =
  /** Every step of its route has agreed: it can be approved. */
  | 'AGREED'
  /** In force: its content changes by amendments only. */
  | 'APPROVED'
  /** Was approved, and is no longer in force. */
  | 'CANCELLED'
  /** Its period is over, and each point is done, not done or carried over. */
  | 'CLOSED'
  /** In preparation: its content changes freely. */
  | 'DRAFT'
  /** Submitted: the steps of its route agree, or return it. */
  | 'ON_AGREEMENT'
  /** Given up before it was approved. */
  | 'WITHDRAWN';

/** What a quota is counted per. */
export type QuotaUnit =
  /** A day. */
  | 'DAY'
  /** A half of the year. */
  | 'HALF_YEAR'
  /** A calendar month. */
  | 'MONTH'
  /** A calendar quarter (квартал). */
  | 'QUARTER'
  /** A school term (четверть). */
  | 'TERM'
  /** A trimester. */
  | 'TRIMESTER'
  /** A week. */
  | 'WEEK'
  /** A year. */
  | 'YEAR';

/** Other responsible parties. */
export type ReassignActivityInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** True: stated parties are those of this activity alone. Else the organisation keeps them for this cell in later documents, unless persons are named. */
  onlyHere?: boolean | null | undefined;
  /** Who is named in `responsible`, in order. Left out: as the organisation or else the rules read it. */
  parties?: Array<PartyInput> | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** As printed, parted by commas. At most 10000 characters. */
  responsible: string;
};

/** A request to refuse; give the reason. */
export type RefuseRescheduleInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The request. */
  requestId: string | number;
};

/** Status of an execution report. */
export type ReportStatus =
  /** Accepted: снято с контроля. */
  | 'ACCEPTED'
  /** Returned with a remark: another report is needed. */
  | 'RETURNED'
  /** Submitted, not decided yet. */
  | 'SUBMITTED'
  /** Withdrawn before a decision by the person who submitted it. */
  | 'WITHDRAWN';

/** Another term that is asked for; give the reason. */
export type RequestRescheduleInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The term. */
  timeframe: TimeframeInput;
};

/** Status of a request for another timeframe. */
export type RequestStatus =
  /** Granted: the new term is in force. */
  | 'GRANTED'
  /** Not decided yet. */
  | 'OPEN'
  /** Refused: the term stays as it is. */
  | 'REFUSED';

/** Another term. */
export type RescheduleActivityInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The new timeframe. */
  timeframe: TimeframeInput;
};

/** What a wording means: exactly one of `reading` and `schedule`. */
export type ResolveWordingInput = {
  /** The activity. */
  activityId: string | number;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** True: for this activity alone. Else the organisation keeps it for this wording in later documents. */
  onlyHere?: boolean | null | undefined;
  /** A reading that the timeframe lists: 0 for the proposed one, or the place of an alternative, from 1. */
  reading?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** Another reading, stated by its author. */
  schedule?: ScheduleInput | null | undefined;
};

/** A plan to return with remarks. */
export type ReturnPlanInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** The plan. */
  planId: string | number;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** What is to be mended. At most 10000 characters. */
  remarks: string;
};

/** A report to return; give the reason. */
export type ReturnReportInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The report. */
  reportId: string | number;
};

/** A corrected document to change a draft by. */
export type ReviseDraftInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Which columns are what, as for an import. */
  columns?: ColumnsInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Its bytes in base64, as for an import. */
  content: string;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Name of the file. One line of at most 500 characters. */
  fileName: string;
  /** The plan. */
  planId: string | number;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** What a person or program may be here. */
export type Role =
  /** Gives every command, among them those about access and organisations. */
  | 'ADMINISTRATOR'
  /** Reads plans, the audit trail and who read names; changes nothing. */
  | 'AUDITOR'
  /** A screen that shows plans and figures. */
  | 'DASHBOARD'
  /** Agrees and returns plans, decides on reports, issues reports on organisations. */
  | 'DEPARTMENT'
  /** Agrees, approves, amends and closes plans, decides on reports and requests. */
  | 'DIRECTOR'
  /** Another system that copies plans: reads them and their changes. */
  | 'INTEGRATOR'
  /** Prepares plans, marks work as done, submits reports. */
  | 'METHODOLOGIST';

/** One step of the way to approval. */
export type RouteStepInput = {
  /** A council: its stamp names number and date of the protocol. */
  isCouncil?: boolean | null | undefined;
  /** Whether the body agrees, accepts or considers. */
  kind: RouteStepKind;
  /** Their organisation. One line of at most 500 characters. */
  organisation?: string | null | undefined;
  /** Whose step it is: a post, or the name of a council. One line of at most 500 characters. */
  post: string;
  /** Steps of one stage agree in any order; left out: a stage of its own after the step before. */
  stage?: number | null | undefined;
};

/** What a step of the route does. */
export type RouteStepKind =
  /** Accepts: «Принято». */
  | 'ACCEPT'
  /** Agrees: «Согласовано». */
  | 'AGREE'
  /** Considers: «Рассмотрено». */
  | 'CONSIDER';

/** What may differ in a row between two times of a plan. */
export type RowChange =
  /** The row is new. */
  | 'ADDED'
  /** More or less is known of the work. */
  | 'EVIDENCE'
  /** The row was excluded from an approved plan. */
  | 'EXCLUDED'
  /** It stands in another place or section. */
  | 'MOVED'
  /** Its responsible parties differ. */
  | 'REASSIGNED'
  /** The row left a draft. */
  | 'REMOVED'
  /** Its timeframe differs. */
  | 'RESCHEDULED'
  /** Its title or its sub-items differ. */
  | 'REWORDED';

/** What the timeframe of a row means: exactly one of `reading` and `schedule`. */
export type RowReadingInput = {
  /** A reading that `importPreview` lists: 0 for the proposed one, or the place of an alternative, from 1. */
  reading?: number | null | undefined;
  /** The row: its place among all rows of the document, from 1, as in `importPreview`. */
  row: number;
  /** Another reading, stated by its author. */
  schedule?: ScheduleInput | null | undefined;
};

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
  /** For QUOTA: the counted thing. One line of at most 500 characters. */
  noun?: string | null | undefined;
  /** For QUOTA: per what. */
  per?: QuotaUnit | null | undefined;
  /** For RECURRING: an RFC 5545 rule such as FREQ=MONTHLY;BYDAY=3MO. One line of at most 500 characters. */
  rule?: string | null | undefined;
  /** For DATES; for THROUGHOUT one. */
  windows?: Array<WindowInput> | null | undefined;
};

/** The kinds of schedules that a timeframe may mean. */
export type ScheduleKind =
  /** One day, a range of days, or one or more whole months. */
  | 'DATES'
  /** By a day: «до 15.09». */
  | 'DEADLINE'
  /** By the days of another document: «по графику». */
  | 'EXTERNAL'
  /** Whenever it is asked for: «по запросам». */
  | 'ON_DEMAND'
  /** A number of times in each period: «2 раза в квартал». */
  | 'QUOTA'
  /** Again and again by a rule: «ежемесячно». */
  | 'RECURRING'
  /** During the whole of a window: «в течение года». */
  | 'THROUGHOUT'
  /** Not understood. */
  | 'UNKNOWN';

/** A stamp that is given now. */
export type StampInput = {
  /** Left out: not stated. */
  date?: string | null | undefined;
  /** The document of the stamp. */
  document?: DocumentInput | null | undefined;
  /** Their organisation. One line of at most 500 characters. */
  organisation?: string | null | undefined;
  /** Their name. One line of at most 500 characters. */
  person?: string | null | undefined;
  /** Post of the person who stamps. One line of at most 500 characters. */
  post: string;
};

/** What a stamp says. */
export type StampKind =
  /** «Принято»: accepted by a council. */
  | 'ACCEPT'
  /** «Согласовано»: agreed. */
  | 'AGREE'
  /** «Утверждаю»: approved. */
  | 'APPROVE'
  /** «Рассмотрено»: considered. */
  | 'CONSIDER';

/** Where a stamp comes from. */
export type StampState =
  /** Printed on the imported document, and confirmed here. */
  | 'CONFIRMED'
  /** Given here. */
  | 'GIVEN'
  /** Printed on the imported document, not confirmed here. */
  | 'PRINTED';

/** A plan to put before others. */
export type SubmitPlanInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** The plan. */
  planId: string | number;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** Who agrees, in order; empty: straight to approval. */
  route: Array<RouteStepInput>;
};

/** An execution report. */
export type SubmitReportInput = {
  /** The activity. */
  activityId: string | number;
  /** The day on which the work was done. */
  actualOn: string;
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** What shows it. */
  evidence?: Array<EvidenceLinkInput> | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** An interim report informs and never closes. */
  interim?: boolean | null | undefined;
  /** The control points; may be left out when there is one. */
  pointIds?: Array<string | number> | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** What was done. At most 10000 characters. */
  text?: string | null | undefined;
};

/** What became of a part of a text. */
export type TextChange =
  /** It is only in the text after. */
  | 'ADDED'
  /** It is only in the text before. */
  | 'REMOVED';

/** A timeframe: its wording, read by the rules unless a schedule is stated. */
export type TimeframeInput = {
  /** Its meaning, when the author states it. */
  schedule?: ScheduleInput | null | undefined;
  /** The wording, such as «до 15 октября 2020 г.». At most 500 characters. */
  text: string;
};

/** State of a control point on a day, by the calendar. */
export type Timing =
  /** Carried over to another plan when the plan was closed. */
  | 'CARRIED_OVER'
  /** Done after its due day. */
  | 'DONE_LATE'
  /** Done by its due day. */
  | 'DONE_ON_TIME'
  /** Open: due within the days that the organisation has set (`dueSoonDays`). */
  | 'DUE_SOON'
  /** Open: due on this day, which is still in time. */
  | 'DUE_TODAY'
  /** Its activity was excluded from the plan, or the plan was cancelled. */
  | 'EXCLUDED'
  /** Open: its window has begun, and it is not due soon. */
  | 'IN_WINDOW'
  /** Its timeframe has no days. */
  | 'NOT_DATED'
  /** Left undone when the plan was closed. */
  | 'NOT_DONE'
  /** It was due before the plan came under control here. */
  | 'NOT_TRACKED'
  /** Open: its due day has passed. */
  | 'OVERDUE'
  /** Open: its window has not begun. */
  | 'PLANNED';

/** Why a command was refused. Each code is described by its message; what stands in braces differs from case to case. */
export type UserErrorCode =
  /** Whoever submits a report cannot accept it. */
  | 'ACCEPTER_IS_REPORTER'
  /** This access has changed (revision {revision}): {changes}. Read it again. */
  | 'ACCESS_CHANGED'
  /** This access already exists. */
  | 'ACCESS_EXISTS'
  /** This access is by OpenID Connect: it has no key to rotate. */
  | 'ACCESS_HAS_NO_KEY'
  /** The former access is still in force: revoke it first. */
  | 'ACCESS_IN_FORCE'
  /** There is no such access. */
  | 'ACCESS_NOT_FOUND'
  /** This access is revoked: issue another one. */
  | 'ACCESS_REVOKED'
  /** This access covers all organisations: revoke it, and issue access to specific ones. */
  | 'ACCESS_TO_ALL'
  /** Activity {number} is excluded from the plan. */
  | 'ACTIVITY_EXCLUDED'
  /** The plan has no such activity. */
  | 'ACTIVITY_NOT_FOUND'
  /** The day {date} has not come yet. */
  | 'ACTUAL_DATE_IN_FUTURE'
  /** The day {date} is before {from}, the start of the plan or of the window. */
  | 'ACTUAL_DATE_TOO_EARLY'
  /** A report on control point {point} is already accepted. */
  | 'ALREADY_ACCEPTED'
  /** It is already marked as done. Withdraw that mark first. */
  | 'ALREADY_COMPLETED'
  /** This file is already imported: plan {plan}. If another such plan is wanted, confirm it (allowSecond, --allow-second). */
  | 'ALREADY_IMPORTED'
  /** Name the basis (an order), or state explicitly that there is no document. */
  | 'BASIS_REQUIRED'
  /** «{text}» names persons: such responsible parties are settled in each plan. */
  | 'CELL_NAMES_PERSON'
  /** This commandId was already used with another payload. */
  | 'COMMAND_ID_REUSED'
  /** The count must be a whole number and at least {target}. */
  | 'COUNT_BELOW_TARGET'
  /** Give a count: {target} are required. */
  | 'COUNT_REQUIRED'
  /** The day {date} is listed both as a day off and as a working day. */
  | 'DAY_BOTH_WAYS'
  /** The day is outside the period of the plan ({start} … {end}). */
  | 'DAY_OUTSIDE_PERIOD'
  /** A report needs a text or at least one link. */
  | 'EVIDENCE_REQUIRED'
  /** The expected day {date} has passed already. */
  | 'EXPECTED_DATE_PAST'
  /** This moment has passed already. */
  | 'EXPIRY_PAST'
  /** This file was exported from plan {plan}: correct that plan (reviseDraft, --into {plan}; amendFromDocument if it is approved). If a second plan is wanted, confirm it (allowSecond, --allow-second). */
  | 'EXPORT_OF_PLAN'
  /** The external id «{externalId}» is taken, see {related}. */
  | 'EXTERNAL_ID_TAKEN'
  /** There is no unfinished import with this commandId. */
  | 'IMPORT_NOT_FOUND'
  /** An import of this file (plan {plan}) was begun and not finished: repeat it with the commandId «{commandId}», or give it up (abandonImport). */
  | 'IMPORT_UNFINISHED'
  /** There is no day «{date}» in the calendar. The form is YYYY-MM-DD. */
  | 'INVALID_DATE'
  /** The schedule is not valid: check its dates, rule or count. */
  | 'INVALID_SCHEDULE'
  /** Time zone «{timeZone}» is unknown. For example: Asia/Yekaterinburg. */
  | 'INVALID_TIME_ZONE'
  /** This is not a link: it begins with http:// or https://. */
  | 'INVALID_URL'
  /** This is one line: remove its line breaks. */
  | 'LINE_BREAK'
  /** Nothing would change. */
  | 'NOTHING_CHANGES'
  /** The plan has no activities. */
  | 'NOTHING_PLANNED'
  /** Title, period and sections of an approved plan are not amended: {differences}. Restore them in the file. */
  | 'NOT_AMENDABLE'
  /** The role «{role}» may not do this. */
  | 'NOT_AUTHORISED'
  /** It is not marked as done. */
  | 'NOT_COMPLETED'
  /** The plan was not imported from a document: approve it in the usual way. */
  | 'NOT_IMPORTED'
  /** The document has no stamp of approval. */
  | 'NO_PRINTED_APPROVAL'
  /** Number {number} is taken; numbers of excluded activities are not used again. */
  | 'NUMBER_TAKEN'
  /** {count} open control points are neither explained nor carried over, of the activities {rows}. */
  | 'OPEN_POINTS'
  /** The organisation has changed (revision {revision}): {changes}. Read it again. */
  | 'ORGANISATION_CHANGED'
  /** This organisation already exists. */
  | 'ORGANISATION_EXISTS'
  /** There is no such organisation: register it first. */
  | 'ORGANISATION_NOT_FOUND'
  /** Name the organisation: your access is to plans of named organisations. */
  | 'ORGANISATION_REQUIRED'
  /** A whole number from {min} to {max} is required. */
  | 'OUT_OF_BOUNDS'
  /** An organisation cannot belong to itself or to one that belongs to it. */
  | 'PARENT_CYCLE'
  /** The organisation has not kept the parties of «{text}»: Organisation.partyCells and npx letopis parties --own list those that it has. */
  | 'PARTY_CELL_NOT_OWN'
  /** A wording cannot be merged into itself: name others in partyIds. */
  | 'PARTY_INTO_ITSELF'
  /** This wording is itself merged into another party: name that one. */
  | 'PARTY_IS_MERGED'
  /** The activity has no such party: its list has {count}. */
  | 'PARTY_NOT_FOUND'
  /** This wording is already a separate party. */
  | 'PARTY_NOT_MERGED'
  /** No plan names this party. */
  | 'PARTY_UNKNOWN'
  /** A period starts no later than it ends, and lasts two years at most. */
  | 'PERIOD_INVALID'
  /** The period of the plan is not over ({end}). */
  | 'PERIOD_NOT_OVER'
  /** State the period of the plan. */
  | 'PERIOD_REQUIRED'
  /** The name of this person is erased already, and its key destroyed. */
  | 'PERSON_FORGOTTEN'
  /** API keys ({keys}) bear the name of this person: further events of these keys would record the name again. Rename them first: npx letopis keys rename. */
  | 'PERSON_HAS_KEYS'
  /** The reason or the document names this person and would stay in the chronicle for ever: give the number and the day of the request in place of the name. */
  | 'PERSON_IS_NAMED'
  /** The chronicle contains no such person: check how the name is printed in the plan, or give the id of the person. */
  | 'PERSON_NOT_FOUND'
  /** The plan has changed (revision {revision}): {changes}. Read it again. */
  | 'PLAN_CHANGED'
  /** This plan already exists. */
  | 'PLAN_EXISTS'
  /** There is no such plan. */
  | 'PLAN_NOT_FOUND'
  /** The organisation has a plan of this title and period already: {plan}. Correct it (reviseDraft, --into {plan}; amendFromDocument if it is approved), or confirm that a second one is wanted (allowSecond, --allow-second). */
  | 'PLAN_OF_SAME_TITLE'
  /** The plan is too large: at most {max}. */
  | 'PLAN_TOO_LARGE'
  /** Control point {point} has a completion or report, which the new schedule would lose. */
  | 'POINT_HAS_EVIDENCE'
  /** The activity has no such control point. */
  | 'POINT_NOT_FOUND'
  /** This control point is not open. */
  | 'POINT_NOT_OPEN'
  /** Name the control point, one of: {points}. */
  | 'POINT_REQUIRED'
  /** A decision of «{council}» is shown by its protocol: give number and date. */
  | 'PROTOCOL_REQUIRED'
  /** The plan was approved with another reading of «{text}». To change the term, amend the plan. */
  | 'READING_IN_FORCE'
  /** There is no such reading: name 0 (the proposed one) or the place of another one, {max} at most, or state its dates. */
  | 'READING_NOT_FOUND'
  /** Give a reason. */
  | 'REASON_REQUIRED'
  /** The report is already decided ({status}). */
  | 'REPORT_DECIDED'
  /** There is no such report. */
  | 'REPORT_NOT_FOUND'
  /** Somebody else submitted the report: only they may withdraw it. */
  | 'REPORT_OF_ANOTHER'
  /** Report {report} is not decided yet. */
  | 'REPORT_PENDING'
  /** The report was returned: submit another one. */
  | 'REPORT_RETURNED'
  /** The request is already decided ({status}). */
  | 'REQUEST_DECIDED'
  /** There is no such request. */
  | 'REQUEST_NOT_FOUND'
  /** Request {request} for another term is not decided yet. */
  | 'REQUEST_PENDING'
  /** This field is required. */
  | 'REQUIRED'
  /** The person is named in plans that must be kept longer ({plans}): check whether the legal ground suffices, and confirm with despiteRetention. */
  | 'RETENTION_NOT_OVER'
  /** There is no such revision yet, the last one is {revision}: name the one that you have read. */
  | 'REVISION_UNKNOWN'
  /** A route has at most {max} steps. */
  | 'ROUTE_TOO_LONG'
  /** The section has activities: move them first. */
  | 'SECTION_NOT_EMPTY'
  /** The plan has no such section. */
  | 'SECTION_NOT_FOUND'
  /** This is the only way to sign in: revoke the access to end it. */
  | 'SIGN_IN_IS_LAST'
  /** This access has no such way to sign in. */
  | 'SIGN_IN_NOT_FOUND'
  /** This way to sign in belongs to other access: revoke or unlink it there first. */
  | 'SIGN_IN_TAKEN'
  /** Stages of a route are counted from 1 in order, without gaps. */
  | 'STAGES_OUT_OF_ORDER'
  /** The next step belongs to: {post}. A key with this post agrees, or an administrator. */
  | 'STEP_OF_ANOTHER_POST'
  /** There are {count} sub-items; this one does not exist. */
  | 'SUB_ITEM_NOT_FOUND'
  /** This term overlaps another one: check the dates. */
  | 'TERMS_OVERLAP'
  /** Too long: {length} characters, at most {max} are allowed. */
  | 'TOO_LONG'
  /** Too many: at most {max}. */
  | 'TOO_MANY'
  /** The text has a character that cannot be read or printed ({character}, at place {place}): remove it. */
  | 'UNREADABLE_TEXT'
  /** The timeframe «{text}» is not understood. Name a day or a month, such as «до 15 октября 2020 г.». */
  | 'UNREAD_WORDING'
  /** This access has no such webhook. */
  | 'WEBHOOK_NOT_FOUND'
  /** The address of a webhook begins with https:// and contains no user name, password or «#»; http:// is only for internal addresses that LETOPIS_WEBHOOK_INTERNAL allows. */
  | 'WEBHOOK_URL_REFUSED'
  /** Only an administrator who sees all organisations may do this: ask one of them. */
  | 'WHOLE_SCOPE_REQUIRED'
  /** The organisation has not kept a meaning of «{text}»: Organisation.wordings and npx letopis wording --own list those that it has. */
  | 'WORDING_NOT_OWN'
  /** This is not possible while the plan is {status}. */
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
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** The control point; may be left out when there is one. */
  pointId?: string | number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
};

/** A report to take back; give the reason. */
export type WithdrawReportInput = {
  /** On what order. */
  basis?: BasisInput | null | undefined;
  /** Chosen by the caller. A repeat does nothing again: see `repeated`. One line of at most 100 characters. */
  commandId?: string | null | undefined;
  /** Local day from which the change takes effect. */
  effectiveOn?: string | null | undefined;
  /** Refuse when others changed it after this revision. */
  expectedRevision?: number | null | undefined;
  /** Why; required for changes of a plan after its approval. At most 2000 characters. */
  reason?: string | null | undefined;
  /** Answer with the proofs that its events are in the signed log: within a second or so. */
  receipt?: boolean | null | undefined;
  /** The report. */
  reportId: string | number;
};

/** Which commands a chronicle accepts. */
export type Writing =
  /** No command, because the damage is not limited to one plan. */
  | 'CLOSED'
  /** All commands. */
  | 'OPEN'
  /** All commands but those on damaged plans. */
  | 'PARTLY_CLOSED';

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, role: Role, post: string | null, reads: Array<string>, gives: Array<string>, holder: { id: string } | null } | null, system: { readModels: string, writing: Writing, maxDocument: number } | null };

export type PlansQueryVariables = Exact<{
  text?: string | null | undefined;
  status?: Array<PlanStatus> | PlanStatus | null | undefined;
  underOrganisationId?: string | number | null | undefined;
  overlaps?: WindowInput | null | undefined;
  after?: string | null | undefined;
}>;


export type PlansQuery = { plans: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, activityCount: number, reviewCount: number, organisationId: string | null, period: { start: string, end: string } | null }> } | null };

export type OrganisationsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OrganisationsQuery = { organisations: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, name: string, parentId: string | null }> } | null };

export type PlanQueryVariables = Exact<{
  id: string | number;
}>;


export type PlanQuery = { plan: { id: string, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, revision: number, timeZone: string, today: string, createdAt: string, activityCount: number, reviewCount: number, remarks: string | null, availableActions: Array<string>, staleSince: string | null, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState }>, sections: Array<{ id: string, ordinal: number, numberText: string, title: string }>, route: Array<{ kind: RouteStepKind, post: string, stage: number, isCouncil: boolean, done: boolean }>, settings: { closingRule: ClosingRule } | null } | null };

export type HeadFragment = { id: string, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, revision: number, timeZone: string, today: string, createdAt: string, activityCount: number, reviewCount: number, remarks: string | null, availableActions: Array<string>, staleSince: string | null, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState }>, sections: Array<{ id: string, ordinal: number, numberText: string, title: string }>, route: Array<{ kind: RouteStepKind, post: string, stage: number, isCouncil: boolean, done: boolean }>, settings: { closingRule: ClosingRule } | null };

export type PlanRowsQueryVariables = Exact<{
  planId: string | number;
  asOf?: AsOf | null | undefined;
  after?: string | null | undefined;
}>;


export type PlanRowsQuery = { plan: { today: string, activities: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ sectionId: string, id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ field: string, sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }>, points: Array<{ id: string, ordinal: number, dueOn: string | null, firm: boolean, actualOn: string | null, timing: Timing, evidence: Evidence, window: { start: string, end: string } | null }>, requests: Array<{ id: string, status: RequestStatus }> }> } } | null };

export type PastPlanQueryVariables = Exact<{
  id: string | number;
  asOf: AsOf;
}>;


export type PastPlanQuery = { plan: { id: string, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodText: string | null, status: PlanStatus, edition: number, revision: number, timeZone: string, today: string, createdAt: string, activityCount: number, reviewCount: number, remarks: string | null, availableActions: Array<string>, staleSince: string | null, sections: Array<{ id: string, ordinal: number, numberText: string, title: string, activities: { pageInfo: { hasNextPage: boolean }, nodes: Array<{ sectionId: string, id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ field: string, sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }>, points: Array<{ id: string, ordinal: number, dueOn: string | null, firm: boolean, actualOn: string | null, timing: Timing, evidence: Evidence, window: { start: string, end: string } | null }>, requests: Array<{ id: string, status: RequestStatus }> }> } }>, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState }>, route: Array<{ kind: RouteStepKind, post: string, stage: number, isCouncil: boolean, done: boolean }>, settings: { closingRule: ClosingRule } | null } | null };

export type TraceFragment = { nodes: Array<{ recordedAt: string, sentence: string }> };

export type ChangesAroundQueryVariables = Exact<{
  planId: string | number;
  start: string;
  end: string;
}>;


export type ChangesAroundQuery = { earlier: { nodes: Array<{ recordedAt: string, sentence: string }> } | null, latest: { nodes: Array<{ recordedAt: string, sentence: string }> } | null, later: { nodes: Array<{ recordedAt: string, sentence: string }> } | null };

export type ComparedRowFragment = { number: string | null, text: string, timeframeText: string, responsibleText: string, sectionTitle: string };

export type LastChangesQueryVariables = Exact<{
  planId: string | number;
}>;


export type LastChangesQuery = { auditTrail: { nodes: Array<{ revision: number, recordedAt: string, changes: Array<{ path: string }> }> } | null };

export type PlanOfRevisionQueryVariables = Exact<{
  planId: string | number;
  asOf: AsOf;
}>;


export type PlanOfRevisionQuery = { plan: { updatedAt: string, timeZone: string } | null };

export type CompareQueryVariables = Exact<{
  planId: string | number;
  from?: AsOf | null | undefined;
  to?: AsOf | null | undefined;
  fromEdition?: number | null | undefined;
  toEdition?: number | null | undefined;
}>;


export type CompareQuery = { compare: { notCompared: number, fields: Array<{ path: string, label: string, before: string | null, after: string | null }>, entries: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, onBehalfOf: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole, holder: { id: string } | null }, accessOf: { name: string, post: string | null, role: ActingRole } | null, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, label: string, before: string | null, after: string | null }> }>, rows: Array<{ activityId: string, changes: Array<RowChange>, evidenceBefore: Evidence | null, evidenceAfter: Evidence | null, before: { number: string | null, text: string, timeframeText: string, responsibleText: string, sectionTitle: string } | null, after: { number: string | null, text: string, timeframeText: string, responsibleText: string, sectionTitle: string } | null, wording: Array<{ text: string, change: TextChange | null }>, entries: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, onBehalfOf: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole, holder: { id: string } | null }, accessOf: { name: string, post: string | null, role: ActingRole } | null, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, label: string, before: string | null, after: string | null }> }> }> } | null };

export type TimeframeFragment = { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> };

export type RowFragment = { id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ field: string, sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }>, points: Array<{ id: string, ordinal: number, dueOn: string | null, firm: boolean, actualOn: string | null, timing: Timing, evidence: Evidence, window: { start: string, end: string } | null }>, requests: Array<{ id: string, status: RequestStatus }> };

export type ActivityQueryVariables = Exact<{
  id: string | number;
  audit: boolean;
  asOf?: AsOf | null | undefined;
}>;


export type ActivityQuery = { activity: { text: string, sectionId: string, availableActions: Array<string>, id: string, number: string | null, title: string, subItems: Array<string>, excluded: boolean, responsibleText: string, due: string | null, timing: Timing, evidence: Evidence, needsReview: boolean, accountable: { name: string, assumed: boolean }, plan: { id: string, title: string, status: PlanStatus, revision: number, edition: number, ownerUnit: string, today: string, availableActions: Array<string>, settings: { closingRule: ClosingRule } | null } | null, points: Array<{ id: string, ordinal: number, dueOn: string | null, firm: boolean, paperDueOn: string | null, firstApprovedDueOn: string | null, actualOn: string | null, timing: Timing, evidence: Evidence, target: number, progress: number, window: { start: string, end: string } | null }>, reports: Array<{ id: string, status: ReportStatus, pointIds: Array<string>, text: string, actualOn: string, submittedOn: string, interim: boolean, late: boolean, availableActions: Array<string>, evidence: Array<{ title: string, url: string }>, submission: { remark: string | null, by: { name: string, post: string | null } | null } | null, decision: { at: string, remark: string | null, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, by: { name: string, post: string | null } | null } | null }>, requests: Array<{ id: string, availableActions: Array<string>, status: RequestStatus, requestedOn: string, late: boolean, timeframe: { text: string, schedule: { meaning: string } }, submission: { remark: string | null, by: { name: string, post: string | null } | null } | null, decision: { at: string, remark: string | null, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, by: { name: string, post: string | null } | null } | null }>, history?: { nodes: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, onBehalfOf: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole, holder: { id: string } | null }, accessOf: { name: string, post: string | null, role: ActingRole } | null, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, label: string, before: string | null, after: string | null }> }> }, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ field: string, sentence: string }>, responsible: Array<{ name: string, lead: boolean, agreement: boolean }> } | null };

export type SubmissionFragment = { remark: string | null, by: { name: string, post: string | null } | null };

export type BasisFragment = { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null };

export type EntryFragment = { id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, onBehalfOf: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole, holder: { id: string } | null }, accessOf: { name: string, post: string | null, role: ActingRole } | null, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, label: string, before: string | null, after: string | null }> };

export type PlanTitlesQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type PlanTitlesQuery = { nodes: Array<
    | { id: string, title: string }
    | Record<PropertyKey, never>
   | null> | null };

export type JournalQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  before?: string | null | undefined;
}>;


export type JournalQuery = { auditTrail: { totalCount: number, pageInfo: { hasPreviousPage: boolean, startCursor: string | null }, nodes: Array<{ id: string, eventType: EventType, sentence: string, recordedAt: string, effectiveOn: string | null, reason: string | null, edition: number, revision: number, planId: string | null, activityId: string | null, onBehalfOf: string | null, actor: { name: string, post: string | null, organisation: string | null, role: ActingRole, holder: { id: string } | null }, accessOf: { name: string, post: string | null, role: ActingRole } | null, basis: { withoutDocument: boolean, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null } | null, changes: Array<{ path: string, label: string, before: string | null, after: string | null }> }> } | null };

export type FiguresQueryVariables = Exact<{
  filter?: MonitoringFilter | null | undefined;
}>;


export type FiguresQuery = { monitoring: { on: string, plans: number, schoolYears: Array<number>, total: { total: number, pastDue: number, indicators: Array<{ code: IndicatorCode, numerator: number, denominator: number }>, byTiming: Array<{ timing: Timing, count: number }> } } | null };

export type SharesFragment = { code: IndicatorCode, numerator: number, denominator: number };

export type YearFiguresQueryVariables = Exact<{
  filter: MonitoringFilter;
  days: Array<string> | string;
}>;


export type YearFiguresQuery = { monitoring: { total: { planned: number, indicators: Array<{ title: string, unit: FigureUnit, value: number | null, code: IndicatorCode, numerator: number, denominator: number }> }, series: Array<{ on: string, indicators: Array<{ code: IndicatorCode, numerator: number, denominator: number }> }> } | null };

export type GroupFragment = { key: string, label: string, plans: number, planned: number, indicators: Array<{ code: IndicatorCode, numerator: number, denominator: number }> };

export type FigureGroupsQueryVariables = Exact<{
  filter: MonitoringFilter;
  groupBy: MonitoringGroupBy;
}>;


export type FigureGroupsQuery = { monitoring: { groups: Array<{ key: string, label: string, plans: number, planned: number, indicators: Array<{ code: IndicatorCode, numerator: number, denominator: number }> }> } | null };

export type HeatMapQueryVariables = Exact<{
  filter: MonitoringFilter;
  from: string;
  to: string;
}>;


export type HeatMapQuery = { monitoring: { groups: Array<{ key: string, label: string, plans: number, planned: number, months: Array<{ key: string, label: string, plans: number, planned: number, indicators: Array<{ code: IndicatorCode, numerator: number, denominator: number }> }>, indicators: Array<{ code: IndicatorCode, numerator: number, denominator: number }> }> } | null };

export type ItemsFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ point: { id: string, dueOn: string | null, firm: boolean, timing: Timing, evidence: Evidence } | null, report: { status: ReportStatus, submittedOn: string } | null, activity: { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null } | null }> };

export type DueListsQueryVariables = Exact<{
  filter?: MonitoringFilter | null | undefined;
  today?: MonitoringFilter | null | undefined;
  week?: MonitoringFilter | null | undefined;
  later?: MonitoringFilter | null | undefined;
  open?: Array<Timing> | Timing | null | undefined;
  first: number;
}>;


export type DueListsQuery = { overdue: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ point: { id: string, dueOn: string | null, firm: boolean, timing: Timing, evidence: Evidence } | null, report: { status: ReportStatus, submittedOn: string } | null, activity: { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null } | null }> } | null, today: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ point: { id: string, dueOn: string | null, firm: boolean, timing: Timing, evidence: Evidence } | null, report: { status: ReportStatus, submittedOn: string } | null, activity: { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null } | null }> } | null, week: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ point: { id: string, dueOn: string | null, firm: boolean, timing: Timing, evidence: Evidence } | null, report: { status: ReportStatus, submittedOn: string } | null, activity: { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null } | null }> } | null, later: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ point: { id: string, dueOn: string | null, firm: boolean, timing: Timing, evidence: Evidence } | null, report: { status: ReportStatus, submittedOn: string } | null, activity: { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null } | null }> } | null };

export type CountedItemsQueryVariables = Exact<{
  filter?: MonitoringFilter | null | undefined;
  indicator?: IndicatorCode | null | undefined;
  hits?: boolean | null | undefined;
  timing?: Array<Timing> | Timing | null | undefined;
  on?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type CountedItemsQuery = { indicatorItems: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ point: { id: string, dueOn: string | null, firm: boolean, timing: Timing, evidence: Evidence } | null, report: { status: ReportStatus, submittedOn: string } | null, activity: { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null } | null }> } | null };

export type FigureBehindQueryVariables = Exact<{
  filter?: MonitoringFilter | null | undefined;
  codes: Array<IndicatorCode> | IndicatorCode;
  on?: string | null | undefined;
}>;


export type FigureBehindQuery = { monitoring: { total: { indicators: Array<{ title: string, unit: FigureUnit, value: number | null, code: IndicatorCode, numerator: number, denominator: number }> } } | null };

export type NamedQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type NamedQuery = { nodes: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { name: string, id: string }
    | { id: string }
    | { name: string, id: string }
    | { id: string }
    | { title: string, id: string }
    | { id: string }
    | { id: string }
    | { title: string, id: string }
    | { id: string }
    | { id: string }
   | null> | null };

export type DueFragment = { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null };

export type WaitingActivityFragment = { id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, points: Array<{ dueOn: string | null, firm: boolean, timing: Timing }>, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null };

export type WaitingQueryVariables = Exact<{
  reports: boolean;
  terms: boolean;
  wordings: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type WaitingQuery = { reported?: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, reports: Array<{ availableActions: Array<string> }>, points: Array<{ dueOn: string | null, firm: boolean, timing: Timing }>, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null }> } | null, asked?: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, points: Array<{ dueOn: string | null, firm: boolean, timing: Timing }>, timeframe: { text: string }, accountable: { name: string }, plan: { id: string, title: string, today: string, organisation: { name: string } | null } | null }> } | null, unread?: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, number: string | null, title: string, due: string | null, timing: Timing, evidence: Evidence, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, plan: { status: PlanStatus, availableActions: Array<string>, id: string, title: string, today: string, organisation: { name: string } | null } | null, points: Array<{ dueOn: string | null, firm: boolean, timing: Timing }>, accountable: { name: string } }> } | null };

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

export type WithdrawReportMutationVariables = Exact<{
  input: WithdrawReportInput;
}>;


export type WithdrawReportMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

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

export type ReassignMutationVariables = Exact<{
  input: ReassignActivityInput;
}>;


export type ReassignMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ConfirmAccountableMutationVariables = Exact<{
  input: ConfirmAccountableInput;
}>;


export type ConfirmAccountableMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ResolveWordingMutationVariables = Exact<{
  input: ResolveWordingInput;
}>;


export type ResolveWordingMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type SubmitPlanMutationVariables = Exact<{
  input: SubmitPlanInput;
}>;


export type SubmitPlanMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type AgreePlanMutationVariables = Exact<{
  input: AgreePlanInput;
}>;


export type AgreePlanMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ReturnPlanMutationVariables = Exact<{
  input: ReturnPlanInput;
}>;


export type ReturnPlanMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ApprovePlanMutationVariables = Exact<{
  input: ApprovePlanInput;
}>;


export type ApprovePlanMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ConfirmPrintedApprovalMutationVariables = Exact<{
  input: ConfirmPrintedApprovalInput;
}>;


export type ConfirmPrintedApprovalMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ImportPlanMutationVariables = Exact<{
  input: ImportPlanInput;
}>;


export type ImportPlanMutation = { done: { plan: { id: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type ReviseDraftMutationVariables = Exact<{
  input: ReviseDraftInput;
}>;


export type ReviseDraftMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type AmendFromDocumentMutationVariables = Exact<{
  input: AmendFromDocumentInput;
}>;


export type AmendFromDocumentMutation = { done: { position: string | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type PreviewNewQueryVariables = Exact<{
  fileName: string;
  content: string;
  columns?: ColumnsInput | null | undefined;
  organisationId?: string | number | null | undefined;
}>;


export type PreviewNewQuery = { importPreview: { exportedFrom: string | null, activityCount: number, plan: { title: string, ownerUnit: string, institution: string | null, periodText: string | null, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null }>, sections: Array<{ numberText: string, title: string, activities: Array<{ row: number, number: string | null, title: string, subItems: Array<string>, responsibleText: string, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ sentence: string }> }> }>, reviewReasons: Array<{ sentence: string }> } } | null };

export type PreviewCorrectionQueryVariables = Exact<{
  fileName: string;
  content: string;
  columns?: ColumnsInput | null | undefined;
  planId: string | number;
}>;


export type PreviewCorrectionQuery = { importPreview: { exportedFrom: string | null, differences: Array<string> | null, notAmendable: Array<string> | null, activityCount: number, plan: { title: string, ownerUnit: string, institution: string | null, periodText: string | null, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null }>, sections: Array<{ numberText: string, title: string, activities: Array<{ row: number, number: string | null, title: string, subItems: Array<string>, responsibleText: string, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ sentence: string }> }> }>, reviewReasons: Array<{ sentence: string }> } } | null };

export type PreviewFragment = { activityCount: number, plan: { title: string, ownerUnit: string, institution: string | null, periodText: string | null, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null }>, sections: Array<{ numberText: string, title: string, activities: Array<{ row: number, number: string | null, title: string, subItems: Array<string>, responsibleText: string, needsReview: boolean, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, reviewReasons: Array<{ sentence: string }> }> }>, reviewReasons: Array<{ sentence: string }> } };

export type ProofQueryVariables = Exact<{
  entryId: string | number;
}>;


export type ProofQuery = { proof: { checkpoint: string, index: number, entry: string, leaf: string, hashes: Array<string> } | null, system: { logKey: string | null, witnessKey: string | null } | null };

export type TimeframeReadingQueryVariables = Exact<{
  placeId: string | number;
  text: string;
}>;


export type TimeframeReadingQuery = { timeframeReading: { pointCount: number, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, meaning: string }, alternatives: Array<{ meaning: string }> }, points: Array<{ dueOn: string | null }>, userErrors: Array<{ message: string }> } | null };

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
  today
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
  remarks
  route {
    kind
    post
    stage
    isCouncil
    done
  }
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
export const TimeframeFragmentDoc = new TypedDocumentString(`
    fragment Timeframe on Timeframe {
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
    `, {"fragmentName":"Timeframe"}) as unknown as TypedDocumentString<TimeframeFragment, unknown>;
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
    ...Timeframe
  }
  reviewReasons {
    field
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
    firm
    actualOn
    timing
    evidence
  }
  requests {
    id
    status
  }
}
    fragment Timeframe on Timeframe {
  text
  confidence
  schedule {
    kind
    meaning
  }
  alternatives {
    meaning
  }
}`, {"fragmentName":"Row"}) as unknown as TypedDocumentString<RowFragment, unknown>;
export const SubmissionFragmentDoc = new TypedDocumentString(`
    fragment Submission on ReviewStep {
  remark
  by {
    name
    post
  }
}
    `, {"fragmentName":"Submission"}) as unknown as TypedDocumentString<SubmissionFragment, unknown>;
export const BasisFragmentDoc = new TypedDocumentString(`
    fragment Basis on Basis {
  withoutDocument
  document {
    type
    issuer
    date
    number
  }
}
    `, {"fragmentName":"Basis"}) as unknown as TypedDocumentString<BasisFragment, unknown>;
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
    holder {
      id
    }
  }
  onBehalfOf
  accessOf {
    name
    post
    role
  }
  basis {
    ...Basis
  }
  changes {
    path
    label
    before
    after
  }
}
    fragment Basis on Basis {
  withoutDocument
  document {
    type
    issuer
    date
    number
  }
}`, {"fragmentName":"Entry"}) as unknown as TypedDocumentString<EntryFragment, unknown>;
export const SharesFragmentDoc = new TypedDocumentString(`
    fragment Shares on Indicator {
  code
  numerator
  denominator
}
    `, {"fragmentName":"Shares"}) as unknown as TypedDocumentString<SharesFragment, unknown>;
export const GroupFragmentDoc = new TypedDocumentString(`
    fragment Group on MonitoringGroup {
  key
  label
  plans
  planned
  indicators(codes: [DONE, OVERDUE]) {
    ...Shares
  }
}
    fragment Shares on Indicator {
  code
  numerator
  denominator
}`, {"fragmentName":"Group"}) as unknown as TypedDocumentString<GroupFragment, unknown>;
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
    today
    organisation {
      name
    }
  }
}
    `, {"fragmentName":"Due"}) as unknown as TypedDocumentString<DueFragment, unknown>;
export const ItemsFragmentDoc = new TypedDocumentString(`
    fragment Items on CountedItemConnection {
  totalCount
  pageInfo {
    hasNextPage
    endCursor
  }
  nodes {
    point {
      id
      dueOn
      firm
      timing
      evidence
    }
    report {
      status
      submittedOn
    }
    activity {
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
    today
    organisation {
      name
    }
  }
}`, {"fragmentName":"Items"}) as unknown as TypedDocumentString<ItemsFragment, unknown>;
export const WaitingActivityFragmentDoc = new TypedDocumentString(`
    fragment WaitingActivity on Activity {
  ...Due
  points {
    dueOn
    firm
    timing
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
    today
    organisation {
      name
    }
  }
}`, {"fragmentName":"WaitingActivity"}) as unknown as TypedDocumentString<WaitingActivityFragment, unknown>;
export const PreviewFragmentDoc = new TypedDocumentString(`
    fragment Preview on ImportPreview {
  activityCount
  plan {
    title
    ownerUnit
    institution
    periodText
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
    }
    sections {
      numberText
      title
      activities {
        row
        number
        title
        subItems
        responsibleText
        needsReview
        timeframe {
          ...Timeframe
        }
        reviewReasons {
          sentence
        }
      }
    }
    reviewReasons {
      sentence
    }
  }
}
    fragment Timeframe on Timeframe {
  text
  confidence
  schedule {
    kind
    meaning
  }
  alternatives {
    meaning
  }
}`, {"fragmentName":"Preview"}) as unknown as TypedDocumentString<PreviewFragment, unknown>;
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
    maxDocument
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const PlansDocument = new TypedDocumentString(`
    query Plans($text: String, $status: [PlanStatus!], $underOrganisationId: ID, $overlaps: WindowInput, $after: String) {
  plans(
    first: 50
    after: $after
    orderBy: {field: PERIOD_START, direction: DESC}
    filter: {text: $text, status: $status, underOrganisationId: $underOrganisationId, overlaps: $overlaps}
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
    query Organisations($after: String) {
  organisations(first: 200, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
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
  today
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
  remarks
  route {
    kind
    post
    stage
    isCouncil
    done
  }
  availableActions
  staleSince
  settings {
    closingRule
  }
}`) as unknown as TypedDocumentString<PlanQuery, PlanQueryVariables>;
export const PlanRowsDocument = new TypedDocumentString(`
    query PlanRows($planId: ID!, $asOf: AsOf, $after: String) {
  plan(id: $planId, asOf: $asOf) {
    today
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
    fragment Timeframe on Timeframe {
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
    ...Timeframe
  }
  reviewReasons {
    field
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
    firm
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
  today
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
  remarks
  route {
    kind
    post
    stage
    isCouncil
    done
  }
  availableActions
  staleSince
  settings {
    closingRule
  }
}
fragment Timeframe on Timeframe {
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
    ...Timeframe
  }
  reviewReasons {
    field
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
    firm
    actualOn
    timing
    evidence
  }
  requests {
    id
    status
  }
}`) as unknown as TypedDocumentString<PastPlanQuery, PastPlanQueryVariables>;
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
export const LastChangesDocument = new TypedDocumentString(`
    query LastChanges($planId: ID!) {
  auditTrail(last: 50, filter: {planId: $planId}) {
    nodes {
      revision
      recordedAt
      changes {
        path
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LastChangesQuery, LastChangesQueryVariables>;
export const PlanOfRevisionDocument = new TypedDocumentString(`
    query PlanOfRevision($planId: ID!, $asOf: AsOf!) {
  plan(id: $planId, asOf: $asOf) {
    updatedAt
    timeZone
  }
}
    `) as unknown as TypedDocumentString<PlanOfRevisionQuery, PlanOfRevisionQueryVariables>;
export const CompareDocument = new TypedDocumentString(`
    query Compare($planId: ID!, $from: AsOf, $to: AsOf, $fromEdition: Int, $toEdition: Int) {
  compare(
    planId: $planId
    from: $from
    to: $to
    fromEdition: $fromEdition
    toEdition: $toEdition
  ) {
    notCompared
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
fragment Basis on Basis {
  withoutDocument
  document {
    type
    issuer
    date
    number
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
    holder {
      id
    }
  }
  onBehalfOf
  accessOf {
    name
    post
    role
  }
  basis {
    ...Basis
  }
  changes {
    path
    label
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
    availableActions
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
      ownerUnit
      today
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
      firm
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
      availableActions
      evidence {
        title
        url
      }
      submission {
        ...Submission
      }
      decision {
        at
        ...Submission
        basis {
          ...Basis
        }
      }
    }
    requests {
      id
      availableActions
      status
      requestedOn
      late
      timeframe {
        text
        schedule {
          meaning
        }
      }
      submission {
        ...Submission
      }
      decision {
        at
        ...Submission
        basis {
          ...Basis
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
    fragment Timeframe on Timeframe {
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
    ...Timeframe
  }
  reviewReasons {
    field
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
    firm
    actualOn
    timing
    evidence
  }
  requests {
    id
    status
  }
}
fragment Submission on ReviewStep {
  remark
  by {
    name
    post
  }
}
fragment Basis on Basis {
  withoutDocument
  document {
    type
    issuer
    date
    number
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
    holder {
      id
    }
  }
  onBehalfOf
  accessOf {
    name
    post
    role
  }
  basis {
    ...Basis
  }
  changes {
    path
    label
    before
    after
  }
}`) as unknown as TypedDocumentString<ActivityQuery, ActivityQueryVariables>;
export const PlanTitlesDocument = new TypedDocumentString(`
    query PlanTitles($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Plan {
      id
      title
    }
  }
}
    `) as unknown as TypedDocumentString<PlanTitlesQuery, PlanTitlesQueryVariables>;
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
    fragment Basis on Basis {
  withoutDocument
  document {
    type
    issuer
    date
    number
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
    holder {
      id
    }
  }
  onBehalfOf
  accessOf {
    name
    post
    role
  }
  basis {
    ...Basis
  }
  changes {
    path
    label
    before
    after
  }
}`) as unknown as TypedDocumentString<JournalQuery, JournalQueryVariables>;
export const FiguresDocument = new TypedDocumentString(`
    query Figures($filter: MonitoringFilter) {
  monitoring(filter: $filter) {
    on
    plans
    schoolYears
    total {
      total
      pastDue
      indicators(codes: [OVERDUE]) {
        ...Shares
      }
      byTiming {
        timing
        count
      }
    }
  }
}
    fragment Shares on Indicator {
  code
  numerator
  denominator
}`) as unknown as TypedDocumentString<FiguresQuery, FiguresQueryVariables>;
export const YearFiguresDocument = new TypedDocumentString(`
    query YearFigures($filter: MonitoringFilter!, $days: [Date!]!) {
  monitoring(filter: $filter) {
    total {
      planned
      indicators {
        ...Shares
        title
        unit
        value
      }
    }
    series(days: $days) {
      on
      indicators(codes: [DONE, OVERDUE]) {
        ...Shares
      }
    }
  }
}
    fragment Shares on Indicator {
  code
  numerator
  denominator
}`) as unknown as TypedDocumentString<YearFiguresQuery, YearFiguresQueryVariables>;
export const FigureGroupsDocument = new TypedDocumentString(`
    query FigureGroups($filter: MonitoringFilter!, $groupBy: MonitoringGroupBy!) {
  monitoring(filter: $filter, groupBy: $groupBy) {
    groups {
      ...Group
    }
  }
}
    fragment Shares on Indicator {
  code
  numerator
  denominator
}
fragment Group on MonitoringGroup {
  key
  label
  plans
  planned
  indicators(codes: [DONE, OVERDUE]) {
    ...Shares
  }
}`) as unknown as TypedDocumentString<FigureGroupsQuery, FigureGroupsQueryVariables>;
export const HeatMapDocument = new TypedDocumentString(`
    query HeatMap($filter: MonitoringFilter!, $from: Date!, $to: Date!) {
  monitoring(filter: $filter, groupBy: ORGANISATION) {
    groups {
      ...Group
      months(from: $from, to: $to) {
        ...Group
      }
    }
  }
}
    fragment Shares on Indicator {
  code
  numerator
  denominator
}
fragment Group on MonitoringGroup {
  key
  label
  plans
  planned
  indicators(codes: [DONE, OVERDUE]) {
    ...Shares
  }
}`) as unknown as TypedDocumentString<HeatMapQuery, HeatMapQueryVariables>;
export const DueListsDocument = new TypedDocumentString(`
    query DueLists($filter: MonitoringFilter, $today: MonitoringFilter, $week: MonitoringFilter, $later: MonitoringFilter, $open: [Timing!], $first: Int!) {
  overdue: indicatorItems(
    first: $first
    orderBy: {field: DUE}
    filter: $filter
    timing: [OVERDUE]
  ) {
    ...Items
  }
  today: indicatorItems(
    first: $first
    orderBy: {field: DUE}
    filter: $today
    timing: $open
  ) {
    ...Items
  }
  week: indicatorItems(
    first: $first
    orderBy: {field: DUE}
    filter: $week
    timing: $open
  ) {
    ...Items
  }
  later: indicatorItems(
    first: $first
    orderBy: {field: DUE}
    filter: $later
    timing: $open
  ) {
    ...Items
  }
}
    fragment Items on CountedItemConnection {
  totalCount
  pageInfo {
    hasNextPage
    endCursor
  }
  nodes {
    point {
      id
      dueOn
      firm
      timing
      evidence
    }
    report {
      status
      submittedOn
    }
    activity {
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
    today
    organisation {
      name
    }
  }
}`) as unknown as TypedDocumentString<DueListsQuery, DueListsQueryVariables>;
export const CountedItemsDocument = new TypedDocumentString(`
    query CountedItems($filter: MonitoringFilter, $indicator: IndicatorCode, $hits: Boolean, $timing: [Timing!], $on: Date, $after: String) {
  indicatorItems(
    first: 50
    after: $after
    orderBy: {field: DUE}
    filter: $filter
    indicator: $indicator
    hits: $hits
    timing: $timing
    on: $on
  ) {
    ...Items
  }
}
    fragment Items on CountedItemConnection {
  totalCount
  pageInfo {
    hasNextPage
    endCursor
  }
  nodes {
    point {
      id
      dueOn
      firm
      timing
      evidence
    }
    report {
      status
      submittedOn
    }
    activity {
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
    today
    organisation {
      name
    }
  }
}`) as unknown as TypedDocumentString<CountedItemsQuery, CountedItemsQueryVariables>;
export const FigureBehindDocument = new TypedDocumentString(`
    query FigureBehind($filter: MonitoringFilter, $codes: [IndicatorCode!]!, $on: Date) {
  monitoring(filter: $filter, on: $on) {
    total {
      indicators(codes: $codes) {
        ...Shares
        title
        unit
        value
      }
    }
  }
}
    fragment Shares on Indicator {
  code
  numerator
  denominator
}`) as unknown as TypedDocumentString<FigureBehindQuery, FigureBehindQueryVariables>;
export const NamedDocument = new TypedDocumentString(`
    query Named($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Organisation {
      name
    }
    ... on Plan {
      title
    }
    ... on Section {
      title
    }
    ... on Party {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<NamedQuery, NamedQueryVariables>;
export const WaitingDocument = new TypedDocumentString(`
    query Waiting($reports: Boolean!, $terms: Boolean!, $wordings: Boolean!, $first: Int!, $after: String) {
  reported: activities(
    first: $first
    filter: {evidence: [REPORTED]}
    after: $after
  ) @include(if: $reports) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...WaitingActivity
      reports {
        availableActions
      }
    }
  }
  asked: activities(first: $first, filter: {hasOpenRequest: true}, after: $after) @include(if: $terms) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...WaitingActivity
    }
  }
  unread: activities(first: $first, filter: {needsReview: true}, after: $after) @include(if: $wordings) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...WaitingActivity
      timeframe {
        ...Timeframe
      }
      plan {
        status
        availableActions
      }
    }
  }
}
    fragment Timeframe on Timeframe {
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
    today
    organisation {
      name
    }
  }
}
fragment WaitingActivity on Activity {
  ...Due
  points {
    dueOn
    firm
    timing
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
export const WithdrawReportDocument = new TypedDocumentString(`
    mutation WithdrawReport($input: WithdrawReportInput!) {
  done: withdrawReport(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<WithdrawReportMutation, WithdrawReportMutationVariables>;
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
export const ReassignDocument = new TypedDocumentString(`
    mutation Reassign($input: ReassignActivityInput!) {
  done: reassignActivity(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReassignMutation, ReassignMutationVariables>;
export const ConfirmAccountableDocument = new TypedDocumentString(`
    mutation ConfirmAccountable($input: ConfirmAccountableInput!) {
  done: confirmAccountable(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ConfirmAccountableMutation, ConfirmAccountableMutationVariables>;
export const ResolveWordingDocument = new TypedDocumentString(`
    mutation ResolveWording($input: ResolveWordingInput!) {
  done: resolveWording(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ResolveWordingMutation, ResolveWordingMutationVariables>;
export const SubmitPlanDocument = new TypedDocumentString(`
    mutation SubmitPlan($input: SubmitPlanInput!) {
  done: submitPlan(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitPlanMutation, SubmitPlanMutationVariables>;
export const AgreePlanDocument = new TypedDocumentString(`
    mutation AgreePlan($input: AgreePlanInput!) {
  done: agreePlan(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AgreePlanMutation, AgreePlanMutationVariables>;
export const ReturnPlanDocument = new TypedDocumentString(`
    mutation ReturnPlan($input: ReturnPlanInput!) {
  done: returnPlan(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReturnPlanMutation, ReturnPlanMutationVariables>;
export const ApprovePlanDocument = new TypedDocumentString(`
    mutation ApprovePlan($input: ApprovePlanInput!) {
  done: approvePlan(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ApprovePlanMutation, ApprovePlanMutationVariables>;
export const ConfirmPrintedApprovalDocument = new TypedDocumentString(`
    mutation ConfirmPrintedApproval($input: ConfirmPrintedApprovalInput!) {
  done: confirmPrintedApproval(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ConfirmPrintedApprovalMutation, ConfirmPrintedApprovalMutationVariables>;
export const ImportPlanDocument = new TypedDocumentString(`
    mutation ImportPlan($input: ImportPlanInput!) {
  done: importPlan(input: $input) {
    plan {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ImportPlanMutation, ImportPlanMutationVariables>;
export const ReviseDraftDocument = new TypedDocumentString(`
    mutation ReviseDraft($input: ReviseDraftInput!) {
  done: reviseDraft(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReviseDraftMutation, ReviseDraftMutationVariables>;
export const AmendFromDocumentDocument = new TypedDocumentString(`
    mutation AmendFromDocument($input: AmendFromDocumentInput!) {
  done: amendFromDocument(input: $input) {
    position
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AmendFromDocumentMutation, AmendFromDocumentMutationVariables>;
export const PreviewNewDocument = new TypedDocumentString(`
    query PreviewNew($fileName: String!, $content: String!, $columns: ColumnsInput, $organisationId: ID) {
  importPreview(
    fileName: $fileName
    content: $content
    columns: $columns
    organisationId: $organisationId
  ) {
    ...Preview
    exportedFrom
  }
}
    fragment Timeframe on Timeframe {
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
fragment Preview on ImportPreview {
  activityCount
  plan {
    title
    ownerUnit
    institution
    periodText
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
    }
    sections {
      numberText
      title
      activities {
        row
        number
        title
        subItems
        responsibleText
        needsReview
        timeframe {
          ...Timeframe
        }
        reviewReasons {
          sentence
        }
      }
    }
    reviewReasons {
      sentence
    }
  }
}`) as unknown as TypedDocumentString<PreviewNewQuery, PreviewNewQueryVariables>;
export const PreviewCorrectionDocument = new TypedDocumentString(`
    query PreviewCorrection($fileName: String!, $content: String!, $columns: ColumnsInput, $planId: ID!) {
  importPreview(
    fileName: $fileName
    content: $content
    columns: $columns
    planId: $planId
  ) {
    ...Preview
    exportedFrom
    differences
    notAmendable
  }
}
    fragment Timeframe on Timeframe {
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
fragment Preview on ImportPreview {
  activityCount
  plan {
    title
    ownerUnit
    institution
    periodText
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
    }
    sections {
      numberText
      title
      activities {
        row
        number
        title
        subItems
        responsibleText
        needsReview
        timeframe {
          ...Timeframe
        }
        reviewReasons {
          sentence
        }
      }
    }
    reviewReasons {
      sentence
    }
  }
}`) as unknown as TypedDocumentString<PreviewCorrectionQuery, PreviewCorrectionQueryVariables>;
export const ProofDocument = new TypedDocumentString(`
    query Proof($entryId: ID!) {
  proof(entryId: $entryId) {
    checkpoint
    index
    entry
    leaf
    hashes
  }
  system {
    logKey
    witnessKey
  }
}
    `) as unknown as TypedDocumentString<ProofQuery, ProofQueryVariables>;
export const TimeframeReadingDocument = new TypedDocumentString(`
    query TimeframeReading($placeId: ID!, $text: String!) {
  timeframeReading(placeId: $placeId, text: $text) {
    timeframe {
      ...Timeframe
    }
    pointCount
    points {
      dueOn
    }
    userErrors {
      message
    }
  }
}
    fragment Timeframe on Timeframe {
  text
  confidence
  schedule {
    kind
    meaning
  }
  alternatives {
    meaning
  }
}`) as unknown as TypedDocumentString<TimeframeReadingQuery, TimeframeReadingQueryVariables>;