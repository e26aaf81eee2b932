import type { PrintedText } from './personal.js';
import type { Activity, AmendedRow, ExistingPlan } from './plan.js';

/** A row as it is printed. */
export interface PrintedRow {
  readonly number: string | null;
  readonly text: string;
  readonly timeframeText: string;
  readonly responsible: PrintedText;
  readonly sectionNumber: string;
  readonly sectionTitle: string;
}

/** One item of an order of amendment: what is changed in which row, with the row before (null: it is new) and after. */
export interface EditionItem {
  readonly kind: 'ADD' | 'RESTATE' | 'RESCHEDULE' | 'REASSIGN' | 'MOVE' | 'EXCLUDE';
  readonly activityId: string;
  readonly before: PrintedRow | null;
  readonly after: PrintedRow;
}

const KINDS: Readonly<Record<AmendedRow['event'], EditionItem['kind']>> = {
  ActivityPlanned: 'ADD',
  ActivityReworded: 'RESTATE',
  ActivityRescheduled: 'RESCHEDULE',
  ActivityReassigned: 'REASSIGN',
  ActivityMoved: 'MOVE',
  ActivityExcluded: 'EXCLUDE',
};

/** The changes of an amendment as items of an order, in their order. */
export function editionItems(plan: ExistingPlan, rows: readonly AmendedRow[]): EditionItem[] {
  return rows.map(({ event, before, after }) => ({
    kind: KINDS[event],
    activityId: after.id,
    before: before && printedRow(plan, before),
    after: printedRow(plan, after),
  }));
}

function printedRow(plan: ExistingPlan, { number, text, timeframe, responsible, sectionId }: Activity): PrintedRow {
  const section = plan.sections.get(sectionId);
  return {
    number,
    text,
    timeframeText: timeframe.text,
    responsible: responsible.text,
    sectionNumber: section?.numberText ?? '',
    sectionTitle: section?.title ?? '',
  };
}
