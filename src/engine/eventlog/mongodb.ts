import { Binary, type Collection, type Db } from 'mongodb';
import { type EventLog, type NativePosition, START } from '../eventstore/port.js';
import type { PublicKeys } from '../log/checkpoint.js';
import { FORMAT_NAME } from '../log/formatName.js';
import { EMPTY_TREE, type Frontier, type Hash, hashesIn } from '../log/merkle.js';
import { TILE, type TileAddress, widthIn } from '../log/tiles.js';
import { ReadStoreUnavailable } from '../readstore/port.js';
import { allOf, DURABLE, isDuplicate, withMongoTimeout } from '../storage/mongodb.js';
import type { GrownTile, LogState, LogStore } from './follower.js';
import type { FullTile, LogArchive } from './storedLog.js';

interface StoredState {
  readonly _id: 'tree';
  readonly size: number;
  readonly roots: Binary;
  readonly position: NativePosition;
}

interface TileRecord {
  /** `level/number` */
  readonly _id: string;
  readonly level: number;
  readonly number: number;
  readonly count: number;
  readonly hashes: Binary;
  /** The first of `positions`; empty in a tile of a higher level. */
  readonly first: NativePosition;
  /** Positions of the events of a tile of leaves. */
  readonly positions: readonly NativePosition[];
}

interface StoredCheckpoint {
  readonly _id: number;
  readonly note: string;
}

interface KeyRecord {
  readonly _id: 'log' | 'witness';
  readonly key: string;
}

/** Number of tiles (8 KB each) in one read. */
const TILES_PER_READ = 500;

/**
 * Opens the log for an event store that writes none, in a MongoDB database shared by all processes. Except for the
 * checkpoints, its content is derived from the events: a dropped log is built again with the same roots.
 *
 * @throws ReadStoreUnavailable
 */
export async function openMongoLog(db: Db): Promise<EventLog & LogStore & LogArchive> {
  const tiles = db.collection<TileRecord>(`${FORMAT_NAME}_log_tiles`, DURABLE);
  await withLogDatabase(() => tiles.createIndex({ level: 1, first: 1 }, { name: 'positions' }));
  return new MongoLog(
    tiles,
    db.collection<StoredState>(`${FORMAT_NAME}_log_tree`, DURABLE),
    db.collection<StoredCheckpoint>(`${FORMAT_NAME}_log_checkpoints`, DURABLE),
    db.collection<KeyRecord>(`${FORMAT_NAME}_log_keys`, DURABLE),
  );
}

class MongoLog implements EventLog, LogStore, LogArchive {
  constructor(
    private readonly tiles: Collection<TileRecord>,
    private readonly trees: Collection<StoredState>,
    private readonly notes: Collection<StoredCheckpoint>,
    private readonly keys: Collection<KeyRecord>,
  ) {}

  async tree(): Promise<Frontier> {
    return (await this.state()).tree;
  }

  async state(): Promise<LogState> {
    const stored = await withLogDatabase(() => this.trees.findOne({ _id: 'tree' }));
    if (!stored) return { tree: EMPTY_TREE, position: START };
    return { tree: { size: stored.size, roots: hashesIn(bytesOfBinary(stored.roots)) }, position: stored.position };
  }

  async move(from: LogState, to: LogState): Promise<boolean> {
    const roots = new Binary(Buffer.concat(to.tree.roots));
    const { size } = to.tree;
    return withLogDatabase(async () => {
      if (from.tree.size === 0) {
        const made = { _id: 'tree' as const, size, roots, position: to.position };
        return this.trees.insertOne(made).then(
          () => true,
          (error: unknown) => {
            if (isDuplicate(error)) return false;
            throw error;
          },
        );
      }
      const set = { $set: { size, roots, position: to.position } };
      const { matchedCount } = await this.trees.updateOne({ _id: 'tree', size: from.tree.size }, set);
      return matchedCount === 1;
    });
  }

