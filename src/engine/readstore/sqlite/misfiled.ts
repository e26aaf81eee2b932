import type { Layout } from '../layout.js';
import type { Connection } from './connection.js';
import { sideTableOf } from './schema.js';

/**
 * Returns the ids of records whose side tables differ from their lists; for an entry of a side table without a record,
 * the number of its row.
 */
export function misfiledIn(connection: Connection, layout: Layout): string[] {
  const { table, multis } = layout;
  const found = multis.flatMap((field, index) => {
    const side = sideTableOf(layout, field);
    const listed = `json_each(CASE record.lists WHEN '' THEN '[]' ELSE record.lists END, '$[${index}]') AS listed`;
    const missing = `SELECT record.id AS id FROM ${table} AS record, ${listed} WHERE record.deleted = 0
      AND NOT EXISTS (SELECT 1 FROM ${side} AS filed WHERE filed.term = listed.value AND filed.number = record.number)`;
    const strays = `SELECT coalesce(record.id, '#' || filed.number) AS id FROM ${side} AS filed
      LEFT JOIN ${table} AS record ON record.number = filed.number
      WHERE record.deleted IS NOT 0 OR NOT EXISTS (SELECT 1 FROM ${listed} WHERE listed.value = filed.term)`;
    return [...connection.all(missing, []), ...connection.all(strays, [])];
  });
  return [...new Set(found.map(({ id }) => String(id)))];
}
