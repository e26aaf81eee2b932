import { type Db, MongoBulkWriteError, MongoClient, MongoError, MongoServerError } from 'mongodb';
import { Late, within, withinEach } from './deadline.js';
import { watchHeartbeats } from './heartbeats.js';
import { isConnectionFailure } from './network.js';

/**
 * How long a server is looked for and a connection waited for, and how long one may be silent, in milliseconds. The driver
 * has no deadline for an operation (its `timeoutMS` does nothing in version 7.9): see {@link answered}.
 */
const SELECTION_MS = 5_000;
const SILENCE_MS = 30_000;

/** How often the driver asks the server how it is, in milliseconds, and how long it may take over it: longer than its own deadline. */
const HEARTBEAT_MS = 2_000;
const HEARTBEAT_ANSWER_MS = HEARTBEAT_MS + SELECTION_MS + 1_000;

/** How long one operation may take, in milliseconds. */
const OPERATION_MS = 10_000;

const DEFAULT_DATABASE = 'letopis';

/** A connection to a MongoDB, shared by all that is kept there. */
export interface MongoConnection {
  readonly db: Db;
  close(): Promise<void>;
}

/**
 * Connects to a MongoDB server or replica set. What is written is acknowledged by the majority and in their journals.
 *
 * @param url a connection string, `mongodb://host:port/database`; without a database «letopis».
 * @param heartbeatMs how long the driver may wait for an answer about the server, in milliseconds.
 * @throws whatever the driver throws when no server is found in time: see {@link mongoFailure}.
 */
export async function connectMongo(url: string, heartbeatMs: number = HEARTBEAT_ANSWER_MS): Promise<MongoConnection> {
  const client = new MongoClient(url, {
    appName: 'letopis',
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    waitQueueTimeoutMS: SELECTION_MS,
    socketTimeoutMS: SILENCE_MS,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    ignoreUndefined: true,
    writeConcern: { w: 'majority', journal: true },
  });
  try {
    await within(SELECTION_MS + OPERATION_MS, client.connect());
    await within(OPERATION_MS, client.db().command({ ping: 1 }));
  } catch (error) {
    await within(SELECTION_MS, client.close()).catch(() => undefined);
    throw error;
  }
  const endWatch = watchHeartbeats(client, {
    heartbeatMs,
    stepMs: SELECTION_MS + OPERATION_MS,
  });
  const named = client.options.dbName;
  return {
    db: client.db(named === 'test' ? DEFAULT_DATABASE : named),
    close() {
      endWatch();
      return within(SELECTION_MS, client.close()).catch(() => undefined);
    },
  };
}

/**
 * Does something with MongoDB within a deadline, which begins anew whenever the work says that it has heard of the server.
 *
 * @param unavailable makes the caller's own error of what {@link mongoFailure} says; what it says nothing of is thrown on.
 */
export async function answered<T>(
  work: (heard: () => void) => Promise<T>,
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

/** The code of an error about a key that is there already. */
const DUPLICATE = 11_000;

/**
 * True when the write of one document failed because its key is there already. The code of a bulk write is that of its
 * first error alone: see {@link bulkFailure}.
 */
export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE;
}

/** Why a bulk write failed otherwise than by keys that are there already; undefined when nothing else is wrong. */
export function bulkFailure(error: MongoBulkWriteError): string | undefined {
  const writeErrors = [error.writeErrors].flat();
  // Without errors of documents the command failed as a whole.
  if (writeErrors.length === 0) return error.message;
  const other = writeErrors.find(({ code }) => code !== DUPLICATE);
  return (other ?? error.result.getWriteConcernError())?.errmsg;
}

/**
 * What a failure of the driver means: the server was not reached, did not answer in time or is changing its primary; or,
 * undefined, it refused what was asked for what it is.
 */
export function mongoFailure(error: unknown): string | undefined {
  if (error instanceof Late) return unanswered(error);
  if (!(error instanceof MongoError)) {
    return error instanceof Error && isConnectionFailure(error) ? unanswered(error) : undefined;
  }
  // A bulk write takes whatever kept it from being sent into an error of its own, which looks like a refusal of the server.
  if (error instanceof MongoBulkWriteError && error.errorResponse instanceof Error) {
    return mongoFailure(error.errorResponse);
  }
  const isRefusal = error instanceof MongoServerError && !PASSING.some((label) => error.hasErrorLabel(label));
  if (isRefusal && !PASSING_CODES.has(Number(error.code))) return undefined;
  return unanswered(error);
}

function unanswered({ message }: Error): string {
  return `MongoDB did not answer as it should (${message}): check that it runs and can be reached, and ask again`;
}

const PASSING = ['RetryableWriteError', 'TransientTransactionError', 'ResumableChangeStreamError'];

/** Codes of a server that stops, steps down or is not a primary, and of full disks and time-outs. */
const PASSING_CODES = new Set([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031]);
