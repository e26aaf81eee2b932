import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSqlite, openSqliteReadOnly } from '../../storage/sqlite.js';
import { type Layout, layoutOf, olderOf } from '../layout.js';
import {
  type CollectionSpec,
  type Document,
  type Filter,
  type KnownOfReadStore,
  type Loaded,
  type Page,
  type PageRequest,
  type ReadStore,
  ReadStoreDamaged,
  type Standing,
  type SumRequest,
  type Write,
} from '../port.js';
import { Bookkeeping } from './bookkeeping.js';
import { Connection, type Sql, translated } from './connection.js';
import { fileLists } from './filing.js';
import { misfiledIn } from './misfiled.js';
import { countSql, pageSql, sumsSql } from './query.js';
import { documentFromRow, loadedFromRow, shapeOf, textColumn, tupleText } from './rows.js';
import { rowsById } from './rowsById.js';
import { buildsOf, createIndex, dropCollection, missingIndexes, prepareTables } from './schema.js';
import { Terms } from './terms.js';
import { BatchWriter, prepareWrite } from './writes.js';

const ALWAYS_THERE: KnownOfReadStore = { awaySince: undefined };

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
    // The file stays consistent with NORMAL. A power loss may lose the last commits in their order, including
    // checkpoints, so that the runner repeats them.
    writer.exec('PRAGMA synchronous = NORMAL');
    // A large cache and rare checkpoints: a rebuild writes records in the order of time, but they are stored by id.
    writer.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000');
    Bookkeeping.prepare(writer);
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
  Bookkeeping.prepare(connection);
  return new Store(connection, connection, true);
}

/**
 * Opens the embedded read store of a file read-only; writes fail.
 *
 * @throws ReadStoreUnavailable if the file does not exist or cannot be read.
 */
export async function openReadStoreReadOnly(file: string): Promise<ReadStore> {
  try {
    const reader = new Connection(await openSqliteReadOnly(file));
    return new Store(reader, reader, true);
  } catch (error) {
    throw translated(error);
  }
}

// After the creation of an index that took longer, in milliseconds, the event loop runs other work.
const LONG_MS = 2;

/**
 * The driver is synchronous: each call ends before the next one starts, so no queue is needed. Methods are async
 * because the port requires it, and so that errors become rejections.
 */
