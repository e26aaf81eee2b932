import { slicesOf } from '../../slices.js';
import type { Connection, SqlTuple } from './connection.js';
import { parameterListSql } from './query.js';
import { type RowShape, tupleText } from './rows.js';
import { boundText } from './values.js';

/** More ids than this are split into several queries. */
const IDS_AT_ONCE = 512;

/** Returns the rows with these ids that fulfil a condition, by id, which is the first of the columns. */
export function rowsById(
  connection: Connection,
  { layout, columns }: Pick<RowShape, 'layout' | 'columns'>,
  ids: readonly string[],
  condition: '' | ' AND deleted = 0',
): ReadonlyMap<string, SqlTuple> {
  const rows = new Map<string, SqlTuple>();
  for (const piece of slicesOf([...new Set(ids)], IDS_AT_ONCE)) {
    const list = parameterListSql(piece.map(boundText));
    const text = `SELECT ${columns} FROM ${layout.table} WHERE id IN ${list.text}${condition}`;
    for (const row of connection.tuples(text, list.values)) rows.set(tupleText(row, 0), row);
  }
  return rows;
}
