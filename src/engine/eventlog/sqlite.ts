import { type EventLog, type NativePosition, START } from '../eventstore/port.js';
import type { PublicKeys } from '../log/checkpoint.js';
import { EMPTY_TREE, type Frontier, type Hash, hashesIn } from '../log/merkle.js';
import { TILE, type TileAddress, widthIn } from '../log/tiles.js';
import { ReadStoreUnavailable } from '../readstore/port.js';
import { inTransaction, openSqlite, openSqliteReadOnly, type SqliteDatabase } from '../storage/sqlite.js';
import { errorCode } from '../storage/thrown.js';
import type { GrownTile, LogState, LogStore } from './follower.js';
import type { FullTile, LogArchive } from './storedLog.js';

const TABLES = `
  CREATE TABLE IF NOT EXISTS tree (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, roots BLOB NOT NULL, position TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS tile (level INTEGER NOT NULL, number INTEGER NOT NULL, count INTEGER NOT NULL,
    first TEXT NOT NULL, hashes BLOB NOT NULL, positions TEXT NOT NULL, PRIMARY KEY (level, number));
  CREATE INDEX IF NOT EXISTS tile_first ON tile (level, first);
  CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS public_key (id TEXT PRIMARY KEY, key TEXT NOT NULL)`;

/** A log in a file, which is closed with the server. */
export type FileLog = EventLog & LogStore & LogArchive & { close(): void };

/**
 * Opens the log for an event store that writes none, in a file. Except for the checkpoints, its content is derived from
 * the events: if the file is missing, it is built again with the same roots.
 *
 * @throws ReadStoreUnavailable
 */
export async function openSqliteLog(file: string): Promise<FileLog> {
  try {
    const database = await openSqlite(file, 'writer');
    database.exec(TABLES);
    return new SqliteLog(file, database, true);
  } catch (error) {
    throw new ReadStoreUnavailable(`${file}, the log of the chronicle, cannot be used: ${String(error)}`, {
      cause: error,
    });
  }
}

/**
 * Opens the log in a file read-only. A server may run. Returns undefined if the file does not exist.
 *
 * @throws ReadStoreUnavailable
 */
export async function openSqliteLogReadOnly(file: string): Promise<FileLog | undefined> {
  try {
    const database = await openSqliteReadOnly(file);
    return new SqliteLog(file, database);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new ReadStoreUnavailable(`${file}, the log of the chronicle, cannot be read: ${String(error)}`, {
      cause: error,
    });
  }
}

class SqliteLog implements FileLog {
  constructor(
    private readonly file: string,
    private readonly database: SqliteDatabase,
    private readonly isWritable = false,
  ) {}

  async tree(): Promise<Frontier> {
    return this.#state().tree;
  }

  async state(): Promise<LogState> {
    return this.#state();
  }

