/**
 * What a plan document holds, whatever its format: paragraphs and tables in the order in which they stand. Readers of
 * formats make it, and one reader of plans takes it.
 */

/** A cell at the column where it begins. */
export interface Cell {
  /** As printed, with `\n` between its lines. */
  readonly text: string;
  /** Columns that it covers; 0 for a place that a cell to the left covers. */
  readonly span: number;
  /** Begun in a row above: its text is that of the cell there. */
  readonly continued: boolean;
  /** Whether its first line is printed bold. */
  readonly strong: boolean;
  /** An empty item of a numbered list: the word processor prints its number. */
  readonly numbered: boolean;
  /** Texts of the footnotes to which it refers; left out for none. */
  readonly notes?: readonly string[];
}

/** A row, a cell for each column. */
export interface Row {
  /** Where it stands, for people: `line 12`, `table 1, row 5`. */
  readonly source: string;
  readonly cells: readonly Cell[];
  /** Where the first blank line before it stands, when there are any. */
  readonly blankBefore: string | null;
}

export interface Table {
  readonly kind: 'table';
  /** Its rows may lack cells at the end or in front: a text holds no grid. */
  readonly ragged: boolean;
  readonly rows: readonly Row[];
}

/** One line outside of tables; an empty text parts blocks. */
export interface Paragraph {
  readonly kind: 'paragraph';
  /** As printed, with its spaces. */
  readonly text: string;
  readonly source: string;
}

export type Block = Paragraph | Table;

/** A document as its reader gives it. */
export interface DocumentContent {
  /** Name and version of the reader, kept with each import: `docx-1`. */
  readonly reader: string;
  readonly blocks: readonly Block[];
  /** What was repaired on the way, such as an encoding. */
  readonly repairs: readonly Repair[];
}

/** What was done on the way to the table model. */
export interface Repair {
  readonly code: 'ENCODING_ASSUMED' | 'SHEETS_LEFT_OUT' | 'STRUCK_LEFT_OUT' | 'HIDDEN_LEFT_OUT' | 'CELL_UNREADABLE';
  readonly text: string;
}

/** True for a cell with a text of its own, rather than that of the cell above it. */
export function isFresh({ text, continued }: Cell): boolean {
  return text !== '' && !continued;
}

/** A cell that covers one column. */
export function cellOf(text: string): Cell {
  return { text, span: 1, continued: false, strong: false, numbered: false };
}

/** A place that another cell covers, or that a row does not reach. */
export const NO_CELL: Cell = { text: '', span: 0, continued: false, strong: false, numbered: false };
