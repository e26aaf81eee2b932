import { randomUUID } from 'node:crypto';
import { type AnyBulkWriteOperation, type Collection, type Db, MongoBulkWriteError, MongoServerError } from 'mongodb';
import { bulkFailure, isDuplicate, withMongoTimeout } from '../../storage/mongodb.js';
import { checkSums, endsWithId, type Layout, layoutOf, olderOf, tableOf } from '../layout.js';
import {
  type CollectionSpec,
  checkpointOf,
  type Document,
  type Filter,
  type Loaded,
  type Page,
  type PageRequest,
  type ReadStore,
  ReadStoreUnavailable,
  type Standing,
  type SumRequest,
  type Write,
} from '../port.js';
import { documentFromRecord, kept, loadedFromRecord, type StoredRecord, tombstone } from './documents.js';
import { countQuery, fieldPath, pageQuery } from './query.js';

/** Delay before an old build is dropped, in milliseconds: other processes may still be reading it. */
const DROP_AFTER_MS = 10_000;

/** Time limit for creating indexes over many records, in milliseconds. */
const INDEXES_MS = 600_000;

/** Records read or written by one call; the deadline applies to each call. */
const AT_ONCE = 1_000;

/** A checkpoint, stored beside the records. */
interface CheckpointRecord {
  readonly _id: string;
  readonly pos: string;
}

interface Builds {
  readonly _id: 'live';
  readonly builds: Readonly<Record<string, number>>;
}

interface Shape {
  readonly _id: string;
  readonly fields: string;
}

/** The read store in MongoDB, with query plans for tests. */
export interface MongoReadStore extends ReadStore {
  /** Returns the winning plan of a page, as the server explains it. */
  explain(spec: CollectionSpec, page: PageRequest): Promise<unknown>;
}

/** Options of the store. */
export interface MongoStoreOptions {
  readonly dropAfterMs?: number;
}

/**
 * Returns the read store in a MongoDB database, shared by any number of processes. It uses only the atomicity of one
 * document, so that a standalone server is as safe as a replica set.
 */
export function mongoReadStore(db: Db, options: MongoStoreOptions = {}): MongoReadStore {
  return new Store(db, options.dropAfterMs ?? DROP_AFTER_MS);
}

