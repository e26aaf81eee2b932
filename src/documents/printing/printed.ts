/**
 * A document to be printed in any format. Plans, extracts, reports and comparisons are printed from it, so that they
 * have the same look in html, docx, xlsx and csv.
 */
export interface PrintedDocument {
  /** Title of the page, and of the file. */
  readonly title: string;
  /** The lines of each stamp. The last stamp is at the right. */
  readonly stamps: readonly (readonly string[])[];
  /** Centred lines of the title. */
  readonly heading: readonly string[];
  /** Lines below the title. */
  readonly remarks: readonly string[];
  readonly tables: readonly PrintedTable[];
  /** Lines below the tables. */
  readonly notes: readonly string[];
  readonly landscape: boolean;
  /** Id of the plan if the document is a whole plan. An import of the file recognises it. */
  readonly planId?: string;
}

export interface PrintedTable {
  /** A line above the table; empty for none. */
  readonly caption: string;
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly PrintedRow[];
}

export interface PrintedColumn {
  readonly name: string;
  /** Share of the width, in percent. */
  readonly width: number;
}

export type PrintedRow =
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'row'; readonly id?: string; readonly cells: readonly PrintedCell[] };

/** Lines of a cell, each of one or more runs. */
export type PrintedCell = readonly PrintedLine[];
export type PrintedLine = string | readonly PrintedRun[];

/** A part of a line that has one mark or none. */
export interface PrintedRun {
  readonly text: string;
  /** Change in a comparison, or reference to a note. */
  readonly mark?: 'removed' | 'added' | 'note';
}

/** The runs of a line. */
export function runsOf(line: PrintedLine): readonly PrintedRun[] {
  return typeof line === 'string' ? [{ text: line }] : line;
}

/** A line without its marks. */
export function plain(line: PrintedLine): string {
  return runsOf(line)
    .map(({ text }) => text)
    .join('');
}

/** Returns the cell of a text, with the lines of the text. */
export function cellLines(text: string): PrintedCell {
  return text.split('\n');
}
