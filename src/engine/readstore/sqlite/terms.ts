import type { Layout } from '../layout.js';
import type { Connection } from './connection.js';
import { textColumn } from './rows.js';
import { sideTableOf, termTableOf } from './schema.js';

/** Maximum number of terms of one field that a connection caches in each direction. Above it, the cache is emptied. */
const MAX_CACHED_TERMS = 50_000;

/**
 * The terms of a store: each text of a key field or of a list is stored once, in the term table of its field, and rows
 * and indexes contain its number.
 */
export class Terms {
  readonly #numbers = new Map<string, Map<string, number>>();
  readonly #texts = new Map<string, Map<number, string>>();

  constructor(private readonly connection: Connection) {}

  /** Returns the number of a term, which is added if it is new. Call it within a transaction only. */
  numberOf(layout: Layout, field: string, text: string): number {
    const table = termTableOf(layout, field);
    return this.#numberIn(table, cacheOf(this.#numbers, table), text);
  }

  /** Returns the numbers of several terms of a field, as {@link numberOf} does. */
  numbersOf(layout: Layout, field: string, texts: readonly string[]): readonly number[] {
    const table = termTableOf(layout, field);
    const cache = cacheOf(this.#numbers, table);
    return texts.map((text) => this.#numberIn(table, cache, text));
  }

  #numberIn(table: string, cache: Map<string, number>, text: string): number {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const [row] = this.connection.all(`SELECT term FROM ${table} WHERE text = ?`, [text]);
    const number = row ? Number(row.term) : this.connection.insert(`INSERT INTO ${table} (text) VALUES (?)`, [text]);
    if (number === undefined) throw new Error(`${table}: a term was not stored`);
    cache.set(text, number);
    return number;
  }

  /** Returns the text of a term of a table; empty if it was deleted by hand. */
  textOf(table: string, number: number): string {
    const cache = cacheOf(this.#texts, table);
    const known = cache.get(number);
    if (known !== undefined) return known;
    const [row] = this.connection.all(`SELECT text FROM ${table} WHERE term = ?`, [number]);
    if (row === undefined) return '';
    const text = textColumn(row, 'text');
    cache.set(number, text);
    return text;
  }

  /** Deletes those of the given terms of a list that no row contains any more: they may be personal data. */
  purge(layout: Layout, field: string, numbers: readonly number[]): void {
    const table = termTableOf(layout, field);
    for (const number of numbers) {
      const used = `SELECT 1 FROM ${sideTableOf(layout, field)} WHERE term = ? LIMIT 1`;
      if (this.connection.all(used, [number]).length > 0) continue;
      const gone = this.connection.all(`DELETE FROM ${table} WHERE term = ? RETURNING text`, [number]);
      for (const row of gone) this.#numbers.get(table)?.delete(textColumn(row, 'text'));
    }
  }

  /** Forgets all cached terms, after a rollback or when tables were dropped. */
  clear(): void {
    this.#numbers.clear();
    this.#texts.clear();
  }
}

function cacheOf<Key, Value>(caches: Map<string, Map<Key, Value>>, table: string): Map<Key, Value> {
  const known = caches.get(table);
  if (known && known.size < MAX_CACHED_TERMS) return known;
  const cache = new Map<Key, Value>();
  caches.set(table, cache);
  return cache;
}
