import type { ServerResponse } from 'node:http';

/** Where a request came from: without a key, callers are told apart by it. */
export interface Connection {
  readonly address: string;
  readonly response: ServerResponse;
}

const signals = new WeakMap<ServerResponse, AbortSignal>();

/** Returns a signal that aborts when the caller has the answer, or has left without it; one for each response. */
export function whenClosed({ response }: Connection): AbortSignal {
  const known = signals.get(response);
  if (known) return known;
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  else response.once('close', () => controller.abort());
  signals.set(response, controller.signal);
  return controller.signal;
}
