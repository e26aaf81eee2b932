import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Shortest token that can be configured (LETOPIS_BOOTSTRAP_KEY), in characters. */
export const MIN_TOKEN = 24;

const TOKEN_PREFIX = 'letopis_';

/** Returns a new random token. */
export function newToken(): string {
  return `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** Returns the first characters of a token, enough to recognise it in a list; empty for a token that people chose. */
export function prefixOf(token: string): string {
  return token.startsWith(TOKEN_PREFIX) && token.length > 40 ? token.slice(0, TOKEN_PREFIX.length + 6) : '';
}

/** The digests of a token: `lookup` finds it, `hash` is compared. */
export type Digests = ReturnType<typeof digestsOf>;

/**
 * Returns the digests of a token, which are stored in its place. Tokens are random, so plain hashes suffice. The lookup
 * and the hash that is compared are different digests.
 */
export function digestsOf(token: string): { readonly lookup: string; readonly hash: Buffer } {
  return {
    lookup: hash('sha256', `letopis lookup ${token}`).slice(0, 32),
    hash: hash('sha256', `letopis key ${token}`, 'buffer'),
  };
}

/** Compares two secrets or their hashes in constant time. */
export function isSameSecret(a: Buffer, b: Buffer): boolean {
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

/** Memoizes the digests of the last token of each connection: most connections send the same one with each request. */
export class ConnectionDigests {
  readonly #last = new WeakMap<object, { readonly token: Buffer; readonly digests: Digests }>();

  /** Returns the digests of a token that a connection has sent. */
  of(connection: object, token: string): Digests {
    const sent = Buffer.from(token);
    const last = this.#last.get(connection);
    if (last && isSameSecret(last.token, sent)) return last.digests;
    const digests = digestsOf(token);
    this.#last.set(connection, { token: sent, digests });
    return digests;
  }
}
