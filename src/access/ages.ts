import { type Collection, type Document, MongoServerError } from 'mongodb';
import { withAccessDatabase } from './database.js';

const DAY_SECONDS = 86_400;

/** Error codes of MongoDB for an index that exists with another age. */
const OTHER_OPTIONS: ReadonlySet<unknown> = new Set([85, 86]);
/** Error code of MongoDB for an index that does not exist. */
const NO_INDEX: ReadonlySet<unknown> = new Set([27]);

/** A record in MongoDB with the time of its last write by the clock of the machine, from which its age counts. */
export interface Aging {
  readonly since: Date;
}

/**
 * Has MongoDB delete the records of a collection whose `since` is older than so many days. Records of an older version
 * have no `since`: their age counts from now.
 *
 * @throws AccessUnavailable
 */
export async function limitAge<Stored extends Document & Aging>(
  records: Collection<Stored>,
  days: number,
): Promise<void> {
  const options = { name: 'age', expireAfterSeconds: days * DAY_SECONDS };
  const aging = records.db.collection<Document>(records.collectionName);
  await withAccessDatabase(async () => {
    await aging.updateMany({ since: { $exists: false } }, { $set: { since: new Date() } });
    await aging.createIndex({ since: 1 }, options).catch(ignoring(OTHER_OPTIONS));
    const index = (await aging.indexes()).find(({ name }) => name === options.name);
    if (index?.expireAfterSeconds === options.expireAfterSeconds) return;
    // The setting was changed. Another process may do the same at this time.
    await aging.dropIndex(options.name).catch(ignoring(NO_INDEX));
    await aging.createIndex({ since: 1 }, options);
  });
}

/** Returns a handler of errors that passes over errors of MongoDB with one of these codes. */
function ignoring(codes: ReadonlySet<unknown>): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof MongoServerError && codes.has(error.code))) throw error;
  };
}
