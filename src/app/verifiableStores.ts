import type { OnClose } from '../engine/closing.js';
import type { LogStore } from '../engine/eventlog/follower.js';
import { openSqliteLogReadOnly } from '../engine/eventlog/sqlite.js';
import type { LogArchive } from '../engine/eventlog/storedLog.js';
import type { EventLog } from '../engine/eventstore/port.js';
import { keysIn } from '../engine/vault/sqlite.js';
import { anchorFile } from './anchorFile.js';
import type { Config } from './config.js';
import type { DataDirectory } from './dataDirectory.js';
import { forgottenList } from './forgottenList.js';
import { OperationRefused } from './operations/operation.js';
import type { AnchorPlace } from './operations/verifyHistory.js';
import type { StoredKeys } from './operations/verifyKeys.js';
import { pathExists } from './pathExists.js';
import { EMBEDDED } from './stores.js';

/** A log beside its event store, opened for a verification. */
export type BesideLog = EventLog & LogArchive & Pick<LogStore, 'state'>;

/** The stores beside the event store, opened read-only to verify them. */
export interface VerifiableStores {
  readonly anchors: AnchorPlace;
  /** Opens the log for an event store that writes none; undefined when it does not exist. */
  log(): Promise<BesideLog | undefined>;
  /** Returns the present keys of persons; undefined when there are none. */
  keys(): Promise<Omit<StoredKeys, 'masterKey'> | undefined>;
}

/** Opens the configured stores beside the events to verify a chronicle. @throws ReadStoreUnavailable */
export async function openVerifiable(
  config: Config,
  files: DataDirectory,
  onClose: OnClose,
): Promise<VerifiableStores> {
  if (config.LETOPIS_READ_STORE === EMBEDDED) return verifiableFiles(files, onClose);
  const { openMongoVerifiable } = await import('./clusterStores.js');
  return openMongoVerifiable(config.LETOPIS_READ_STORE, onClose);
}

/** Returns the stores in a data directory that are read to verify a chronicle. */
export function verifiableFiles(files: DataDirectory, onClose: OnClose): VerifiableStores {
  return {
    anchors: { name: 'log.anchor', store: anchorFile(files.logAnchor) },
    async log() {
      const log = await openSqliteLogReadOnly(files.log);
      onClose(() => log?.close());
      return log;
    },
    async keys() {
      if (!(await pathExists(files.vault))) return undefined;
      const { root, subjects } = await keysIn(files.vault);
      return { root, subjects, forgotten: await forgottenList(files.forgotten).all() };
    },
  };
}

/** Returns the log for an event store that writes none. @throws OperationRefused when it does not exist */
export async function besideLog(stores: VerifiableStores, files: DataDirectory): Promise<BesideLog> {
  const log = await stores.log();
  if (log) return log;
  throw new OperationRefused({
    ru: `журнала летописи ${files.log} нет: укажите LETOPIS_DATA сервера или запустите сервер, он построит журнал по событиям`,
    en: `${files.log}, the log of the chronicle, is not there: name the LETOPIS_DATA of the server, or start the server, which builds the log from the events`,
  });
}
