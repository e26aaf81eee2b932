import { endsWithId, type Layout, tableOf } from '../layout.js';
import type { CollectionSpec } from '../port.js';
import type { Connection } from './connection.js';

const COLUMN_TYPES = { text: 'TEXT', number: 'REAL', boolean: 'INTEGER' } as const;

/** Returns the column of a scalar field. The prefix allows fields named `id` or `order`. */
export function columnOf(field: string): string {
  return `f_${field}`;
}

/** Returns the side table of a multi field. */
export function sideTableOf(layout: Layout, field: string): string {
  return `${layout.table}_${field}`;
}

/** Returns the table of the terms of a key field or a multi field. */
export function termTableOf(layout: Layout, field: string): string {
  return `${layout.table}_${field}_terms`;
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
    // AUTOINCREMENT: the number of a deleted term is cached by readers and must not be given again.
    connection.exec(
      `CREATE TABLE IF NOT EXISTS ${termTableOf(layout, field)} (term INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE)`,
    );
  }
}

/** Returns the statements that create the missing indexes of a collection. Drops those that it no longer declares. */
export function missingIndexes(connection: Connection, layout: Layout): readonly string[] {
  const query = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
  const present = new Set(connection.all(query, [layout.table]).map(({ name }) => String(name)));
  // The unique index on the id answers pages without an order.
  const wanted = new Map(
    layout.indexes
      .filter((fields) => fields.length > 0)
      .map((fields) => [['ix', layout.table, 'by', ...fields].join('_'), indexedColumns(layout, fields)] as const),
  );
  for (const name of present) if (!wanted.has(name)) connection.exec(`DROP INDEX ${name}`);
  return [...wanted]
    .filter(([name]) => !present.has(name))
    .map(([name, columns]) => `CREATE INDEX ${name} ON ${layout.table} (${columns}) WHERE deleted = 0`);
}

function indexedColumns(layout: Layout, fields: readonly string[]): string {
  return [...fields.map(columnOf), ...(endsWithId(layout, fields) ? ['id'] : [])].join(', ');
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
