import type { Logger } from 'pino';
import type { OnClose } from '../engine/closing.js';
import { openSqliteLog } from '../engine/eventlog/sqlite.js';
import { type EventStore, EventStoreUnavailable } from '../engine/eventstore/port.js';
import { openSqliteEventStore, type SqliteStoreOptions } from '../engine/eventstore/sqlite/store.js';
import { openSqliteRecords } from '../engine/records/sqlite.js';
import { openVault } from '../engine/vault/sqlite.js';
import { anchorFile } from './anchorFile.js';
import type { Config } from './config.js';
import { type DataDirectory, masterKey } from './dataDirectory.js';
import { accessUnavailable, type OpenedStores, openSmallStores } from './opened.js';
import { openReadModels } from './readModelsFile.js';
import { version } from './version.js';

/** The setting of the embedded engine: SQLite files in the data directory. */
export const EMBEDDED = 'sqlite:';

/** Options of {@link openChronicle}. `mustExist`: throws if the server has no chronicle, instead of creating one. */
interface ChronicleOptions extends Pick<SqliteStoreOptions, 'onGroup' | 'log'> {
  readonly mustExist?: boolean;
}

/**
 * Opens the configured event store.
 *
 * @throws EventStoreUnavailable
 */
export async function openChronicle(
  config: Config,
  files: DataDirectory,
  { onGroup, log, mustExist = false }: ChronicleOptions = {},
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
    mustExist,
  });
}

/**
 * Opens the configured stores of read models, keys of persons and access records: SQLite files, or one MongoDB for all.
 *
 * @throws ReadStoreUnavailable, VaultUnavailable, AccessUnavailable, WrongMasterKey
 */
export async function openStores(
  config: Config,
  files: DataDirectory,
  onClose: OnClose,
  log: Logger,
): Promise<OpenedStores> {
  const master = await masterKey(files, config.LETOPIS_MASTER_KEY);
  const days = config.LETOPIS_ACCESS_RECORD_DAYS;
  if (config.LETOPIS_READ_STORE === EMBEDDED) {
    const vault = await openVault(files.vault, master);
    onClose(() => vault.close());
    const records = await openSqliteRecords(files.access, accessUnavailable);
    onClose(() => records.close());
    const store = await openReadModels(files, log);
    onClose(() => store.close());
    const anchors = anchorFile(files.logAnchor);
    // The embedded event store writes the log itself.
    const eventLog = config.LETOPIS_EVENT_STORE === EMBEDDED ? undefined : await openSqliteLog(files.log);
    onClose(() => eventLog?.close());
    return { store, vault, ...(await openSmallStores(records, days)), anchors, leases: undefined, log: eventLog };
  }
  const { openMongoStores } = await import('./clusterStores.js');
  return openMongoStores(config.LETOPIS_READ_STORE, master, days, onClose);
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
