import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType } from '@eventstore/db-client';
import { DeadlineExceeded, withinEach } from '../../storage/deadline.js';
import { isConnectionFailure } from '../../storage/network.js';
import { errorCode } from '../../storage/thrown.js';
import { EventStoreUnavailable } from '../port.js';
import { adviceOn } from './advice.js';
import { textOf, typeOf } from './errors.js';

/** One attempt of a call. */
export interface CallAttempt {
  /** Aborts when the result is no longer needed. */
  readonly signal: AbortSignal;
  /** Call it at each sign of progress of a long answer: it restarts the time limit of the attempt. */
  extendDeadline(): void;
}

/** Calls the server with the deadlines of the store; see {@link called}. */
export type Call = <T>(what: string, call: (one: CallAttempt) => Promise<T>) => Promise<T>;

/** Timeouts in milliseconds: for one attempt without progress, and for starting further attempts. */
export interface Deadlines {
  readonly attempt: number;
  readonly total: number;
}

/** Default deadlines. */
export const DEADLINES: Deadlines = { attempt: 4_000, total: 10_000 };

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_000;

/** gRPC status code of an unreachable server. */
const UNAVAILABLE = 14;

/**
 * Calls the server, and repeats the call after transient failures, within the deadlines. The client does not enforce
 * deadlines on every path, so each attempt is timed here.
 *
 * @param onAttempt called after each attempt, with true if the server has answered, be it with an error.
 *
 * @throws EventStoreUnavailable if no attempt was answered in time. Other errors of the server are rethrown.
 */
export async function called<T>(
  what: string,
  call: (one: CallAttempt) => Promise<T>,
  deadlines: Deadlines = DEADLINES,
  onAttempt: (isAnswered: boolean) => void = () => undefined,
): Promise<T> {
  const start = performance.now();
  const end = start + deadlines.total;
  let lastError: unknown;
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, MAX_RETRY_MS)) {
    try {
      const answer = await inTime(call, Math.min(deadlines.attempt, Math.max(end - performance.now(), 1)));
      onAttempt(true);
      return answer;
    } catch (error) {
      const isPassing = mayPass(error);
      onAttempt(!isPassing);
      if (!isPassing) throw error;
      // Jitter: processes that were cut off together should not reconnect together.
      const paused = wait / 2 + (Math.random() * wait) / 2;
      // An earlier error explains more than the timeout of the last attempt.
      if (!(error instanceof DeadlineExceeded)) lastError = error;
      if (performance.now() + paused >= end) {
        throw unreachable(
          what,
          lastError ?? new DeadlineExceeded(`no answer in ${Math.round(performance.now() - start)} ms`),
        );
      }
      await pause(paused);
    }
  }
}

async function inTime<T>(call: (one: CallAttempt) => Promise<T>, milliseconds: number): Promise<T> {
  const given = new AbortController();
  try {
    return await withinEach(Math.round(milliseconds), (extendDeadline) =>
      call({ signal: given.signal, extendDeadline }),
    );
  } finally {
    given.abort();
  }
}

/** Returns true for a failure of the connection or of a server that is starting: a repeat may succeed. */
function mayPass(error: unknown): boolean {
  if (error instanceof DeadlineExceeded || isConnectionFailure(error)) return true;
  switch (typeOf(error)) {
    case ErrorType.UNAVAILABLE:
    case ErrorType.CANCELLED:
    case ErrorType.DEADLINE_EXCEEDED:
    case ErrorType.TIMEOUT:
    case ErrorType.NOT_LEADER:
      return true;
    case ErrorType.UNKNOWN:
    case undefined:
      // A starting server answers «… Server Is Not Ready» without a code; a stopped one causes a plain Error with a
      // code.
      return (
        errorCode(error) === UNAVAILABLE || /not ready|connection dropped|goaway|socket|ECONN/i.test(textOf(error))
      );
    default:
      return false;
  }
}

/** Returns the error of the port for an unknown failure. */
export function unreachable(what: string, error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  const message = `the event store did not ${what} (${textOf(error).trim()}): ${adviceOn(error)}`;
  return new EventStoreUnavailable(message, { cause: error });
}
