import { STATUS_CODES } from 'node:http';

/** Seconds in `Retry-After` of a response with status 429 or 503. */
export const RETRY_SECONDS = '2';

/** Extensions of an error: the code of the API and further properties. */
type ErrorExtensions = Readonly<Record<string, unknown>>;

/** Body of an error and its media type. */
interface ErrorBody {
  readonly type: string;
  readonly body: string;
}

/**
 * Returns the body of an error in the form of its address: GraphQL errors below /graphql, problem details (RFC 9457)
 * elsewhere.
 */
export function errorBody(url: string, status: number, message: string, extensions: ErrorExtensions): ErrorBody {
  if (/^\/graphql\b/.test(url)) {
    const body = JSON.stringify({ errors: [{ message, extensions }] });
    return { type: 'application/json; charset=utf-8', body };
  }
  const title = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ type: 'about:blank', title, status, detail: message, ...extensions });
  return { type: 'application/problem+json; charset=utf-8', body };
}
