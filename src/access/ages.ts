import type { Collection, Document } from 'mongodb';
import { withAccessDatabase } from './database.js';

const DAY_SECONDS = 86_400;

/** Error codes of MongoDB for an index that exists with another age. */
const OTHER_OPTIONS: ReadonlySet<unknown> = new Set([85, 86]);

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
    try {
      await aging.createIndex({ since: 1 }, options);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && OTHER_OPTIONS.has(error.code))) throw error;
      await aging.dropIndex(options.name);
      await aging.createIndex({ since: 1 }, options);
    }
  });
}
