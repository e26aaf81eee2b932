import { open } from 'node:fs/promises';
import { built } from './dist.js';
import { rateOf } from './measure.js';

const { openSqlite } = await built('engine/storage/sqlite.js');

/** The index that detects a stale expected revision, and the one that detects a repeated event id. */
const INDEXED = `CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    id TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX by_stream ON events (stream, revision);
  CREATE UNIQUE INDEX by_id ON events (id);`;

/**
 * Appends the same bytes with SQLite alone, with the same driver and durability (WAL, synchronous=FULL): the rate
 * without an event store.
 */
export async function rawTable(file) {
  const database = await openSqlite(file, 'writer');
  database.exec('CREATE TABLE events (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO events (body) VALUES (?)');
  return table(database, ({ body }) => insert.run(body));
}

/**
 * As {@link rawTable}, with the columns and the two unique indexes of the event store, but without checks and results.
 */
export async function rawIndexedTable(file) {
  const database = await openSqlite(file, 'writer');
  database.exec(INDEXED);
  const insert = database.prepare('INSERT INTO events (stream, revision, id, type, body) VALUES (?, ?, ?, ?, ?)');
  let added = 0;
  return table(database, ({ stream, id, type, body }) => {
    added += 1;
    // Ids differ in their first digits, as real ids do: the place of a row in the index is part of the cost.
    insert.run(stream, added, `${(added * 2_654_435_761) >>> 0}${id}`, type, body);
  });
}

function table(database, insert) {
  return {
    /** Returns events per second, one event per transaction. */
    single: (events) =>
      rateOf(events.length, () => {
        for (const event of events) insert(event);
      }),
    /** Returns events per second, `size` events per transaction. */
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

/** Appends the same bytes to a file, with an fdatasync after each event: the rate of the disk. */
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
