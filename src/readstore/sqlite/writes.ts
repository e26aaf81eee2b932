import type { Layout } from '../layout.js';
import type { Write } from '../port.js';
import { checkKeys } from '../values.js';
import type { Bound, Connection } from './connection.js';
import { type Encoded, encode, textOf } from './rows.js';
import { columnOf, sideTableOf } from './schema.js';
import { boundText } from './values.js';

/** A write, checked and ready to be done. */
export type PreparedWrite =
  | { readonly kind: 'put'; readonly expected: string | null; readonly row: Encoded }
  | { readonly kind: 'delete'; readonly expected: string | null; readonly id: string; readonly position: string };

/**
 * Checks a write, so that nothing of a batch is done when one of it is malformed.
 *
 * @throws TypeError as `encode` does.
 */
export function prepareWrite(layout: Layout, write: Write): PreparedWrite {
  if (write.kind === 'put') return { kind: 'put', expected: write.expected, row: encode(layout, write.document) };
  checkKeys(`${layout.table} ${write.id}`, write.id, write.position);
  return write;
}

/** Does a write within a transaction, when the document is where the write expects it; tells whether it did. */
export function doWrite(connection: Connection, layout: Layout, write: PreparedWrite): boolean {
  return write.kind === 'put' ? put(connection, layout, write) : bury(connection, layout, write);
}

function put(connection: Connection, layout: Layout, write: PreparedWrite & { kind: 'put' }): boolean {
  const { id, position, scalars, multis, fields, body } = write.row;
  const columns = ['pos', 'deleted', ...layout.scalars.map(columnOf), 'fields', 'body'];
  const done = moved(connection, layout, columns, [position, 0, ...scalars, fields, body], id, write.expected);
  if (done) for (const [field, values] of multis) syncSide(connection, sideTableOf(layout, field), id, values);
  return done;
}

function bury(connection: Connection, layout: Layout, write: PreparedWrite & { kind: 'delete' }): boolean {
  // Nothing of the document outlives it: what is deleted may be a person's.
  const columns = ['pos', 'deleted', 'fields', 'body'];
  const done = moved(connection, layout, columns, [write.position, 1, '', ''], write.id, write.expected);
  if (!done) return false;
  const scalars = layout.scalars.map((field) => `${columnOf(field)} = NULL`).join(', ');
  if (scalars !== '') connection.run(`UPDATE ${layout.table} SET ${scalars} WHERE id = ?`, [write.id]);
  for (const field of layout.multis)
    connection.run(`DELETE FROM ${sideTableOf(layout, field)} WHERE id = ?`, [write.id]);
  return true;
}

/** The compare-and-set: inserts when nothing is expected, updates the row at the expected position otherwise. */
function moved(
  connection: Connection,
  { table }: Layout,
  columns: readonly string[],
  values: readonly Bound[],
  id: string,
  expected: string | null,
): boolean {
  if (expected === null) {
    const marks = columns.map(() => ', ?').join('');
    const insert = `INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?${marks}) ON CONFLICT (id) DO NOTHING`;
    return connection.run(insert, [id, ...values]) === 1;
  }
  const set = columns.map((column) => `${column} = ?`).join(', ');
  return (
    connection.run(`UPDATE ${table} SET ${set} WHERE id = ? AND pos = ?`, [...values, id, boundText(expected)]) === 1
  );
}

/** Writes the difference only: most puts leave the words of a document as they are. */
function syncSide(connection: Connection, side: string, id: string, values: ReadonlySet<string>): void {
  const rows = connection.all(`SELECT value FROM ${side} WHERE id = ?`, [id]);
  const present = new Set(rows.map((row) => textOf(row, 'value')));
  for (const value of present)
    if (!values.has(value)) connection.run(`DELETE FROM ${side} WHERE value = ? AND id = ?`, [value, id]);
  for (const value of values)
    if (!present.has(value)) connection.run(`INSERT INTO ${side} (value, id) VALUES (?, ?)`, [value, id]);
}
