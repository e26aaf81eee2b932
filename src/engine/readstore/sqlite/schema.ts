import { endsWithId, type Layout, tableOf } from '../layout.js';
import type { CollectionSpec } from '../port.js';
import type { Connection } from './connection.js';

const COLUMN_TYPES = {
  text: 'TEXT',
  position: 'INTEGER',
  instant: 'INTEGER',
  number: 'REAL',
  boolean: 'INTEGER',
} as const;

/** Returns the column of a scalar field. The prefix allows fields named `id` or `order`. */
export function columnOf(field: string): string {
  return `f_${field}`;
}

/** Returns the side table of a multi field. */
export function sideTableOf(layout: Layout, field: string): string {
  return `${layout.table}_${field}`;
}

const termTables = new WeakMap<Layout, Map<string, string>>();

/** Returns the table of the terms of a key field or a multi field. Memoized, because each row that is read needs it. */
export function termTableOf(layout: Layout, field: string): string {
  const tables = termTables.get(layout) ?? new Map<string, string>();
  termTables.set(layout, tables);
  const table = tables.get(field) ?? `${layout.table}_${field}_terms`;
  tables.set(field, table);
  return table;
}

/**
 * Creates the missing tables of a collection.
 *
 * @throws Error if a table exists with other columns: the spec was changed without a new version.
 */
export function prepareTables(connection: Connection, layout: Layout): void {
  checkTable(connection, layout.table, mainColumns(layout));
  connection.exec(`CREATE TABLE IF NOT EXISTS ${layout.table} (${mainDefinition(layout)})`);
  for (const field of layout.multis) {
    const side = sideTableOf(layout, field);
    checkTable(connection, side, SIDE_COLUMNS);
    connection.exec(
      `CREATE TABLE IF NOT EXISTS ${side} (term INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (term, number)) WITHOUT ROWID`,
    );
  }
  for (const field of [...layout.keys, ...layout.multis]) {
    // AUTOINCREMENT, because readers cache the numbers of deleted terms, which must not be given again.
    connection.exec(
      `CREATE TABLE IF NOT EXISTS ${termTableOf(layout, field)} (term INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE)`,
    );
  }
  const present = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
  const declared = declaredIndexes(layout);
  for (const { name } of connection.all(present, [layout.table])) {
    if (!declared.has(String(name))) connection.exec(`DROP INDEX ${String(name)}`);
  }
}

/** Returns the declared indexes that the table of a collection does not have. */
export function missingIndexes(connection: Connection, layout: Layout): string[] {
  const rows = connection.all("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?", [layout.table]);
  const present = new Set(rows.map(({ name }) => name));
  return [...declaredIndexes(layout).keys()].filter((name) => !present.has(name));
}

/** Creates a declared index, which takes long if there are many records. */
export function createIndex(connection: Connection, layout: Layout, name: string): void {
  const columns = declaredIndexes(layout).get(name) ?? [];
  connection.exec(`CREATE INDEX ${name} ON ${layout.table} (${columns.join(', ')}) WHERE deleted = 0`);
}

/** Returns the columns of the declared indexes by name. Pages without an order use the unique index on the id. */
function declaredIndexes(layout: Layout): ReadonlyMap<string, readonly string[]> {
  return new Map(
    layout.indexes
      .filter((fields) => fields.length > 0)
      .map((fields) => [
        ['ix', layout.table, 'by', ...fields].join('_'),
        [...fields.map(columnOf), ...(endsWithId(layout, fields) ? ['id'] : [])],
      ]),
  );
}

/** Drops all tables of a collection, including those of fields that it no longer declares. */
export function dropCollection(connection: Connection, layout: Layout): void {
  const sides = `${layout.table}_`;
  const tables = connection.all(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = ? OR substr(name, 1, ?) = ?)",
    [layout.table, sides.length, sides],
  );
  for (const { name } of tables) connection.exec(`DROP TABLE ${String(name)}`);
}

const SIDE_COLUMNS = ['term INTEGER', 'number INTEGER'];

/** Returns the builds of a collection's version that have a table. */
export function buildsOf(connection: Connection, spec: CollectionSpec): number[] {
  const first = tableOf({ ...spec, build: 0 });
  const tables = connection.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, ?) = ?", [
    first.length,
    first,
  ]);
  return tables.flatMap(({ name }) => {
    const suffix = /^(?:b(\d+))?$/.exec(String(name).slice(first.length));
    return suffix ? [Number(suffix[1] ?? 0)] : [];
  });
}

function typedColumns(layout: Layout): readonly { readonly column: string; readonly type: string }[] {
  return layout.scalars.map((field) => {
    const kind = layout.kinds.get(field);
    if (kind === undefined || kind === 'multiText') throw new TypeError(`${layout.table}: ${field} is not a scalar`);
    return { column: columnOf(field), type: layout.keys.has(field) ? 'INTEGER' : COLUMN_TYPES[kind] };
  });
}

function mainColumns(layout: Layout): readonly string[] {
  const scalars = typedColumns(layout).map(({ column, type }) => `${column} ${type}`);
  return [
    ...['number INTEGER', 'id TEXT', 'pos TEXT', 'deleted INTEGER'],
    ...scalars,
    ...['lists TEXT', 'exact TEXT', 'body TEXT'],
  ];
}

function mainDefinition(layout: Layout): string {
  // A tombstone has no values of the record, so NOT NULL applies to live rows only. The long texts come last: SQLite
  // would read columns after them through their overflow pages.
  const scalars = typedColumns(layout).map(
    ({ column, type }) => `${column} ${type} CHECK (deleted = 1 OR ${column} IS NOT NULL)`,
  );
  return [
    // Side tables refer to a row by its number, which is shorter than its id.
    'number INTEGER PRIMARY KEY',
    'id TEXT NOT NULL UNIQUE',
    'pos TEXT NOT NULL',
    'deleted INTEGER NOT NULL',
    ...scalars,
    'lists TEXT NOT NULL',
    'exact TEXT NOT NULL',
    'body TEXT NOT NULL',
  ].join(', ');
}

function checkTable(connection: Connection, table: string, wanted: readonly string[]): void {
  const named = connection.all(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE AND name <> ?",
    [table, table],
  );
  if (named.length > 0)
    throw new Error(`read store: ${table} and ${String(named[0]?.name)} differ in upper and lower case only`);
  const columns = connection.all('SELECT name, type FROM pragma_table_info(?)', [table]);
  const found = columns.map(({ name, type }) => `${String(name)} ${String(type)}`);
  if (found.length === 0) return;
  if ([...found].sort().join() === [...wanted].sort().join()) return;
  throw new Error(
    `read store: ${table} has the columns (${found.join(', ')}) and not (${wanted.join(', ')}): give the collection a new version or clear it`,
  );
}
