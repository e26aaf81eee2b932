import type { RouteStep, Stamp } from './approval.js';
import type { LocalDate } from './dates.js';
import type { CitedDocument } from './documents.js';
import type { PeriodReportKind } from './indicators/periodReport.js';
import type { Irregularity } from './irregularities.js';
import type { Responsible } from './parties.js';
import type { PersonalText } from './personal.js';
import type { ClosingOutcome, CopySource, EvidenceLink, ExistingPlan, ImportSource, PeriodKind } from './plan.js';
import type { PlanPeriod, Schedule } from './schedule.js';

/** A timeframe as entered: its wording, and the schedule when the author states it instead of leaving it to be read. */
export interface TimeframeEntry {
  readonly text: string;
  readonly schedule: Schedule | null;
}

/** A row as entered by hand. A missing number is given; null means that the row has none. */
export interface ActivityEntry<Person = PersonalText> {
  readonly number?: string | null;
  readonly title: string;
  readonly subItems: readonly string[];
  readonly timeframe: TimeframeEntry;
  readonly responsible: Responsible<Person>;
}

/** A row as read from a document. */
export interface ImportedActivity<Person = PersonalText> {
  readonly number: string | null;
  readonly title: string;
  readonly text: string;
  readonly subItems: readonly string[];
  readonly timeframeText: string;
  readonly responsible: Responsible<Person>;
  readonly references: readonly CitedDocument[];
  readonly extras: Readonly<Record<string, string>>;
  readonly irregularities: readonly Irregularity[];
  readonly source: string | null;
  /** What stands beside the row, such as a month in a column of its own, for the reading of its time. */
  readonly hint?: string | null;
}

export interface ImportedSection<Person = PersonalText> {
  readonly numberText: string;
  readonly title: string;
  /** What stands above the table beside the title, such as the month it is of, for the reading of its times. */
  readonly hint?: string | null;
  readonly activities: readonly ImportedActivity<Person>[];
}

/** What a time is read under: the month beside its row, the title of its section, the month that its table is of. */
export function headingOf(
  { title, hint }: { readonly title: string; readonly hint?: string | null },
  row: { readonly hint?: string | null } = {},
): string {
  return [row.hint, title, hint].filter((part) => part).join(' ');
}

/** A plan as read from a document: names in the clear on the way in, sealed before the decision. */
export interface ImportedPlan<Person = PersonalText> {
  readonly title: string;
  readonly documentKind: string;
  readonly ownerUnit: string;
  readonly institution: string | null;
  readonly period: PlanPeriod | null;
  readonly periodKind: PeriodKind | null;
  readonly periodText: string | null;
  readonly stamps: readonly Stamp<Person>[];
  /** A month that the whole document is of, as printed above its table; null or missing for none. */
  readonly monthHeading?: string | null;
  readonly columns: readonly string[];
  readonly sections: readonly ImportedSection<Person>[];
  readonly irregularities: readonly Irregularity[];
}

/** Changes of content: free in a draft, an amendment of one in an approved plan, or parts of a batch. */
export interface ContentChanges {
  addActivity: { readonly sectionId: string; readonly after: string | null; readonly activity: ActivityEntry };
  /** A field left out stays as it is. */
  rewordActivity: {
    readonly activityId: string;
    readonly number?: string | null;
    readonly title?: string;
    readonly subItems?: readonly string[];
  };
  rescheduleActivity: { readonly activityId: string; readonly timeframe: TimeframeEntry };
  reassignActivity: { readonly activityId: string; readonly responsible: Responsible };
  /** To the place after `after`, or first in the section. */
  moveActivity: { readonly activityId: string; readonly sectionId: string; readonly after: string | null };
  excludeActivity: { readonly activityId: string };
}

/** What each command carries, by its name; circumstances (who, when, why, on what order) stand beside it. */
export interface PlanCommandData extends ContentChanges {
  draftPlan: {
    readonly title: string;
    readonly documentKind: string;
    readonly ownerUnit: string;
    readonly institution: string | null;
    readonly period: PlanPeriod | null;
    /** The organisation that keeps the plan; null for none. */
    readonly organisationId: string | null;
    /** That of its organisation, where it has one. */
    readonly timeZone: string;
  };
  importPlan: {
    readonly plan: ImportedPlan;
    readonly source: ImportSource;
    readonly organisationId: string | null;
    readonly timeZone: string;
  };
  /** Begins a plan as a copy of another one, moved into the period, or into the next one. */
  copyPlan: {
    readonly from: CopySource;
    /** The plan `from` as it stands. */
    readonly source: ExistingPlan;
    readonly organisationId: string | null;
    readonly period: PlanPeriod | null;
    readonly title: string | null;
  };
  /** Gives up an import that was not finished, so that the file may be imported anew. */
  abandonImport: { readonly importCommandId: string };
  changePlanDetails: {
    readonly title?: string;
    readonly ownerUnit?: string;
    readonly institution?: string | null;
    readonly period?: PlanPeriod;
  };
  /** Puts the plan under an organisation, or under none. An approved plan keeps its zone and its settings. */
  assignPlan: { readonly organisationId: string | null };
  addSection: { readonly title: string; readonly numberText: string; readonly after: string | null };
  changeSection: { readonly sectionId: string; readonly title?: string; readonly numberText?: string };
  removeSection: { readonly sectionId: string };
  removeActivity: { readonly activityId: string };
  /** Changes of a draft in their order, all of them or none: a corrected document gives them. */
  reviseDraft: { readonly changes: readonly DraftChange[] };

