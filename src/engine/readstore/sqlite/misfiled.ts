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
    const list = `json_each(CASE lists WHEN '' THEN '[]' ELSE lists END, '$[${index}]') AS listed`;
    const missing = `SELECT id FROM ${table}, ${list} WHERE deleted = 0
      AND NOT EXISTS (SELECT 1 FROM ${side} WHERE term = listed.value AND number = ${table}.number)`;
    const strays = `SELECT coalesce(id, '#' || filed.number) AS id FROM ${side} AS filed
      LEFT JOIN ${table} ON ${table}.number = filed.number WHERE deleted IS NOT 0
      OR NOT EXISTS (SELECT 1 FROM ${list} WHERE listed.value = filed.term)`;
    return [...connection.all(missing, []), ...connection.all(strays, [])];
  });
  return [...new Set(found.map(({ id }) => String(id)))];
}
