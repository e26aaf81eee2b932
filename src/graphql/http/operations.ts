import type { ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { apiError } from '../errors.js';
import type { Subscription } from '../live/hub.js';
import type { Answer } from '../request/answer.js';
import { mayPass, sendable, UNAVAILABLE } from '../request/faults.js';
import type { SocketSink } from './sinks.js';

/** An operation as graphql-ws takes it: it yields nothing, since its results are written past it, and ends when they do. */
export interface Written extends AsyncIterableIterator<ExecutionResult> {
  /** Begins to write its results; `ended` is called when there are no more, with the error that ended it, if one did. */
  writeTo(sink: SocketSink, ended: (error?: unknown) => void): void;
  /** Says that its results will not be written. */
  abandon(): void;
}

/** A subscription for graphql-ws. What ends it is told as callers may see it. */
export function writtenSubscription({ tell }: Subscription, log: Logger): Written {
  return written(
    (sink, signal) =>
      tell(sink, signal).catch((error: unknown) => {
        throw sendable(error, log);
      }),
    () => undefined,
  );
}

/** A subscription for graphql-ws that cannot be opened just now: it ends by an error that may pass. */
export function unopenedSubscription(): Written {
  return written(
    () => Promise.reject(apiError('UNAVAILABLE', UNAVAILABLE)),
    () => undefined,
  );
}

/**
 * One answer for graphql-ws.
 *
 * @param taken called once the client has it, or will not have it any more.
 */
export function writtenAnswer({ text }: Answer, taken: () => void): Written {
  return written(async (sink, signal) => {
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

/** True for what is written past graphql-ws. */
export function isWritten(result: unknown): result is Written {
  return typeof result === 'object' && result !== null && 'writeTo' in result;
}

/** @param abandoned called when it is never begun to be written. */
function written(tell: (sink: SocketSink, signal: AbortSignal) => Promise<void>, abandoned: () => void): Written {
  const left = new AbortController();
  let telling = Promise.resolve();
  return {
    writeTo(sink, ended) {
      telling = tell(sink, left.signal).then(
        () => ended(),
        (error: unknown) => {
          ended(error);
          // One that may pass goes to `ended` alone: graphql-ws would end the operation by it, and its client would not come again.
          if (!mayPass(error)) throw error;
        },
      );
      // Whoever asks for the next result gets the reason why there is none.
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
