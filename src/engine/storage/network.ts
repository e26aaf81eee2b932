/** Error codes of Node.js for connections that could not be made or were lost. */
const CODES: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTCONN', 'ESHUTDOWN'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
  ...['ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SOCKET_CLOSED'],
  ...['ERR_HTTP2_INVALID_SESSION', 'ERR_HTTP2_GOAWAY_SESSION', 'ERR_HTTP2_SESSION_ERROR', 'ERR_HTTP2_STREAM_CANCEL'],
  ...['ERR_SOCKET_CONNECTION_TIMEOUT', 'ERR_SSL_WRONG_VERSION_NUMBER'],
]);

/** Deepest chain of causes that is followed. */
const MAX_CAUSES = 8;

/**
 * Returns true when an error, or one of its causes, says that a connection could not be made or was lost. Drivers throw
 * such errors of Node.js unchanged if a connection is lost at an unexpected time.
 */
export function isConnectionFailure(error: unknown, depth = 0): error is { readonly message: string } {
  // `instanceof` is not used: errors of Node.js may be of another realm.
  if (typeof error !== 'object' || error === null || !('message' in error) || depth > MAX_CAUSES) return false;
  if ('code' in error && CODES.has(error.code)) return true;
  if (/this socket has been ended|socket hang up|connection dropped/i.test(String(error.message))) return true;
  return 'cause' in error && isConnectionFailure(error.cause, depth + 1);
}
