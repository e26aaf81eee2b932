import { Entries } from './entries.js';
import type { PrintedText } from './personal.js';
import type { Activity, Amendment, AmendmentKind, ExistingPlan } from './plan.js';

/** A row as it is printed. */
export interface EditionRow {
  readonly number: string | null;
  readonly text: string;
  readonly timeframeText: string;
  readonly responsible: PrintedText;
  readonly sectionNumber: string;
  readonly sectionTitle: string;
}

/** An item of an order of amendment: a row before the change (null for a new row) and after it. */
export interface EditionItem {
  readonly kind: AmendmentKind;
  readonly activityId: string;
  readonly before: EditionRow | null;
  readonly after: EditionRow;
  /** For an added or moved row, the row before it; null for the first row of a section. */
  readonly behind: EditionRow | null;
}

/** Returns the changes of an amendment as items of an order, in their order. */
export function editionItems(
  plan: ExistingPlan,
  { edition, rows }: Pick<Amendment, 'edition' | 'rows'>,
): EditionItem[] {
  const all = editionRows(plan, edition);
  return rows.map(({ kind, before, after }) => {
    const behind = kind === 'ADD' || kind === 'MOVE' ? rowBefore(all, after) : undefined;
    return {
      kind,
      activityId: after.id,
      before: before && printedRow(plan, before),
      after: printedRow(plan, after),
      behind: behind ? printedRow(plan, behind) : null,
    };
  });
}

/** Returns a plan with the rows of one of its editions. */
export function planInEdition(plan: ExistingPlan, edition: number): ExistingPlan {
  return {
    ...plan,
    edition,
    activities: Entries.of(editionRows(plan, edition).map((row): [string, Activity] => [row.id, row])),
  };
}

/** Returns the rows of an edition: the present rows without the changes of later editions. */
function editionRows(plan: ExistingPlan, edition: number): Activity[] {
  const rows = new Map<string, Activity | null>(plan.activities);
  for (const { edition: of, rows: changes } of plan.amendments.toReversed()) {
    if (of > edition) for (const { before, after } of changes.toReversed()) rows.set(after.id, before);
  }
  return [...rows.values()].filter((row) => row !== null);
}

function rowBefore(rows: readonly Activity[], { sectionId, order }: Activity): Activity | undefined {
  return rows
    .filter((row) => row.sectionId === sectionId && row.order < order)
    .reduce<Activity | undefined>((last, row) => (last && last.order > row.order ? last : row), undefined);
}

/** Returns an activity as a printed row. */
export function printedRow(
  plan: Pick<ExistingPlan, 'sections'>,
  { number, text, timeframe, responsible, sectionId }: Activity,
): EditionRow {
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