class Store implements SqliteReadStore {
  readonly engine = 'sqlite';
  private closed = false;
  /** The writer has a separate cache of terms, because it also sees the terms of its open transaction. */
  private readonly writerTerms: Terms;
  private readonly readerTerms: Terms;
  private readonly bookkeeping: Bookkeeping;
  /** Tables of builds without indexes, whose side tables are filled when they are prepared. */
  private readonly unfiled = new Set<string>();

  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
    private readonly isOne = false,
  ) {
    this.writerTerms = new Terms(writer);
    this.readerTerms = new Terms(reader);
    this.bookkeeping = new Bookkeeping(writer, reader);
  }

  async prepare(specs: readonly CollectionSpec[]): Promise<void> {
    const layouts = specs.map(layoutOf);
    this.writer.transaction(() => {
      for (const layout of layouts) prepareTables(this.writer, layout);
    });
    for (const layout of layouts) {
      if (this.unfiled.has(layout.table)) await this.fileLists(layout);
      for (const name of missingIndexes(this.writer, layout)) {
        const start = performance.now();
        createIndex(this.writer, layout, name);
        if (performance.now() - start > LONG_MS) await nextTurn();
      }
    }
  }

  async get(
    spec: CollectionSpec,
    ids: readonly string[],
    fields?: readonly string[],
  ): Promise<readonly (Document | undefined)[]> {
    const shape = shapeOf(layoutOf(spec), fields);
    const rows = rowsById(this.reader, shape, ids, ' AND deleted = 0');
    return ids.map((id) => {
      const row = rows.get(id);
      return row && documentFromRow(shape, row, this.readerTerms);
    });
  }

  async load(spec: CollectionSpec, ids: readonly string[]): Promise<readonly Loaded[]> {
    const shape = shapeOf(layoutOf(spec));
    const rows = rowsById(this.reader, shape, ids, '');
    return ids.map((id) => loadedFromRow(shape, rows.get(id), this.readerTerms));
  }

  async positions(spec: CollectionSpec, ids: readonly string[]): Promise<readonly (string | null)[]> {
    const rows = rowsById(this.reader, { layout: layoutOf(spec), columns: 'id, pos' }, ids, '');
    return ids.map((id) => {
      const row = rows.get(id);
      return row ? tupleText(row, 1) : null;
    });
  }

  async find(spec: CollectionSpec, page: PageRequest): Promise<Page> {
    const shape = shapeOf(layoutOf(spec), page.fields);
    const sql = pageSql(shape, page);
    const rows = this.reader.tuples(sql.text, sql.values);
    const documents = rows.slice(0, page.limit).map((row) => documentFromRow(shape, row, this.readerTerms));
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
    const isFiled = !this.unfiled.has(layout.table);
    return this.transaction(() => new BatchWriter(this.writer, this.writerTerms, layout, isFiled).all(prepared));
  }

  async checkpoint(model: string): Promise<string | undefined> {
    return this.bookkeeping.checkpoint(model);
  }

  async checkpoints(spec: CollectionSpec): Promise<ReadonlyMap<string, string>> {
    return this.bookkeeping.checkpoints(spec);
  }

  async moveCheckpoint(model: string, from: string | undefined, to: string): Promise<boolean> {
    return this.bookkeeping.moveCheckpoint(model, from, to);
  }

  async clear(spec: CollectionSpec, indexed = true): Promise<void> {
    const layout = layoutOf(spec);
    // Drop and create the tables instead of deleting rows: this also repairs tables with other columns.
    this.transaction(() => {
      this.drops(spec);
      prepareTables(this.writer, layout);
      if (!indexed) return;
      for (const name of missingIndexes(this.writer, layout)) createIndex(this.writer, layout, name);
    });
    if (!indexed) this.unfiled.add(layout.table);
  }

  async drop(spec: CollectionSpec): Promise<void> {
    this.transaction(() => this.drops(spec));
  }

  async liveBuild(spec: CollectionSpec): Promise<number> {
    return this.bookkeeping.liveBuild(spec);
  }

  async standing(specs: readonly CollectionSpec[]): Promise<readonly Standing[]> {
    return specs.map((spec) => this.bookkeeping.standing(spec));
  }

  async switchBuilds(specs: readonly CollectionSpec[]): Promise<void> {
    this.transaction(() => {
      for (const spec of specs) this.switchBuild(spec);
    });
  }

  private switchBuild(spec: CollectionSpec): void {
    const live = spec.build ?? 0;
    this.bookkeeping.useBuild(spec, live);
    for (const build of buildsOf(this.writer, spec)) {
      if (build !== live) this.drops({ ...spec, build });
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

  known(): KnownOfReadStore {
    return ALWAYS_THERE;
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
    return this.plan(pageSql(shapeOf(layoutOf(spec), page.fields), page));
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

  private async fileLists(layout: Layout): Promise<void> {
    try {
      for (const _ of fileLists(this.writer, layout)) await nextTurn();
    } finally {
      // Terms that were deleted get other numbers.
      this.writerTerms.clear();
    }
    this.unfiled.delete(layout.table);
  }

  /** Runs work in a transaction. Terms that it added are not cached when it is rolled back. */
  private transaction<T>(work: () => T): T {
    try {
      return this.writer.transaction(work);
    } catch (error) {
      this.writerTerms.clear();
      throw error;
    }
  }

  private drops(spec: CollectionSpec): void {
    const layout = layoutOf(spec);
    dropCollection(this.writer, layout);
    this.unfiled.delete(layout.table);
    this.bookkeeping.deleteCheckpoints(spec);
    // New tables with these names assign the numbers of terms again.
    this.writerTerms.clear();
    this.readerTerms.clear();
  }
}
