import { type Db, type Document, type Filter, MongoServerError } from 'mongodb';
import { DURABLE, presentIndexes, withMongoTimeout } from '../storage/mongodb.js';
import type { FieldCondition, RecordRow, RecordStore, Records, RecordsFailure, TableSpec, Where } from './port.js';

/** Opens tables of records in MongoDB, which all processes share. */
export function mongoRecords(db: Db, failure: RecordsFailure): RecordStore {
  const guarded = <T>(work: () => Promise<T>): Promise<T> => withMongoTimeout(work, failure);
  return {
    async open(spec, days) {
      const indexes = Object.entries<readonly string[]>(spec.indexes ?? {}).map(([name, fields]) => ({
        name,
        key: Object.fromEntries(fields.map((field) => [nameOf(spec, field), 1])),
      }));
      if (indexes.length > 0) await guarded(() => db.collection(spec.collection).createIndexes(indexes));
      const isAging = spec.at !== undefined && days !== undefined;
      if (isAging) await guarded(() => limitAge(db, spec.collection, days));
      return recordsOf(db, spec, { guarded, isAging });
    },
    close: () => undefined,
  };
}

const DAY_SECONDS = 86_400;
/** Error codes of MongoDB for an index that does not exist, and for one that exists with another age. */
const NO_INDEX = 27;
const OTHER_AGE = 85;

/**
 * Makes MongoDB delete the documents whose last write, `since` by the clock of the machine, is older than `days`.
 * Documents of an older version have no `since`: their age counts from now. Another process may do the same at the same
 * time.
 */
async function limitAge(db: Db, name: string, days: number): Promise<void> {
  const options = { name: 'age', expireAfterSeconds: days * DAY_SECONDS };
  const aging = db.collection(name);
  await aging.updateMany({ since: { $exists: false } }, { $set: { since: new Date() } });
  const index = (await presentIndexes(aging)).find((each) => each.name === options.name);
  if (index?.expireAfterSeconds === options.expireAfterSeconds) return;
  // An index with another age is dropped first: it cannot be changed by creating it again.
  if (index) await aging.dropIndex(options.name).catch(ignoring(NO_INDEX));
  await aging.createIndex({ since: 1 }, options).catch(ignoring(OTHER_AGE));
}

/** Returns a handler of errors that passes over the error of MongoDB with this code. */
function ignoring(code: number): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof MongoServerError && error.code === code)) throw error;
  };
}

type GuardedCall = <T>(work: () => Promise<T>) => Promise<T>;

/** A document of a table: its key is a text. */
type RecordDocument = Document & { readonly _id: string };

function recordsOf<Row extends RecordRow>(
  db: Db,
  spec: TableSpec<Row>,
  { guarded, isAging }: { readonly guarded: GuardedCall; readonly isAging: boolean },
): Records<Row> {
  const { key, changes = [] } = spec;
  const collection = db.collection<RecordDocument>(spec.collection, DURABLE);
  const changed = new Set<string>(changes.map(({ field }) => field));
  const sinceNow = () => (isAging ? { since: new Date() } : {});
  const keyOf = (row: Row): string => String(row[key]);
  /** The fields of a row but the key. */
  const restOf = (row: Row) => Object.entries(row).filter(([field]) => field !== key);
  const written = (row: Row) => {
    const inserted = restOf(row).filter(([field]) => !changed.has(field));
    const ofKind = (isMax: boolean) =>
      changes.filter(({ max = false }) => max === isMax).map(({ field }) => [field, row[field]] as const);
    const [set, max] = [ofKind(false), ofKind(true)];
    const update = {
      ...(inserted.length > 0 ? { $setOnInsert: Object.fromEntries(inserted) } : {}),
      ...(set.length > 0 || isAging ? { $set: { ...Object.fromEntries(set), ...sinceNow() } } : {}),
      ...(max.length > 0 ? { $max: Object.fromEntries(max) } : {}),
    };
    return { updateOne: { filter: filterOf({ _id: keyOf(row) }), update, upsert: true } };
  };
  const rowFrom = ({ _id, since: _, ...rest }: Document): Row => spec.parse({ ...rest, [key]: _id });
  const filterFor = (where: Where<Row>) => filterOf(mongoFilter(where, spec));
  return {
    put: (rows) =>
      guarded(async () => {
        if (rows.length > 0) await collection.bulkWrite(rows.map(written), { ordered: true });
      }),
    update: (row) =>
      guarded(async () => {
        await collection.updateOne(filterOf({ _id: keyOf(row) }), {
          $set: { ...Object.fromEntries(restOf(row)), ...sinceNow() },
        });
      }),
    find: (where, { by, descending, skip = 0, limit }) =>
      guarded(async () => {
        const found = collection.find(filterFor(where)).sort({ [nameOf(spec, by)]: descending ? -1 : 1 });
        return (await found.skip(skip).limit(limit).toArray()).map(rowFrom);
      }),
    count: (where) => guarded(() => collection.countDocuments(filterFor(where))),
    remove: (where) =>
      guarded(async () => {
        await collection.deleteMany(filterFor(where));
      }),
    take: (id) =>
      guarded(async () => {
        const taken = await collection.findOneAndDelete(filterOf({ _id: id }));
        return taken ? rowFrom(taken) : undefined;
      }),
  };
}

/** The name of a field in the documents of a table. */
function nameOf<Row extends RecordRow>({ key }: TableSpec<Row>, field: string): string {
  return field === key ? '_id' : field;
}

function mongoFilter<Row extends RecordRow>(where: Where<Row>, spec: TableSpec<Row>): Document {
  const conditions = Object.entries<FieldCondition>(where).flatMap(([field, value]): [string, unknown][] => {
    const name = nameOf(spec, field);
    if (value === undefined) return [];
    if (value === null || typeof value !== 'object') return [[name, value]];
    if ('in' in value) return [[name, { $in: [...value.in] }]];
    const { from, to, after, before } = value;
    const bounds = Object.entries({ $gte: from, $lte: to, $gt: after, $lt: before });
    const given = bounds.filter(([, bound]) => bound !== undefined);
    return given.length === 0 ? [] : [[name, Object.fromEntries(given)]];
  });
  return Object.fromEntries(conditions);
}

/** The driver cannot infer the fields of a table. */
function filterOf(conditions: Document): Filter<RecordDocument> {
  return conditions;
}
