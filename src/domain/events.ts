import type { Basis } from './actor.js';
import type { RouteStep, Stamp } from './approval.js';
import type { Instant, LocalDate } from './dates.js';
import type { CitedDocument } from './documents.js';
import type { PeriodReport } from './indicators/periodReport.js';
import type { Irregularity } from './irregularities.js';
import type { ConfirmedAccountable, Responsible } from './parties.js';
import type {
  ClosingOutcome,
  CopySource,
  EvidenceLink,
  ImportBegun,
  ImportSource,
  PeriodKind,
  PlanDetails,
  ReportedPoint,
} from './plan.js';
import type { PlanPeriod, Schedule, Timeframe } from './schedule.js';
import type { ControlSettings } from './settings.js';

/** What an activity says when it is planned. */
export interface ActivityContent {
  readonly number: string | null;
  readonly title: string;
  readonly text: string;
  readonly subItems: readonly string[];
  readonly timeframe: Timeframe;
  readonly responsible: Responsible;
  readonly references: readonly CitedDocument[];
  readonly extras: Readonly<Record<string, string>>;
  readonly irregularities: readonly Irregularity[];
  readonly source: string | null;
}

/** The data of each event of a plan's stream, by its name. Facts in the past tense, never edited. */
export interface PlanEventData {
  PlanDrafted: PlanDetails & {
    readonly stamps: readonly Stamp[];
    /** Those of its organisation at that time; null without one. */
    readonly settings: ControlSettings | null;
    /** The plan that it is a copy of; null for none. */
    readonly copiedFrom: CopySource | null;
    /** The import that this begins; null for a plan drafted by hand. Until its PlanImported there is no plan to see. */
    readonly importing: ImportBegun | null;
  };
  /** Last event of an import: without it the import is not whole. */
  PlanImported: ImportSource & {
    readonly irregularities: readonly Irregularity[];
    readonly sections: number;
    readonly activities: number;
  };
  /** An import that was not finished is given up: what it planned is nothing. */
  PlanImportAbandoned: { readonly events: number };
  PlanDetailsChanged: {
    readonly title: string;
    readonly ownerUnit: string;
    readonly institution: string | null;
    readonly period: PlanPeriod | null;
    readonly periodKind: PeriodKind | null;
    readonly periodText: string | null;
  };
  /** From then on another organisation keeps it. A draft takes over its zone and settings. */
  PlanAssigned: {
    readonly organisationId: string | null;
    readonly timeZone: string;
    readonly settings: ControlSettings | null;
  };
  SectionAdded: {
    readonly sectionId: string;
    readonly order: string;
    readonly numberText: string;
    readonly title: string;
  };
  SectionChanged: { readonly sectionId: string; readonly numberText: string; readonly title: string };
  SectionRemoved: { readonly sectionId: string };

  ActivityPlanned: ActivityContent & {
    readonly activityId: string;
    readonly sectionId: string;
    readonly order: string;
  };
  ActivityReworded: {
    readonly activityId: string;
    readonly number: string | null;
    readonly title: string;
    readonly text: string;
    readonly subItems: readonly string[];
    readonly references: readonly CitedDocument[];
  };
  /** `requestId` names the request that it grants; null when nobody had asked. */
  ActivityRescheduled: {
    readonly activityId: string;
    readonly timeframe: Timeframe;
    readonly requestId: string | null;
  };
  ActivityReassigned: { readonly activityId: string; readonly responsible: Responsible };
  ActivityMoved: { readonly activityId: string; readonly sectionId: string; readonly order: string };
  /** Draft only: leaves no trace in print. */
  ActivityRemoved: { readonly activityId: string };
  /** After approval: keeps its number, printed «исключено». */
  ActivityExcluded: { readonly activityId: string };

  PlanSubmitted: { readonly route: readonly RouteStep[] };
  PlanAgreed: { readonly step: number; readonly stamp: Stamp };
  PlanReturned: { readonly remarks: string };
  PlanApproved: {
    readonly stamp: Stamp;
    readonly settings: ControlSettings;
    readonly underControlFrom: LocalDate;
    /** The local day of the decision: days that passed before it give no notice of a missed deadline. */
    readonly noticesFrom: LocalDate;
  };
  PrintedApprovalConfirmed: {
    /** Null is «not stated». */
    readonly date: LocalDate | null;
    readonly settings: ControlSettings;
    readonly underControlFrom: LocalDate;
    readonly noticesFrom: LocalDate;
  };
  /** Heads the change events that it covers, in the same append. */
  PlanAmended: {
    readonly edition: number;
    readonly reason: string;
    readonly basis: Basis | null;
    /** Local day of the decision; of an event of the first version the moment at which it was recorded. */
    readonly amendedOn: LocalDate | Instant;
  };
  PlanClosed: { readonly outcomes: readonly ClosingOutcome[] };
  PlanWithdrawn: Readonly<Record<never, never>>;
  PlanCancelled: Readonly<Record<never, never>>;