class Store implements MongoReadStore {
  readonly engine = 'mongodb';
  readonly #prepared = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(
    private readonly db: Db,
    private readonly dropAfterMs: number,
  ) {}

  async prepare(specs: readonly CollectionSpec[]): Promise<void> {
    await this.#guarded(async () => {
      for (const spec of specs) await this.#prepareOne(layoutOf(spec));
    }, INDEXES_MS);
  }

  async get(spec: CollectionSpec, ids: readonly string[]): Promise<readonly (Document | undefined)[]> {
    return this.#guarded(async (extendDeadline) => {
      const layout = layoutOf(spec);
      const found = await this.#byId(layout, ids, extendDeadline);
      return ids.map((id) => {
        const document = found.get(id);
        return document?.live ? documentFromRecord(layout, document) : undefined;
      });
    });
  }

  async load(spec: CollectionSpec, ids: readonly string[]): Promise<readonly Loaded[]> {
    return this.#guarded(async (extendDeadline) => {
      const layout = layoutOf(spec);
      const found = await this.#byId(layout, ids, extendDeadline);
      return ids.map((id) => loadedFromRecord(layout, found.get(id)));
    });
  }

  async positions(spec: CollectionSpec, ids: readonly string[]): Promise<readonly (string | null)[]> {
    return this.#guarded(async (extendDeadline) => {
      const found = await this.#byId(layoutOf(spec), ids, extendDeadline, { _pos: 1 });
      return ids.map((id) => found.get(id)?._pos ?? null);
    });
  }

  async find(spec: CollectionSpec, page: PageRequest): Promise<Page> {
    return this.#guarded(async () => {
      const layout = layoutOf(spec);
      const { filter, sort } = pageQuery(layout, page);
      const collection = await this.#collection(layout);
      const found = await collection
        .find(filter)
        .sort(sort)
        .limit(page.limit + 1)
        .toArray();
      const documents = found.slice(0, page.limit).map((document) => documentFromRecord(layout, document));
      return { documents: page.backwards ? documents.reverse() : documents, more: found.length > page.limit };
    });
  }

  async count(spec: CollectionSpec, filter: Filter): Promise<number> {
    return this.#guarded(async () => {
      const layout = layoutOf(spec);
      const query = countQuery(layout, filter);
      return (await this.#collection(layout)).countDocuments(query);
    });
  }

  async sums(spec: CollectionSpec, { filter, by, of }: SumRequest): Promise<ReadonlyMap<string, number>> {
    return this.#guarded(async () => {
      const layout = layoutOf(spec);
      checkSums(layout, { by, of });
      const group = { _id: `$${fieldPath(by)}`, total: { $sum: `$${fieldPath(of)}` } };
      const sums = (await this.#collection(layout)).aggregate<{ readonly _id: string; readonly total: number }>([
        { $match: countQuery(layout, filter) },
        { $group: group },
      ]);
      return new Map((await sums.toArray()).map(({ _id, total }) => [_id, total]));
    });
  }

  async write(spec: CollectionSpec, writes: readonly Write[]): Promise<readonly boolean[]> {
    return this.#guarded(async (extendDeadline) => {
      const layout = layoutOf(spec);
      const by = randomUUID();
      const prepared = writes.map((write) => ({
        expected: write.expected,
        document:
          write.kind === 'put' ? kept(layout, write.document, by) : tombstone(layout, write.id, write.position, by),
      }));
      if (prepared.length === 0) return [];
      const collection = await this.#collection(layout);
      const done = prepared.map(() => false);
      // Writes of a batch to the same record are executed one after another, all others in any order.
      for (const round of inRounds(prepared.map(({ document }) => document._id))) {
        const some = round.flatMap((index) => {
          const write = prepared[index];
          return write ? [{ index, ...write }] : [];
        });
        // Write in chunks: a batch that takes longer than the deadline of one call would be repeated forever.
        for (let from = 0; from < some.length; from += AT_ONCE) {
          const piece = some.slice(from, from + AT_ONCE);
          const lost = await this.#written(collection, piece, by);
          for (const { index } of piece) done[index] = !lost.has(index);
          extendDeadline();
        }
      }
      return done;
    });
  }

  async checkpoint(model: string): Promise<string | undefined> {
    return this.#guarded(async () => (await this.#checkpoints.findOne({ _id: model }))?.pos);
  }

  async moveCheckpoint(model: string, from: string | undefined, to: string): Promise<boolean> {
    return this.#guarded(async () => {
      if (from !== undefined) {
        const moved = await this.#checkpoints.updateOne({ _id: model, pos: from }, { $set: { pos: to } });
        return moved.matchedCount === 1;
      }
      try {
        await this.#checkpoints.insertOne({ _id: model, pos: to });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    });
  }

  async clear(spec: CollectionSpec, indexed = true): Promise<void> {
    await this.#guarded(async () => {
      const layout = layoutOf(spec);
      await this.#checkpoints.deleteOne({ _id: checkpointOf(spec) });
      await this.#dropCollection(layout.table);
      await this.#prepareOne(layout, indexed);
    }, INDEXES_MS);
  }

  async drop(spec: CollectionSpec): Promise<void> {
    await this.#guarded(async () => {
      await this.#checkpoints.deleteOne({ _id: checkpointOf(spec) });
      await this.#dropCollection(layoutOf(spec).table);
    });
  }

  async liveBuild(spec: CollectionSpec): Promise<number> {
    const [standing] = await this.standing([spec]);
    return standing?.build ?? 0;
  }

  async standing(specs: readonly CollectionSpec[]): Promise<readonly Standing[]> {
    return this.#guarded(async () => {
      const builds = (await this.#builds.findOne({ _id: 'live' }))?.builds ?? {};
      const live = specs.map((spec) => ({ ...spec, build: builds[firstTable(spec)] ?? 0 }));
      const checkpoints = await this.#checkpoints.find({ _id: { $in: live.map(checkpointOf) } }).toArray();
      const byModel = new Map(checkpoints.map(({ _id, pos }) => [_id, pos]));
      return live.map((spec) => ({ build: spec.build, position: byModel.get(checkpointOf(spec)) }));
    });
  }

  async switchBuilds(specs: readonly CollectionSpec[]): Promise<void> {
    await this.#guarded(async () => {
      const live = specs.map((spec) => [`builds.${firstTable(spec)}`, spec.build ?? 0]);
      await this.#builds.updateOne({ _id: 'live' }, { $set: Object.fromEntries(live) }, { upsert: true });
      for (const spec of specs) {
        for (const build of await this.#buildsOf(spec)) {
          if (build === (spec.build ?? 0)) continue;
          const other = { ...spec, build };
          await this.#checkpoints.deleteOne({ _id: checkpointOf(other) });
          this.#dropLater(tableOf(other));
        }
      }
    });
  }

  async dropOlder(specs: readonly CollectionSpec[]): Promise<readonly string[]> {
    const shapes = await this.#guarded(() => this.#shapes.find({}, { projection: { _id: 1 } }).toArray());
    const names = shapes.map(({ _id }) => _id);
    const older = olderOf(names, specs).map((named) => ({ ...named, fields: {}, indexes: [] }));
    for (const spec of older) await this.drop(spec);
    return [...new Set(older.map(({ name, version }) => `${name}@${version}`))];
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async explain(spec: CollectionSpec, page: PageRequest): Promise<unknown> {
    return this.#guarded(async () => {
      const layout = layoutOf(spec);
      const { filter, sort } = pageQuery(layout, page);
      return (await this.#collection(layout))
        .find(filter)
        .sort(sort)
        .limit(page.limit + 1)
        .explain('queryPlanner');
    });
  }

  get #checkpoints(): Collection<CheckpointRecord> {
    return this.db.collection('letopis_checkpoints');
  }

  get #builds(): Collection<Builds> {
    return this.db.collection('letopis_builds');
  }

  get #shapes(): Collection<Shape> {
    return this.db.collection('letopis_shapes');
  }

  /**
   * Creates a collection and its indexes.
   *
   * @throws Error if the collection exists with other fields: the spec was changed without a new version.
   */
  async #prepareOne(layout: Layout, indexed = true): Promise<void> {
    const { table } = layout;
    const fields = JSON.stringify([...layout.kinds].sort());
    const known = await this.#shapes.findOneAndUpdate(
      { _id: table },
      { $setOnInsert: { fields } },
      { upsert: true, returnDocument: 'after' },
    );
    if (known && known.fields !== fields) {
      throw new Error(
        `read store: ${table} has the fields ${known.fields} and not ${fields}: give the collection a new version or clear it`,
      );
    }
    this.#prepared.add(table);
    if (indexed) await this.#prepareIndexes(layout);
  }

  async #prepareIndexes(layout: Layout): Promise<void> {
    const multis = [...layout.multis.map((name) => [name]), ...layout.multiIndexes];
    const keys = [...layout.indexes, ...multis].map((names) => [
      ...names.map(fieldPath),
      ...(endsWithId(layout, names) ? ['_id'] : []),
    ]);
    const indexes = keys.map((paths) => ({
      name: ['live', ...paths].join(' '),
      // The default index on _id covers tombstones too; this one covers live records only.
      key: paths[0] === '_id' ? { live: 1, _id: 1 } : Object.fromEntries(paths.map((path) => [path, 1])),
      partialFilterExpression: { live: true },
    }));
    const collection = this.db.collection<StoredRecord>(layout.table);
    await collection.createIndexes(indexes);
    const wanted = new Set(['_id_', ...indexes.map(({ name }) => name)]);
    for (const { name } of await collection.indexes()) {
      if (name !== undefined && !wanted.has(name)) await collection.dropIndex(name);
    }
  }

  async #collection({ table }: Layout): Promise<Collection<StoredRecord>> {
    if (!this.#prepared.has(table)) {
      // Another process may have prepared it.
      const shape = await this.#shapes.findOne({ _id: table });
      if (!shape) throw new Error(`read store: ${table} is not prepared`);
      this.#prepared.add(table);
    }
    return this.db.collection<StoredRecord>(table);
  }

  async #byId(
    layout: Layout,
    ids: readonly string[],
    extendDeadline: () => void,
    projection: Readonly<Record<string, 1>> = {},
  ): Promise<Map<string, StoredRecord>> {
    const collection = await this.#collection(layout);
    const found = new Map<string, StoredRecord>();
    const wanted = [...new Set(ids)];
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const piece = collection.find({ _id: { $in: wanted.slice(from, from + AT_ONCE) } }, { projection });
      for (const document of await piece.toArray()) found.set(document._id, document);
      extendDeadline();
    }
    return found;
  }

  /** Writes each to a different record. Returns the indexes of the writes that lost their race. */
  async #written(
    collection: Collection<StoredRecord>,
    writes: readonly { readonly index: number; readonly expected: string | null; readonly document: StoredRecord }[],
    by: string,
  ): Promise<ReadonlySet<number>> {
    const areNew = writes.every(({ expected }) => expected === null);
    const operations = writes.map(({ expected, document }): AnyBulkWriteOperation<StoredRecord> => {
      if (areNew) return { insertOne: { document } };
      const { _id, ...replacement } = document;
      if (expected !== null) return { replaceOne: { filter: { _id, _pos: expected }, replacement } };
      // An insertion among replacements: the driver sends insertions in a call of their own. Where the record is there,
      // the filter does not match it, and its id is a duplicate key.
      return { replaceOne: { filter: { _id, _pos: { $exists: false } }, replacement, upsert: true } };
    });
    const lost = new Set<number>();
    let matched = 0;
    try {
      ({ matchedCount: matched } = await collection.bulkWrite(operations, { ordered: false }));
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error;
      // Only a duplicate key is a lost race. Any other error is a failure of the store or of the record.
      if (bulkFailure(error) !== undefined) throw error;
      for (const { index } of [error.writeErrors].flat()) {
        const write = writes[index];
        if (write) lost.add(write.index);
      }
      matched = error.result.matchedCount;
    }
    const replaced = writes.filter(({ expected }) => expected !== null);
    if (matched < replaced.length) {
      // The server returns how many it replaced, but not which.
      const ids = replaced.map(({ document }) => document._id);
      const ours = await collection.find({ _id: { $in: ids }, _by: by }, { projection: { _id: 1 } }).toArray();
      const won = new Set(ours.map(({ _id }) => _id));
      for (const { index, document } of replaced) if (!won.has(document._id)) lost.add(index);
    }
    return lost;
  }

  async #buildsOf(spec: CollectionSpec): Promise<number[]> {
    const first = firstTable(spec);
    const names = await this.#shapes.find({}, { projection: { _id: 1 } }).toArray();
    return names.flatMap(({ _id: name }) => {
      if (!name.startsWith(first)) return [];
      const suffix = /^(?:b(\d+))?$/.exec(name.slice(first.length));
      return suffix ? [Number(suffix[1] ?? 0)] : [];
    });
  }

  async #dropCollection(table: string): Promise<void> {
    this.#prepared.delete(table);
    await this.#shapes.deleteOne({ _id: table });
    try {
      await this.db.collection(table).drop();
    } catch (error) {
      // Servers before version 7 fail if the collection does not exist.
      if (!(error instanceof MongoServerError && /ns not found/.test(error.message))) throw error;
    }
  }

  #dropLater(table: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // The next switch drops it if this attempt fails.
      if (!this.#closed) this.#dropCollection(table).catch(() => undefined);
    }, this.dropAfterMs);
    timer.unref();
    this.#timers.add(timer);
  }

  async #guarded<T>(work: (extendDeadline: () => void) => Promise<T>, milliseconds?: number): Promise<T> {
    if (this.#closed) throw new ReadStoreUnavailable('the read store was closed');
    return withMongoTimeout(work, (message, cause) => new ReadStoreUnavailable(message, { cause }), milliseconds);
  }
}

function firstTable(spec: CollectionSpec): string {
  return tableOf({ ...spec, build: 0 });
}

/** Returns the indexes in rounds, so that each id occurs once in a round, in the given order. */
function inRounds(ids: readonly string[]): number[][] {
  const rounds: number[][] = [];
  const times = new Map<string, number>();
  for (const [index, id] of ids.entries()) {
    const round = times.get(id) ?? 0;
    times.set(id, round + 1);
    const known = rounds[round];
    if (known) known.push(index);
    else rounds[round] = [index];
  }
  return rounds;
}
