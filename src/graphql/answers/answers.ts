import { gzipSync } from 'node:zlib';
import { ValidatedCache } from './validatedCache.js';
import type { Validity } from './validity.js';

/** An answer as JSON text, `{"data":…}`. */
export interface CachedAnswer {
  readonly text: Buffer;
  /**
   * The text as a latin1 string, one character per byte; undefined when it is long. Node sends a string together with
   * the head.
   */
  readonly short: string | undefined;
  /** Returns the text compressed with gzip. Compresses it once. */
  readonly packed: () => Buffer;
}

/** The response cache: answers by their keys. See {@link ValidatedCache} for when an entry is valid. */
export type ResponseCache = ValidatedCache<CachedAnswer>;

/** Longest answer that is also cached as a string, in bytes. */
const MAX_STRING_BYTES = 4_096;

/**
 * Creates a response cache.
 *
 * @param bytes capacity of the cache.
 */
export function responseCache(validity: Validity, bytes: number): ResponseCache {
  // The compressed copy is counted as a fifth of the text.
  return new ValidatedCache(validity, bytes, ({ text, short }) => text.length * 1.2 + (short?.length ?? 0));
}

/** Returns a cache entry for the text of an answer. */
export function cachedAnswer(text: Buffer): CachedAnswer {
  let packed: Buffer | undefined;
  return {
    text,
    short: text.length > MAX_STRING_BYTES ? undefined : text.toString('latin1'),
    packed() {
      packed ??= gzipSync(text);
      return packed;
    },
  };
}
