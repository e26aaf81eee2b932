import type { IncomingHttpHeaders } from 'node:http';
import { hostOf } from './origin.js';

/** Longest cookie header that is searched, in characters. */
const MAX_COOKIES = 8_192;

/** Methods that change nothing. A browser may send requests with them without an `Origin`. */
const READING: readonly string[] = ['GET', 'HEAD'];

/** A cookie that no script reads. */
export interface HttpOnlyCookie {
  readonly name: string;
  /** `Strict`: only requests of pages of this server carry it. `Lax`: also links from other sites to this server do. */
  readonly sameSite: 'Strict' | 'Lax';
  /** Lifetime of the cookie in the browser, in seconds. */
  readonly seconds: number;
}

/** Returns the value of a cookie; undefined when the request does not carry it. */
export function cookieIn({ cookie = '', host }: IncomingHttpHeaders, kind: HttpOnlyCookie): string | undefined {
  if (cookie === '' || cookie.length > MAX_COOKIES) return undefined;
  const wanted = cookieName(host, kind);
  for (const pair of cookie.split(';')) {
    const at = pair.indexOf('=');
    if (at >= 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Returns the header that sets a cookie; without a value, the header that deletes it. */
export function cookieHeader({ host }: IncomingHttpHeaders, kind: HttpOnlyCookie, value: string | undefined): string {
  const secure = isLocal(host) ? '' : '; Secure';
  const seconds = value === undefined ? 0 : kind.seconds;
  return `${cookieName(host, kind)}=${value ?? ''}; Path=/; HttpOnly; SameSite=${kind.sameSite}; Max-Age=${seconds}${secure}`;
}

/** Returns true if the headers of the browser show that the request comes from a page of this server. */
export function isOwnPage({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders, method: string): boolean {
  if (site !== undefined && site !== 'same-origin' && !(site === 'none' && READING.includes(method))) return false;
  if (origin === undefined) return READING.includes(method);
  return hostOf(origin) === host?.toLowerCase();
}

/** Returns true when a session may be opened: over TLS, or on the own machine. The browser states the protocol. */
export function isProtected({ origin, host }: IncomingHttpHeaders): boolean {
  return isLocal(host) || (origin?.startsWith('https://') ?? false);
}

/**
 * Over TLS the name has a prefix that browsers accept only with `Secure` and from this host, so no other site can set
 * the cookie. Local connections have no TLS.
 */
function cookieName(host: string | undefined, { name }: HttpOnlyCookie): string {
  return isLocal(host) ? name : `__Host-${name}`;
}

function isLocal(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');
}
