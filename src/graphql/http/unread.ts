import type { ServerResponse } from 'node:http';
import type { RequestParts } from '../request.js';

/**
 * Counts a response as unread until the client has received it. Disconnects a client that receives nothing for
 * `patienceMs`.
 */
export function countUnreadResponse(
  { budget, services }: RequestParts,
  key: string,
  response: ServerResponse,
  bytes: number,
): void {
  response.once('close', budget.hold(key, bytes));
  response.setTimeout(services.limits.patienceMs, () => response.destroy());
}

/** Disconnects a client that receives nothing of a file for `patienceMs` while data is waiting. */
export function disconnectWhenUnread({ services }: RequestParts, response: ServerResponse): void {
  response.setTimeout(services.limits.patienceMs, () => {
    if (response.writableLength > 0) response.destroy();
  });
}
