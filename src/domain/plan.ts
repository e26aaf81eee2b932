import type { Basis } from './actor.js';
import type { PlacedStamp, RouteStep } from './approval.js';
import type { LocalDate } from './dates.js';
import type { Entries } from './entries.js';
import type { PeriodReport } from './indicators/periodReport.js';
import { asksForReview, type Irregularity } from './irregularities.js';
import type { ConfirmedAccountable } from './parties.js';
import type { ActivityContent } from './plan/entries.js';
import type { PlanPeriod, Schedule, Timeframe } from './schedule.js';
import type { ControlSettings } from './settings.js';

/** Statuses of a plan. A WITHDRAWN plan was never approved. A CANCELLED plan was approved and is no longer in force. */
export const PLAN_STATUSES = [
  'DRAFT',
  'ON_AGREEMENT',
  'AGREED',
  'APPROVED',
  'CLOSED',
  'WITHDRAWN',
  'CANCELLED',
] as const;
/** A status of a plan. */
export type PlanStatus = (typeof PLAN_STATUSES)[number];

/** Kinds of plan periods. */
export type PeriodKind = 'SCHOOL_YEAR' | 'CALENDAR_YEAR' | 'OTHER';

/** Maximum number of activities of a plan. */
export const MAX_ACTIVITIES = 5_000;
/** Maximum number of events of a plan. */
export const MAX_EVENTS = 20_000;

/** The head of a plan: what is printed above its table. */
export interface PlanDetails {
  readonly title: string;
  /** The kind of document as printed: «план работы», «дорожная карта». */
  readonly documentKind: string;
  /** The unit that keeps the plan. An institution without units is its own owner unit. */
  readonly ownerUnit: string;
  readonly institution: string | null;
  /** May be null in a draft. */
  readonly period: PlanPeriod | null;
  readonly periodKind: PeriodKind | null;
  /** The period as printed; null when it was given as dates. */
  readonly periodText: string | null;
  /** Id of the organisation that keeps the plan; null for none. */
  readonly organisationId: string | null;
  /** IANA time zone of the organisation. It determines the local day. */
  readonly timeZone: string;
  /** Id of the plan in another system, unique in the organisation; null for none. */
  readonly externalId: string | null;
}

/** A section (раздел). Sections are sorted by `order`. `numberText` is printed and does not affect the order. */
export interface Section {
  readonly id: string;
  readonly order: string;
  /** The printed number, such as «III.»; empty if none is printed. */
  readonly numberText: string;
  readonly title: string;
  /** Id of the section in another system, unique in the plan; null for none. */
  readonly externalId: string | null;
}

/** The completion of a control point. `dueOn` is the due day in force when it was recorded. */
export interface PointCompletion {
  readonly actualOn: LocalDate;
  readonly count: number | null;
  readonly note: string | null;
  readonly dueOn: LocalDate | null;
}

/** A part of the work: a number of a quota, a sub-item, or an intermediate step. It never closes a control point. */
export interface ActivityProgress {
  readonly id: string;
  readonly pointId: string;
  readonly actualOn: LocalDate;
  /** The number of a quota; null otherwise. */
  readonly count: number | null;
  /** Place of the completed sub-item, from 1; null for none. */
  readonly subItem: number | null;
  /** The day by which the executor expects to be done; null when not stated. */
  readonly expectedOn: LocalDate | null;
  readonly note: string | null;
}

/** A link to a file or page that proves the work: its address, and the SHA-256 of its bytes (hex) if known. */
export interface EvidenceLink {
  readonly title: string;
  readonly url: string;
  readonly sha256: string | null;
}

/** A control point in a report, with the due day in force on the day of the report. */
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
  /** An interim report informs and never closes a control point. */
  readonly interim: boolean;
  /** True when it was submitted after the plan was closed. */
  readonly late: boolean;
  /** Id of the actor. */
  readonly submittedBy: string;
  /** Local day on which it was submitted. */
  readonly submittedOn: LocalDate;
  /** Edition of the plan on that day. */
  readonly edition: number;
}

/**
 * A request of the executor for another timeframe (просьба о переносе срока). The roles that may amend the plan decide
 * on it.
 */
export interface RescheduleRequest {
  readonly id: string;
  readonly status: 'OPEN' | 'GRANTED' | 'REFUSED';
  readonly timeframe: Timeframe;
  /** Local day of the request. */
  readonly requestedOn: LocalDate;
  /** True when it was made after a due day of the activity had passed. */
  readonly late: boolean;
  /** Id of the actor. */
  readonly requestedBy: string;
}

/** A row of the plan (мероприятие), identified by its id and never by the printed number. */
export interface Activity extends ActivityContent {
  readonly id: string;
  readonly sectionId: string;
  /** Sorts the activities of a section. A moved activity gets an order between its neighbours. */
  readonly order: string;
  readonly excluded: boolean;
  /** Schedules in force since the approval, the first approved one first. */
  readonly approvedSchedules: readonly Schedule[];
  readonly completions: Readonly<Record<string, PointCompletion>>;
  /** Due days for which a missed deadline was recorded, by point id. */
  readonly missed: Readonly<Record<string, readonly LocalDate[]>>;
  readonly reports: readonly Report[];
  readonly requests: readonly RescheduleRequest[];
  readonly progress: readonly ActivityProgress[];
  /** The confirmed accountable party; null while it is assumed. */
  readonly accountable: ConfirmedAccountable | null;
}

/** The plan that another plan was copied from. */
export interface CopiedFrom {
  readonly planId: string;
  readonly edition: number;
}

