import type { ChronicleEvent } from '../domain/chronicle.js';
import { addDays } from '../domain/dates.js';
import type { EventKind } from './port.js';

/** An event's data as stored, before its shape is known. */
export type StoredData = Readonly<Record<string, unknown>>;

/** One step up: the data of a version in the shape of the next one. Pure; `recordedAt` is that of its envelope. */
export type Upcaster = (data: StoredData, recordedAt: string) => StoredData;

/** The way of an event's data from version 1 to the present: the first step leads to version 2. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/** Files of version 1 do not tell the local day of the approval; the day after it in UTC has not passed anywhere. */
const noticesFromRecording: Upcaster = (data, recordedAt) => ({
  ...data,
  noticesFrom: addDays(recordedAt.slice(0, 10), 1),
});

/** What was the rule for every plan before organisations could set it. */
const settingsOfAll: Upcaster = ({ settings, ...data }) => ({
  ...data,
  settings: {
    ...(typeof settings === 'object' ? settings : {}),
    deadlineDay: 'INCLUDED',
    paperDue: 'WORKING_DAY_BEFORE',
    lateness: 'DUE',
    reportDueDay: 10,
    terms: [],
    calendar: { daysOff: [], workingDays: [] },
    discipline: null,
  },
});

function stepsOf(route: unknown): unknown {
  return Array.isArray(route)
    ? route.map((step: object, index) => ({ ...step, stage: index + 1, isCouncil: false }))
    : route;
}

/**
 * Every event type that this Letopis reads and writes, with the steps up to its present version. A changed shape is one
 * more step and one more golden file; an old step is never edited.
 */
export const UPCASTERS = {
  // Imports of version 1 were whole in one append.
  PlanDrafted: [
    (data) => ({ ...data, importing: null }),
    // There were no organisations at first.
    (data) => ({ ...data, organisationId: null, settings: null, copiedFrom: null }),
  ],
  PlanImported: [],
  PlanImportAbandoned: [],
  PlanDetailsChanged: [],
  PlanAssigned: [],
  SectionAdded: [],
  SectionChanged: [],
  SectionRemoved: [],
  ActivityPlanned: [],
  ActivityReworded: [],
  // Nobody could ask for another term at first.
  ActivityRescheduled: [(data) => ({ ...data, requestId: null })],
  ActivityReassigned: [],
  ActivityMoved: [],
  ActivityRemoved: [],
  ActivityExcluded: [],
  // Every step was a stage of its own, of a post.
  PlanSubmitted: [(data) => ({ ...data, route: stepsOf(data.route) })],
  PlanAgreed: [],
  PlanReturned: [],
  PlanApproved: [noticesFromRecording, settingsOfAll],
  PrintedApprovalConfirmed: [noticesFromRecording, settingsOfAll],
  // Which local day the moment falls on, the plan's time zone tells.
  PlanAmended: [(data, recordedAt) => ({ ...data, amendedOn: recordedAt })],
  PlanClosed: [],
  PlanWithdrawn: [],
  PlanCancelled: [],
  RescheduleRequested: [],
  RescheduleRefused: [],
  ActivityCompleted: [],
  ProgressRecorded: [(data) => ({ ...data, expectedOn: null })],
  CompletionWithdrawn: [],
  ReportSubmitted: [(data, recordedAt) => ({ ...data, submittedOn: recordedAt })],
  ReportWithdrawn: [],
  ReportAccepted: [],
  ReportReturned: [],
  AccountableConfirmed: [],
  WordingResolved: [],
  PlanCopied: [],
  PeriodReportIssued: [],
  DeadlineMissed: [],
  OrganisationRegistered: [],
  OrganisationDetailsChanged: [],
  SettingsChanged: [],
  PartiesMerged: [],
  PartySeparated: [],
  OrganisationReportIssued: [],
  PersonForgotten: [],
  LogKeyRotated: [],
  LogAccepted: [],
  AccessIssued: [],
  AccessRotated: [],
  AccessRenamed: [],
  AccessGranted: [],
  AccessWithdrawn: [],
  AccessRevoked: [],
  WebhookAdded: [],
  WebhookRotated: [],
  WebhookRemoved: [],
} as const satisfies Record<ChronicleEvent['type'], readonly Upcaster[]>;

/** The present version of an event type's data, from 1; 0 for a type that this Letopis does not know. */
export function presentVersion(type: string, upcasters: Upcasters = UPCASTERS): number {
  const steps = Object.hasOwn(upcasters, type) ? upcasters[type] : undefined;
  return steps === undefined ? 0 : steps.length + 1;
}

/** True when there is a way from this stored version to the present one. */
export function isReadable({ type, schemaVersion }: EventKind, upcasters: Upcasters = UPCASTERS): boolean {
  return Number.isInteger(schemaVersion) && schemaVersion >= 1 && schemaVersion <= presentVersion(type, upcasters);
}

/** The data of a readable kind in the present shape. */
export function upcast(
  { type, schemaVersion }: EventKind,
  data: StoredData,
  recordedAt: string,
  upcasters: Upcasters = UPCASTERS,
): StoredData {
  return (upcasters[type] ?? []).slice(schemaVersion - 1).reduce((older, step) => step(older, recordedAt), data);
}
