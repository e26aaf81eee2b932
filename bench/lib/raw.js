import { open } from 'node:fs/promises';
import { built } from './dist.js';
import { rateOf } from './measure.js';

const { openSqlite } = await built('storage/sqlite.js');

/** The index that any chronicle needs to refuse a stale writer, and the one that recognises a repeated event. */
const INDEXED = `CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    id TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX by_stream ON events (stream, revision);
  CREATE UNIQUE INDEX by_id ON events (id);`;

/**
 * The same bytes appended by SQLite and nothing else, through the same driver at the same durability (WAL,
 * synchronous=FULL): what the machine gives to whoever asks nothing of a chronicle.
 */
export async function rawTable(file) {
  const database = await openSqlite(file, 'writer');
  database.exec('CREATE TABLE events (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO events (body) VALUES (?)');
  return table(database, ({ body }) => insert.run(body));
}

/** The same with the columns and the two unique indexes of a chronicle, still without any check or answer. */
export async function rawIndexedTable(file) {
  const database = await openSqlite(file, 'writer');
  database.exec(INDEXED);
  const insert = database.prepare('INSERT INTO events (stream, revision, id, type, body) VALUES (?, ?, ?, ?, ?)');
  let added = 0;
  return table(database, ({ stream, id, type, body }) => {
    added += 1;
    // Ids differ in their beginning, as those of a chronicle do: where a row goes in the index is part of the cost.
    insert.run(stream, added, `${(added * 2_654_435_761) >>> 0}${id}`, type, body);
  });
}

function table(database, insert) {
  return {
    /** Events a second, each in a transaction of its own. */
    single: (events) =>
      rateOf(events.length, () => {
        for (const event of events) insert(event);
      }),
    /** Events a second, so many in a transaction. */
    grouped: (events, size) =>
      rateOf(events.length, () => {
        for (let start = 0; start < events.length; start += size) {
          database.exec('BEGIN IMMEDIATE');
          for (const event of events.slice(start, start + size)) insert(event);
          database.exec('COMMIT');
        }
      }),
    close: () => database.close(),
  };
}

/** The same bytes at the end of a file, each made durable by fdatasync: what the disk gives. */
export async function rawFile(path) {
  const file = await open(path, 'w');
  return {
    single: (events) =>
      rateOf(events.length, async () => {
        for (const { body } of events) {
          await file.write(body);
          await file.datasync();
        }
      }),
    close: () => file.close(),
  };
}