/** Kinds of items of an order of amendment: дополнить, изложить, перенести, передать, переместить, исключить. */
export type AmendmentKind = 'ADD' | 'RESTATE' | 'RESCHEDULE' | 'REASSIGN' | 'MOVE' | 'EXCLUDE';

/** A change of an amendment: a row before it (null for a new row) and after it. */
export interface AmendedRow {
  readonly kind: AmendmentKind;
  readonly before: Activity | null;
  readonly after: Activity;
}

/** An amendment (внесение изменений), which makes the next edition of a plan. */
export interface Amendment {
  readonly edition: number;
  readonly amendedOn: LocalDate;
  readonly reason: string;
  readonly basis: Basis | null;
  readonly rows: readonly AmendedRow[];
}

/** The outcome of a point that was open when the plan was closed. */
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

/** The source of an import in progress. */
export interface ImportBegun extends ImportSource {
  /** Number of events of the complete import. */
  readonly events: number;
}

/**
 * Visibility of a plan. An import is invisible until its last event, and after it was abandoned. Only commands on the
 * import itself see a plan that is not WHOLE.
 */
export type Presence = 'WHOLE' | 'IMPORTING' | 'ABANDONED';

/** A plan that was drafted or imported. */
export interface ExistingPlan {
  readonly presence: Presence;
  /** The import in progress; null otherwise. */
  readonly importing: ImportBegun | null;
  readonly status: PlanStatus;
  readonly details: PlanDetails;
  readonly sections: ReadonlyMap<string, Section>;
  readonly activities: Entries<Activity>;
  /** Number of the last section. Ids are given in ascending order and are never reused. */
  readonly lastSection: number;
  /** Number of the last activity. */
  readonly lastActivity: number;
  /** How often an activity with an external id was removed from the draft, by that id. */
  readonly freedExternalIds: ReadonlyMap<string, number>;
  /** How often a section with an external id was removed from the draft, by that id. */
  readonly freedSectionIds: ReadonlyMap<string, number>;
  readonly stamps: readonly PlacedStamp[];
  readonly route: readonly RouteStep[];
  /** Places in the route, from 1, of the steps that have agreed. */
  readonly agreedSteps: readonly number[];
  /** Why the plan was last returned; null after it is submitted again. */
  readonly remarks: string | null;
  /** 0 before approval, 1 at approval, then one more with each amendment. */
  readonly edition: number;
  /** Oldest first. Each amendment has the edition number after that of the previous one. */
  readonly amendments: readonly Amendment[];
  /** Period reports, oldest first. */
  readonly periodReports: readonly PeriodReport[];
  readonly copiedFrom: CopiedFrom | null;
  /** Settings of the organisation at drafting, from approval on those at approval; null for a draft without one. */
  readonly settings: ControlSettings | null;
  /** Points due before this day are not tracked; null before approval. */
  readonly underControlFrom: LocalDate | null;
  /**
   * Due days before this one give no DeadlineMissed event, because they passed outside Letopis. Null before approval.
   */
  readonly noticesFrom: LocalDate | null;
  readonly imported: (ImportSource & { readonly irregularities: readonly Irregularity[] }) | null;
  /** Outcomes by point id; empty until the plan is closed. */
  readonly outcomes: Readonly<Record<string, ClosingOutcome>>;
  readonly eventCount: number;
}

/** The state that commands are decided on: the fold of the plan's events. */
export type Plan = { readonly status: 'ABSENT' } | ExistingPlan;

/** A plan before its first event. */
export const NO_PLAN: Plan = { status: 'ABSENT' };

/** Returns the id of the activity that a point (`a3.1`) or a report (`a3.r1`) belongs to. */
export function activityIdOf(localId: string): string {
  return localId.split('.')[0] ?? localId;
}

/** Returns the number of a point, report or request in its activity: `1` for `a3.1` and `a3.r1`. */
export function numberInActivity(localId: string): string {
  return localId.slice(localId.lastIndexOf('.') + 1).replace(/^[a-z]/, '');
}

/** Compares orders as text. Orders are fractional indexes, so there is always one between two others. */
function byOrder(a: { readonly order: string }, b: { readonly order: string }): number {
  return a.order < b.order ? -1 : Number(a.order > b.order);
}

/** Returns the sections of a plan in their order. */
export function sectionsInOrder(plan: Pick<ExistingPlan, 'sections'>): Section[] {
  return [...plan.sections.values()].sort(byOrder);
}

/** Returns the activities of a section in their order. */
export function activitiesOf<Row extends Pick<Activity, 'sectionId' | 'order'>>(
  plan: { readonly activities: ReadonlyMap<string, Row> },
  sectionId: string,
): Row[] {
  return [...plan.activities.values()].filter((activity) => activity.sectionId === sectionId).sort(byOrder);
}

/** Returns the plan if it is visible: it was begun and, if imported, is complete. Otherwise undefined. */
export function visible(plan: Plan): ExistingPlan | undefined {
  return plan.status !== 'ABSENT' && plan.presence === 'WHOLE' ? plan : undefined;
}

/**
 * Returns true if a person should review the activity: its timeframe is ambiguous or not understood, or it has an
 * irregularity that needs review.
 */
export function needsReview(activity: Pick<Activity, 'timeframe' | 'irregularities'>): boolean {
  return (
    activity.timeframe.confidence === 'unknown' ||
    activity.timeframe.flags.includes('AMBIGUOUS') ||
    activity.irregularities.some(asksForReview)
  );
}
