import type { Layout } from '../layout.js';
import type { Write } from '../port.js';
import { checkKeys } from '../values.js';
import type { Bound, Connection } from './connection.js';
import { type Encoded, encode, termLists, textColumn } from './rows.js';
import { columnOf, sideTableOf } from './schema.js';
import { SideRows } from './sideRows.js';
import type { Terms } from './terms.js';
import { boundText } from './values.js';

/** A write after its checks, ready for {@link BatchWriter}. */
export type PreparedWrite =
  | { readonly kind: 'put'; readonly expected: string | null; readonly row: Encoded }
  | { readonly kind: 'delete'; readonly expected: string | null; readonly id: string; readonly position: string };

/** A row before it is written, with the values of {@link columnsOf}. */
interface NewRow {
  readonly id: string;
  readonly values: readonly (Bound | null)[];
  /** The column of the lists. */
  readonly lists: string;
  readonly terms: readonly (readonly number[])[];
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

/** Executes the writes of a batch within a transaction. */
export class BatchWriter {
  readonly #sideRows: SideRows | undefined;
  readonly #insert: string;
  readonly #update: string;

  /** @param isFiled false if the side tables are filled later, from the lists of the records. */
  constructor(
    private readonly connection: Connection,
    private readonly terms: Terms,
    private readonly layout: Layout,
    isFiled: boolean,
  ) {
    const columns = columnsOf(layout);
    const marks = columns.map(() => ', ?').join('');
    this.#sideRows = isFiled ? new SideRows(connection, layout) : undefined;
    this.#insert = `INSERT INTO ${layout.table} (id, ${columns.join(', ')}) VALUES (?${marks}) ON CONFLICT (id) DO NOTHING`;
    this.#update = `UPDATE ${layout.table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE number = ?`;
  }

  /** Executes all writes. Returns for each false if the record is not at the expected position. */
  all(writes: readonly PreparedWrite[]): boolean[] {
    const done = writes.map((write) =>
      this.#moved(write.expected, write.kind === 'put' ? this.#present(write.row) : this.#tombstone(write)),
    );
    this.#sideRows?.flush();
    return done;
  }

  #present({ id, position, scalars, lists, exact, body }: Encoded): NewRow {
    const { layout, terms } = this;
    const numbers = lists.map((list, index) => terms.numbersOf(layout, layout.multis[index] ?? '', list));
    const stored = numbers.some((list) => list.length > 0) ? JSON.stringify(numbers) : '';
    const bound = layout.scalars.map((field, index) => {
      const value = scalars[index] ?? '';
      return layout.keys.has(field) ? terms.numberOf(layout, field, String(value)) : value;
    });
    return { id, values: [position, 0, ...bound, stored, exact, body], lists: stored, terms: numbers };
  }

  /** Returns the row of a tombstone. All content of the record is cleared, because it may be personal data. */
  #tombstone({ id, position }: { readonly id: string; readonly position: string }): NewRow {
    const { scalars, multis } = this.layout;
    const values = [position, 1, ...scalars.map(() => null), '', '', ''];
    return { id, values, lists: '', terms: multis.map(() => []) };
  }

  /** Compare-and-set: inserts if nothing is expected, otherwise updates the row at the expected position. */
  #moved(expected: string | null, row: NewRow): boolean {
    const { connection } = this;
    if (expected === null) {
      const number = connection.insert(this.#insert, [row.id, ...row.values]);
      if (number === undefined) return false;
      for (const [index, terms] of row.terms.entries()) this.#sideRows?.add(index, number, terms);
      return true;
    }
    const at = `SELECT number, lists FROM ${this.layout.table} WHERE id = ? AND pos = ?`;
    const [found] = connection.all(at, [row.id, boundText(expected)]);
    if (found === undefined) return false;
    connection.run(this.#update, [...row.values, Number(found.number)]);
    const lists = textColumn(found, 'lists');
    // Most puts do not change the lists of a record.
    if (this.#sideRows && lists !== row.lists)
      this.#refile(this.#sideRows, Number(found.number), termLists(this.layout, lists), row.terms);
    return true;
  }

  /** Writes only the difference of the lists, and deletes terms that no row has any more. */
  #refile(sideRows: SideRows, number: number, before: NewRow['terms'], after: NewRow['terms']): void {
    // A row of this batch may have been added to the side tables.
    sideRows.flush();
    for (const [index, field] of this.layout.multis.entries()) {
      const [past, present] = [new Set(before[index]), new Set(after[index])];
      const gone = [...past].filter((term) => !present.has(term));
      const remove = `DELETE FROM ${sideTableOf(this.layout, field)} WHERE term = ? AND number = ?`;
      for (const term of gone) this.connection.run(remove, [term, number]);
      const added = [...present].filter((term) => !past.has(term));
      sideRows.add(index, number, added);
      sideRows.flush();
      this.terms.purge(this.layout, field, gone);
    }
  }
}

function columnsOf(layout: Layout): readonly string[] {
  return ['pos', 'deleted', ...layout.scalars.map(columnOf), 'lists', 'exact', 'body'];
}
