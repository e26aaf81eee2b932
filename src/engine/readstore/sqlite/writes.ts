import type { Layout } from '../layout.js';
import type { Write } from '../port.js';
import { checkKeys } from '../values.js';
import type { Bound, Connection } from './connection.js';
import { type Encoded, encode, termLists, textColumn } from './rows.js';
import { columnOf, sideTableOf } from './schema.js';
import type { Terms } from './terms.js';
import { boundText } from './values.js';

/** A write after its checks, ready for {@link doWrite}. */
export type PreparedWrite =
  | { readonly kind: 'put'; readonly expected: string | null; readonly row: Encoded }
  | { readonly kind: 'delete'; readonly expected: string | null; readonly id: string; readonly position: string };

/** The connection that writes, with its terms. */
export interface Writer {
  readonly connection: Connection;
  readonly terms: Terms;
}

/** A row that is there at the expected position, with the column of its lists. */
interface Found {
  readonly number: number;
  readonly lists: string;
}

/**
 * Checks a write, so that a malformed one fails its batch before anything is written.
 *
 * @throws TypeError as `encode` does.
 */
export function prepareWrite(layout: Layout, write: Write): PreparedWrite {
  if (write.kind === 'put') return { kind: 'put', expected: write.expected, row: encode(layout, write.document) };
  checkKeys(`${layout.table} ${write.id}`, write.id, write.position);
  return write;
}

/** Executes a write within a transaction. Returns false if the record is not at the expected position. */
export function doWrite(writer: Writer, layout: Layout, write: PreparedWrite): boolean {
  return write.kind === 'put' ? put(writer, layout, write) : bury(writer, layout, write);
}

function put(writer: Writer, layout: Layout, write: PreparedWrite & { kind: 'put' }): boolean {
  const { id, position, scalars, lists, exact, body } = write.row;
  const terms = lists.map((list, index) => {
    const field = layout.multis[index] ?? '';
    return list.map((text) => writer.terms.numberOf(layout, field, text));
  });
  const stored = terms.some((list) => list.length > 0) ? JSON.stringify(terms) : '';
  const bound = layout.scalars.map((field, index) => {
    const value = scalars[index] ?? '';
    return layout.keys.has(field) ? writer.terms.numberOf(layout, field, String(value)) : value;
  });
  return moved(writer, layout, write.expected, {
    id,
    values: [position, 0, ...bound, stored, exact, body],
    stored,
    terms,
  });
}

function bury(writer: Writer, layout: Layout, { id, expected, position }: PreparedWrite & { kind: 'delete' }): boolean {
  // Clear all content of the record: it may be personal data.
  const values = [position, 1, ...layout.scalars.map(() => null), '', '', ''];
  return moved(writer, layout, expected, { id, values, stored: '', terms: layout.multis.map(() => []) });
}

interface Row {
  readonly id: string;
  /** The values of {@link columnsOf}. */
  readonly values: readonly (Bound | null)[];
  /** The column of the lists. */
  readonly stored: string;
  readonly terms: readonly (readonly number[])[];
}

/** Compare-and-set: inserts if nothing is expected, otherwise updates the row at the expected position. */
function moved(writer: Writer, layout: Layout, expected: string | null, row: Row): boolean {
  const { connection } = writer;
  const columns = columnsOf(layout);
  if (expected === null) {
    const marks = columns.map(() => ', ?').join('');
    const insert = `INSERT INTO ${layout.table} (id, ${columns.join(', ')}) VALUES (?${marks}) ON CONFLICT (id) DO NOTHING`;
    const number = connection.insert(insert, [row.id, ...row.values]);
    if (number === undefined) return false;
    for (const [index, field] of layout.multis.entries()) file(writer, layout, field, number, row.terms[index] ?? []);
    return true;
  }
  const found = rowAt(connection, layout, row.id, expected);
  if (found === undefined) return false;
  const set = columns.map((column) => `${column} = ?`).join(', ');
  connection.run(`UPDATE ${layout.table} SET ${set} WHERE number = ?`, [...row.values, found.number]);
  // Most puts do not change the lists of a record.
  if (found.lists !== row.stored) refile(writer, layout, found, row);
  return true;
}

function columnsOf(layout: Layout): readonly string[] {
  return ['pos', 'deleted', ...layout.scalars.map(columnOf), 'lists', 'exact', 'body'];
}

function rowAt(connection: Connection, { table }: Layout, id: string, expected: string): Found | undefined {
  const [row] = connection.all(`SELECT number, lists FROM ${table} WHERE id = ? AND pos = ?`, [
    id,
    boundText(expected),
  ]);
  return row && { number: Number(row.number), lists: textColumn(row, 'lists') };
}

/** Writes only the difference of the lists, and deletes terms that no row has any more. */
function refile(writer: Writer, layout: Layout, found: Found, row: Row): void {
  const before = termLists(layout, found.lists);
  for (const [index, field] of layout.multis.entries()) {
    const [past, present] = [before[index] ?? [], row.terms[index] ?? []];
    const gone = past.filter((term) => !present.includes(term));
    const side = sideTableOf(layout, field);
    for (const term of gone) {
      writer.connection.run(`DELETE FROM ${side} WHERE term = ? AND number = ?`, [term, found.number]);
    }
    file(
      writer,
      layout,
      field,
      found.number,
      present.filter((term) => !past.includes(term)),
    );
    writer.terms.purge(layout, field, gone);
  }
}

function file({ connection }: Writer, layout: Layout, field: string, number: number, terms: readonly number[]): void {
  const insert = `INSERT OR IGNORE INTO ${sideTableOf(layout, field)} (term, number) VALUES (?, ?)`;
  for (const term of terms) connection.run(insert, [term, number]);
}
