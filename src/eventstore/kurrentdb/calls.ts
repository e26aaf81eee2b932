import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType } from '@eventstore/db-client';
import { Late, withinEach } from '../../storage/deadline.js';
import { isConnectionFailure } from '../../storage/network.js';
import { EventStoreUnavailable } from '../port.js';

/** One try of a call. */
export interface Try {
  /** Tells that the answer is not wanted any more. */
  readonly signal: AbortSignal;
  /** To be called at each sign that the server is at work on a long answer: its time begins anew. */
  heard(): void;
}

/** How long one try may go without a sign of the server, and how long tries are begun, in milliseconds. */
export interface Deadlines {
  readonly attempt: number;
  readonly total: number;
}

export const DEADLINES: Deadlines = { attempt: 4_000, total: 10_000 };

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1_000;

/** gRPC's code of a server that is not there. */
const UNAVAILABLE = 14;

/**
 * Calls the server, again after failures that may pass, within the deadlines. The client enforces none of its own on
 * every path, so that each try is given up here.
 *
 * @throws EventStoreUnavailable when no try was answered in time; whatever the server answered otherwise.
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
      // Half of it by chance, so that processes cut off together do not come back together.
      const paused = wait / 2 + (Math.random() * wait) / 2;
      if (performance.now() + paused >= end) throw unreachable(what, error);
      await pause(paused);
    }
  }
}

async function inTime<T>(call: (one: Try) => Promise<T>, milliseconds: number): Promise<T> {
  const given = new AbortController();
  try {
    return await withinEach(Math.round(milliseconds), (heard) => call({ signal: given.signal, heard }));
  } finally {
    given.abort();
  }
}

/** Whether a failure is one of the connection or of a server that is starting, and not the answer. */
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
      // A server that starts answers «… Server Is Not Ready» without a code, and one that is gone a plain Error with one.
      return codeOf(error) === UNAVAILABLE || /not ready|connection dropped|goaway|socket|ECONN/i.test(textOf(error));
    default:
      return false;
  }
}

/** The kind of a client's error, told by its `type`; undefined for any other error. */
export function typeOf(error: unknown): string | undefined {
  return isObject(error) && 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}

/** The port's error for a failure that nothing more is known of. */
export function unreachable(what: string, error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  const message = `the event store did not ${what} (${textOf(error)}): check that it runs and can be reached, and ask again`;
  return new EventStoreUnavailable(message, { cause: error });
}

function textOf(error: unknown): string {
  const text = isObject(error) && 'message' in error ? String(error.message) : String(error);
  return text || typeOf(error) || 'no reason given';
}

function codeOf(error: unknown): unknown {
  return isObject(error) && 'code' in error ? error.code : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
