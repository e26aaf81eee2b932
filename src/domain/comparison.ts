import { type EditionRow, printedRow } from './editions.js';
import type { Activity, ExistingPlan, Plan, Section } from './plan.js';
import { sectionsInOrder } from './plan.js';
import { evidenceOfAll, pointsOf } from './points.js';
import type { Evidence } from './timing.js';

/**
 * Kinds of differences in a row. REMOVED is a row that left a draft; a row that leaves an approved plan is EXCLUDED.
 */
export type RowChange =
  | 'ADDED'
  | 'REMOVED'
  | 'EXCLUDED'
  | 'REWORDED'
  | 'RESCHEDULED'
  | 'REASSIGNED'
  | 'MOVED'
  | 'EVIDENCE';

/** A row that differs between two states of a plan. */
export interface RowDifference {
  readonly activityId: string;
  readonly changes: readonly RowChange[];
  /** Null when the row does not exist, or is excluded. */
  readonly before: EditionRow | null;
  readonly after: EditionRow | null;
  /** Evidence of the work before and after; null in a state without the row. */
  readonly evidence: { readonly before: Evidence | null; readonly after: Evidence | null };
}

/**
 * Returns the rows that differ between two states of a plan («было / стало»), in the order of the rows.
 *
 * @param withWork true to report also changes of evidence, which are not part of the printed plan.
 */
export function rowDifferences(before: ExistingPlan, after: ExistingPlan, withWork: boolean): RowDifference[] {
  const placesOf = (sections: ReadonlyMap<string, Section>) =>
    new Map(sectionsInOrder({ sections }).map(({ id }, index) => [id, index]));
  const places = new Map([...placesOf(before.sections), ...placesOf(after.sections)]);
  const ids = new Set([...before.activities.keys(), ...after.activities.keys()]);
  return [...ids]
    .flatMap((id) => {
      const [was, is] = [before.activities.get(id), after.activities.get(id)];
      const row = is ?? was;
      const difference = row && differenceOf(row.id, [before, was], [after, is], withWork);
      return difference ? [{ row, difference }] : [];
    })
    .sort((a, b) => sectionPlace(a.row, places) - sectionPlace(b.row, places) || (a.row.order < b.row.order ? -1 : 1))
    .map(({ difference }) => difference);
}

/** Returns what an event changed in a row: the kinds of differences between the plan before and after it. */
export function rowChanges(
  before: Plan,
  after: ExistingPlan,
  activityId: string,
  withWork: boolean,
): readonly RowChange[] {
  const is = after.activities.get(activityId);
  if (before.status === 'ABSENT') return is ? ['ADDED'] : [];
  return differenceOf(activityId, [before, before.activities.get(activityId)], [after, is], withWork)?.changes ?? [];
}

function sectionPlace({ sectionId }: Activity, places: ReadonlyMap<string, number>): number {
  return places.get(sectionId) ?? 0;
}

function differenceOf(
  activityId: string,
  [before, was]: readonly [ExistingPlan, Activity | undefined],
  [after, is]: readonly [ExistingPlan, Activity | undefined],
  withWork: boolean,
): RowDifference | undefined {
  const [old, now] = [was?.excluded ? undefined : was, is?.excluded ? undefined : is];
  const evidence = { before: old ? evidenceIn(before, old) : null, after: now ? evidenceIn(after, now) : null };
  const changes = changesOf(old, now, is !== undefined, withWork && evidence.before !== evidence.after);
  if (changes.length === 0) return undefined;
  return {
    activityId,
    changes,
    before: old ? printedRow(before, old) : null,
    after: now ? printedRow(after, now) : null,
    evidence,
  };
}

function evidenceIn(plan: ExistingPlan, activity: Activity): Evidence {
  return evidenceOfAll(pointsOf(plan, activity));
}

function changesOf(
  old: Activity | undefined,
  now: Activity | undefined,
  isThere: boolean,
  otherEvidence: boolean,
): RowChange[] {
  if (!old) return now ? ['ADDED'] : [];
  if (!now) return [isThere ? 'EXCLUDED' : 'REMOVED'];
  const differs: readonly (readonly [RowChange, boolean])[] = [
    ['REWORDED', old.text !== now.text || old.number !== now.number],
    ['RESCHEDULED', old.timeframe.text !== now.timeframe.text],
    ['REASSIGNED', JSON.stringify(old.responsible.text) !== JSON.stringify(now.responsible.text)],
    ['MOVED', old.sectionId !== now.sectionId || old.order !== now.order],
    ['EVIDENCE', otherEvidence],
  ];
  return differs.flatMap(([change, isSo]) => (isSo ? [change] : []));
}
