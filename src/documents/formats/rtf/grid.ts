import { type Cell, NO_CELL, type Row, type Table } from '../../model.js';
import { tidied } from '../tidy.js';

/** A cell of an RTF row. Its place is given by its right edge, in twentieths of a point. */
export interface RtfCell {
  readonly right: number;
  /** Horizontal merging: `first` cell of merged cells, or `covered` by that cell. */
  readonly across: 'none' | 'first' | 'covered';
  /** Vertical merging: `first` cell of merged cells, or `continued` from the cell above. */
  readonly down: 'none' | 'first' | 'continued';
  readonly lines: readonly { readonly text: string; readonly strong: boolean }[];
}

/** Edges within this distance, in twentieths of a point, are the same edge: Word rounds them in each row. */
const SAME_EDGE = 60;
const MAX_RTF_COLUMNS = 100;

/**
 * Returns a table from rows whose cells have different widths. The table has a column for each edge that any row has.
 */
export function tableOfRows(rows: readonly (readonly RtfCell[])[], place: string): Table {
  const edges = edgesOf(rows);
  let above: readonly Cell[] = [];
  const gridded = rows.map((cells, index): Row => {
    const placed = placedIn(cells, edges, above);
    above = placed;
    return { source: `${place}, row ${index + 1}`, cells: placed, blankBefore: null };
  });
  return { kind: 'table', ragged: false, rows: gridded };
}

function edgesOf(rows: readonly (readonly RtfCell[])[]): number[] {
  const all = [...new Set(rows.flatMap((cells) => cells.map(({ right }) => right)))].sort((a, b) => a - b);
  const edges: number[] = [];
  for (const edge of all) {
    const last = edges.at(-1);
    if (last === undefined || edge - last > SAME_EDGE) edges.push(edge);
  }
  return edges.slice(0, MAX_RTF_COLUMNS);
}

function placedIn(cells: readonly RtfCell[], edges: readonly number[], above: readonly Cell[]): Cell[] {
  const placed: Cell[] = [];
  let begun = -1;
  for (const { right, across, down, lines } of cells) {
    const end = edges.findLastIndex((edge) => edge <= right) + 1;
    const span = Math.max(0, end - placed.length);
    if (span === 0) continue;
    const first = placed[begun];
    if (across === 'covered' && first) {
      placed[begun] = { ...first, span: first.span + span };
      placed.push(...Array.from({ length: span }, () => NO_CELL));
      continue;
    }
    begun = placed.length;
    const [line] = lines;
    const own: Cell = {
      text: tidied(lines.map(({ text }) => text).join('\n')),
      span,
      continued: false,
      strong: line?.strong ?? false,
      numbered: false,
    };
    const over = above[begun];
    placed.push(down === 'continued' && over ? { ...over, span, continued: true } : own);
    placed.push(...Array.from({ length: span - 1 }, () => NO_CELL));
  }
  return [...placed, ...Array.from({ length: edges.length - placed.length }, () => NO_CELL)];
}
