import type { Layout } from '../layout.js';
import type { Connection } from './connection.js';
import { sideTableOf, termTableOf } from './schema.js';

/** Records of one statement, during which the event loop is blocked. */
const FILED_AT_ONCE = 1_000;

/**
 * Fills the empty side tables of a collection from the lists of its records, and deletes terms that no record contains:
 * they may be personal data. Yields between statements.
 */
export function* fileLists(connection: Connection, layout: Layout): Generator<void> {
  const { table, multis } = layout;
  const [row] = connection.all(`SELECT max(number) AS last FROM ${table}`, []);
  const last = Number(row?.last ?? 0);
  for (const [index, field] of multis.entries()) {
    const [side, terms] = [sideTableOf(layout, field), termTableOf(layout, field)];
    const insert = `INSERT OR IGNORE INTO ${side} (term, number) SELECT listed.value, record.number
      FROM ${table} AS record, json_each(nullif(record.lists, ''), '$[${index}]') AS listed
      WHERE record.number > ? AND record.number <= ? ORDER BY 1, 2`;
    for (let from = 0; from < last; from += FILED_AT_ONCE) {
      connection.run(insert, [from, from + FILED_AT_ONCE]);
      yield;
    }
    connection.run(`DELETE FROM ${terms} WHERE term NOT IN (SELECT term FROM ${side})`, []);
  }
}
