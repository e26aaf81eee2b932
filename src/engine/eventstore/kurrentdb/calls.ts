import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType } from '@eventstore/db-client';
import { isObject } from '../../log/json.js';
import { Late, withinEach } from '../../storage/deadline.js';
import { isConnectionFailure } from '../../storage/network.js';
import { EventStoreUnavailable } from '../port.js';

/** One attempt of a call. */
export interface Try {
  /** Aborts when the result is no longer needed. */
  readonly signal: AbortSignal;
  /** Call it at each sign of progress of a long answer: it restarts the time limit of the attempt. */
  extendDeadline(): void;
}

/** In milliseconds: how long an attempt may take without a sign of progress, and how long new attempts are begun. */
export interface Deadlines {
  readonly attempt: number;
  readonly total: number;
}

/** Default deadlines. */
export const DEADLINES: Deadlines = { attempt: 4_000, total: 10_000 };

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1_000;

/** gRPC status code of an unreachable server. */
const UNAVAILABLE = 14;

/**
 * Calls the server, and repeats the call after transient failures, within the deadlines. The client does not enforce
 * deadlines on every path, so each attempt is timed here.
 *
 * @throws EventStoreUnavailable if no attempt was answered in time. Other errors of the server are rethrown.
 */
export async function called<T>(
  what: string,
  call: (one: Try) => Promise<T>,
  deadlines: Deadlines = DEADLINES,
): Promise<T> {
  const end = performance.now() + deadlines.total;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, MAX_PAUSE_MS)) {
    try {
      return await inTime(call, Math.min(deadlines.attempt, Math.max(end - performance.now(), 1)));
    } catch (error) {
      if (!mayPass(error)) throw error;
      // Jitter: processes that were cut off together should not reconnect together.
      const paused = wait / 2 + (Math.random() * wait) / 2;
      if (performance.now() + paused >= end) throw unreachable(what, error);
      await pause(paused);
    }
  }
}

async function inTime<T>(call: (one: Try) => Promise<T>, milliseconds: number): Promise<T> {
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
export function mayPass(error: unknown): boolean {
  if (error instanceof Late || isConnectionFailure(error)) return true;
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
        codeOf(error) === UNAVAILABLE ||
        /not ready|connection dropped|goaway|socket|ECONN/i.test(clientErrorText(error))
      );
    default:
      return false;
  }
}

/** Returns the `type` of an error of the client; undefined for any other error. */
export function typeOf(error: unknown): string | undefined {
  return isObject(error) && 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}

/** Returns the error of the port for an unknown failure. */
export function unreachable(what: string, error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  const message = `the event store did not ${what} (${clientErrorText(error)}): check that it runs and can be reached, and ask again`;
  return new EventStoreUnavailable(message, { cause: error });
}

function clientErrorText(error: unknown): string {
  const text = isObject(error) && 'message' in error ? String(error.message) : String(error);
  return text || typeOf(error) || 'no reason given';
}

function codeOf(error: unknown): unknown {
  return isObject(error) && 'code' in error ? error.code : undefined;
}
