import type { OnClose } from '../engine/closing.js';
import { mongoAnchors } from '../engine/eventlog/anchors.js';
import { openMongoLog } from '../engine/eventlog/mongodb.js';
import { mongoLeases } from '../engine/leases/mongodb.js';
import { mongoReadStore } from '../engine/readstore/mongodb/store.js';
import { ReadStoreUnavailable } from '../engine/readstore/port.js';
import { mongoRecords } from '../engine/records/mongodb.js';
import { connectMongo, type MongoConnection, mongoFailure } from '../engine/storage/mongodb.js';
import { faultOf } from '../engine/storage/thrown.js';
import { erasedInMongo, keysInMongo, openMongoVault, rootInMongo } from '../engine/vault/mongodb.js';
import { accessUnavailable, type OpenedStores, openSmallStores } from './opened.js';
import type { VerifiableStores } from './verifiableStores.js';

// Import this module dynamically, only when MongoDB is configured: its driver takes a fifth of the CLI start time.

/**
 * Opens all stores other than the event store in one MongoDB.
 *
 * @param days age limit of access records.
 * @throws ReadStoreUnavailable, VaultUnavailable, AccessUnavailable, WrongMasterKey
 */
export async function openMongoStores(
  url: string,
  master: Buffer,
  days: number,
  onClose: OnClose,
): Promise<OpenedStores> {
  const { db, close } = await openMongo(url);
  onClose(close);
  const vault = await openMongoVault(db, master);
  onClose(() => vault.close());
  const store = mongoReadStore(db);
  onClose(() => store.close());
  return {
    store,
    vault,
    ...(await openSmallStores(mongoRecords(db, accessUnavailable), days)),
    leases: mongoLeases(db),
    log: await openMongoLog(db),
    anchors: mongoAnchors(db),
  };
}

/** Opens the anchor, the log and the keys in MongoDB, to verify a chronicle. @throws ReadStoreUnavailable */
export async function openMongoVerifiable(url: string, onClose: OnClose): Promise<VerifiableStores> {
  const { db, close } = await openMongo(url);
  onClose(close);
  return {
    anchors: { name: 'letopis_log_anchor', store: mongoAnchors(db) },
    log: () => openMongoLog(db),
    async keys() {
      const { root, subjects } = await keysInMongo(db);
      // Read after the keys: a key that is destroyed in between must not count as damage.
      return { root, subjects, forgotten: await erasedInMongo(db) };
    },
  };
}

/** Returns true when the database has a root key. @throws ReadStoreUnavailable, VaultUnavailable */
export async function hasKeysInMongo(url: string): Promise<boolean> {
  const { db, close } = await openMongo(url);
  try {
    return (await rootInMongo(db)) !== undefined;
  } finally {
    await close();
  }
}

/** Connects to MongoDB. @throws ReadStoreUnavailable */
export async function openMongo(url: string): Promise<MongoConnection> {
  try {
    return await connectMongo(url);
  } catch (error) {
    throw new ReadStoreUnavailable(mongoFailure(error) ?? `MongoDB cannot be used: ${faultOf(error)}`, {
      cause: error,
    });
  }
}
