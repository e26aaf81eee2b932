import { slicesOf } from '../../slices.js';
import type { Layout } from '../layout.js';
import type { Connection } from './connection.js';
import { sideTableOf } from './schema.js';

/** Rows of one statement. */
const AT_ONCE = 128;

type Pair = readonly [term: number, number: number];

/**
 * New rows of side tables. They are inserted together and in order, which touches each page once and needs few
 * statements.
 */
export class SideRows {
  readonly #pairs: Pair[][];

  constructor(
    private readonly connection: Connection,
    private readonly layout: Layout,
  ) {
    this.#pairs = layout.multis.map(() => []);
  }

  /** Adds the terms of a row, for the multi field at an index of the layout. */
  add(index: number, number: number, terms: readonly number[]): void {
    for (const term of terms) this.#pairs[index]?.push([term, number]);
  }

  /** Inserts the rows that were added so far. */
  flush(): void {
    for (const [index, field] of this.layout.multis.entries()) {
      const pairs = this.#pairs[index]?.splice(0) ?? [];
      pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      for (const piece of slicesOf(pairs, AT_ONCE)) this.#insert(sideTableOf(this.layout, field), piece);
    }
  }

  #insert(table: string, pairs: readonly Pair[]): void {
    // A whole piece, or single rows: each length of a list would be another statement to prepare.
    const size = pairs.length === AT_ONCE ? AT_ONCE : 1;
    const marks = Array.from({ length: size }, () => '(?, ?)').join(', ');
    const insert = `INSERT OR IGNORE INTO ${table} (term, number) VALUES ${marks}`;
    if (size === AT_ONCE) this.connection.run(insert, pairs.flat());
    else for (const pair of pairs) this.connection.run(insert, pair);
  }
}
