import { originOf, type PublicKeys } from '../../log/checkpoint.js';
import { type Rotation, rotationIn } from '../../log/keyRing.js';
import { type Hash, hashesIn } from '../../log/merkle.js';
import type { StoredEntry, StoredLog, StoredTile } from '../../log/stored.js';
import type { TileAddress } from '../../log/tiles.js';
import type { SqliteDatabase } from '../../storage/sqlite.js';
import type { NativePosition } from '../port.js';
import { LogHashes } from './log.js';
import { fromPosition, toPosition } from './positions.js';

/** Number of events per read when a whole chronicle is verified. */
const LOG_ROWS_PER_READ = 500;

interface EntryRow extends Omit<StoredEntry, 'leaf'> {
  readonly leaf: Uint8Array;
}

/** Reads the log of a chronicle on a separate connection. */
export class LogReader implements StoredLog {
  readonly origin: string;
  readonly #hashes: LogHashes;
  readonly #statements;

  constructor(database: Pick<SqliteDatabase, 'prepare'>, chronicleId: string) {
    this.origin = originOf(chronicleId);
    this.#hashes = new LogHashes(database);
    this.#statements = {
      entries: database.prepare(
        'SELECT position, stream, revision, id, type, schema_version AS schemaVersion, body, leaf FROM events WHERE position > ? ORDER BY position LIMIT ?',
      ),
      head: database.prepare('SELECT position FROM head'),
      tile: database.prepare('SELECT hashes, root FROM tiles WHERE level = ? AND number = ?'),
      tiles: database.prepare('SELECT level, number FROM tiles ORDER BY level, number'),
      checkpoints: database.prepare('SELECT size, note FROM checkpoints WHERE size > ? ORDER BY size LIMIT ?'),
      rotations: database.prepare("SELECT position, body FROM events WHERE stream = 'log' ORDER BY revision"),
      keys: database.prepare('SELECT name, public_key AS key FROM log_keys'),
      last: database.prepare('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1'),
    };
  }

  /** Frontier of the tree over all events. */
  get tree() {
    return this.#hashes.tree();
  }

  /** Position of the last event as a number; 0 if there is none. */
  get head(): number {
    const row: { position: number } | undefined = this.#statements.head.get();
    return row?.position ?? 0;
  }

  /** Returns the index of the event at a position. Positions have no gaps. */
  indexOf(position: NativePosition): number {
    return fromPosition(position) - 1;
  }

  /** Returns the position of the event at an index; undefined if there is none yet. */
  positionAt(index: number): NativePosition | undefined {
    return index >= 0 && index < this.tree.size ? toPosition(index + 1) : undefined;
  }

  /** Yields the log entries after position `behind`, in order. */
  *entries(behind = 0): Generator<StoredEntry> {
    for (let after = behind; ; ) {
      const rows: EntryRow[] = this.#statements.entries.all(after, LOG_ROWS_PER_READ);
      for (const row of rows) yield { ...row, leaf: Buffer.from(row.leaf) };
      const last = rows.at(-1);
      if (last === undefined || rows.length < LOG_ROWS_PER_READ) return;
      after = last.position;
    }
  }

  /** Yields the rotations of the log's key, in order. */
  *rotations(): Generator<Rotation> {
    const rows: { position: number; body: string }[] = this.#statements.rotations.all();
    for (const { position, body } of rows) {
      const said = rotationIn(body);
      if (said) yield { position, ...said };
    }
  }

  /** Returns a stored full tile; undefined if it is not full yet. */
  tile(level: number, number: number): StoredTile | undefined {
    const row: { hashes: Uint8Array; root: Uint8Array } | undefined = this.#statements.tile.get(level, number);
    return row && { hashes: hashesIn(row.hashes), root: Buffer.from(row.root) };
  }

  /** Yields the addresses of all stored full tiles. */
  *tiles(): Generator<{ readonly level: number; readonly number: number }> {
    const rows: Iterable<{ level: number; number: number }> = this.#statements.tiles.iterate();
    yield* rows;
  }

  /** Yields the signed checkpoints by size. */
  *checkpoints(): Generator<{ readonly size: number; readonly note: string }> {
    for (let after = -1; ; ) {
      const rows: { size: number; note: string }[] = this.#statements.checkpoints.all(after, LOG_ROWS_PER_READ);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < LOG_ROWS_PER_READ) return;
      after = last.size;
    }
  }

  /** Returns the existing hashes of a full or partial tile. A partial tile is computed from the level below. */
  hashes(address: TileAddress): Hash[] {
    const full = this.tile(address.level, address.number);
    return full ? full.hashes.slice(0, address.width) : this.#hashes.below(address);
  }

  /** Returns the public keys of the log and its witness; undefined before they are stored. */
  publicKeys(): PublicKeys | undefined {
    const rows: { name: string; key: string }[] = this.#statements.keys.all();
    const [log, witness] = ['log', 'witness'].map((name) => rows.find((row) => row.name === name)?.key);
    return log === undefined || witness === undefined ? undefined : { log, witness };
  }

  /** Returns the last signed checkpoint; undefined if there is none. */
  lastCheckpoint(): string | undefined {
    const row: { note: string } | undefined = this.#statements.last.get();
    return row?.note;
  }
}
