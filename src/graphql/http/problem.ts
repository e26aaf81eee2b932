import { STATUS_CODES } from 'node:http';

/** Seconds in `Retry-After` of a response with status 429 or 503. */
export const RETRY_SECONDS = '2';

/** Media type of {@link problemDetails}. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Returns problem details (RFC 9457) as JSON text, with the code of the API and what else the error says. */
export function problemDetails(status: number, detail: string, extensions: Readonly<Record<string, unknown>>): string {
  const title = STATUS_CODES[status] ?? 'Error';
  return JSON.stringify({ type: 'about:blank', title, status, detail, ...extensions });
}
