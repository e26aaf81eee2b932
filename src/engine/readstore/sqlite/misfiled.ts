import type { Layout } from '../layout.js';
import type { Connection, SqlRow } from './connection.js';
import { listSql } from './query.js';
import { documentFromRow, encode, ROW_COLUMNS, textColumn } from './rows.js';
import { columnOf, sideTableOf } from './schema.js';
import { boundText } from './values.js';

const ROWS_PER_READ = 500;

/** Returns the ids of records whose index columns or side tables differ from their fields. */
export function misfiledIn(connection: Connection, layout: Layout): string[] {
  const columns = [ROW_COLUMNS, ...layout.scalars.map(columnOf)].join(', ');
  const sql = `SELECT ${columns} FROM ${layout.table} WHERE deleted = 0 AND id > ? ORDER BY id LIMIT ${ROWS_PER_READ}`;
  const found = new Set<string>();
  for (let after = ''; ; ) {
    const rows = connection.all(sql, [after]);
    const words = new Map(layout.multis.map((field) => [field, sideTableWords(connection, layout, field, rows)]));
    for (const row of rows) if (!isFiled(layout, row, words)) found.add(textColumn(row, 'id'));
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_READ) break;
    after = textColumn(last, 'id');
  }
  for (const field of layout.multis) {
    const side = sideTableOf(layout, field);
    const strays = `SELECT DISTINCT id FROM ${side} WHERE id NOT IN (SELECT id FROM ${layout.table} WHERE deleted = 0)`;
    for (const row of connection.all(strays, [])) found.add(textColumn(row, 'id'));
  }
  return [...found];
}

/** Returns the values of a multi field in its side table, by the ids of some rows. */
function sideTableWords(
  connection: Connection,
  layout: Layout,
  field: string,
  rows: readonly SqlRow[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const words = new Map<string, Set<string>>();
  if (rows.length === 0) return words;
  const list = listSql(rows.map((row) => boundText(textColumn(row, 'id'))));
  const sql = `SELECT id, value FROM ${sideTableOf(layout, field)} WHERE id IN ${list.text}`;
  for (const row of connection.all(sql, list.values)) {
    const id = textColumn(row, 'id');
    words.set(id, (words.get(id) ?? new Set()).add(textColumn(row, 'value')));
  }
  return words;
}

function isFiled(
  layout: Layout,
  row: SqlRow,
  words: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>,
): boolean {
  const { scalars, multis } = encode(layout, documentFromRow(layout, row));
  const id = textColumn(row, 'id');
  return (
    layout.scalars.every((field, index) => row[columnOf(field)] === scalars[index]) &&
    layout.multis.every((field) => isSameSet(multis.get(field) ?? new Set(), words.get(field)?.get(id) ?? new Set()))
  );
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((value) => other.has(value));
}
