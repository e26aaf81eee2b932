/** A section of a plan as its tables show it. */
export interface TableSection {
  readonly id: string;
  readonly numberText: string;
  readonly title: string;
}

/** The fields of a row that a table uses. */
export interface SectionRow {
  readonly id: string;
  readonly sectionId: string;
}

/** A line of a table of a plan: the heading of a section, or a row. */
export interface TableItem<Row extends SectionRow = SectionRow> {
  /** Id of the row, or of the section. */
  readonly key: string;
  readonly section: TableSection;
  /** Undefined for the heading. */
  readonly row: Row | undefined;
  /** Index of the heading of this section; undefined where the section has no heading. */
  readonly heading: number | undefined;
}

/** Returns the lines of a table in their order. A section without words has no heading. */
export function tableItems<Row extends SectionRow>(
  sections: readonly TableSection[],
  rows: readonly Row[],
): TableItem<Row>[] {
  const bySection = Map.groupBy(rows, ({ sectionId }) => sectionId);
  const items: TableItem<Row>[] = [];
  for (const section of sections) {
    const own = bySection.get(section.id) ?? [];
    const hasHeading = `${section.numberText}${section.title}` !== '';
    const heading = hasHeading ? items.length : undefined;
    if (hasHeading) items.push({ key: section.id, section, row: undefined, heading });
    for (const row of own) items.push({ key: row.id, section, row, heading });
  }
  return items;
}

/** Tables up to this length are in the document as a whole, so that the browser's search finds all rows. */
const WHOLE = 200;
/** A heading, which cannot have the focus, may be between two rows. */
const NEIGHBOURS = [-2, -1, 0, 1, 2];
/** Maximum number of lines of a longer table that are in the document at a time. */
const MOST = 300;

/**
 * Returns the lines that must be in the document: the lines around the visible part; the heading of the first of them,
 * so that each row has its section; the line with the focus and its neighbours, to which the keyboard moves.
 *
 * @param around indexes of the lines around the visible part, in order.
 * @param focused index of the line with the focus; -1 for none.
 */
export function shownIndexes(items: readonly TableItem[], around: readonly number[], focused: number): number[] {
  if (items.length <= WHOLE) return [...items.keys()];
  const near = around.slice(0, MOST);
  const heading = items[near[0] ?? -1]?.heading ?? -1;
  const beside = focused < 0 ? [] : NEIGHBOURS.map((distance) => focused + distance);
  const shown = new Set([heading, ...beside, ...near]);
  return [...shown].filter((index) => index >= 0 && index < items.length).toSorted((a, b) => a - b);
}
