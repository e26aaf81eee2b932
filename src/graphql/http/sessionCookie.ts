import type { IncomingHttpHeaders } from 'node:http';
import { hostOf } from './origin.js';

/** The cookie over TLS. Browsers accept the prefix only with `Secure`, from this host alone, so no other site sets it. */
const SECURE_NAME = '__Host-letopis_session';
/** The cookie on the own machine, where there is no TLS. */
const LOCAL_NAME = 'letopis_session';

/** Longest cookie header that is searched, in characters. */
const MAX_COOKIES = 8_192;
const TOKEN = /^[\w-]{43}$/;

/** Methods that change nothing. A browser may send them without an `Origin`. */
const READING: readonly string[] = ['GET', 'HEAD'];

/**
 * Returns the token of the session that a page of this server has sent. Returns undefined for a request that another
 * site has made the browser send: `SameSite` keeps the cookie from such requests, and this check does not rely on it.
 */
export function sessionToken(headers: IncomingHttpHeaders, method: string): string | undefined {
  const { cookie = '', host } = headers;
  if (cookie === '' || cookie.length > MAX_COOKIES || !isOwnPage(headers, method)) return undefined;
  const wanted = isLocal(host) ? LOCAL_NAME : SECURE_NAME;
  for (const pair of cookie.split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== wanted) continue;
    const token = pair.slice(at + 1).trim();
    return TOKEN.test(token) ? token : undefined;
  }
  return undefined;
}

/** Returns true when the headers of the browser say that a page of this server sends the request. */
export function isOwnPage({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders, method: string): boolean {
  if (site !== undefined && site !== 'same-origin' && !(site === 'none' && READING.includes(method))) return false;
  if (origin === undefined) return READING.includes(method);
  return hostOf(origin) === host?.toLowerCase();
}

/** Returns true when a session may be opened: over TLS, or on the own machine. The browser states the protocol. */
export function isProtected({ origin, host }: IncomingHttpHeaders): boolean {
  return isLocal(host) || (origin?.startsWith('https://') ?? false);
}

/** Returns the header that sets the cookie of a session; without a token the one that deletes it. */
export function sessionCookie({ host }: IncomingHttpHeaders, token: string | undefined, seconds: number): string {
  const name = isLocal(host) ? LOCAL_NAME : SECURE_NAME;
  const secure = isLocal(host) ? '' : '; Secure';
  return `${name}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${token ? seconds : 0}${secure}`;
}

function isLocal(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');
}
