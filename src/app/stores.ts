import type { AccessKeys } from '../access/keys.js';
import { openMongoAccessKeys } from '../access/mongodb.js';
import { openAccessKeys } from '../access/sqlite.js';
import { openKurrentDbEventStore } from '../eventstore/kurrentdb/store.js';
import { type EventStore, EventStoreUnavailable } from '../eventstore/port.js';
import { openSqliteEventStore } from '../eventstore/sqlite/store.js';
import { mongoLeases } from '../leases/mongodb.js';
import type { LeaseTable } from '../leases/table.js';
import { mongoReadStore } from '../readstore/mongodb/store.js';
import { type ReadStore, ReadStoreUnavailable } from '../readstore/port.js';
import { openSqliteReadStore } from '../readstore/sqlite/store.js';
import { connectMongo, type MongoConnection, mongoFailure } from '../storage/mongodb.js';
import { openMongoVault } from '../vault/mongodb.js';
import { openVault } from '../vault/sqlite.js';
import type { Vault } from '../vault/vault.js';
import type { Config } from './config.js';
import { type DataDirectory, masterKey } from './dataDirectory.js';
import { version } from './version.js';

/** An engine on this machine's disk, with nothing to install. */
export const EMBEDDED = 'sqlite:';

/** Told what is to be closed, the last first. */
export type OnClose = (closer: () => Promise<void> | void) => void;

/** Does work with what it opens, and closes all of it afterwards, the last first. */
export async function withOpened<T>(work: (onClose: OnClose) => Promise<T>): Promise<T> {
  const closers: (() => Promise<void> | void)[] = [];
  try {
    return await work((closer) => void closers.push(closer));
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** What Letopis keeps beside the chronicle. */
export interface Kept {
  readonly store: ReadStore;
  readonly vault: Vault;
  readonly keys: AccessKeys;
  /** By which processes share the work; undefined where there is one process alone. */
  readonly leases: LeaseTable | undefined;
}

/**
 * Opens the chronicle where the settings say.
 *
 * @throws EventStoreUnavailable
 */
export function openChronicle(
  config: Config,
  files: DataDirectory,
  onGroup: (appends: number) => void = () => undefined,
): Promise<EventStore> {
  if (config.LETOPIS_EVENT_STORE === EMBEDDED) {
    return openSqliteEventStore(files.chronicle, { writtenBy: version, onGroup });
  }
  return openKurrentDbEventStore(config.LETOPIS_EVENT_STORE, {
    namespace: config.LETOPIS_NAMESPACE,
    writtenBy: version,
  });
}

/**
 * Opens read models, keys of persons and API keys where the settings say: files, or a MongoDB for all of them.
 *
 * @throws ReadStoreUnavailable, VaultUnavailable, AccessUnavailable, WrongMasterKey
 */
export async function openKept(config: Config, files: DataDirectory, onClose: OnClose): Promise<Kept> {
  const master = await masterKey(files, config.LETOPIS_MASTER_KEY);
  if (config.LETOPIS_READ_STORE === EMBEDDED) {
    const vault = await openVault(files.vault, master);
    onClose(() => vault.close());
    const keys = await openAccessKeys(files.access);
    onClose(() => keys.close());
    const store = await openSqliteReadStore(files.readModels);
    onClose(() => store.close());
    return { store, vault, keys, leases: undefined };
  }
  const { db, close } = await openMongo(config.LETOPIS_READ_STORE);
  onClose(close);
  const vault = await openMongoVault(db, master);
  onClose(() => vault.close());
  const keys = await openMongoAccessKeys(db);
  onClose(() => keys.close());
  const store = mongoReadStore(db);
  onClose(() => store.close());
  return { store, vault, keys, leases: mongoLeases(db) };
}

/** The API keys alone, for work on them. */
export async function openKeys(config: Config, files: DataDirectory, onClose: OnClose): Promise<AccessKeys> {
  if (config.LETOPIS_READ_STORE === EMBEDDED) {
    const keys = await openAccessKeys(files.access);
    onClose(() => keys.close());
    return keys;
  }
  const { db, close } = await openMongo(config.LETOPIS_READ_STORE);
  onClose(close);
  return openMongoAccessKeys(db);
}

/** @throws ReadStoreUnavailable */
export async function openMongo(url: string): Promise<MongoConnection> {
  try {
    return await connectMongo(url);
  } catch (error) {
    throw new ReadStoreUnavailable(mongoFailure(error) ?? `MongoDB cannot be used: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/**
 * Refuses what only works on files.
 *
 * @throws EventStoreUnavailable that says what to do instead.
 */
export function checkEmbedded(config: Config, instead: string): void {
  if (config.LETOPIS_EVENT_STORE === EMBEDDED && config.LETOPIS_READ_STORE === EMBEDDED) return;
  throw new EventStoreUnavailable(`this works on the files of an embedded Letopis alone: ${instead}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
