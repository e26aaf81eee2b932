/**
 * The content of a document in any format: paragraphs and tables in their order. Readers of formats return it; the
 * reader of plans uses it.
 */

/** A cell, with the column in which it begins. */
export interface Cell {
  /** The printed text, with `\n` between its lines. */
  readonly text: string;
  /** Columns that it covers; 0 for a place that a cell to the left covers. */
  readonly span: number;
  /** True if the cell begins in a row above. Its text is then that of the cell above. */
  readonly continued: boolean;
  /** True if its first line is bold. */
  readonly strong: boolean;
  /** An empty item of a numbered list: the word processor prints its number. */
  readonly numbered: boolean;
  /** Texts of the footnotes to which the cell refers; absent if there are none. */
  readonly notes?: readonly string[];
}

/** A row, a cell for each column. */
export interface Row {
  /** Place in the file, for people: `line 12`, `table 1, row 5`. */
  readonly source: string;
  readonly cells: readonly Cell[];
  /** Place of the first blank line before the line; null if there is none. */
  readonly blankBefore: string | null;
}

export interface Table {
  readonly kind: 'table';
  /** True if its rows may lack cells at either end, as in a text without a grid. */
  readonly ragged: boolean;
  readonly rows: readonly Row[];
}

/** A line outside of tables. An empty text separates blocks. */
export interface Paragraph {
  readonly kind: 'paragraph';
  /** The printed text, including its spaces. */
  readonly text: string;
  readonly source: string;
}

export type Block = Paragraph | Table;

/** The content of a document, as the reader of a format returns it. */
export interface DocumentContent {
  /** Name and version of the reader, which is stored with each import: `docx-1`. */
  readonly reader: string;
  readonly blocks: readonly Block[];
  /** Repairs of the document, such as of its encoding. */
  readonly repairs: readonly Repair[];
}

/** A repair that a reader made, or a part that it left out. */
export interface Repair {
  readonly code: 'ENCODING_ASSUMED' | 'SHEETS_LEFT_OUT' | 'STRUCK_LEFT_OUT' | 'HIDDEN_LEFT_OUT' | 'CELL_UNREADABLE';
  readonly text: string;
}

/** Returns true for a cell that has text and is not continued from the cell above. */
export function isFresh({ text, continued }: Cell): boolean {
  return text !== '' && !continued;
}

/** A cell that covers one column. */
export function cellOf(text: string): Cell {
  return { text, span: 1, continued: false, strong: false, numbered: false };
}

/** A place that another cell covers, or that a row does not reach. */
export const NO_CELL: Cell = { text: '', span: 0, continued: false, strong: false, numbered: false };
