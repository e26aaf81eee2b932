import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSqlite, openSqliteToLook } from '../../storage/sqlite.js';
import { type Layout, layoutOf, olderOf, tableOf } from '../layout.js';
import {
  type CollectionSpec,
  checkpointOf,
  type Document,
  type Filter,
  type Loaded,
  type Page,
  type PageRequest,
  type ReadStore,
  ReadStoreDamaged,
  type Standing,
  type SumRequest,
  type Write,
} from '../port.js';
import { Connection, type Sql, type SqlRow, translated } from './connection.js';
import { misfiledIn } from './misfiled.js';
import { countSql, listSql, pageSql, sumsSql } from './query.js';
import { documentFromRow, loadedFromRow, rowColumns, textColumn } from './rows.js';
import { buildsOf, createIndex, dropCollection, missingIndexes, prepareTables } from './schema.js';
import { Terms } from './terms.js';
import { boundText } from './values.js';
import { BatchWriter, prepareWrite } from './writes.js';

/** The embedded read store, with query plans for tests. */
export interface SqliteReadStore extends ReadStore {
  /** Returns the lines of SQLite's query plan for a page: SEARCH by an index is good, SCAN of a table is not. */
  explain(spec: CollectionSpec, page: PageRequest): readonly string[];
  /** Returns the lines of the query plan for a count. */
  explainCount(spec: CollectionSpec, filter: Filter): readonly string[];
  /** Returns the lines of the query plan for sums. */
  explainSums(spec: CollectionSpec, request: SumRequest): readonly string[];
}

/**
 * Opens the embedded read store in its file, or creates it.
 *
 * @param onDamage called once, if the file is found damaged after opening.
 * @throws ReadStoreDamaged if the file is damaged; ReadStoreUnavailable if it cannot be opened.
 */
export async function openSqliteReadStore(
  file: string,
  onDamage: () => void = () => undefined,
): Promise<SqliteReadStore> {
  const opened: Connection[] = [];
  let isTold = false;
  // Damage found while opening is thrown instead.
  let isOpen = false;
  const onceOnly = () => {
    if (isOpen && !isTold) onDamage();
    isTold = isTold || isOpen;
  };
  try {
    const writer = new Connection(await openSqlite(file, 'writer'), onceOnly);
    opened.push(writer);
    // The file stays consistent with NORMAL. A power loss may lose the last commits, including checkpoints, in order,
    // so that the runner repeats them.
    writer.exec('PRAGMA synchronous = NORMAL');
    // Records are stored in the order of their ids, not of time: a rebuild touches pages everywhere.
    writer.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000');
    prepareBookkeeping(writer);
    const reader = new Connection(await openSqlite(file, 'reader'), onceOnly);
    opened.push(reader);
    isOpen = true;
    return new Store(writer, reader);
  } catch (error) {
    for (const connection of opened) connection.close();
    throw translated(error);
  }
}

/** Opens a read store in memory, for temporary read models. Closing it deletes them. */
export async function openReadStoreInMemory(): Promise<ReadStore> {
  const connection = new Connection(await openSqlite(':memory:', 'writer'));
  prepareBookkeeping(connection);
  return new Store(connection, connection, true);
}

/**
 * Opens the embedded read store of a file read-only; writes fail.
 *
 * @throws ReadStoreUnavailable if the file does not exist or cannot be read.
 */
export async function lookIntoReadStore(file: string): Promise<ReadStore> {
  try {
    const reader = new Connection(await openSqliteToLook(file));
    return new Store(reader, reader, true);
  } catch (error) {
    throw translated(error);
  }
}

function prepareBookkeeping(connection: Connection): void {
  connection.exec(
    'CREATE TABLE IF NOT EXISTS checkpoint (model TEXT NOT NULL PRIMARY KEY, pos TEXT NOT NULL) WITHOUT ROWID',
  );
  connection.exec(
    'CREATE TABLE IF NOT EXISTS build (collection TEXT NOT NULL PRIMARY KEY, live INTEGER NOT NULL) WITHOUT ROWID',
  );
}

// Others get their turn after the creation of an index that took longer: it grows with the number of records.
const LONG_MS = 2;

// More ids than this are split into several queries.
const IDS_AT_ONCE = 512;

/**
 * The driver is synchronous: each call ends before the next one starts, so no queue is needed. Methods are async
 * because the port requires it, and so that errors become rejections.
 */
