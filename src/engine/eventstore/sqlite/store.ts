import { openSqlite, type SqliteDatabase } from '../../storage/sqlite.js';
import { checkAppend } from '../checks.js';
import type { Damage } from '../damage.js';
import { Commits, subscription } from '../following.js';
import {
  type Appended,
  type EventBatch,
  type EventLog,
  type EventStore,
  type EventStoreLimits,
  EventStoreUnavailable,
  type ExpectedRevision,
  type KnownOfStore,
  MAX_KNOWN_COUNT,
  type NativePosition,
  type NewEvent,
  START,
  type StoredEvent,
  type StoredKind,
} from '../port.js';
import { type DamageLog, DamageWatch } from './damageWatch.js';
import { unavailable } from './errors.js';
import { LogReader } from './logReader.js';
import { fromPosition } from './positions.js';
import { ChronicleReader } from './reader.js';
import { prepareSchema, refuseForeignFile } from './schema.js';
import { countDamage } from './soundness.js';
import { Writer } from './writer.js';

/** Limits of one append: far above the size of a command, and low enough not to delay other appends. */
const SQLITE_LIMITS: EventStoreLimits = { maxAppendBytes: 4_000_000, maxAppendEvents: 10_000 };

/** The connections and their prepared statements. Both are dropped when the store closes. */
interface Connections {
  readonly writerDatabase: SqliteDatabase;
  readonly readerDatabase: SqliteDatabase;
  readonly writer: Writer;
  readonly reader: ChronicleReader;
  readonly log: LogReader;
  readonly damage: DamageWatch;
}

/** Options and callbacks of the store. */
export interface SqliteStoreOptions {
  /** Software version, recorded with each kind of event that it is the first to store. */
  readonly writtenBy?: string;
  /** The id of the chronicle that is copied into this file. A file with another chronicle is refused. */
  readonly chronicleId?: string;
  /** Called after each transaction with the number of appends in it. */
  readonly onGroup?: (appends: number) => void;
  /** Logger for damage reports. */
  readonly log?: DamageLog;
}

/**
 * Opens the chronicle in a SQLite file, or creates it. Meant for one process at a time: appends of another process are
 * safe, but subscriptions of this one notice them only after its own next append.
 *
 * @throws EventStoreUnavailable if the file is damaged, foreign, of a newer version, or cannot be opened.
 */
export async function openSqliteEventStore(file: string, options: SqliteStoreOptions = {}): Promise<EventStore> {
  const opened: SqliteDatabase[] = [];
  try {
    await refuseForeignFile(file);
    const isDue = await DamageWatch.isDue(file);
    const writerDatabase = await openSqlite(file, 'writer');
    opened.push(writerDatabase);
    // Streams and event ids are spread over their indexes: each group of appends changes many pages, and a checkpoint
    // of more groups writes a page once that several of them have changed.
    writerDatabase.exec('PRAGMA wal_autocheckpoint = 4000');
    const chronicleId = prepareSchema(file, writerDatabase, options.chronicleId);
    const readerDatabase = await openSqlite(file, 'reader');
    opened.push(readerDatabase);
    const commits = new Commits();
    const { writtenBy = '', onGroup, log: damageLog } = options;
    const onCommit = (appends: number) => {
      commits.announce();
      onGroup?.(appends);
    };
    const found = countDamage(readerDatabase);
    const damage = await DamageWatch.over(file, { found, isDue, ...(damageLog && { log: damageLog }) });
    const writer = new Writer(file, writerDatabase, { damage, onCommit, writtenBy });
    const reader = new ChronicleReader(file, readerDatabase, (met) => damage.meet(met));
    const log = new LogReader(readerDatabase, chronicleId);
    return new SqliteEventStore(file, chronicleId, commits, {
      writerDatabase,
      readerDatabase,
      writer,
      reader,
      log,
      damage,
    });
  } catch (error) {
    for (const database of opened) database.close();
    throw unavailable(file, error);
  }
}

/** What is known of the store. The head is read from the file, and most callers do not need it. */
class KnownOfFile implements KnownOfStore {
  readonly awaySince = undefined;

