import type { Collection, Db } from 'mongodb';
import { type Aging, limitAge } from '../ages.js';
import { withAccessDatabase } from '../database.js';
import { type AccessUses, accessUsesOn } from './uses.js';

interface StoredUse extends Aging {
  readonly _id: string;
  readonly lastAt: string;
}

/**
 * Opens the record of uses in MongoDB, which all processes share. Uses are deleted after so many days.
 *
 * @throws AccessUnavailable
 */
export async function openMongoAccessUses(db: Db, days: number): Promise<AccessUses> {
  const uses: Collection<StoredUse> = db.collection('letopis_access_uses');
  await limitAge(uses, days);
  return accessUsesOn({
    put: (holderId, lastAt) =>
      withAccessDatabase(async () => {
        await uses.updateOne({ _id: holderId }, { $max: { lastAt }, $set: { since: new Date() } }, { upsert: true });
      }),
    get: (holderIds) =>
      withAccessDatabase(async () => {
        const found = await uses.find({ _id: { $in: [...holderIds] } }).toArray();
        return new Map(found.map(({ _id, lastAt }) => [_id, lastAt]));
      }),
    close: () => undefined,
  });
}