class Store implements SqliteReadStore {
  readonly engine = 'sqlite';
  private closed = false;
  /** Terms by the connection that writes, which sees those of its open transaction, and by the one that reads. */
  private readonly written: Terms;
  private readonly read: Terms;

  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
    private readonly isOne = false,
  ) {
    this.written = new Terms(writer);
    this.read = new Terms(reader);
  }

  async prepare(specs: readonly CollectionSpec[]): Promise<void> {
    const layouts = specs.map(layoutOf);
    this.writer.transaction(() => {
      for (const layout of layouts) prepareTables(this.writer, layout);
    });
    for (const layout of layouts) {
      for (const name of missingIndexes(this.writer, layout)) {
        const start = performance.now();
        createIndex(this.writer, layout, name);
        if (performance.now() - start > LONG_MS) await nextTurn();
      }
    }
  }

  async get(spec: CollectionSpec, ids: readonly string[]): Promise<readonly (Document | undefined)[]> {
    const layout = layoutOf(spec);
    const rows = this.rowsById(layout, ids, ' AND deleted = 0');
    return ids.map((id) => {
      const row = rows.get(id);
      return row && documentFromRow(layout, row, this.read);
    });
  }

  async load(spec: CollectionSpec, ids: readonly string[]): Promise<readonly Loaded[]> {
    const layout = layoutOf(spec);
    const rows = this.rowsById(layout, ids, '');
    return ids.map((id) => loadedFromRow(layout, rows.get(id), this.read));
  }

  async positions(spec: CollectionSpec, ids: readonly string[]): Promise<readonly (string | null)[]> {
    const rows = this.rowsById(layoutOf(spec), ids, '', 'id, pos');
    return ids.map((id) => {
      const row = rows.get(id);
      return row ? textColumn(row, 'pos') : null;
    });
  }

  async find(spec: CollectionSpec, page: PageRequest): Promise<Page> {
    const layout = layoutOf(spec);
    const sql = pageSql(layout, page);
    const rows = this.reader.all(sql.text, sql.values);
    const documents = rows.slice(0, page.limit).map((row) => documentFromRow(layout, row, this.read));
    return { documents: page.backwards ? documents.reverse() : documents, more: rows.length > page.limit };
  }

  async missingIndexes(spec: CollectionSpec): Promise<readonly string[]> {
    return missingIndexes(this.reader, layoutOf(spec));
  }

  async misfiled(spec: CollectionSpec): Promise<readonly string[]> {
    return misfiledIn(this.reader, layoutOf(spec));
  }

  async count(spec: CollectionSpec, filter: Filter): Promise<number> {
    const sql = countSql(layoutOf(spec), filter);
    return Number(this.reader.all(sql.text, sql.values)[0]?.count);
  }

  async sums(spec: CollectionSpec, request: SumRequest): Promise<ReadonlyMap<string, number>> {
    const sql = sumsSql(layoutOf(spec), request);
    return new Map(this.reader.all(sql.text, sql.values).map((row) => [textColumn(row, 'value'), Number(row.total)]));
  }

  async write(spec: CollectionSpec, writes: readonly Write[]): Promise<readonly boolean[]> {
    const layout = layoutOf(spec);
    const prepared = writes.map((write) => prepareWrite(layout, write));
    if (prepared.length === 0) return [];
    // One transaction for speed only: a lost race does not undo the other writes.
    return this.transaction(() => new BatchWriter(this.writer, this.written, layout).all(prepared));
  }

  async checkpoint(model: string): Promise<string | undefined> {
    const [row] = this.reader.all('SELECT pos FROM checkpoint WHERE model = ?', [model]);
    return row && textColumn(row, 'pos');
  }

  async moveCheckpoint(model: string, from: string | undefined, to: string): Promise<boolean> {
    if (from === undefined) {
      const insert = 'INSERT INTO checkpoint (model, pos) VALUES (?, ?) ON CONFLICT (model) DO NOTHING';
      return this.writer.run(insert, [model, to]) === 1;
    }
    return this.writer.run('UPDATE checkpoint SET pos = ? WHERE model = ? AND pos = ?', [to, model, from]) === 1;
  }

  async clear(spec: CollectionSpec, indexed = true): Promise<void> {
    const layout = layoutOf(spec);
    // Drop and create the tables instead of deleting rows: this also repairs tables with other columns.
    this.transaction(() => {
      this.drops(layout);
      prepareTables(this.writer, layout);
      this.writer.run('DELETE FROM checkpoint WHERE model = ?', [checkpointOf(spec)]);
      if (!indexed) return;
      for (const name of missingIndexes(this.writer, layout)) createIndex(this.writer, layout, name);
    });
  }

  async drop(spec: CollectionSpec): Promise<void> {
    this.transaction(() => {
      this.drops(layoutOf(spec));
      this.writer.run('DELETE FROM checkpoint WHERE model = ?', [checkpointOf(spec)]);
    });
  }

  async liveBuild(spec: CollectionSpec): Promise<number> {
    const [row] = this.reader.all('SELECT live FROM build WHERE collection = ?', [tableOf({ ...spec, build: 0 })]);
    return Number(row?.live ?? 0);
  }

  async standing(specs: readonly CollectionSpec[]): Promise<readonly Standing[]> {
    return Promise.all(
      specs.map(async (spec) => {
        const build = await this.liveBuild(spec);
        return { build, position: await this.checkpoint(checkpointOf({ ...spec, build })) };
      }),
    );
  }

  async switchBuilds(specs: readonly CollectionSpec[]): Promise<void> {
    this.transaction(() => {
      for (const spec of specs) this.switchBuild(spec);
    });
  }

  private switchBuild(spec: CollectionSpec): void {
    const live = spec.build ?? 0;
    const upsert = 'INSERT INTO build (collection, live) VALUES (?, ?) ON CONFLICT (collection) DO UPDATE SET live = ?';
    this.writer.run(upsert, [tableOf({ ...spec, build: 0 }), live, live]);
    for (const build of buildsOf(this.writer, spec)) {
      if (build === live) continue;
      const other = { ...spec, build };
      this.drops(layoutOf(other));
      this.writer.run('DELETE FROM checkpoint WHERE model = ?', [checkpointOf(other)]);
    }
  }

  async dropOlder(specs: readonly CollectionSpec[]): Promise<readonly string[]> {
    const tables = this.writer
      .all("SELECT name FROM sqlite_schema WHERE type = 'table'", [])
      .map(({ name }) => String(name));
    const older = olderOf(tables, specs).map((named) => ({ ...named, fields: {}, indexes: [] }));
    for (const spec of older) await this.drop(spec);
    return [...new Set(older.map(({ name, version }) => `${name}@${version}`))];
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.reader.close();
    if (this.isOne) return;
    try {
      this.writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // A damaged file is not reused, so a failed checkpoint of it does no harm.
      if (!(error instanceof ReadStoreDamaged)) throw error;
    } finally {
      this.writer.close();
    }
  }

  explain(spec: CollectionSpec, page: PageRequest): readonly string[] {
    return this.plan(pageSql(layoutOf(spec), page));
  }

  explainCount(spec: CollectionSpec, filter: Filter): readonly string[] {
    return this.plan(countSql(layoutOf(spec), filter));
  }

  explainSums(spec: CollectionSpec, request: SumRequest): readonly string[] {
    return this.plan(sumsSql(layoutOf(spec), request));
  }

  private plan(sql: Sql): readonly string[] {
    return this.reader.all(`EXPLAIN QUERY PLAN ${sql.text}`, sql.values).map((row) => textColumn(row, 'detail'));
  }

  /** Runs work in a transaction. Terms that it added are not cached when it is rolled back. */
  private transaction<T>(work: () => T): T {
    try {
      return this.writer.transaction(work);
    } catch (error) {
      this.written.clear();
      throw error;
    }
  }

  private drops(layout: Layout): void {
    dropCollection(this.writer, layout);
    // New tables of these names number their terms anew.
    this.written.clear();
    this.read.clear();
  }

  private rowsById(
    layout: Layout,
    ids: readonly string[],
    condition: '' | ' AND deleted = 0',
    columns = rowColumns(layout),
  ): Map<string, SqlRow> {
    const rows = new Map<string, SqlRow>();
    const unique = [...new Set(ids)];
    for (let start = 0; start < unique.length; start += IDS_AT_ONCE) {
      const list = listSql(unique.slice(start, start + IDS_AT_ONCE).map(boundText));
      const text = `SELECT ${columns} FROM ${layout.table} WHERE id IN ${list.text}${condition}`;
      for (const row of this.reader.all(text, list.values)) rows.set(textColumn(row, 'id'), row);
    }
    return rows;
  }
}
