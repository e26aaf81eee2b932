import { NoPlace, type Turn, TurnAborted } from '../documents/turns.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';

/**
 * Longest time for reading or printing a plan document, in milliseconds, including the queue. For requests other than
 * queries, which have their own limit.
 */
const LONGEST_MS = 150_000;

/** Returns the turn of a caller for reading or printing plan documents. It aborts when the client disconnects. */
export function turnOf(context: Context): Turn {
  const { limits, scope } = context;
  const { task, client, way } = context.execution;
  const timeout = AbortSignal.timeout(way === 'query' ? limits.queryMs : LONGEST_MS);
  const signal = client ? AbortSignal.any([timeout, client.gone()]) : timeout;
  return { caller: task.owner, isKnown: scope !== 'published', signal };
}

/**
 * Returns the result of a task on a plan document.
 *
 * @throws GraphQLError RATE_LIMITED, UNAVAILABLE or TIMEOUT when it gets no turn
 */
export async function inTurn<T>(task: Promise<T>): Promise<T> {
  try {
    return await task;
  } catch (error) {
    if (error instanceof NoPlace) {
      const code = error.whose === 'caller' ? 'RATE_LIMITED' : 'UNAVAILABLE';
      throw apiError(code, error.message, { http: { status: code === 'RATE_LIMITED' ? 429 : 503 } });
    }
    if (error instanceof TurnAborted) throw apiError('TIMEOUT', error.message);
    throw error;
  }
}
