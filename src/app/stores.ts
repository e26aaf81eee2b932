import type { Logger } from 'pino';
import { openReadingLog } from '../access/readings/sqlite.js';
import { openRefusalLog } from '../access/refusals/sqlite.js';
import { openAccessUses } from '../access/uses/sqlite.js';
import { type EventStore, EventStoreUnavailable } from '../engine/eventstore/port.js';
import { openSqliteEventStore, type SqliteStoreOptions } from '../engine/eventstore/sqlite/store.js';
import { openVault } from '../engine/vault/sqlite.js';
import { openDeliveries } from '../webhooks/deliveries/sqlite.js';
import { anchorFile } from './anchorFile.js';
import type { Config } from './config.js';
import { type DataDirectory, masterKey } from './dataDirectory.js';
import type { OnClose, OpenedStores } from './opened.js';
import { openReadModels } from './readModelsFile.js';
import { version } from './version.js';

/** The setting of the embedded engine: SQLite files in the data directory. */
export const EMBEDDED = 'sqlite:';

/**
 * Opens the configured event store.
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
  const { openKurrentDbEventStore } = await import('../engine/eventstore/kurrentdb/store.js');
  return openKurrentDbEventStore(config.LETOPIS_EVENT_STORE, {
    namespace: config.LETOPIS_NAMESPACE,
    writtenBy: version,
  });
}

/**
 * Opens the configured stores of read models, keys of persons and access records: SQLite files, or one MongoDB for all.
 *
 * @throws ReadStoreUnavailable, VaultUnavailable, AccessUnavailable, WrongMasterKey
 */
export async function openKept(
  config: Config,
  files: DataDirectory,
  onClose: OnClose,
  log: Logger,
): Promise<OpenedStores> {
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
    const store = await openReadModels(files, log);
    onClose(() => store.close());
    const anchors = anchorFile(files.logAnchor);
    const none = { leases: undefined, log: undefined };
    return { store, vault, uses, refusals, readings, deliveries, anchors, ...none };
  }
  const { openMongoKept } = await import('./clusterStores.js');
  return openMongoKept(config.LETOPIS_READ_STORE, master, onClose);
}

/**
 * Checks that event store and read store are embedded, for operations that work on files only.
 *
 * @param instead what the user can do otherwise, for the message.
 * @throws EventStoreUnavailable when one of them is not embedded.
 */
export function checkEmbedded(config: Config, instead: string): void {
  if (config.LETOPIS_EVENT_STORE === EMBEDDED && config.LETOPIS_READ_STORE === EMBEDDED) return;
  throw new EventStoreUnavailable(`this works only on the files of an embedded Letopis: ${instead}`);
}
