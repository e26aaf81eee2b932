import type { Layout } from '../layout.js';
import type { Connection } from './connection.js';
import { sideTableOf, termTableOf } from './schema.js';

/** Records of one statement, during which the event loop is blocked. */
const FILED_AT_ONCE = 1_000;
/** Terms of one statement. */
const TERMS_AT_ONCE = 10_000;

/**
 * Fills the empty side tables of a collection from the lists of its records, and deletes terms that no record contains:
 * they may be personal data. Yields between statements. Nothing else may write to the collection until it ends.
 */
export function* fileLists(connection: Connection, layout: Layout): Generator<void> {
  const { table, multis } = layout;
  const last = greatest(connection, `SELECT max(number) AS last FROM ${table}`);
  for (const [index, field] of multis.entries()) {
    const [side, terms] = [sideTableOf(layout, field), termTableOf(layout, field)];
    // In the order of the side table, so that each of its pages is written once in a statement.
    const insert = `INSERT OR IGNORE INTO ${side} (term, number) SELECT listed.value, record.number
      FROM ${table} AS record, json_each(nullif(record.lists, ''), '$[${index}]') AS listed
      WHERE record.number > ? AND record.number <= ? ORDER BY 1, 2`;
    for (let from = 0; from < last; from += FILED_AT_ONCE) {
      connection.run(insert, [from, from + FILED_AT_ONCE]);
      yield;
    }
    const lastTerm = greatest(connection, `SELECT max(term) AS last FROM ${terms}`);
    const unused = `DELETE FROM ${terms} WHERE term > ? AND term <= ? AND term NOT IN (SELECT term FROM ${side})`;
    for (let from = 0; from < lastTerm; from += TERMS_AT_ONCE) {
      connection.run(unused, [from, from + TERMS_AT_ONCE]);
      yield;
    }
  }
}

function greatest(connection: Connection, query: string): number {
  const [row] = connection.all(query, []);
  return Number(row?.last ?? 0);
}
