import type { IncomingHttpHeaders } from 'node:http';
import { cookieHeader, cookieIn, isOwnPage } from './cookies.js';

/** The cookie of a session. The server ends the session earlier when it is not used. */
const SESSION = { name: 'letopis_session', sameSite: 'Strict', seconds: 30 * 24 * 3_600 } as const;

const TOKEN = /^[\w-]{43}$/;

/**
 * Returns the token of the session that a page of this server has sent. Returns undefined for a request from another
 * site: `SameSite` removes the cookie from such requests, and this check works without it too.
 */
export function sessionToken(headers: IncomingHttpHeaders, method: string): string | undefined {
  const token = cookieIn(headers, SESSION);
  return token !== undefined && TOKEN.test(token) && isOwnPage(headers, method) ? token : undefined;
}

/** Returns the header that sets the cookie of a session; without a token, the header that deletes it. */
export function sessionCookie(headers: IncomingHttpHeaders, token: string | undefined): string {
  return cookieHeader(headers, SESSION, token);
}
