import { join } from 'node:path';
import type { OnClose } from '../../engine/closing.js';
import { openKurrentDbEventStore } from '../../engine/eventstore/kurrentdb/store.js';
import type { EventStore } from '../../engine/eventstore/port.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import { openSqliteEventStore } from '../../engine/eventstore/sqlite/store.js';
import type { SubjectKey } from '../../engine/vault/keyStore.js';
import { keysInMongo, putMongoKeys } from '../../engine/vault/mongodb.js';
import { keysIn, putKeys } from '../../engine/vault/sqlite.js';
import { openMongo } from '../clusterStores.js';
import { type DataDirectory, dataDirectory, filesIn, lockDirectory } from '../dataDirectory.js';
import { forgottenList } from '../forgottenList.js';
import { pathExists } from '../pathExists.js';
import { version } from '../version.js';
import type { CopiedChronicle } from './copy.js';
import { OperationRefused } from './operation.js';
import type { ChroniclePlace } from './place.js';
import { verifyKeys } from './verifyKeys.js';

/** The keys in a place. `root` is undefined when the place has no keys. */
interface Keys {
  readonly root: Buffer | undefined;
  readonly subjects: readonly SubjectKey[];
}

/** Opens the source of a copy read-only. Locks its directory, so that no server can run on it. */
export async function openSource(place: ChroniclePlace, namespace: string, onClose: OnClose): Promise<CopiedChronicle> {
  if (place.kind === 'server') {
    const store = await openKurrentDbEventStore(place.url, { namespace });
    onClose(() => store.close());
    return store;
  }
  const files = filesIn(place.path);
  const chronicle = await openChronicleReadOnly(files.chronicle);
  onClose(() => chronicle.close());
  await locked(files, onClose);
  return { chronicleId: chronicle.chronicleId, engine: 'sqlite', readAll: (options) => chronicle.readAll(options) };
}

/** Opens the target of a copy. Creates the chronicle if it does not exist. */
export async function openTarget(
  place: ChroniclePlace,
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

/** The keys of the persons in a chronicle. */
export interface FittingKeys {
  readonly root: Buffer;
  readonly subjects: readonly SubjectKey[];
  /** Number of persons who occur in the events, are not erased, and have no stored key. */
  readonly missing: number;
}

/**
 * Returns the keys in a place, after a check that they belong to the chronicle. Writes nothing.
 *
 * @throws OperationRefused when there are no keys, or they belong to another chronicle; VaultUnavailable.
 */
export async function fittingKeys(
  from: ChroniclePlace,
  source: CopiedChronicle,
  onClose: OnClose,
): Promise<FittingKeys> {
  const { root, subjects } = await keysAt(from, onClose);
  if (!root) {
    throw new OperationRefused({
      ru: `в ${shownPlace(from)} нет ключей лиц: укажите через --keys-from, где они лежат (LETOPIS_READ_STORE или LETOPIS_DATA того сервера), или не переносите их: --no-keys. Ничего не перенесено`,
      en: `there are no keys of persons in ${shownPlace(from)}: name the place where this installation keeps them with --keys-from (its LETOPIS_READ_STORE, or the LETOPIS_DATA of its process), or leave them out with --no-keys. Nothing was copied`,
    });
  }
  // Persons in forgotten.list were erased on purpose, even if the events do not say so.
  const forgotten = from.kind === 'directory' ? await forgottenList(filesIn(from.path).forgotten).all() : NO_SUBJECTS;
  const { persons, held, found } = await verifyKeys(source, { root, subjects, masterKey: undefined, forgotten });
  if (persons > 0 && held === 0 && found > 0) {
    throw new OperationRefused({
      ru: `ключи в ${shownPlace(from)} — от другой летописи: укажите нужное место через --keys-from. Ничего не перенесено`,
      en: `the keys in ${shownPlace(from)} are those of another chronicle: name the right place with --keys-from. Nothing was copied`,
    });
  }
  return { root, subjects, missing: found };
}

const NO_SUBJECTS: ReadonlySet<string> = new Set();

async function keysAt(place: ChroniclePlace, onClose: OnClose): Promise<Keys> {
  if (place.kind === 'directory') {
    const files = filesIn(place.path);
    return (await pathExists(files.vault)) ? await keysIn(files.vault) : { root: undefined, subjects: [] };
  }
  const { db, close } = await openMongo(place.url);
  onClose(close);
  return keysInMongo(db);
}

/** Writes keys to a place and reads them back. @throws VaultUnavailable when the place has other keys. */
export async function putKeysTo(
  place: ChroniclePlace,
  { root, subjects }: FittingKeys,
  onClose: OnClose,
): Promise<void> {
  if (place.kind === 'directory') {
    const files = await dataDirectory(place.path);
    await putKeys(files.vault, root, subjects);
    return;
  }
  const { db, close } = await openMongo(place.url);
  onClose(close);
  await putMongoKeys(db, root, subjects);
}

/** Returns the name of a place for messages, without the credentials of a connection string. */
function shownPlace(place: ChroniclePlace): string {
  return place.kind === 'directory' ? place.path : place.url.replace(/\/\/[^@/]*@/, '//');
}

/** Returns where the master key of a place is, for messages. */
export function masterKeyOf(place: ChroniclePlace): string {
  return place.kind === 'directory' ? join(place.path, 'master.key') : 'LETOPIS_MASTER_KEY';
}

async function locked(files: DataDirectory, onClose: OnClose): Promise<void> {
  const lock = await lockDirectory(files);
  onClose(() => lock.release());
}
