import type { Basis } from './actor.js';
import type { PlacedStamp, RouteStep } from './approval.js';
import type { LocalDate } from './dates.js';
import type { CitedDocument } from './documents.js';
import type { Entries } from './entries.js';
import type { PeriodReport } from './indicators/periodReport.js';
import { asksForReview, type Irregularity } from './irregularities.js';
import type { ConfirmedAccountable, Responsible } from './parties.js';
import type { PlanPeriod, Schedule, Timeframe } from './schedule.js';
import type { ControlSettings } from './settings.js';

/** Where a plan stands. WITHDRAWN was never approved; CANCELLED was, and is in force no more. */
export const PLAN_STATUSES = [
  'DRAFT',
  'ON_AGREEMENT',
  'AGREED',
  'APPROVED',
  'CLOSED',
  'WITHDRAWN',
  'CANCELLED',
] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

/** How the period of a plan came about. */
export const PERIOD_KINDS = ['SCHOOL_YEAR', 'CALENDAR_YEAR', 'OTHER'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** A limit of one plan, refused by name. */
export const MAX_ACTIVITIES = 5_000;
export const MAX_EVENTS = 20_000;

/** What stands above the table. */
export interface PlanDetails {
  readonly title: string;
  /** The document calls itself so: «план работы», «дорожная карта». */
  readonly documentKind: string;
  /** The unit that keeps the plan; an institution without units names itself. */
  readonly ownerUnit: string;
  readonly institution: string | null;
  /** May be missing in a draft. */
  readonly period: PlanPeriod | null;
  readonly periodKind: PeriodKind | null;
  /** The period as printed, null when it was given as dates. */
  readonly periodText: string | null;
  /** The organisation that keeps it, by id; null for none. */
  readonly organisationId: string | null;
  /** IANA time zone of the organisation: it says which local day it is. */
  readonly timeZone: string;
}

/** A section (раздел). `order` sorts sections; the ordinal shown is its place. */
export interface Section {
  readonly id: string;
  readonly order: string;
  /** As printed, such as «III.»; empty when none is. */
  readonly numberText: string;
  readonly title: string;
}

/** Work marked as done at one control point. `dueOn` is the due day in force when it was recorded. */
export interface Completion {
  readonly actualOn: LocalDate;
  readonly count: number | null;
  readonly note: string | null;
  readonly dueOn: LocalDate | null;
}

/** A part of the work that is done: one of a quota, a sub-item, a step on the way. It never closes a point. */
export interface Progress {
  readonly id: string;
  readonly pointId: string;
  readonly actualOn: LocalDate;
  /** How many of a quota, null otherwise. */
  readonly count: number | null;
  /** Place of the sub-item that is done, from 1; null when it is none. */
  readonly subItem: number | null;
  /** When the executor then expected to be done; null: nothing was said. */
  readonly expectedOn: LocalDate | null;
  readonly note: string | null;
}

/** A file or page that shows the work, by its address and the SHA-256 of its bytes (hex) where known. */
export interface EvidenceLink {
  readonly title: string;
  readonly url: string;
  readonly sha256: string | null;
}

/** A report names the points it is about, with the due day in force on the day of the report. */
export interface ReportedPoint {
  readonly pointId: string;
  readonly dueOn: LocalDate | null;
}

/** An execution report (отчёт об исполнении). */
export interface Report {
  readonly id: string;
  readonly status: 'SUBMITTED' | 'ACCEPTED' | 'RETURNED' | 'WITHDRAWN';
  readonly points: readonly ReportedPoint[];
  readonly text: string;
  readonly evidence: readonly EvidenceLink[];
  readonly actualOn: LocalDate;
  /** An interim report informs and never closes. */
  readonly interim: boolean;
  /** Submitted after the plan was closed. */
  readonly late: boolean;
  /** Id of the actor. */
  readonly submittedBy: string;
  /** Local day on which it was submitted. */
  readonly submittedOn: LocalDate;
  /** The edition of the plan that it was made under. */
  readonly edition: number;
}

/** A request of the executor for another term (просьба о переносе срока); who may amend the plan decides on it. */
export interface RescheduleRequest {
  readonly id: string;
  readonly status: 'OPEN' | 'GRANTED' | 'REFUSED';
  readonly timeframe: Timeframe;
  /** Local day on which it was made. */
  readonly requestedOn: LocalDate;
  /** Made after a due day that it is about had passed. */
  readonly late: boolean;
  /** Id of the actor. */
  readonly requestedBy: string;
}

/** A row of the plan (мероприятие). Its key is the id, never the printed number. */
export interface Activity {
  readonly id: string;
  readonly sectionId: string;
  /** Sorts the activities of a section; a moved one takes the middle between its neighbours. */
  readonly order: string;
  readonly number: string | null;
  /** The head of the cell without its sub-items. */
  readonly title: string;
  /** The whole cell as printed. */
  readonly text: string;
  readonly subItems: readonly string[];
  readonly timeframe: Timeframe;
  readonly responsible: Responsible;
  readonly references: readonly CitedDocument[];
  /** Columns beyond the usual four, by their headings. */
  readonly extras: Readonly<Record<string, string>>;
  readonly irregularities: readonly Irregularity[];
  /** The line or cell of an imported document it was read from. */
  readonly source: string | null;
  readonly excluded: boolean;
  /** Schedules that were in force since approval, the first approved one first. */
  readonly approvedSchedules: readonly Schedule[];
  readonly completions: Readonly<Record<string, Completion>>;
  /** By point id, the due days for which a notice was given that they were missed. */
  readonly missed: Readonly<Record<string, readonly LocalDate[]>>;
  readonly reports: readonly Report[];
  readonly requests: readonly RescheduleRequest[];
  readonly progress: readonly Progress[];
  /** Who somebody confirmed to report for it; null as long as that is an assumption. */
  readonly accountable: ConfirmedAccountable | null;
}

/** The plan that another one is a copy of. */
export interface CopySource {
  readonly planId: string;
  readonly edition: number;
}

/** The items of an order of amendment: дополнить, изложить, перенести, передать, переместить, исключить. */
export type AmendmentKind = 'ADD' | 'RESTATE' | 'RESCHEDULE' | 'REASSIGN' | 'MOVE' | 'EXCLUDE';

/** One change of an amendment: the row before it (null: it is new) and after it. */
export interface AmendedRow {
  readonly kind: AmendmentKind;
  readonly before: Activity | null;
  readonly after: Activity;
}

/** What made an edition of the one before it (внесение изменений). */
export interface Amendment {
  readonly edition: number;
  readonly amendedOn: LocalDate;
  readonly reason: string;
  readonly basis: Basis | null;
  readonly rows: readonly AmendedRow[];
}

/** How an open point was left when the plan was closed. */
export interface ClosingOutcome {
  readonly pointId: string;
  readonly outcome: 'NOT_DONE' | 'CARRIED_OVER';
  readonly explanation: string;
}

/** The document that a plan was imported from. */
export interface ImportSource {
  readonly fileName: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string;
  /** Name and version of the reader. */
  readonly reader: string;
}

/** An import as it begins: with how many events it will be whole. */
export interface ImportBegun extends ImportSource {
  readonly events: number;
}

/**
 * Whether there is a plan to see: an import is none until its last event, nor once it was given up. Nobody but the
 * import itself meets a plan that is not whole.
 */
export type Presence = 'WHOLE' | 'IMPORTING' | 'ABANDONED';

/** A plan that was drafted or imported. */
export interface ExistingPlan {
  readonly presence: Presence;
  /** The import under way, null otherwise. */
  readonly importing: ImportBegun | null;
  readonly status: PlanStatus;
  readonly details: PlanDetails;
  readonly sections: ReadonlyMap<string, Section>;
  readonly activities: Entries<Activity>;
  /** Ids are given in order and never again: the last one of each kind. */
  readonly lastSection: number;
  readonly lastActivity: number;
  readonly stamps: readonly PlacedStamp[];
  readonly route: readonly RouteStep[];
  /** Places in the route, from 1, of the steps that have agreed. */
  readonly agreedSteps: readonly number[];
  /** Why the plan was last returned, until it is submitted again. */
  readonly remarks: string | null;
  /** 0 before approval, 1 at approval, one more with each amendment. */
  readonly edition: number;
  /** Oldest first: the edition of each is one more than that of the one before. */
  readonly amendments: readonly Amendment[];
  /** Reports on periods, oldest first. */
  readonly periodReports: readonly PeriodReport[];
  readonly copiedFrom: CopySource | null;
  /** The organisation's as they were when the plan was begun and, from its approval on, when it was approved. */
  readonly settings: ControlSettings | null;
  /** Points due before this day are not tracked; null before approval. */
  readonly underControlFrom: LocalDate | null;
  /** Due days before this one give no notice when they are missed: they passed elsewhere. Null before approval. */
  readonly noticesFrom: LocalDate | null;
  readonly imported: (ImportSource & { readonly irregularities: readonly Irregularity[] }) | null;
  /** By point id, once the plan is closed. */
  readonly outcomes: Readonly<Record<string, ClosingOutcome>>;
  readonly eventCount: number;
}

/** The state that commands are decided on: the fold of the plan's events. */
export type Plan = { readonly status: 'ABSENT' } | ExistingPlan;

/** A plan before its first event. */
export const NO_PLAN: Plan = { status: 'ABSENT' };

/** The id of the activity that a point (`a3.1`) or a report (`a3.r1`) belongs to. */
export function activityIdOf(localId: string): string {
  return localId.split('.')[0] ?? localId;
}

/** Orders compare as text: there is always one more between two (fractional indexing). */
function byOrder(a: { readonly order: string }, b: { readonly order: string }): number {
  return a.order < b.order ? -1 : Number(a.order > b.order);
}

/** Sections in their order. */
export function sectionsInOrder(plan: Pick<ExistingPlan, 'sections'>): Section[] {
  return [...plan.sections.values()].sort(byOrder);
}

/** The activities of one section in their order. */
export function activitiesOf<Row extends Pick<Activity, 'sectionId' | 'order'>>(
  plan: { readonly activities: ReadonlyMap<string, Row> },
  sectionId: string,
): Row[] {
  return [...plan.activities.values()].filter((activity) => activity.sectionId === sectionId).sort(byOrder);
}

/** A plan that there is to see: begun and, if it is imported, whole. */
export function visible(plan: Plan): ExistingPlan | undefined {
  return plan.status !== 'ABSENT' && plan.presence === 'WHOLE' ? plan : undefined;
}

/** True when a human should look at what was understood of the row: an unsure reading, or an unread wording. */
export function needsReview(activity: Pick<Activity, 'timeframe' | 'irregularities'>): boolean {
  return (
    activity.timeframe.confidence === 'unknown' ||
    activity.timeframe.flags.includes('AMBIGUOUS') ||
    activity.irregularities.some(asksForReview)
  );
}
