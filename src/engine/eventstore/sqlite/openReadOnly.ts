import { stat } from 'node:fs/promises';
import { operatorTerms } from '../../operatorTerms.js';
import { openSqliteReadOnly } from '../../storage/sqlite.js';
import {
  type EventBatch,
  type EventStore,
  EventStoreUnavailable,
  type NativePosition,
  type StoredEvent,
} from '../port.js';
import { unavailable } from './errors.js';
import { LogReader } from './logReader.js';
import { ChronicleReader } from './reader.js';
import { identify, refuseForeignFile } from './schema.js';

/** A chronicle that is open read-only, beside a running server or without one. */
export interface ReadOnlyChronicle {
  readonly chronicleId: string;
  readonly log: LogReader;
  /** Returns all events of a stream. */
  stream(name: string): readonly StoredEvent[];
  head(): NativePosition;
  readAll(options: Parameters<EventStore['readAll']>[0]): Promise<EventBatch>;
  /** Begins a snapshot: all later reads see the same state, whatever is written meanwhile. */
  freeze(): void;
  close(): void;
}

/** Checks that the SQLite file of a chronicle exists. @throws EventStoreUnavailable if it does not. */
export async function checkChronicleExists(file: string): Promise<void> {
  if ((await stat(file).catch(() => undefined)) !== undefined) return;
  throw new EventStoreUnavailable(
    `${file} is not there: this directory contains no chronicle (set ${operatorTerms().dataDirectory})`,
  );
}

/**
 * Opens the chronicle in a SQLite file read-only. Creates and changes nothing.
 *
 * @param mustBeWhole false for a check that reports missing events itself.
 * @throws EventStoreUnavailable if the file does not exist or cannot be read.
 */
export async function openChronicleReadOnly(file: string, { mustBeWhole = true } = {}): Promise<ReadOnlyChronicle> {
  try {
    await checkChronicleExists(file);
    await refuseForeignFile(file);
    const database = await openSqliteReadOnly(file);
    try {
      const chronicleId = identify(file, database, mustBeWhole);
      const reader = new ChronicleReader(file, database);
      return {
        chronicleId,
        log: new LogReader(database, chronicleId),
        stream: (name) => reader.stream(name, {}),
        head: () => reader.head(),
        readAll: (options) => reader.all(options),
        freeze: () => database.exec('BEGIN'),
        close: () => {
          if (database.isTransaction) database.exec('ROLLBACK');
          database.close();
        },
      };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw unavailable(file, error);
  }
}