  ActivityCompleted: {
    readonly activityId: string;
    readonly pointId: string;
    readonly actualOn: LocalDate;
    readonly count: number | null;
    readonly note: string | null;
    readonly dueOn: LocalDate | null;
  };
  ProgressRecorded: {
    readonly activityId: string;
    readonly progressId: string;
    readonly pointId: string;
    readonly actualOn: LocalDate;
    readonly count: number | null;
    readonly subItem: number | null;
    readonly expectedOn: LocalDate | null;
    readonly note: string | null;
  };
  CompletionWithdrawn: { readonly activityId: string; readonly pointId: string };
  ReportSubmitted: {
    readonly activityId: string;
    readonly reportId: string;
    readonly points: readonly ReportedPoint[];
    readonly text: string;
    readonly evidence: readonly EvidenceLink[];
    readonly actualOn: LocalDate;
    readonly interim: boolean;
    readonly late: boolean;
    readonly submittedBy: string;
    /** Local day on which it was submitted; of an event of the first version the moment at which it was recorded. */
    readonly submittedOn: LocalDate | Instant;
  };
  ReportWithdrawn: { readonly activityId: string; readonly reportId: string };
  ReportAccepted: { readonly activityId: string; readonly reportId: string };
  ReportReturned: { readonly activityId: string; readonly reportId: string };
  RescheduleRequested: {
    readonly activityId: string;
    readonly requestId: string;
    readonly timeframe: Timeframe;
    readonly requestedOn: LocalDate;
    readonly late: boolean;
    readonly requestedBy: string;
  };
  RescheduleRefused: { readonly activityId: string; readonly requestId: string };
  /** The wording stays; which of its readings counts is settled. */
  WordingResolved: { readonly activityId: string; readonly schedule: Schedule };
  AccountableConfirmed: { readonly activityId: string; readonly accountable: ConfirmedAccountable };
  /** Last event of a copy: how much was taken over, and what somebody should look at. */
  PlanCopied: {
    readonly from: CopySource;
    readonly activities: number;
    readonly unfinished: number;
    readonly questions: number;
  };
  /** A document with its figures as they were: a later correction shows as a difference, and changes nothing in it. */
  PeriodReportIssued: PeriodReport;
  /** A notice for people: nothing is computed from it. At most one for a point and a due day in force. */
  DeadlineMissed: { readonly activityId: string; readonly pointId: string; readonly dueOn: LocalDate };
}

export type PlanEventType = keyof PlanEventData;

/** An event of one type. */
export type PlanEventOf<T extends PlanEventType> = { readonly type: T; readonly data: PlanEventData[T] };

/** Any event of a plan's stream. */
export type PlanEvent = { [T in PlanEventType]: PlanEventOf<T> }[PlanEventType];

/** What an event is about: one activity, or the plan and so possibly every activity of it. */
export type EventScope = { readonly activityId: string } | 'plan' | 'planAndActivities';

/** Which part of the plan the event changes. Read models compute no more than this again. */
export function scopeOf(event: PlanEvent): EventScope {
  switch (event.type) {
    case 'PlanDrafted':
    case 'PlanImportAbandoned':
    case 'SectionAdded':
    case 'SectionChanged':
    case 'SectionRemoved':
    case 'PlanSubmitted':
    case 'PlanAgreed':
    case 'PlanReturned':
    case 'PlanAmended':
    case 'PlanCopied':
    case 'PeriodReportIssued':
      return 'plan';
    case 'PlanImported':
    case 'PlanDetailsChanged':
    case 'PlanAssigned':
    case 'PlanApproved':
    case 'PrintedApprovalConfirmed':
    case 'PlanClosed':
    case 'PlanWithdrawn':
    case 'PlanCancelled':
      return 'planAndActivities';
    case 'ActivityPlanned':
    case 'ActivityReworded':
    case 'ActivityRescheduled':
    case 'ActivityReassigned':
    case 'ActivityMoved':
    case 'ActivityRemoved':
    case 'ActivityExcluded':
    case 'WordingResolved':
    case 'AccountableConfirmed':
    case 'ActivityCompleted':
    case 'CompletionWithdrawn':
    case 'ReportSubmitted':
    case 'ProgressRecorded':
    case 'ReportWithdrawn':
    case 'RescheduleRequested':
    case 'RescheduleRefused':
    case 'ReportAccepted':
    case 'ReportReturned':
    case 'DeadlineMissed':
      return { activityId: event.data.activityId };
  }
}
