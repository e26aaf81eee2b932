import { join } from 'node:path';
import { openKurrentDbEventStore } from '../../eventstore/kurrentdb/store.js';
import type { EventStore } from '../../eventstore/port.js';
import { lookIntoChronicle } from '../../eventstore/sqlite/look.js';
import { openSqliteEventStore } from '../../eventstore/sqlite/store.js';
import type { SubjectKey } from '../../vault/keyStore.js';
import { keysInMongo, putMongoKeys } from '../../vault/mongodb.js';
import { keysIn, putKeys } from '../../vault/sqlite.js';
import { openMongo } from '../clusterStores.js';
import { type DataDirectory, dataDirectory, filesIn, lockDirectory } from '../dataDirectory.js';
import { isThere } from '../isThere.js';
import type { OnClose } from '../opened.js';
import { version } from '../version.js';
import type { CopySource } from './copy.js';
import type { Place } from './place.js';

/** What is carried beside the chronicle: without it no name of a person can be read. */
export interface Keys {
  readonly root: Buffer | undefined;
  readonly subjects: readonly SubjectKey[];
}

/** Opens a chronicle to be copied; nothing is written to it, and no server may work on its directory. */
export async function openSource(place: Place, namespace: string, onClose: OnClose): Promise<CopySource> {
  if (place.kind === 'server') {
    const store = await openKurrentDbEventStore(place.url, { namespace });
    onClose(() => store.close());
    return store;
  }
  const files = filesIn(place.path);
  const chronicle = await lookIntoChronicle(files.chronicle);
  onClose(() => chronicle.close());
  await locked(files, onClose);
  return { chronicleId: chronicle.chronicleId, engine: 'sqlite', readAll: (options) => chronicle.readAll(options) };
}

/** Opens the place of a copy, making what is not there. */
export async function openTarget(
  place: Place,
  namespace: string,
  chronicleId: string,
  onClose: OnClose,
): Promise<EventStore> {
  if (place.kind === 'server') {
    const store = await openKurrentDbEventStore(place.url, { namespace, chronicleId, writtenBy: version });
    onClose(() => store.close());
    return store;
  }
  const files = await dataDirectory(place.path);
  await locked(files, onClose);
  const store = await openSqliteEventStore(files.chronicle, { chronicleId, writtenBy: version });
  onClose(() => store.close());
  return store;
}

/** The keys of a place. */
export async function keysAt(place: Place, onClose: OnClose): Promise<Keys> {
  if (place.kind === 'directory') {
    const files = filesIn(place.path);
    return (await isThere(files.vault)) ? await keysIn(files.vault) : { root: undefined, subjects: [] };
  }
  const { db, close } = await openMongo(place.url);
  onClose(close);
  return keysInMongo(db);
}

/** Puts keys to a place. */
export async function putKeysTo(place: Place, { root, subjects }: Keys, onClose: OnClose): Promise<void> {
  if (place.kind === 'directory') {
    const files = await dataDirectory(place.path);
    if (root) await putKeys(files.vault, root, subjects);
    return;
  }
  const { db, close } = await openMongo(place.url);
  onClose(close);
  if (root) await putMongoKeys(db, root, subjects);
}

/** Where the master key of a directory lies, to be told. */
export function masterKeyOf(place: Place): string {
  return place.kind === 'directory' ? join(place.path, 'master.key') : 'LETOPIS_MASTER_KEY';
}

async function locked(files: DataDirectory, onClose: OnClose): Promise<void> {
  const lock = await lockDirectory(files);
  onClose(() => lock.release());
}
