import { rm } from 'node:fs/promises';
import { built } from './dist.js';

const { openSqlite } = await built('engine/storage/sqlite.js');

/** Rows of one transaction. */
const AT_ONCE = 5_000;

/**
 * Inserts the rows of all tables of a file into the same tables of a new file, by prepared statements in large
 * transactions, and creates the same indexes at the end: this is the cost of writing the records without computing
 * them. Reading them is not counted. Returns milliseconds.
 */
export async function rawInserts(file) {
  const raw = `${file}.raw`;
  for (const end of ['', '-wal', '-shm']) await rm(`${raw}${end}`, { force: true });
  const [source, target] = [await openSqlite(file, 'reader'), await openSqlite(raw, 'writer')];
  target.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000');
  const named = (type) =>
    source
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
      .all(type);
  let milliseconds = 0;
  const timed = (work) => {
    const start = performance.now();
    work();
    milliseconds += performance.now() - start;
  };
  for (const { name, sql } of named('table')) {
    target.exec(sql);
    const columns = source
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(name)
      .map((column) => column.name);
    const insert = target.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`);
    const inserted = (rows) =>
      timed(() => {
        target.exec('BEGIN IMMEDIATE');
        for (const row of rows) insert.run(...row);
        target.exec('COMMIT');
      });
    const rows = [];
    for (const row of source.prepare(`SELECT * FROM ${name}`).iterate()) {
      rows.push(columns.map((column) => row[column]));
      if (rows.length === AT_ONCE) inserted(rows.splice(0));
    }
    inserted(rows);
  }
  for (const { sql } of named('index')) timed(() => target.exec(sql));
  source.close();
  target.close();
  for (const end of ['', '-wal', '-shm']) await rm(`${raw}${end}`, { force: true });
  return milliseconds;
}
