import type { Layout } from '../layout.js';
import type { Write } from '../port.js';
import { checkKeys } from '../values.js';
import type { Bound, Connection } from './connection.js';
import { type Encoded, encode, textColumn } from './rows.js';
import { columnOf, sideTableOf } from './schema.js';
import { boundText } from './values.js';

/** A write after its checks, ready for {@link doWrite}. */
export type PreparedWrite =
  | { readonly kind: 'put'; readonly expected: string | null; readonly row: Encoded }
  | { readonly kind: 'delete'; readonly expected: string | null; readonly id: string; readonly position: string };

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
  // Clear all content of the record: it may be personal data.
  const columns = ['pos', 'deleted', 'fields', 'body'];
  const done = moved(connection, layout, columns, [write.position, 1, '', ''], write.id, write.expected);
  if (!done) return false;
  const scalars = layout.scalars.map((field) => `${columnOf(field)} = NULL`).join(', ');
  if (scalars !== '') connection.run(`UPDATE ${layout.table} SET ${scalars} WHERE id = ?`, [write.id]);
  for (const field of layout.multis)
    connection.run(`DELETE FROM ${sideTableOf(layout, field)} WHERE id = ?`, [write.id]);
  return true;
}

/** Compare-and-set: inserts if nothing is expected, otherwise updates the row at the expected position. */
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

/** Writes only the difference: most puts do not change the words of a record. */
function syncSide(connection: Connection, side: string, id: string, values: ReadonlySet<string>): void {
  const rows = connection.all(`SELECT value FROM ${side} WHERE id = ?`, [id]);
  const present = new Set(rows.map((row) => textColumn(row, 'value')));
  for (const value of present)
    if (!values.has(value)) connection.run(`DELETE FROM ${side} WHERE value = ? AND id = ?`, [value, id]);
  for (const value of values)
    if (!present.has(value)) connection.run(`INSERT INTO ${side} (value, id) VALUES (?, ?)`, [value, id]);
}
