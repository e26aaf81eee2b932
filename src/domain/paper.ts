import type { PlacedStamp } from './approval.js';
import type { LocalDate } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { PrintedText } from './personal.js';
import { type Activity, activitiesOf, type ExistingPlan, type PlanStatus, sectionsInOrder } from './plan.js';
import { type ControlPoint, pointsOf } from './points.js';
import { timingOn } from './timing.js';

/** A row of the printed plan. */
export interface PaperRow {
  readonly activityId: string;
  readonly number: string | null;
  readonly title: string;
  readonly subItems: readonly string[];
  /** The whole cell as printed. */
  readonly text: string;
  readonly timeframeText: string;
  readonly responsible: PrintedText;
  readonly parties: readonly PaperParty[];
  readonly extras: Readonly<Record<string, string>>;
  /** True for an excluded row. It is still printed, with its number. */
  readonly excluded: boolean;
  /** Numbers of the amendments that changed the row, oldest first. Amendment 1 made the second edition. */
  readonly amendedBy: readonly number[];
  readonly execution: RowExecution;
}

/** A responsible party with its marks. */
export interface PaperParty {
  readonly name: PrintedText;
  readonly agreement: boolean;
  readonly joint: boolean;
}

/** The content of the column «Отметка о выполнении» for a row on a day. */
export interface RowExecution {
  /** Number of control points that are done. */
  readonly done: number;
  /** Number of control points. */
  readonly of: number;
  /** The latest day on which a point was done; null for none. */
  readonly lastDoneOn: LocalDate | null;
  /** Due days that passed without completion. */
  readonly overdue: readonly LocalDate[];
  /** Points that were open when the plan was closed, with their explanations. */
  readonly left: readonly { readonly outcome: 'NOT_DONE' | 'CARRIED_OVER'; readonly explanation: string }[];
}

/** An amendment as the printed plan lists it. */
export interface PaperAmendment {
  readonly number: number;
  readonly amendedOn: LocalDate;
  readonly reason: string;
  readonly document: DocumentReference | null;
}

/** The head and the sections of a print of a plan. */
export interface PlanPrint<Row> {
  readonly title: string;
  readonly institution: string | null;
  readonly ownerUnit: string;
  readonly edition: number;
  readonly status: PlanStatus;
  readonly sections: readonly {
    readonly numberText: string;
    readonly title: string;
    readonly rows: readonly Row[];
  }[];
}

/** A plan in the form in which it is printed and signed. */
export interface PlanPaper extends PlanPrint<PaperRow> {
  readonly stamps: readonly PlacedStamp[];
  /** Names of the columns in addition to the usual four, in the order in which they occur in rows. */
  readonly extras: readonly string[];
  readonly amendments: readonly PaperAmendment[];
}

/** Returns the printed form of a plan, with its execution on the local day `on`. */
export function paperOf(plan: ExistingPlan, on: LocalDate): PlanPaper {
  const { title, institution, ownerUnit } = plan.details;
  const amended = amendedRows(plan);
  const sections = sectionsInOrder(plan).map(({ id, numberText, title: name }) => ({
    numberText,
    title: name,
    rows: activitiesOf(plan, id).map((activity) => paperRow(plan, activity, amended.get(activity.id) ?? [], on)),
  }));
  const names = sections.flatMap(({ rows }) => rows.flatMap(({ extras }) => Object.keys(extras)));
  return {
    title,
    institution,
    ownerUnit,
    edition: plan.edition,
    status: plan.status,
    stamps: stampsInForce(plan.stamps),
    extras: [...new Set(names)],
    sections,
    amendments: plan.amendments.map(({ edition, amendedOn, reason, basis }) => ({
      number: edition - 1,
      amendedOn,
      reason,
      document: basis?.kind === 'document' ? basis.document : null,
    })),
  };
}

/** A stamp that was given or confirmed in Letopis replaces the printed stamp of its kind. */
function stampsInForce(stamps: readonly PlacedStamp[]): PlacedStamp[] {
  const given = new Set(stamps.filter(({ state }) => state !== 'PRINTED').map(({ kind }) => kind));
  return stamps.filter(({ state, kind }) => state !== 'PRINTED' || !given.has(kind));
}

function amendedRows({ amendments }: ExistingPlan): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const { edition, rows: changes } of amendments) {
    for (const id of new Set(changes.map(({ after }) => after.id)))
      rows.set(id, [...(rows.get(id) ?? []), edition - 1]);
  }
  return rows;
}

function paperRow(plan: ExistingPlan, activity: Activity, amendedBy: readonly number[], on: LocalDate): PaperRow {
  const { id, number, title, subItems, text, timeframe, responsible, extras, excluded } = activity;
  return {
    activityId: id,
    number,
    title,
    subItems,
    text,
    timeframeText: timeframe.text,
    responsible: responsible.text,
    parties: responsible.parties.map(({ name, agreement, joint }) => ({ name, agreement, joint })),
    extras,
    excluded,
    amendedBy,
    execution: executionOf(plan, pointsOf(plan, activity), on),
  };
}

function executionOf({ outcomes }: ExistingPlan, points: readonly ControlPoint[], on: LocalDate): RowExecution {
  const timings = points.map((point) => ({ point, timing: timingOn(point.timing, on) }));
  const done = timings.filter(({ timing }) => timing === 'DONE_ON_TIME' || timing === 'DONE_LATE');
  const days = points.flatMap(({ actualOn }) => actualOn ?? []).sort();
  return {
    done: done.length,
    of: points.length,
    lastDoneOn: days.at(-1) ?? null,
    overdue: timings.flatMap(({ point, timing }) => (timing === 'OVERDUE' ? (point.countedDueOn ?? []) : [])),
    left: points.flatMap(({ id }) => {
      const outcome = outcomes[id];
      return outcome ? [{ outcome: outcome.outcome, explanation: outcome.explanation }] : [];
    }),
  };
}
