import { LRUCache } from 'lru-cache';
import type { ReadDependencies } from './readDependencies.js';
import type { ReadModelsState, Validity, ValueOrigin } from './validity.js';

/** Estimated size of an entry without its value, in bytes. */
const OVERHEAD = 1_000;

/** A cache whose entries are valid until one of their dependencies changes. */
export class ValidatedCache<Value extends object> {
  readonly #entries: LRUCache<string, ValueOrigin & { readonly value: Value }> | undefined;

  /**
   * Creates a cache.
   *
   * @param bytes capacity; 0 disables the cache.
   * @param sizeOf returns the size of a value in bytes.
   */
  constructor(
    private readonly validity: Validity,
    bytes: number,
    sizeOf: (value: Value) => number,
  ) {
    if (bytes < 1) return;
    this.#entries = new LRUCache({
      maxSize: Math.floor(bytes),
      maxEntrySize: Math.ceil(bytes / 16),
      sizeCalculation: ({ value }, key) => Math.ceil(sizeOf(value)) + 2 * key.length + OVERHEAD,
    });
  }

  /**
   * Returns the state of the read models before a value is computed. Undefined when the cache is disabled or the state
   * cannot be read; the value is then computed, but not cached.
   */
  async begin(): Promise<ReadModelsState | undefined> {
    return this.#entries && this.validity.begin().catch(() => undefined);
  }

  /** Returns the same as {@link begin} if it is known without waiting; otherwise undefined. */
  now(): ReadModelsState | undefined {
    return this.#entries && this.validity.now();
  }

  /** Returns the cached value if it is still valid at `now`; otherwise drops it and returns undefined. */
  at(key: string, now: ReadModelsState): Value | undefined {
    const entry = this.#entries?.get(key);
    if (!entry) return undefined;
    if (this.validity.isSame(entry, now)) return entry.value;
    this.#entries?.delete(key);
    return undefined;
  }

  /**
   * Caches a value, unless it is uncacheable or one of its dependencies has changed between `made.moment` and `now`.
   */
  keep(
    key: string,
    value: Value,
    made: { readonly reads: ReadDependencies; readonly moment: ReadModelsState },
    now: ReadModelsState,
  ): void {
    if (made.reads.isCacheable && this.validity.isSame(made, now)) this.#entries?.set(key, { ...made, value });
  }

  /** Drops all entries. */
  clear(): void {
    this.#entries?.clear();
  }
}
