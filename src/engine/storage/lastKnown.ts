import { withTimeout } from './deadline.js';

/** How long a reader waits before it gets the last known value, in milliseconds. */
const PROMPT_MS = 1_000;

/**
 * Returns a function that reads a value, and returns the value of the last successful read if this one fails or takes too
 * long. Concurrent calls share a read, so that an engine that does not answer has one pending read at most.
 *
 * @param isAway returns true while a read would fail. Then the last value is returned at once, if there is one.
 * @throws the error of the read, or DeadlineExceeded, if no read has succeeded yet.
 */
export function lastKnown<T>(read: () => Promise<T>, isAway: () => boolean = () => false): () => Promise<T> {
  let last: { readonly value: T } | undefined;
  let pending: Promise<T> | undefined;
  const begin = async () => {
    try {
      const value = await read();
      last = { value };
      return value;
    } finally {
      pending = undefined;
    }
  };
  return async () => {
    if (last && isAway()) return last.value;
    pending ??= begin();
    try {
      return await withTimeout(PROMPT_MS, pending);
    } catch (error) {
      if (!last) throw error;
      return last.value;
    }
  };
}
