import type { ExecutionArgs, ExecutionResult } from 'graphql';
import { Context } from '../context.js';
import type { Sink } from '../live/group.js';
import type { Hub } from '../live/hub.js';

/** A subscription as graphql-ws takes it: it yields nothing, since its results are written past it, and ends when they do. */
export interface Written extends AsyncIterableIterator<ExecutionResult> {
  /** Begins to tell it; `ended` is called when nothing more is told, with the error that ended it, if one did. */
  writeTo(sink: Sink, ended: (error?: unknown) => void): void;
}

/** Opens the subscriptions of sockets at the hub. */
export function subscriber(hub: Hub) {
  return async (args: ExecutionArgs): Promise<Written | ExecutionResult> => {
    const { schema, document, variableValues, operationName, contextValue } = args;
    if (!(contextValue instanceof Context)) throw new Error('a subscription has a context');
    const operation = { schema, document, variables: variableValues ?? {}, operationName: operationName ?? undefined };
    const opened = await hub.open(operation, contextValue);
    return 'tell' in opened ? written(opened.tell) : opened;
  };
}

/** True for what {@link subscriber} has opened. */
export function isWritten(result: unknown): result is Written {
  return typeof result === 'object' && result !== null && 'writeTo' in result;
}

function written(tell: (sink: Sink, signal: AbortSignal) => Promise<void>): Written {
  const left = new AbortController();
  let telling = Promise.resolve();
  return {
    writeTo(sink, ended) {
      // An error goes to `ended` alone: graphql-ws would send its message to the client.
      telling = tell(sink, left.signal).then(() => ended(), ended);
    },
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
