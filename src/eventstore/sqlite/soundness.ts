import type { SqliteDatabase } from '../../storage/sqlite.js';
import type { Damage } from '../damage.js';

/** The indexes by which events are found, as they must be: of all rows, each key once. */
const INDEXES = { events_by_stream: ['stream', 'revision'], events_by_id: ['id'] } as const;

/** Faults that SQLite's own check lists at most. */
const MAX_FAULTS = 10;

/**
 * Returns what a comparison of counts tells of a chronicle: its indexes hold as many entries as the head says that there are
 * events, and the tree as many leaves. Reads the pages of the indexes, not those of the events.
 */
export function countDamage(database: SqliteDatabase): Damage[] {
  const definitions = definitionDamage(database);
  if (definitions.length > 0) return definitions;
  const head = integer(database, 'SELECT position FROM head');
  const counted = Object.entries(INDEXES).flatMap(([index, [first]]) => {
    // The condition is true of all: without one SQLite counts in the index that it likes best.
    const entries = integer(database, `SELECT count(*) FROM events INDEXED BY ${index} WHERE ${first} >= ''`);
    return entries === head ? [] : [whole(`the index ${index} holds ${entries} of ${head} events`)];
  });
  const leaves = integer(database, 'SELECT size FROM tree');
  return leaves === head ? counted : [...counted, whole(`the log holds ${leaves} of ${head} events`)];
}

/**
 * Returns what is wrong with the pages and the indexes of a chronicle, by SQLite's own check of the whole file and by
 * counting each stream twice: in the table, by a scan that uses no index, and in the index.
 */
export function pageDamage(database: SqliteDatabase): Damage[] {
  const faults = database
    .prepare(`PRAGMA integrity_check(${MAX_FAULTS})`)
    .all()
    .map((row) => Object.values(row).join(' '))
    .filter((fault) => fault !== 'ok')
    .map(whole);
  const definitions = definitionDamage(database);
  // An index with another condition answers for other rows than those that are asked for.
  return definitions.length > 0 ? [...faults, ...definitions] : [...faults, ...hiddenEvents(database)];
}

/** Returns the streams of which events are missing between the first and the last, with how many of each. */
export function gaps(database: SqliteDatabase): { readonly stream: string; readonly missing: number }[] {
  return countsByStream(database, 'NOT INDEXED').flatMap(({ stream, events, last }) =>
    last + 1 > events ? [{ stream, missing: last + 1 - events }] : [],
  );
}

/** Returns damage that cannot be told to one stream. */
export function whole(problem: string): Damage {
  return { stream: null, problem };
}

function definitionDamage(database: SqliteDatabase): Damage[] {
  const found: { name: string; unique: number; partial: number }[] = database
    .prepare('PRAGMA index_list(events)')
    .all();
  return Object.entries(INDEXES).flatMap(([name, wanted]) => {
    const index = found.find((each) => each.name === name);
    if (!index) return [whole(`the index ${name} is missing`)];
    const columns: { name: string }[] = database.prepare(`PRAGMA index_info(${name})`).all();
    const isWanted = columns.map((column) => column.name).join() === wanted.join();
    return index.unique === 1 && index.partial === 0 && isWanted
      ? []
      : [whole(`the index ${name} was defined anew and may hide events`)];
  });
}

/** The table is the truth, and what the index does not tell of it is hidden from every reader of a stream. */
function hiddenEvents(database: SqliteDatabase): Damage[] {
  const indexed = new Map(
    countsByStream(database, 'INDEXED BY events_by_stream').map(({ stream, ...counts }) => [stream, counts]),
  );
  return countsByStream(database, 'NOT INDEXED').flatMap(({ stream, events, last }) => {
    const there = indexed.get(stream);
    return there?.events === events && there.last === last
      ? []
      : [whole(`the index events_by_stream tells ${there?.events ?? 0} of ${events} events of stream ${stream}`)];
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
