/**
 * Used in place of the token for an authorization header without a bearer token. It is not empty, so that such a client
 * is rejected instead of treated as anonymous.
 */
const NO_TOKEN = '?';

/** Returns true if an authorization header has a bearer token. */
export function hasToken(authorization: string | undefined): boolean {
  return !['', NO_TOKEN].includes(bearerToken(authorization));
}

/** Returns the bearer token of an authorization header; empty when there is no header. */
export function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined) return '';
  // Fast path for the usual spelling.
  if (authorization.startsWith('Bearer ')) return authorization.slice('Bearer '.length).trim() || NO_TOKEN;
  return /^Bearer (.+)$/i.exec(authorization)?.[1]?.trim() || NO_TOKEN;
}
