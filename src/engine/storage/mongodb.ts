import {
  type Collection,
  type Db,
  type FindCursor,
  type IndexDescriptionInfo,
  MongoBulkWriteError,
  MongoClient,
  MongoError,
  MongoInvalidArgumentError,
  MongoServerError,
} from 'mongodb';
import { FORMAT_NAME } from '../log/formatName.js';
import { DeadlineExceeded, withinEach, withTimeout } from './deadline.js';
import { watchHeartbeats } from './heartbeats.js';
import { weakeningIn } from './mongoAddress.js';
import { isConnectionFailure } from './network.js';

/**
 * Timeout of server selection and of connecting, in milliseconds. The driver has no timeout per operation (its
 * `timeoutMS` has no effect in version 7.9): see {@link withMongoTimeout}.
 */
const SELECTION_MS = 5_000;
/** Socket timeout, in milliseconds. */
const SILENCE_MS = 30_000;

/** Interval of heartbeats, in milliseconds. */
const HEARTBEAT_MS = 2_000;
/** Timeout of a heartbeat, in milliseconds: longer than the timeout of the driver itself. */
const HEARTBEAT_ANSWER_MS = HEARTBEAT_MS + SELECTION_MS + 1_000;

/** Number of records that one call reads or writes. The timeout applies to each call. */
export const RECORDS_AT_ONCE = 1_000;

/** Timeout of one operation, in milliseconds. */
const OPERATION_MS = 10_000;

/**
 * Read and write options for data that must not be rolled back: reads from the primary, only of data that a majority
 * has. A record that was read in this way still exists when another member becomes the primary. The options override
 * those of the connection string.
 */
export const DURABLE = {
  readPreference: 'primary',
  readConcern: { level: 'majority' },
  writeConcern: { w: 'majority', journal: true },
} as const;

/** A connection to MongoDB, shared by all stores in it. */
export interface MongoConnection {
  readonly db: Db;
  close(): Promise<void>;
}

/**
 * Connects to a MongoDB server or replica set. Writes are acknowledged by a majority, with journal.
 *
 * @param url a connection string, `mongodb://host:port/database`; the default database is {@link FORMAT_NAME}.
 * @param heartbeatMs timeout of a heartbeat, in milliseconds.
 * @throws any error of the driver when no server is found in time: see {@link mongoFailure}; DeadlineExceeded; TypeError for an
 *   option that weakens what is stored.
 */
export async function connectMongo(url: string, heartbeatMs: number = HEARTBEAT_ANSWER_MS): Promise<MongoConnection> {
  const weakening = weakeningIn(url);
  if (weakening !== undefined)
    throw new TypeError(`leave «${weakening}» out of its address, it weakens what is stored`);
  const client = new MongoClient(url, {
    appName: FORMAT_NAME,
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    waitQueueTimeoutMS: SELECTION_MS,
    socketTimeoutMS: SILENCE_MS,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    ignoreUndefined: true,
    writeConcern: { w: 'majority', journal: true },
  });
  try {
    await withTimeout(SELECTION_MS + OPERATION_MS, client.connect());
    await withTimeout(OPERATION_MS, client.db().command({ ping: 1 }));
  } catch (error) {
    await withTimeout(SELECTION_MS, client.close()).catch(() => undefined);
    throw error;
  }
  const endWatch = watchHeartbeats(client, {
    heartbeatMs,
    stepMs: SELECTION_MS + OPERATION_MS,
  });
  const named = client.options.dbName;
  return {
    db: client.db(named === 'test' ? FORMAT_NAME : named),
    async close() {
      await endWatch();
      await withTimeout(SELECTION_MS, client.close()).catch(() => undefined);
    },
  };
}

/**
 * Runs work on MongoDB with a timeout, which starts again whenever the work calls `extendDeadline`.
 *
 * @param unavailable creates the error to throw when {@link mongoFailure} has a message. Other errors are rethrown.
 */
export async function withMongoTimeout<T>(
  work: (extendDeadline: () => void) => Promise<T>,
  unavailable: (message: string, cause: unknown) => Error,
  milliseconds: number = OPERATION_MS,
): Promise<T> {
  try {
    return await withinEach(milliseconds, work);
  } catch (error) {
    const message = mongoFailure(error);
    throw message === undefined ? error : unavailable(message, error);
  }
}

/** Returns all results of a query with an unlimited number of results. Each batch has its own timeout. */
export async function allOf<T>(cursor: FindCursor<T>, extendDeadline: () => void): Promise<T[]> {
  const all: T[] = [];
  for await (const each of cursor.batchSize(RECORDS_AT_ONCE)) {
    all.push(each);
    if (all.length % RECORDS_AT_ONCE === 0) extendDeadline();
  }
  return all;
}

/** MongoDB's error code for a collection that does not exist. */
const NO_COLLECTION = 26;

/** Returns the indexes of a collection; an empty list if the collection does not exist yet. */
export async function presentIndexes(collection: Collection): Promise<IndexDescriptionInfo[]> {
  return collection.indexes().catch((error: unknown) => {
    if (error instanceof MongoServerError && error.code === NO_COLLECTION) return [];
    throw error;
  });
}

/** MongoDB's error code of a duplicate key. */
const DUPLICATE = 11_000;

/**
 * Returns true when a write failed because of a duplicate key. Do not use it for bulk writes, whose code is that of
 * their first error only: see {@link bulkFailure}.
 */
export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE;
}

/** Returns why a bulk write failed; undefined when all its errors are duplicate keys. */
export function bulkFailure(error: MongoBulkWriteError): string | undefined {
  const writeErrors = [error.writeErrors].flat();
  // Without write errors the whole command failed.
  if (writeErrors.length === 0) return error.message;
  const other = writeErrors.find(({ code }) => code !== DUPLICATE);
  return (other ?? error.result.getWriteConcernError())?.errmsg;
}

/**
 * Returns a message when the server was not reached, did not respond in time or is changing its primary. Returns
 * undefined for any other error, such as a command that the server refused.
 */
export function mongoFailure(error: unknown): string | undefined {
  if (error instanceof DeadlineExceeded) return unanswered(error);
  if (!(error instanceof MongoError)) {
    return isConnectionFailure(error) ? unanswered(error) : undefined;
  }
  // If a bulk write could not be sent, the driver wraps the cause in an error that looks like a refusal of the server.
  if (error instanceof MongoBulkWriteError) {
    const cause: unknown = error.errorResponse;
    if (cause instanceof Error || isConnectionFailure(cause)) return mongoFailure(cause);
  }
  // The driver refused the operation itself, such as a document that is too large. A repeat would fail too.
  if (error instanceof MongoInvalidArgumentError) return undefined;
  const isRefusal = error instanceof MongoServerError && !PASSING.some((label) => error.hasErrorLabel(label));
  if (isRefusal && !PASSING_CODES.has(Number(error.code))) return undefined;
  return unanswered(error);
}

function unanswered({ message }: Pick<Error, 'message'>): string {
  return `MongoDB did not answer as it should (${message}): check that it runs and can be reached, and try again`;
}

/** Labels of temporary errors: the same operation may succeed when it is repeated. */
const PASSING = ['RetryableWriteError', 'TransientTransactionError', 'ResumableChangeStreamError'];

/** Error codes of a server that stops, steps down or is not the primary, and of full disks and timeouts. */
const PASSING_CODES = new Set([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031]);
