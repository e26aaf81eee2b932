import type { Collection, Db } from 'mongodb';
import { withAccessDatabase } from '../database.js';
import { type AccessUses, accessUsesOn } from './uses.js';

interface StoredUse {
  readonly _id: string;
  readonly lastAt: string;
}

/** Returns the record of uses in MongoDB, which all processes share. */
export function mongoAccessUses(db: Db): AccessUses {
  const uses: Collection<StoredUse> = db.collection('letopis_access_uses');
  return accessUsesOn({
    put: (holderId, lastAt) =>
      withAccessDatabase(async () => {
        await uses.updateOne({ _id: holderId }, { $max: { lastAt } }, { upsert: true });
      }),
    get: (holderIds) =>
      withAccessDatabase(async () => {
        const found = await uses.find({ _id: { $in: [...holderIds] } }).toArray();
        return new Map(found.map(({ _id, lastAt }) => [_id, lastAt]));
      }),
    close: () => undefined,
  });
}
