import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Shortest token that is accepted from outside, in characters. */
export const MIN_TOKEN = 24;

const MARK = 'letopis_';

/** A new secret. */
export function newToken(): string {
  return `${MARK}${randomBytes(32).toString('base64url')}`;
}

/** As much of a secret as tells it from others; nothing of one that was chosen by people. */
export function prefixOf(token: string): string {
  return token.startsWith(MARK) && token.length > 40 ? token.slice(0, MARK.length + 6) : '';
}

/** What a secret is found by and compared by. */
export type Digests = ReturnType<typeof digestsOf>;

/** What is kept of a secret: tokens are random, so plain hashes suffice. The lookup is another digest than the one compared. */
export function digestsOf(token: string): { readonly lookup: string; readonly hash: Buffer } {
  return {
    lookup: hash('sha256', `letopis lookup ${token}`).slice(0, 32),
    hash: hash('sha256', `letopis key ${token}`, 'buffer'),
  };
}

/** Compares two secrets, or hashes of such, in a time that does not tell where they differ. */
export function isSameSecret(a: Buffer, b: Buffer): boolean {
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

/** The digests of the token that comes by a connection: most connections bring the same one with each request. */
export class ConnectionDigests {
  readonly #last = new WeakMap<object, { readonly token: Buffer; readonly digests: Digests }>();

  of(connection: object, token: string): Digests {
    const sent = Buffer.from(token);
    const last = this.#last.get(connection);
    if (last && isSameSecret(last.token, sent)) return last.digests;
    const digests = digestsOf(token);
    this.#last.set(connection, { token: sent, digests });
    return digests;
  }
}
