import type { SqliteDatabase } from '../../storage/sqlite.js';
import type { Damage } from '../damage.js';

/** The required unique, non-partial indexes on `events`, with their columns. */
const INDEXES = { events_by_stream: ['stream', 'revision'], events_by_id: ['id'] } as const;

/** Maximum number of faults that SQLite's own check lists. */
const MAX_FAULTS = 10;

/**
 * Returns the damage that a comparison of counts finds: each index must hold as many entries, and the tree as many
 * leaves, as the head counts events. Reads the pages of the indexes, not those of the events.
 */
export function countDamage(database: SqliteDatabase): Damage[] {
  const definitions = definitionDamage(database);
  if (definitions.length > 0) return definitions;
  const head = integer(database, 'SELECT position FROM head');
  const counted = Object.entries(INDEXES).flatMap(([index, [first]]) => {
    // The condition is true for all rows. Without it SQLite would choose the index to count.
    const entries = integer(database, `SELECT count(*) FROM events INDEXED BY ${index} WHERE ${first} >= ''`);
    return entries === head ? [] : [chronicleDamage(`the index ${index} holds ${entries} of ${head} events`)];
  });
  const leaves = integer(database, 'SELECT size FROM tree');
  return leaves === head ? counted : [...counted, chronicleDamage(`the log holds ${leaves} of ${head} events`)];
}

/**
 * Returns the damage of the pages and indexes of a chronicle. Runs SQLite's integrity check of the whole file, and
 * counts each stream twice: by a table scan without an index, and in the index.
 */
export function pageDamage(database: SqliteDatabase): Damage[] {
  const faults = database
    .prepare(`PRAGMA integrity_check(${MAX_FAULTS})`)
    .all()
    .map((row) => Object.values(row).join(' '))
    .filter((fault) => fault !== 'ok')
    .map(chronicleDamage);
  const definitions = definitionDamage(database);
  // `hiddenEvents` reads through the index, so its result would be wrong if the index has another definition.
  return definitions.length > 0 ? [...faults, ...definitions] : [...faults, ...hiddenEvents(database)];
}

/** Returns the streams with gaps in their revisions, with the number of missing events in each. */
export function gaps(database: SqliteDatabase): { readonly stream: string; readonly missing: number }[] {
  return countsByStream(database, 'NOT INDEXED').flatMap(({ stream, events, last }) =>
    last + 1 > events ? [{ stream, missing: last + 1 - events }] : [],
  );
}

/** Returns damage that does not belong to one stream. */
export function chronicleDamage(problem: string): Damage {
  return { stream: null, problem };
}

function definitionDamage(database: SqliteDatabase): Damage[] {
  const found: { name: string; unique: number; partial: number }[] = database
    .prepare('PRAGMA index_list(events)')
    .all();
  return Object.entries(INDEXES).flatMap(([name, wanted]) => {
    const index = found.find((each) => each.name === name);
    if (!index) return [chronicleDamage(`the index ${name} is missing`)];
    const columns: { name: string }[] = database.prepare(`PRAGMA index_info(${name})`).all();
    const isWanted = columns.map((column) => column.name).join() === wanted.join();
    return index.unique === 1 && index.partial === 0 && isWanted
      ? []
      : [chronicleDamage(`the index ${name} was defined anew and may hide events`)];
  });
}

/** Compares the table with the index: readers of a stream do not see events that the index lacks. */
function hiddenEvents(database: SqliteDatabase): Damage[] {
  const indexed = new Map(
    countsByStream(database, 'INDEXED BY events_by_stream').map(({ stream, ...counts }) => [stream, counts]),
  );
  return countsByStream(database, 'NOT INDEXED').flatMap(({ stream, events, last }) => {
    const there = indexed.get(stream);
    return there?.events === events && there.last === last
      ? []
      : [
          chronicleDamage(
            `the index events_by_stream contains ${there?.events ?? 0} of ${events} events of stream ${stream}`,
          ),
        ];
  });
}

interface StreamCount {
  readonly stream: string;
  readonly events: number;
  readonly last: number;
}

function countsByStream(database: SqliteDatabase, way: 'NOT INDEXED' | 'INDEXED BY events_by_stream'): StreamCount[] {
  const rows: StreamCount[] = database
    .prepare(`SELECT stream, count(*) AS events, max(revision) AS last FROM events ${way} GROUP BY stream`)
    .all();
  return rows;
}

function integer(database: SqliteDatabase, sql: string): number {
  const row: Record<string, unknown> = database.prepare(sql).get() ?? {};
  return Number(Object.values(row)[0]);
}
