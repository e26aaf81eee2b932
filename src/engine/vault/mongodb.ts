import { Binary, type Db } from 'mongodb';
import { FORMAT_NAME } from '../log/formatName.js';
import { slicesOf } from '../slices.js';
import { allOf, DURABLE, isDuplicate, RECORDS_AT_ONCE } from '../storage/mongodb.js';
import { newRoot, openRoot } from './ciphers.js';
import { checkPut, type SubjectKey, VaultUnavailable } from './keyStore.js';
import {
  binaryBytes,
  erasedIn,
  erasedOf,
  insertKeys,
  keyFromRecord,
  SharedKeys,
  subjectKeyCollection,
  withKeyDatabase,
} from './sharedKeys.js';
import { type Vault, vaultOf } from './vault.js';

interface KeptRoot {
  readonly _id: 'root';
  readonly wrapped: Binary;
}

/**
 * Opens the keys in MongoDB, which all processes share. Creates the root key if there is none.
 *
 * @throws WrongMasterKey when the root key was wrapped by another master key; VaultUnavailable.
 */
export async function openMongoVault(db: Db, masterKey: Buffer): Promise<Vault> {
  return withKeyDatabase(async () => {
    const subjects = subjectKeyCollection(db);
    await subjects.createIndex({ lookup: 1 }, { unique: true, name: 'lookup' });
    await erasedOf(db).createIndex({ at: 1 }, { name: 'newest' });
    const wrapped = (await rootIn(db)) ?? (await putRoot(db, newRoot(masterKey)));
    const root = openRoot(masterKey, wrapped ?? Buffer.alloc(0), `keys in MongoDB (${FORMAT_NAME}_root)`);
    const keys = new SharedKeys(subjects, erasedOf(db));
    // Skips the keys that were destroyed before: this process has not read them.
    await keys.removedElsewhere();
    return vaultOf(keys, root);
  });
}

/** Returns all stored keys, for a copy. @throws VaultUnavailable */
export async function keysInMongo(
  db: Db,
): Promise<{ readonly root: Buffer | undefined; readonly subjects: SubjectKey[] }> {
  const root = await rootInMongo(db);
  const subjects = await withKeyDatabase((extendDeadline) => allOf(subjectKeyCollection(db).find(), extendDeadline));
  return { root, subjects: subjects.map(keyFromRecord) };
}

/** Returns the wrapped root key; undefined if there is none. @throws VaultUnavailable */
export function rootInMongo(db: Db): Promise<Buffer | undefined> {
  return withKeyDatabase(() => rootIn(db));
}

/** Returns the subjects whose keys were destroyed on purpose. @throws VaultUnavailable */
export async function erasedInMongo(db: Db): Promise<ReadonlySet<string>> {
  return new Set(await withKeyDatabase((extendDeadline) => erasedIn(erasedOf(db), extendDeadline)));
}

/**
 * Writes keys to a database that has no keys or some of the same, and reads them back. After an interruption it can be
 * run again.
 *
 * @throws VaultUnavailable, also when the database has another root key, or another key of one of these persons.
 */
export async function putMongoKeys(db: Db, root: Buffer, subjects: readonly SubjectKey[]): Promise<void> {
  const known = await keysInMongo(db);
  const there = known.root ?? (await withKeyDatabase(() => putRoot(db, root)));
  if (!there?.equals(root)) {
    throw new VaultUnavailable('the database holds the keys of another chronicle: name another database');
  }
  await withKeyDatabase(() => subjectKeyCollection(db).createIndex({ lookup: 1 }, { unique: true, name: 'lookup' }));
  const present = new Set(known.subjects.map(({ subject }) => subject));
  const missing = subjects.filter(({ subject }) => !present.has(subject));
  for (const piece of slicesOf(missing, RECORDS_AT_ONCE)) {
    await withKeyDatabase(() => insertKeys(subjectKeyCollection(db), piece));
  }
  checkPut(subjects, (await keysInMongo(db)).subjects, 'database');
}

async function rootIn(db: Db): Promise<Buffer | undefined> {
  const kept = await db.collection<KeptRoot>(`${FORMAT_NAME}_root`, DURABLE).findOne({ _id: 'root' });
  return kept ? binaryBytes(kept.wrapped) : undefined;
}

/** Stores a root key unless there is one. Returns the stored key: several processes may start at the same time. */
async function putRoot(db: Db, root: Buffer): Promise<Buffer | undefined> {
  const roots = db.collection<KeptRoot>(`${FORMAT_NAME}_root`, DURABLE);
  await roots.insertOne({ _id: 'root', wrapped: new Binary(root) }).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
  return rootIn(db);
}