  async putTiles(grown: readonly GrownTile[]): Promise<void> {
    if (grown.length === 0) return;
    const writes = grown.map(({ level, number, hashes, positions }) => {
      const count = hashes.length;
      const first = positions[0] ?? '';
      const tile = { level, number, count, first, hashes: new Binary(Buffer.concat([...hashes])), positions };
      // A longer stored tile contains all hashes of this one, so a slow follower must not replace it.
      const filter = { _id: `${level}/${number}`, count: { $lt: count } };
      return { updateOne: { filter, update: { $set: tile }, upsert: true } };
    });
    await withLogDatabase(async () => {
      try {
        await this.tiles.bulkWrite(writes, { ordered: false });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    });
  }

  async tile(level: number, number: number): Promise<Pick<GrownTile, 'hashes' | 'positions'> | undefined> {
    const stored = await withLogDatabase(() => this.tiles.findOne({ _id: `${level}/${number}` }));
    return stored ? { hashes: hashesIn(bytesOfBinary(stored.hashes)), positions: stored.positions } : undefined;
  }

  async indexOf(position: NativePosition): Promise<number | undefined> {
    const { tree } = await this.state();
    const stored = await withLogDatabase(() =>
      this.tiles.findOne({ level: 0, first: { $lte: position } }, { sort: { first: -1 } }),
    );
    const place = stored?.positions.indexOf(position) ?? -1;
    const index = stored && place >= 0 ? stored.number * TILE + place : undefined;
    return index !== undefined && index < tree.size ? index : undefined;
  }

  async positionAt(index: number): Promise<NativePosition | undefined> {
    const { tree } = await this.state();
    if (index < 0 || index >= tree.size) return undefined;
    const tile = await this.tile(0, Math.floor(index / TILE));
    return tile?.positions[index % TILE];
  }

  async hashes(address: TileAddress): Promise<readonly Hash[]> {
    const { tree } = await this.state();
    const tile = await this.tile(address.level, address.number);
    return tile?.hashes.slice(0, Math.min(address.width, widthIn(tree.size, address))) ?? [];
  }

  async lastCheckpoint(): Promise<string | undefined> {
    const stored = await withLogDatabase(() => this.notes.findOne({}, { sort: { _id: -1 } }));
    return stored?.note;
  }

  async putCheckpoint(size: number, note: string): Promise<void> {
    await withLogDatabase(() => this.notes.updateOne({ _id: size }, { $setOnInsert: { note } }, { upsert: true }));
  }

  async putCosigned(size: number, note: string): Promise<void> {
    await withLogDatabase(() => this.notes.updateOne({ _id: size }, { $set: { note } }));
  }

  async putPublicKeys({ log, witness }: PublicKeys): Promise<void> {
    await withLogDatabase(() =>
      this.keys.bulkWrite(
        (
          [
            ['log', log],
            ['witness', witness],
          ] as const
        ).map(([_id, key]) => ({ updateOne: { filter: { _id }, update: { $set: { key } }, upsert: true } })),
      ),
    );
  }

  async publicKeys(): Promise<PublicKeys | undefined> {
    const stored = await withLogDatabase(() => this.keys.find().toArray());
    const [log, witness] = ['log', 'witness'].map((name) => stored.find(({ _id }) => _id === name)?.key);
    return log === undefined || witness === undefined ? undefined : { log, witness };
  }

  async checkpoints(): Promise<readonly { readonly size: number; readonly note: string }[]> {
    const stored = await withLogDatabase((extendDeadline) => allOf(this.notes.find().sort({ _id: 1 }), extendDeadline));
    return stored.map(({ _id, note }) => ({ size: _id, note }));
  }

  async fullTiles(): Promise<readonly FullTile[]> {
    const tiles: FullTile[] = [];
    // The tiles are read in pages, because one read of all tiles of a large log takes longer than its timeout.
    for (let after = { level: 0, number: -1 }; ; ) {
      const { level, number } = after;
      const beyond = { $or: [{ level, number: { $gt: number } }, { level: { $gt: level } }] };
      const page = await withLogDatabase(() =>
        this.tiles
          .find({ count: TILE, ...beyond }, { projection: { level: 1, number: 1, hashes: 1 } })
          .sort({ level: 1, number: 1 })
          .limit(TILES_PER_READ)
          .toArray(),
      );
      tiles.push(
        ...page.map((tile) => ({ level: tile.level, number: tile.number, hashes: bytesOfBinary(tile.hashes) })),
      );
      const last = page.at(-1);
      if (!last || page.length < TILES_PER_READ) return tiles;
      after = last;
    }
  }

  async clear(): Promise<void> {
    await withLogDatabase(async () => {
      await this.trees.deleteMany({});
      await this.tiles.deleteMany({});
    });
  }
}

function bytesOfBinary(value: Binary): Buffer {
  return Buffer.from(value.buffer.subarray(0, value.position));
}

function withLogDatabase<T>(work: (extendDeadline: () => void) => Promise<T>): Promise<T> {
  return withMongoTimeout(work, (message, cause) => new ReadStoreUnavailable(message, { cause }));
}
