import { LRUCache } from 'lru-cache';
import { Binary, type Collection, type Db } from 'mongodb';
import { answered } from '../../storage/mongodb.js';
import { type AccessKeys, AccessUnavailable, accessKeysOn, type KeptKey, keyRoleOf } from './keys.js';

/** A key that was found is believed for so long, in milliseconds, without asking again. */
const BELIEVED_MS = 5_000;

interface StoredKey {
  readonly _id: string;
  readonly name: string;
  readonly role: string;
  readonly post: string | null;
  readonly organisation: string | null;
  readonly lookup: string;
  readonly hash: Binary;
  readonly createdAt: string;
}

/** The API keys that are kept in a MongoDB for all processes. @throws AccessUnavailable */
export async function openMongoAccessKeys(db: Db): Promise<AccessKeys> {
  const keys = keysOf(db);
  await guarded(() => keys.createIndex({ lookup: 1 }, { unique: true, name: 'lookup' }));
  const found = new LRUCache<string, KeptKey>({ max: 1_000, ttl: BELIEVED_MS });
  return accessKeysOn({
    put: (key) => guarded(() => putMongoAccessKeys(db, [key])),
    async find(lookup) {
      const known = found.get(lookup);
      if (known) return known;
      const key = await guarded(async () => keptOf(await keys.findOne({ lookup })));
      if (key) found.set(lookup, key);
      return key;
    },
    async rename(id, name) {
      const { matchedCount } = await guarded(() => keys.updateOne({ _id: id }, { $set: { name } }));
      found.clear();
      return matchedCount > 0;
    },
    all: () => guarded(() => accessKeysInMongo(db)),
    close: () => found.clear(),
  });
}

/** All keys as they are kept, oldest first. */
export async function accessKeysInMongo(db: Db): Promise<KeptKey[]> {
  const stored = await keysOf(db).find().sort({ createdAt: 1, _id: 1 }).toArray();
  return stored.flatMap((key) => keptOf(key) ?? []);
}

/** Keeps keys unless those with their lookups are there. */
export async function putMongoAccessKeys(db: Db, keys: readonly KeptKey[]): Promise<void> {
  for (const { id, lookup, hash, ...rest } of keys) {
    const made = { _id: id, hash: new Binary(hash), ...rest };
    await keysOf(db).updateOne({ lookup }, { $setOnInsert: made }, { upsert: true });
  }
}

function keysOf(db: Db): Collection<StoredKey> {
  return db.collection<StoredKey>('letopis_api_keys');
}

function keptOf(stored: StoredKey | null): KeptKey | undefined {
  const role = keyRoleOf(stored?.role);
  if (!stored || role === undefined) return undefined;
  const { _id, hash, ...rest } = stored;
  return { ...rest, role, id: _id, hash: Buffer.from(hash.buffer.subarray(0, hash.position)) };
}

function guarded<T>(work: () => Promise<T>): Promise<T> {
  return answered(work, (message, cause) => new AccessUnavailable(message, { cause }));
}
