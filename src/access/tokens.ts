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
export function digestsOf(token: string): { readonly lookup: string; readonly hash: string } {
  return {
    lookup: hash('sha256', `letopis lookup ${token}`).slice(0, 32),
    hash: hash('sha256', `letopis key ${token}`),
  };
}

/** Compares two hashes (hex) in a time that does not tell where they differ. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}
