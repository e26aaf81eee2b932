import type { Logger } from 'pino';
import { type OnClose, openedWhole } from './closing.js';
import type { EventLog, EventStore } from './eventstore/port.js';
import type { ReadStore } from './readstore/port.js';
import type { Vault } from './vault/vault.js';

/** Where a product stores its data. */
export interface EnginePlaces {
  /** The events: a SQLite file, or a connection string of KurrentDB (`esdb://…`). */
  readonly events: string;
  /** Read models and keys of persons: a directory for SQLite files, or a connection string of MongoDB. */
  readonly rest: string;
  /** Wraps the keys of persons; 32 bytes. */
  readonly masterKey: Buffer;
  /** Prefix of the names of all streams in KurrentDB, so that several products can share a server. */
  readonly namespace?: string;
  readonly log: Logger;
}

/** The opened stores of a product. */
export interface OpenEngine {
  readonly events: EventStore;
  /** The log over all events. With KurrentDB it follows the events with a short delay. */
  readonly eventLog: EventLog;
  readonly documents: ReadStore;
  readonly vault: Vault;
  close(): Promise<void>;
}

/** The places do not fit together. */
export class UnusablePlaces extends Error {
  override readonly name = 'UnusablePlaces';
}

/**
 * Opens all stores of a product: SQLite files, or KurrentDB with MongoDB. Only the drivers of these are loaded.
 *
 * @throws EventStoreUnavailable, ReadStoreUnavailable, VaultUnavailable, WrongMasterKey, UnusablePlaces
 */
export async function openEngine(places: EnginePlaces): Promise<OpenEngine> {
  return openedWhole<Omit<OpenEngine, 'close'>>((onClose) =>
    places.rest.startsWith('mongodb') ? onMongo(places, onClose) : openOnFiles(places, onClose),
  );
}

async function openOnFiles({ events: place, rest, masterKey }: EnginePlaces, onClose: OnClose) {
  const { join } = await import('node:path');
  const { openVault } = await import('./vault/sqlite.js');
  const { openSqliteReadStore } = await import('./readstore/sqlite/store.js');
  if (isServer(place)) throw new UnusablePlaces('events in KurrentDB need MongoDB for the rest: give its address');
  const events = await openSqliteEvents(place, onClose);
  if (!events.log) throw new UnusablePlaces('this event store has no log');
  const vault = await openVault(join(rest, 'keys.db'), masterKey);
  onClose(() => vault.close());
  const documents = await openSqliteReadStore(join(rest, 'readmodels.db'));
  onClose(() => documents.close());
  return { events, eventLog: events.log, documents, vault };
}

async function onMongo({ events: place, rest, masterKey, namespace, log }: EnginePlaces, onClose: OnClose) {
  const { connectMongo } = await import('./storage/mongodb.js');
  const { openMongoVault } = await import('./vault/mongodb.js');
  const { mongoReadStore } = await import('./readstore/mongodb/store.js');
  const { openMongoLog } = await import('./eventlog/mongodb.js');
  const { buildLog } = await import('./eventlog/follower.js');
  const { openKurrentDbEventStore } = await import('./eventstore/kurrentdb/store.js');
  const { db, close } = await connectMongo(rest);
  onClose(() => close());
  const vault = await openMongoVault(db, masterKey);
  onClose(() => vault.close());
  const documents = mongoReadStore(db);
  onClose(() => documents.close());
  if (!isServer(place)) {
    const events = await openSqliteEvents(place, onClose);
    if (!events.log) throw new UnusablePlaces('this event store has no log');
    return { events, eventLog: events.log, documents, vault };
  }
  const events = await openKurrentDbEventStore(place, namespace === undefined ? {} : { namespace });
  onClose(() => events.close());
  const eventLog = await openMongoLog(db);
  const follower = buildLog(events, eventLog, { isHeld: () => true }, { log });
  onClose(() => follower.stop());
  return { events, eventLog, documents, vault };
}

async function openSqliteEvents(file: string, onClose: OnClose): Promise<EventStore> {
  const { openSqliteEventStore } = await import('./eventstore/sqlite/store.js');
  const events = await openSqliteEventStore(file);
  onClose(() => events.close());
  return events;
}

function isServer(place: string): boolean {
  return /^(esdb|kurrentdb)(\+\w+)?:/.test(place);
}
