/**
 * The content of a document in any format: paragraphs and tables in their order. Readers of formats return it, and the
 * reader of plans takes it.
 */

/** A cell at the column where it begins. */
export interface Cell {
  /** As printed, with `\n` between its lines. */
  readonly text: string;
  /** Columns that it covers; 0 for a place that a cell to the left covers. */
  readonly span: number;
  /** True if the cell begins in a row above and has the text of that cell. */
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
  /** Its place in the file, for people: `line 12`, `table 1, row 5`. */
  readonly source: string;
  readonly cells: readonly Cell[];
  /** Place of the first blank line before it; null if there is none. */
  readonly blankBefore: string | null;
}

export interface Table {
  readonly kind: 'table';
  /** True if its rows may lack cells at either end, as in a text without a grid. */
  readonly ragged: boolean;
  readonly rows: readonly Row[];
}

/** One line outside of tables. An empty text separates blocks. */
export interface Paragraph {
  readonly kind: 'paragraph';
  /** As printed, with its spaces. */
  readonly text: string;
  readonly source: string;
}

export type Block = Paragraph | Table;

/** A document, as a reader of its format returns it. */
export interface DocumentContent {
  /** Name and version of the reader, kept with each import: `docx-1`. */
  readonly reader: string;
  readonly blocks: readonly Block[];
  /** Repairs of the document, such as of its encoding. */
  readonly repairs: readonly Repair[];
}

/** A repair that a reader made, or something that it left out. */
export interface Repair {
  readonly code: 'ENCODING_ASSUMED' | 'SHEETS_LEFT_OUT' | 'STRUCK_LEFT_OUT' | 'HIDDEN_LEFT_OUT' | 'CELL_UNREADABLE';
  readonly text: string;
}

/** Returns true for a cell with a text of its own, rather than that of the cell above it. */
export function isFresh({ text, continued }: Cell): boolean {
  return text !== '' && !continued;
}

/** A cell that covers one column. */
export function cellOf(text: string): Cell {
  return { text, span: 1, continued: false, strong: false, numbered: false };
}

/** A place that another cell covers, or that a row does not reach. */
export const NO_CELL: Cell = { text: '', span: 0, continued: false, strong: false, numbered: false };
