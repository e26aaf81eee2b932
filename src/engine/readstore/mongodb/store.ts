import type { Db } from 'mongodb';
import { slicesOf } from '../../slices.js';
import { AnswerWatch } from '../../storage/answerWatch.js';
import { RECORDS_AT_ONCE, withMongoTimeout } from '../../storage/mongodb.js';
import { checkSums, type Layout, layoutOf, olderOf, tableOf } from '../layout.js';
import {
  type CollectionSpec,
  type Document,
  type Filter,
  type KnownOfReadStore,
  type Loaded,
  type Page,
  type PageRequest,
  type ReadStore,
  ReadStoreUnavailable,
  type Standing,
  type SumRequest,
  type Write,
} from '../port.js';
import { firstTable, MongoBookkeeping } from './bookkeeping.js';
import { Collections } from './collections.js';
import { documentFromRecord, loadedFromRecord, type StoredRecord } from './documents.js';
import { countQuery, fieldPath, orderedQuery, projectionOf } from './query.js';
import { writeRecords } from './writing.js';

/** Delay before an old build is dropped, in milliseconds: other processes may still be reading it. */
const DROP_AFTER_MS = 10_000;

/** Time limit for creating indexes over many records, in milliseconds. */
const INDEXES_MS = 600_000;

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
  readonly #collections: Collections;
  readonly #bookkeeping: MongoBookkeeping;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #answers = new AnswerWatch();
  #closed = false;

  constructor(
    db: Db,
    private readonly dropAfterMs: number,
  ) {
    this.#collections = new Collections(db);
    this.#bookkeeping = new MongoBookkeeping(db);
  }

  async prepare(specs: readonly CollectionSpec[]): Promise<void> {
    await this.#guarded(async () => {
      for (const spec of specs) await this.#collections.prepare(layoutOf(spec));
    }, INDEXES_MS);
  }

  async get(
    spec: CollectionSpec,
    ids: readonly string[],
    fields?: readonly string[],
  ): Promise<readonly (Document | undefined)[]> {
    return this.#guarded(async (extendDeadline) => {
      const layout = layoutOf(spec);
      const found = await this.#byId(layout, ids, extendDeadline, fields && projectionOf(layout, fields));
      return ids.map((id) => {
        const document = found.get(id);
        return document?.live ? documentFromRecord(layout, document, fields) : undefined;
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
      const { filter, sort } = orderedQuery(layout, page);
      const { fields, limit } = page;
      const cursor = (await this.#collections.get(layout)).find(
        filter,
        fields && { projection: projectionOf(layout, fields) },
      );
      const found = await cursor
        .sort(sort)
        .limit(limit + 1)
        .toArray();
      const documents = found.slice(0, limit).map((document) => documentFromRecord(layout, document, fields));
      return { documents: page.backwards ? documents.reverse() : documents, more: found.length > limit };
    });
  }

  async count(spec: CollectionSpec, filter: Filter): Promise<number> {
    return this.#guarded(async () => {
      const layout = layoutOf(spec);
      const query = countQuery(layout, filter);
      return (await this.#collections.get(layout)).countDocuments(query);
    });
  }

  async sums(spec: CollectionSpec, { filter, by, of }: SumRequest): Promise<ReadonlyMap<string, number>> {
    return this.#guarded(async () => {
      const layout = layoutOf(spec);
      checkSums(layout, { by, of });
      const group = { _id: `$${fieldPath(by)}`, total: { $sum: `$${fieldPath(of)}` } };
      const sums = (await this.#collections.get(layout)).aggregate<{ readonly _id: string; readonly total: number }>([
        { $match: countQuery(layout, filter) },
        { $group: group },
      ]);
      return new Map((await sums.toArray()).map(({ _id, total }) => [_id, total]));
    });
  }

  async write(spec: CollectionSpec, writes: readonly Write[]): Promise<readonly boolean[]> {
    return this.#guarded(async (extendDeadline) => {
      const layout = layoutOf(spec);
      return writeRecords(await this.#collections.get(layout), layout, writes, extendDeadline);
    });
  }

  async checkpoint(model: string): Promise<string | undefined> {
    return this.#guarded(() => this.#bookkeeping.checkpoint(model));
  }

  async checkpoints(spec: CollectionSpec): Promise<ReadonlyMap<string, string>> {
    return this.#guarded(() => this.#bookkeeping.checkpoints(spec));
  }

  async moveCheckpoint(model: string, from: string | undefined, to: string): Promise<boolean> {
    return this.#guarded(() => this.#bookkeeping.moveCheckpoint(model, from, to));
  }

  async clear(spec: CollectionSpec, indexed = true): Promise<void> {
    await this.#guarded(async () => {
      const layout = layoutOf(spec);
      await this.#bookkeeping.deleteCheckpoints(spec);
      await this.#collections.drop(layout.table);
      await this.#collections.prepare(layout, indexed);
    }, INDEXES_MS);
  }

  async drop(spec: CollectionSpec): Promise<void> {
    await this.#guarded(async () => {
      await this.#bookkeeping.deleteCheckpoints(spec);
      await this.#collections.drop(layoutOf(spec).table);
    });
  }

  async liveBuild(spec: CollectionSpec): Promise<number> {
    const [standing] = await this.standing([spec]);
    return standing?.build ?? 0;
  }

  async standing(specs: readonly CollectionSpec[]): Promise<readonly Standing[]> {
    return this.#guarded(() => this.#bookkeeping.standing(specs));
  }

  async switchBuilds(specs: readonly CollectionSpec[]): Promise<void> {
    await this.#guarded(async () => {
      await this.#bookkeeping.useBuilds(specs);
      for (const spec of specs) {
        for (const build of await this.#buildsOf(spec)) {
          if (build === (spec.build ?? 0)) continue;
          const other = { ...spec, build };
          await this.#bookkeeping.deleteCheckpoints(other);
          this.#dropLater(tableOf(other));
        }
      }
    });
  }

  async dropOlder(specs: readonly CollectionSpec[]): Promise<readonly string[]> {
    const tables = await this.#guarded(() => this.#collections.tables());
    const older = olderOf(tables, specs).map((named) => ({ ...named, fields: {}, indexes: [] }));
    for (const spec of older) await this.drop(spec);
    return [...new Set(older.map(({ name, version }) => `${name}@${version}`))];
  }

  async missingIndexes(spec: CollectionSpec): Promise<readonly string[]> {
    return this.#guarded(() => this.#collections.missingIndexes(layoutOf(spec)));
  }

  known(): KnownOfReadStore {
    return { awaySince: this.#answers.awaySince };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async explain(spec: CollectionSpec, page: PageRequest): Promise<unknown> {
    return this.#guarded(async () => {
      const layout = layoutOf(spec);
      const { filter, sort } = orderedQuery(layout, page);
      return (await this.#collections.get(layout))
        .find(filter)
        .sort(sort)
        .limit(page.limit + 1)
        .explain('queryPlanner');
    });
  }

  async #byId(
    layout: Layout,
    ids: readonly string[],
    extendDeadline: () => void,
    projection: Readonly<Record<string, 1>> = {},
  ): Promise<Map<string, StoredRecord>> {
    const collection = await this.#collections.get(layout);
    const found = new Map<string, StoredRecord>();
    for (const piece of slicesOf([...new Set(ids)], RECORDS_AT_ONCE)) {
      const records = await collection.find({ _id: { $in: piece } }, { projection }).toArray();
      for (const record of records) found.set(record._id, record);
      extendDeadline();
    }
    return found;
  }

  async #buildsOf(spec: CollectionSpec): Promise<number[]> {
    const first = firstTable(spec);
    return (await this.#collections.tables()).flatMap((name) => {
      if (!name.startsWith(first)) return [];
      const suffix = /^(?:b(\d+))?$/.exec(name.slice(first.length));
      return suffix ? [Number(suffix[1] ?? 0)] : [];
    });
  }

  #dropLater(table: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // The next switch drops it if this attempt fails.
      if (!this.#closed) this.#collections.drop(table).catch(() => undefined);
    }, this.dropAfterMs);
    timer.unref();
    this.#timers.add(timer);
  }

  async #guarded<T>(work: (extendDeadline: () => void) => Promise<T>, milliseconds?: number): Promise<T> {
    if (this.#closed) throw new ReadStoreUnavailable('the read store was closed');
    const watched = async (extendDeadline: () => void) => {
      this.#answers.called();
      const result = await work(() => {
        this.#answers.answered();
        extendDeadline();
      });
      this.#answers.answered();
      return result;
    };
    return withMongoTimeout(watched, (message, cause) => new ReadStoreUnavailable(message, { cause }), milliseconds);
  }
}
