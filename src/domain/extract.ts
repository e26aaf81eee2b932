import { cut, type LocalDate, monthWindow, type Window } from './dates.js';
import type { PlanPrint } from './paper.js';
import type { PrintedText } from './personal.js';
import { type Activity, activitiesOf, type ExistingPlan, sectionsInOrder } from './plan.js';
import { pointsOf } from './points.js';

/** A row with work in a month. */
export interface ExtractRow {
  readonly activityId: string;
  readonly number: string | null;
  readonly text: string;
  readonly timeframeText: string;
  readonly responsible: PrintedText;
  /** The parts of the month in which the work is to be done, one window per control point. */
  readonly windows: readonly Window[];
  /** Due days within the month. */
  readonly dueOn: readonly LocalDate[];
}

/** The extract of a plan for a month («план на октябрь»). It has the sections with at least one row. */
export interface PlanExtract extends PlanPrint<ExtractRow> {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Rows without dates: on demand, by another document, or not understood. */
  readonly undated: readonly ExtractRow[];
}

/** Returns true for a month of the calendar, `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

/** Returns the extract of a plan for a month, `YYYY-MM`. */
export function extractOf(plan: ExistingPlan, month: string): PlanExtract {
  const days = monthWindow(Number(month.slice(0, 4)), Number(month.slice(5)));
  const { title, institution, ownerUnit } = plan.details;
  const sections = sectionsInOrder(plan).map(({ id, numberText, title: of }) => ({
    numberText,
    title: of,
    rows: activitiesOf(plan, id).flatMap((activity) => rowIn(plan, activity, days)),
  }));
  const rows = [...plan.activities.values()].filter(({ excluded }) => !excluded);
  return {
    title,
    institution,
    ownerUnit,
    edition: plan.edition,
    status: plan.status,
    month,
    sections: sections.filter((section) => section.rows.length > 0),
    undated: rows
      .filter((activity) => pointsOf(plan, activity).every(({ window }) => window === null))
      .map((activity) => row(activity, [], [])),
  };
}

function rowIn(plan: ExistingPlan, activity: Activity, days: Window): ExtractRow[] {
  if (activity.excluded) return [];
  const points = pointsOf(plan, activity);
  const windows = points.flatMap(({ window }) => (window ? (cut(window, days) ?? []) : []));
  const dueOn = points.flatMap(({ countedDueOn: day }) => (day && day >= days.start && day <= days.end ? [day] : []));
  return windows.length > 0 || dueOn.length > 0 ? [row(activity, windows, dueOn)] : [];
}

function row(activity: Activity, windows: readonly Window[], dueOn: readonly LocalDate[]): ExtractRow {
  const { id, number, text, timeframe, responsible } = activity;
  return {
    activityId: id,
    number,
    text,
    timeframeText: timeframe.text,
    responsible: responsible.text,
    windows,
    dueOn,
  };
}
