import type { Logger } from 'pino';
import { legacyKeysIn } from '../access/legacy/sqlite.js';
import { openReadingLog } from '../access/readings/sqlite.js';
import { openRefusalLog } from '../access/refusals/sqlite.js';
import { openAccessUses } from '../access/uses/sqlite.js';
import { type EventStore, EventStoreUnavailable } from '../eventstore/port.js';
import { openSqliteEventStore, type SqliteStoreOptions } from '../eventstore/sqlite/store.js';
import { openVault } from '../vault/sqlite.js';
import { openDeliveries } from '../webhooks/deliveries/sqlite.js';
import { anchorFile } from './anchorFile.js';
import type { Config } from './config.js';
import { type DataDirectory, masterKey } from './dataDirectory.js';
import type { Kept, OnClose } from './opened.js';
import { openReadModels } from './readModelsFile.js';
import { version } from './version.js';

/** An engine on this machine's disk, with nothing to install. */
export const EMBEDDED = 'sqlite:';

/**
 * Opens the chronicle where the settings say.
 *
 * @throws EventStoreUnavailable
 */
export async function openChronicle(
  config: Config,
  files: DataDirectory,
  { onGroup, log }: Pick<SqliteStoreOptions, 'onGroup' | 'log'> = {},
): Promise<EventStore> {
  if (config.LETOPIS_EVENT_STORE === EMBEDDED) {
    return openSqliteEventStore(files.chronicle, {
      writtenBy: version,
      ...(onGroup && { onGroup }),
      ...(log && { log }),
    });
  }
  const { openKurrentDbEventStore } = await import('../eventstore/kurrentdb/store.js');
  return openKurrentDbEventStore(config.LETOPIS_EVENT_STORE, {
    namespace: config.LETOPIS_NAMESPACE,
    writtenBy: version,
  });
}

/**
 * Opens read models, keys of persons and records of access where the settings say: files, or a MongoDB for all of them.
 *
 * @throws ReadStoreUnavailable, VaultUnavailable, AccessUnavailable, WrongMasterKey
 */
export async function openKept(config: Config, files: DataDirectory, onClose: OnClose, log: Logger): Promise<Kept> {
  const master = await masterKey(files, config.LETOPIS_MASTER_KEY);
  if (config.LETOPIS_READ_STORE === EMBEDDED) {
    const vault = await openVault(files.vault, master);
    onClose(() => vault.close());
    const readings = await openReadingLog(files.access);
    onClose(() => readings.close());
    const uses = await openAccessUses(files.access);
    onClose(() => uses.close());
    const refusals = await openRefusalLog(files.access);
    onClose(() => refusals.close());
    const deliveries = await openDeliveries(files.access);
    onClose(() => deliveries.close());
    const legacyKeys = legacyKeysIn(files.access);
    const store = await openReadModels(files, log);
    onClose(() => store.close());
    const anchors = anchorFile(files.logAnchor);
    const none = { leases: undefined, log: undefined };
    return { store, vault, legacyKeys, uses, refusals, readings, deliveries, anchors, ...none };
  }
  const { openMongoKept } = await import('./clusterStores.js');
  return openMongoKept(config.LETOPIS_READ_STORE, master, onClose);
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
