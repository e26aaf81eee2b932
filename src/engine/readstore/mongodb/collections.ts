import { type Collection, type Db, MongoServerError } from 'mongodb';
import { FORMAT_NAME } from '../../log/formatName.js';
import { presentIndexes } from '../../storage/mongodb.js';
import { endsWithId, type Layout } from '../layout.js';
import type { StoredRecord } from './documents.js';
import { fieldPath } from './query.js';

/** The declared fields of a collection, stored under the name of its table. */
interface Shape {
  readonly _id: string;
  readonly fields: string;
}

/** The collections of the read models, with their shapes and indexes. */
export class Collections {
  readonly #prepared = new Set<string>();

  constructor(private readonly db: Db) {}

  /**
   * Creates a collection and its indexes.
   *
   * @param indexed false to leave out the indexes, which a later call creates.
   * @throws Error if the collection exists with other fields: the spec was changed without a new version.
   */
  async prepare(layout: Layout, indexed = true): Promise<void> {
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
    if (!indexed) return;
    const indexes = indexesOf(layout);
    const collection = this.db.collection<StoredRecord>(table);
    await collection.createIndexes(indexes);
    const wanted = new Set(['_id_', ...indexes.map(({ name }) => name)]);
    for (const { name } of await collection.indexes()) {
      if (name !== undefined && !wanted.has(name)) await collection.dropIndex(name);
    }
  }

  /** Returns a prepared collection. @throws Error if neither this process nor another one has prepared it. */
  async get({ table }: Layout): Promise<Collection<StoredRecord>> {
    if (!this.#prepared.has(table)) {
      const shape = await this.#shapes.findOne({ _id: table });
      if (!shape) throw new Error(`read store: ${table} is not prepared`);
      this.#prepared.add(table);
    }
    return this.db.collection<StoredRecord>(table);
  }

  /** Returns the declared indexes that the engine lacks, each after the name of its table. */
  async missingIndexes(layout: Layout): Promise<string[]> {
    const { table } = layout;
    const present = await presentIndexes(this.db.collection(table));
    const names = new Set(present.map(({ name }) => name));
    return indexesOf(layout).flatMap(({ name }) => (names.has(name) ? [] : [`${table}: ${name}`]));
  }

  /** Returns the tables of all collections. */
  async tables(): Promise<string[]> {
    const shapes = await this.#shapes.find({}, { projection: { _id: 1 } }).toArray();
    return shapes.map(({ _id }) => _id);
  }

  /** Drops a collection, which need not exist. */
  async drop(table: string): Promise<void> {
    this.#prepared.delete(table);
    await this.#shapes.deleteOne({ _id: table });
    try {
      await this.db.collection(table).drop();
    } catch (error) {
      // Servers before version 7 fail if the collection does not exist.
      if (!(error instanceof MongoServerError && /ns not found/.test(error.message))) throw error;
    }
  }

  get #shapes(): Collection<Shape> {
    return this.db.collection(`${FORMAT_NAME}_shapes`);
  }
}

/** Returns the indexes of a collection. They cover live records only, and end with the id or contain a unique field. */
function indexesOf(layout: Layout) {
  const { indexes, multis, multiIndexes } = layout;
  return [...indexes, ...multis.map((name) => [name]), ...multiIndexes].map((names) => {
    const paths = [...names.map(fieldPath), ...(endsWithId(layout, names) ? ['_id'] : [])];
    return {
      name: ['live', ...paths].join(' '),
      // The default index on _id covers tombstones too.
      key: names.length === 0 ? { live: 1, _id: 1 } : Object.fromEntries(paths.map((path) => [path, 1])),
      partialFilterExpression: { live: true },
    };
  });
}