  constructor(private readonly reader: Pick<ChronicleReader, 'head'> | undefined) {}

  get head(): NativePosition {
    return this.reader?.head() ?? START;
  }

  // Positions are the numbers of the events.
  readonly countAfter = (position: NativePosition): number =>
    Math.min(Math.max(fromPosition(this.head) - fromPosition(position), 0), MAX_KNOWN_COUNT);
}

class SqliteEventStore implements EventStore {
  readonly engine = 'sqlite';
  readonly limits = SQLITE_LIMITS;
  readonly log: EventLog;
  readonly #file: string;
  readonly #commits: Commits;
  #connections: Connections | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    file: string,
    readonly chronicleId: string,
    commits: Commits,
    connections: Connections,
  ) {
    this.#file = file;
    this.#commits = commits;
    this.#connections = connections;
    const log = () => this.#open().log;
    this.log = {
      tree: async () => log().tree,
      indexOf: async (position) => log().indexOf(position),
      positionAt: async (index) => log().positionAt(index),
      hashes: async (address) => log().hashes(address),
      lastCheckpoint: async () => log().lastCheckpoint(),
      putPublicKeys: async (keys) => this.#open().writer.putPublicKeys(keys),
      publicKeys: async () => log().publicKeys(),
      putCheckpoint: async (size, note) => this.#open().writer.putCheckpoint(size, note),
      putCosigned: async (size, note) => this.#open().writer.putCosigned(size, note),
    };
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const { writer } = this.#open();
    // Copy the events: the caller may change the array between the check and the write.
    const own = events.map(({ id, type, schemaVersion, body }) => ({ id, type, schemaVersion, body }));
    checkAppend(stream, expected, own, this.limits);
    return writer.append({ stream, expected, events: own });
  }

  async readStream(
    stream: string,
    options: Parameters<EventStore['readStream']>[1] = {},
  ): Promise<readonly StoredEvent[]> {
    return this.#open().reader.stream(stream, options);
  }

  async readAll(options: Parameters<EventStore['readAll']>[0]): Promise<EventBatch> {
    return this.#open().reader.all(options);
  }

  subscribeToAll(options: Parameters<EventStore['subscribeToAll']>[0]): AsyncIterable<EventBatch> {
    return subscription(
      { commits: this.#commits, head: () => this.head(), readAll: (page) => this.readAll(page) },
      options,
    );
  }

  async eventAt(position: NativePosition): Promise<StoredEvent | undefined> {
    return this.#open().reader.at(position);
  }

  async eventOf(id: string): Promise<StoredEvent | undefined> {
    return this.#open().reader.withId(id);
  }

  /** Does nothing: this engine finds an event by its id. */
  async markCopied(): Promise<void> {
    this.#open();
  }

  async kinds(): Promise<readonly StoredKind[]> {
    return this.#open().reader.kinds();
  }

  async head(): Promise<NativePosition> {
    return this.#open().reader.head();
  }

  known(): KnownOfStore {
    return new KnownOfFile(this.#connections?.reader);
  }

  damage(): readonly Damage[] {
    return this.#connections?.damage.all ?? [];
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  /**
   * Returns the connections.
   *
   * @throws EventStoreUnavailable if the store is closing or closed.
   */
  #open(): Connections {
    if (!this.#connections) throw new EventStoreUnavailable(`${this.#file} was closed`);
    return this.#connections;
  }

  async #shut(): Promise<void> {
    const connections = this.#connections;
    this.#connections = undefined;
    if (!connections) return;
    const { writer, writerDatabase, readerDatabase, damage } = connections;
    // Close `#commits` first, so that a subscription that is catching up ends instead of reading a closed store.
    this.#commits.close();
    await writer.drained();
    await damage.close();
    try {
      readerDatabase.close();
      // Leaves one complete file that may be copied, even if statements that were not garbage-collected keep the other
      // files open.
      writerDatabase.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      throw unavailable(this.#file, error);
    } finally {
      writerDatabase.close();
    }
  }
}
