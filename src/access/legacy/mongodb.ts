import type { Binary, Db } from 'mongodb';
import { withAccessDatabase } from '../database.js';
import { holderRoleOf, type LegacyKey, type LegacyKeys } from './keys.js';

interface StoredLegacyKey {
  readonly _id: string;
  readonly name: string;
  readonly role: string;
  readonly post: string | null;
  readonly organisation: string | null;
  readonly lookup: string;
  readonly hash: Binary;
  readonly createdAt: string;
}

/** Returns access to the API keys of an older version in MongoDB. */
export function legacyKeysInMongo(db: Db): LegacyKeys {
  const keys = db.collection<StoredLegacyKey>('letopis_api_keys');
  return {
    all: () =>
      withAccessDatabase(async () => {
        const stored = await keys.find().sort({ createdAt: 1, _id: 1 }).toArray();
        return stored.flatMap((key) => legacyKeyFromRecord(key) ?? []);
      }),
    remove: () =>
      withAccessDatabase(async () => {
        await keys.deleteMany({});
      }),
  };
}

function legacyKeyFromRecord({ _id, hash, ...rest }: StoredLegacyKey): LegacyKey | undefined {
  const role = holderRoleOf(rest.role);
  return role && { ...rest, role, id: _id, hash: Buffer.from(hash.buffer.subarray(0, hash.position)) };
}
