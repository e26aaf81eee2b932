import type { ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { apiError } from '../errors.js';
import type { Subscription } from '../live/hub.js';
import type { GraphQLAnswer } from '../request/answer.js';
import { mayRetry, sendable, UNAVAILABLE_MESSAGE } from '../request/faults.js';
import type { SocketSink } from './sinks.js';

/**
 * An operation in the form of graphql-ws. The iterator yields nothing, because its results are written directly to the
 * socket. It ends when the results end.
 */
export interface Written extends AsyncIterableIterator<ExecutionResult> {
  /** Starts to write results. Calls `ended` after the last one, with the error if there was one. */
  writeTo(sink: SocketSink, ended: (error?: unknown) => void): void;
  /** Releases an operation that will not be written. */
  abandon(): void;
}

/** Returns a subscription for graphql-ws. Errors are in the form that callers may see. */
export function writtenSubscription({ tell }: Subscription, log: Logger): Written {
  return writtenOperation(
    (sink, signal) =>
      tell(sink, signal).catch((error: unknown) => {
        throw sendable(error, log);
      }),
    () => undefined,
  );
}

/** Returns a subscription that ends at once with a temporary error. */
export function unopenedSubscription(): Written {
  return writtenOperation(
    () => Promise.reject(apiError('UNAVAILABLE', UNAVAILABLE_MESSAGE)),
    () => undefined,
  );
}

/**
 * Returns a single answer for graphql-ws.
 *
 * @param taken called once the client has received it or is gone.
 */
export function writtenAnswer({ text }: GraphQLAnswer, taken: () => void): Written {
  return writtenOperation(async (sink, signal) => {
    try {
      if (sink.isFull) await sink.room(signal);
      if (signal.aborted) return;
      sink.send([{ json: Buffer.from(text), id: undefined, position: '' }], 'soon');
      void sink.taken().then(taken);
    } catch (error) {
      taken();
      throw error;
    } finally {
      if (signal.aborted) taken();
    }
  }, taken);
}

/** Returns true for an operation that is written directly to the socket. */
export function isWritten(result: unknown): result is Written {
  return typeof result === 'object' && result !== null && 'writeTo' in result;
}

/**
 * Returns an operation whose results `tell` writes.
 *
 * @param abandoned called if writing never starts.
 */
function writtenOperation(
  tell: (sink: SocketSink, signal: AbortSignal) => Promise<void>,
  abandoned: () => void,
): Written {
  const left = new AbortController();
  let telling = Promise.resolve();
  return {
    writeTo(sink, ended) {
      telling = tell(sink, left.signal).then(
        () => ended(),
        (error: unknown) => {
          ended(error);
          // A temporary error is passed to `ended` only. graphql-ws would end the operation with it, and the client
          // would not reconnect.
          if (!mayRetry(error)) throw error;
        },
      );
      // `next` also rejects with this error.
      telling.catch(() => undefined);
    },
    abandon: abandoned,
    async next() {
      await telling;
      return { value: undefined, done: true };
    },
    async return() {
      left.abort();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