  submitPlan: { readonly route: readonly RouteStep[] };
  /** Who reports for the activity: the party at this place of its list, from 1, or null for the unit that keeps the plan. */
  confirmAccountable: { readonly activityId: string; readonly place: number | null };
  /** What a wording means: the proposed reading (0), one of its alternatives (from 1), or another one that is stated. */
  resolveWording: { readonly activityId: string; readonly reading: number | Schedule };
  agreePlan: { readonly stamp: Omit<Stamp, 'kind' | 'marker'> };
  returnPlan: { readonly remarks: string };
  approvePlan: { readonly stamp: Omit<Stamp, 'kind' | 'marker'>; readonly underControlFrom: LocalDate | null };
  confirmPrintedApproval: { readonly date: LocalDate | null; readonly underControlFrom: LocalDate | null };
  amendPlan: { readonly changes: readonly ContentChange[] };
  /** Of a plan that was never approved. */
  withdrawPlan: Readonly<Record<never, never>>;
  /** Of a plan in force: it ends before its time. */
  cancelPlan: Readonly<Record<never, never>>;
  closePlan: { readonly outcomes: readonly ClosingOutcome[] };

  /** `pointId` may be left out where the activity has one point. */
  completeActivity: {
    readonly activityId: string;
    readonly pointId: string | null;
    readonly actualOn: LocalDate;
    readonly count: number | null;
    readonly note: string | null;
  };
  /** One of a quota (`count`), a sub-item (from 1), or a word on the way (`note`): at least one of them. */
  recordProgress: {
    readonly activityId: string;
    readonly pointId: string | null;
    readonly actualOn: LocalDate;
    readonly count: number | null;
    readonly subItem: number | null;
    /** When the executor expects to be done; null: nothing is said. */
    readonly expectedOn: LocalDate | null;
    readonly note: string | null;
  };
  withdrawCompletion: { readonly activityId: string; readonly pointId: string | null };
  submitReport: {
    readonly activityId: string;
    readonly pointIds: readonly string[];
    readonly text: string;
    readonly evidence: readonly EvidenceLink[];
    readonly actualOn: LocalDate;
    readonly interim: boolean;
  };
  /** Taken back by who submitted it, as long as nobody has decided on it. */
  withdrawReport: { readonly reportId: string };
  acceptReport: { readonly reportId: string };
  returnReport: { readonly reportId: string };
  /** The executor asks for another term … */
  requestReschedule: { readonly activityId: string; readonly timeframe: TimeframeEntry };
  /** … and who may amend the plan grants it, which is an amendment of one, or refuses it with a reason. */
  grantReschedule: { readonly requestId: string };
  refuseReschedule: { readonly requestId: string };
  /** A report on the period of this kind that a day lies in and that is over; its figures stay as they are now. */
  issuePeriodReport: { readonly kind: PeriodReportKind; readonly day: LocalDate; readonly note: string | null };
  /** The deadline watcher's: a notice for each due day that passed without the work. */
  noticeMissedDeadlines: Readonly<Record<never, never>>;
}

export type PlanCommandType = keyof PlanCommandData;
export type PlanCommandOf<T extends PlanCommandType> = { readonly type: T } & PlanCommandData[T];
export type PlanCommand = { [T in PlanCommandType]: PlanCommandOf<T> }[PlanCommandType];
type PlainDraftChange =
  | 'changePlanDetails'
  | 'addSection'
  | 'changeSection'
  | 'removeSection'
  | 'removeActivity'
  | 'rewordActivity'
  | 'rescheduleActivity'
  | 'moveActivity';

/** A change of a draft. */
export type DraftChange<Person = PersonalText> =
  | { [T in PlainDraftChange]: PlanCommandOf<T> }[PlainDraftChange]
  | {
      readonly type: 'addActivity';
      readonly sectionId: string;
      readonly after: string | null;
      readonly activity: ActivityEntry<Person>;
    }
  | { readonly type: 'reassignActivity'; readonly activityId: string; readonly responsible: Responsible<Person> };
export type ContentChangeType = keyof ContentChanges;
export type ContentChange = { [T in ContentChangeType]: { readonly type: T } & ContentChanges[T] }[ContentChangeType];
