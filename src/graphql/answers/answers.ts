import { gzipSync } from 'node:zlib';
import { Kept } from './kept.js';
import type { Validity } from './validity.js';

/** An answer as JSON text, `{"data":…}`. */
export interface CachedAnswer {
  readonly text: Buffer;
  /** A short text as a string of a character for each byte (latin1), which goes out in one piece with the head; undefined for others. */
  readonly short: string | undefined;
  /** The same by gzip, made once. */
  readonly packed: () => Buffer;
}

/** Answers that were given before: each is given again while it would be the same. */
export type ResponseCache = Kept<CachedAnswer>;

/** Longest answer that is kept as a string too, in bytes. */
const SHORT = 4_096;

/** @param bytes most that is kept. */
export function responseCache(validity: Validity, bytes: number): ResponseCache {
  // Packed too, it takes a fifth more at most.
  return new Kept(validity, bytes, ({ text, short }) => text.length * 1.2 + (short?.length ?? 0));
}

/** An answer in the forms in which it is kept. */
export function cachedAnswer(text: Buffer): CachedAnswer {
  let packed: Buffer | undefined;
  return {
    text,
    short: text.length > SHORT ? undefined : text.toString('latin1'),
    packed() {
      packed ??= gzipSync(text);
      return packed;
    },
  };
}
