import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDamage } from '../../storage/failure.js';
import type { SqliteDatabase } from '../../storage/sqlite.js';
import { faultOf } from '../../storage/thrown.js';
import type { Damage } from '../damage.js';
import { type EventBatch, type EventStore, type NativePosition, type StoredEvent, type StoredKind } from '../port.js';
import { unavailable } from './errors.js';
import { fromPosition, isPosition, toPosition } from './positions.js';
import { chronicleDamage } from './soundness.js';

/** Maximum number of events in a batch if the caller states no limit. */
const DEFAULT_LIMIT = 1_000;

/** A batch ends early when its bodies reach this many characters, so that large events do not fill the memory. */
const MAX_BATCH_CHARACTERS = 16_000_000;

/** SQLite's «no limit». */
const UNLIMITED = -1;

const EVENT_COLUMNS = 'position, stream, revision, id, type, schema_version, body';

type StreamOptions = NonNullable<Parameters<EventStore['readStream']>[1]>;
type AllOptions = Parameters<EventStore['readAll']>[0];

interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly body: string;
}

/** Reads the chronicle on a separate connection, which sees only committed transactions. */
export class ChronicleReader {
  readonly #file: string;
  readonly #database: SqliteDatabase;
  readonly #onDamage: (damage: Damage) => void;
  readonly #statements;

  constructor(file: string, database: SqliteDatabase, onDamage: (damage: Damage) => void = () => undefined) {
    this.#onDamage = onDamage;
    this.#file = file;
    this.#database = database;
    this.#statements = {
      head: database.prepare('SELECT position FROM head'),
      at: database.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE position = ?`),
      withId: database.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE id = ?`),
      kinds: database.prepare(
        'SELECT type, schema_version AS schemaVersion, written_by AS writtenBy FROM kinds ORDER BY type, schema_version',
      ),
      forwards: database.prepare(
        `SELECT ${EVENT_COLUMNS} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
      ),
      backwards: database.prepare(
        `SELECT ${EVENT_COLUMNS} FROM events WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
      ),
      // NOT INDEXED: scan in the order of positions, never by stream with a sort of all later events.
      all: database.prepare(
        `SELECT ${EVENT_COLUMNS} FROM events NOT INDEXED
         WHERE position > :after
           AND (:prefixes IS NULL
             OR EXISTS (SELECT 1 FROM json_each(:prefixes) WHERE substr(stream, 1, length(value)) = value))
           AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
         ORDER BY position LIMIT :limit`,
      ),
    };
  }

  /** See {@link EventStore.head}. */
  head(): NativePosition {
    return this.#guarded(() => toPosition(this.#headRow()));
  }

  /** See {@link EventStore.eventAt}. */
  at(position: NativePosition): StoredEvent | undefined {
    // Any other text is not a position of this store.
    if (!isPosition(position)) return undefined;
    const number = fromPosition(position);
    return this.#guarded(() => {
      const row: EventRow | undefined = this.#statements.at.get(number);
      return row && storedEvent(row);
    });
  }

  /** See {@link EventStore.eventOf}. */
  withId(id: string): StoredEvent | undefined {
    return this.#guarded(() => {
      const row: EventRow | undefined = this.#statements.withId.get(id);
      return row && storedEvent(row);
    });
  }

  /** See {@link EventStore.kinds}. */
  kinds(): readonly StoredKind[] {
    return this.#guarded(() => {
      const rows: StoredKind[] = this.#statements.kinds.all();
      return rows.map(({ type, schemaVersion, writtenBy }) => ({ type, schemaVersion, writtenBy }));
    });
  }

  /** See {@link EventStore.readStream}. */
  stream(stream: string, { from, direction = 'forwards', limit }: StreamOptions): readonly StoredEvent[] {
    const most = limit === undefined ? UNLIMITED : checkedLimit(limit);
    const start = from ?? (direction === 'forwards' ? 0 : Number.MAX_SAFE_INTEGER);
    return this.#guarded(() => {
      const rows: Iterable<EventRow> = this.#statements[direction].iterate(stream, start, most);
      const events = Array.from(rows, storedEvent);
      const missing = firstMissing(events, direction === 'forwards' ? start : undefined);
      if (missing !== undefined) this.#onDamage({ stream, problem: `its event ${missing} is missing` });
      return events;
    });
  }

  /** See {@link EventStore.readAll}. */
  async all({ after, filter, limit = DEFAULT_LIMIT }: AllOptions): Promise<EventBatch> {
    const page = {
      after: fromPosition(after),
      prefixes: filter?.streamPrefixes ? JSON.stringify(filter.streamPrefixes) : null,
      types: filter?.types ? JSON.stringify(filter.types) : null,
      limit: checkedLimit(limit),
    };
    const batch = this.#guarded(() => this.#inTransaction(() => this.#batch(page)));
    // Reading is synchronous: between the pages of a long catch-up, other work must run, above all appends.
    if (!batch.caughtUp) await nextTurn();
    return batch;
  }

  #batch(page: { after: number; prefixes: string | null; types: string | null; limit: number }): EventBatch {
    const head = this.#headRow();
    const events: StoredEvent[] = [];
    let characters = 0;
    const rows: Iterable<EventRow> = this.#statements.all.iterate(page);
    for (const row of rows) {
      events.push(storedEvent(row));
      characters += row.body.length;
      if (characters >= MAX_BATCH_CHARACTERS) break;
    }
    const last = events.at(-1);
    const isFull = events.length === page.limit || characters >= MAX_BATCH_CHARACTERS;
    const position = isFull && last ? last.position : toPosition(head);
    return { events, position, caughtUp: position === toPosition(head) };
  }

  #headRow(): number {
    const row: { position: number } | undefined = this.#statements.head.get();
    if (!row) throw new Error('its head row is missing: restore the file from a backup');
    return row.position;
  }

  /**
   * Reads in one transaction. Otherwise an event that is committed between the query of the head and the query of the
   * events would be skipped.
   */
  #inTransaction<T>(read: () => T): T {
    // The caller has already begun a snapshot.
    if (this.#database.isTransaction) return read();
    this.#database.exec('BEGIN');
    try {
      return read();
    } finally {
      if (this.#database.isTransaction) this.#database.exec('COMMIT');
    }
  }

  #guarded<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (isDamage(error)) this.#onDamage(chronicleDamage(faultOf(error)));
      throw unavailable(this.#file, error);
    }
  }
}

function storedEvent({
  position,
  stream,
  revision,
  id,
  type,
  schema_version: schemaVersion,
  body,
}: EventRow): StoredEvent {
  return { id, type, schemaVersion, body, stream, revision, position: toPosition(position) };
}

/**
 * Returns the first missing revision among consecutive events of one stream, in either direction; undefined if none is
 * missing.
 *
 * @param from the expected revision of the first event; undefined if any revision may be first.
 */
function firstMissing(events: readonly StoredEvent[], from: number | undefined): number | undefined {
  const step = (events[1]?.revision ?? 0) < (events[0]?.revision ?? 0) ? -1 : 1;
  let expected = from ?? events[0]?.revision ?? 0;
  for (const { revision } of events) {
    if (revision !== expected) return expected;
    expected += step;
  }
  return undefined;
}

function checkedLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new RangeError(`a limit of ${limit}: it must be a whole number above 0`);
}