  async move(from: LogState, to: LogState): Promise<boolean> {
    return this.#guarded(() =>
      inTransaction(this.database, () => {
        if (this.#state().tree.size !== from.tree.size) return false;
        this.#run(
          'INSERT OR REPLACE INTO tree (id, size, roots, position) VALUES (1, ?, ?, ?)',
          to.tree.size,
          Buffer.concat(to.tree.roots),
          to.position,
        );
        return true;
      }),
    );
  }

  async putTiles(grown: readonly GrownTile[]): Promise<void> {
    this.#guarded(() =>
      inTransaction(this.database, () => {
        for (const { level, number, hashes, positions } of grown) {
          // A longer stored tile contains all hashes of this one.
          this.#run(
            `INSERT INTO tile (level, number, count, first, hashes, positions) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (level, number) DO UPDATE SET count = excluded.count, first = excluded.first,
               hashes = excluded.hashes, positions = excluded.positions WHERE count < excluded.count`,
            ...[level, number, hashes.length, positions[0] ?? ''],
            Buffer.concat([...hashes]),
            positions.join(' '),
          );
        }
      }),
    );
  }

  async tile(level: number, number: number): Promise<Pick<GrownTile, 'hashes' | 'positions'> | undefined> {
    const stored = this.#get('SELECT hashes, positions FROM tile WHERE level = ? AND number = ?', level, number);
    return stored && { hashes: hashesIn(bytesOf(stored.hashes)), positions: positionsIn(stored.positions) };
  }

  async indexOf(position: NativePosition): Promise<number | undefined> {
    const stored = this.#get(
      'SELECT number, positions FROM tile WHERE level = 0 AND first <= ? ORDER BY first DESC LIMIT 1',
      position,
    );
    const place = stored ? positionsIn(stored.positions).indexOf(position) : -1;
    const index = stored && place >= 0 ? Number(stored.number) * TILE + place : undefined;
    return index !== undefined && index < this.#state().tree.size ? index : undefined;
  }

  async positionAt(index: number): Promise<NativePosition | undefined> {
    if (index < 0 || index >= this.#state().tree.size) return undefined;
    return (await this.tile(0, Math.floor(index / TILE)))?.positions[index % TILE];
  }

  async hashes(address: TileAddress): Promise<readonly Hash[]> {
    const tile = await this.tile(address.level, address.number);
    return tile?.hashes.slice(0, Math.min(address.width, widthIn(this.#state().tree.size, address))) ?? [];
  }

  async lastCheckpoint(): Promise<string | undefined> {
    return storedText(this.#get('SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1')?.note);
  }

  async putCheckpoint(size: number, note: string): Promise<void> {
    this.#guarded(() => this.#run('INSERT OR IGNORE INTO checkpoint (size, note) VALUES (?, ?)', size, note));
  }

  async putCosigned(size: number, note: string): Promise<void> {
    this.#guarded(() => this.#run('UPDATE checkpoint SET note = ? WHERE size = ?', note, size));
  }

  async putPublicKeys({ log, witness }: PublicKeys): Promise<void> {
    this.#guarded(() =>
      inTransaction(this.database, () => {
        for (const [id, key] of Object.entries({ log, witness })) {
          this.#run('INSERT OR REPLACE INTO public_key (id, key) VALUES (?, ?)', id, key);
        }
      }),
    );
  }

  async publicKeys(): Promise<PublicKeys | undefined> {
    const [log, witness] = ['log', 'witness'].map((id) =>
      storedText(this.#get('SELECT key FROM public_key WHERE id = ?', id)?.key),
    );
    return log === undefined || witness === undefined ? undefined : { log, witness };
  }

  async checkpoints(): Promise<readonly { readonly size: number; readonly note: string }[]> {
    const rows = this.#all('SELECT size, note FROM checkpoint ORDER BY size');
    return rows.map(({ size, note }) => ({ size: Number(size), note: String(note) }));
  }

  async fullTiles(): Promise<readonly FullTile[]> {
    const rows = this.#all('SELECT level, number, hashes FROM tile WHERE count = ? ORDER BY level, number', TILE);
    return rows.map(({ level, number, hashes }) => ({
      level: Number(level),
      number: Number(number),
      hashes: bytesOf(hashes),
    }));
  }

  async clear(): Promise<void> {
    this.#guarded(() => this.database.exec('DELETE FROM tree; DELETE FROM tile'));
  }

  close(): void {
    if (this.isWritable) this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.database.close();
  }

  #state(): LogState {
    const stored = this.#get('SELECT size, roots, position FROM tree');
    if (!stored) return { tree: EMPTY_TREE, position: START };
    const tree = { size: Number(stored.size), roots: hashesIn(bytesOf(stored.roots)) };
    return { tree, position: String(stored.position) };
  }

  #get(query: string, ...values: readonly (string | number)[]): Readonly<Record<string, unknown>> | undefined {
    return this.#guarded(() => this.database.prepare(query).get(...values));
  }

  #all(query: string, ...values: readonly number[]): readonly Readonly<Record<string, unknown>>[] {
    return this.#guarded(() => this.database.prepare(query).all(...values));
  }

  #run(statement: string, ...values: readonly (string | number | Buffer)[]): void {
    this.database.prepare(statement).run(...values);
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new ReadStoreUnavailable(`${this.file}, the log of the chronicle, failed: ${String(error)}`, {
        cause: error,
      });
    }
  }
}

function positionsIn(text: unknown): NativePosition[] {
  return text === '' ? [] : String(text).split(' ');
}

function storedText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function bytesOf(value: unknown): Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0);
}
