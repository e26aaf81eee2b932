import type { IncomingHttpHeaders } from 'node:http';

/**
 * Returns true when a long-lived connection may be opened: from a program (no `Origin`), from a page of this server, or
 * from a page of one of `origins`. CORS does not protect WebSocket and `EventSource`: browsers open both from any page,
 * with cookies and client certificates.
 */
export function isAllowedOrigin({ origin, host }: IncomingHttpHeaders, origins: readonly string[]): boolean {
  return origin === undefined || origins.includes(origin) || hostOf(origin) === host?.toLowerCase();
}

/** The message for a connection from a page of an origin that is not allowed. */
export const FOREIGN_ORIGIN =
  'Pages of this origin may not connect: the operator of this server names the origins that may in LETOPIS_CORS_ORIGINS.';

/**
 * Returns host and port of an origin, which is also the value of `Host`; undefined if it has none, such as the origin
 * «null» of a sandboxed page.
 */
export function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
