/** Sent in place of a bearer token: who meant to come by a key is not taken for somebody without one. */
const NO_TOKEN = '?';

/** The bearer token of an authorization header; empty where there is no such header. */
export function tokenOf(authorization: string | undefined): string {
  if (authorization === undefined) return '';
  // As nearly everybody writes it.
  if (authorization.startsWith('Bearer ')) return authorization.slice('Bearer '.length).trim() || NO_TOKEN;
  return /^Bearer (.+)$/i.exec(authorization)?.[1]?.trim() || NO_TOKEN;
}
