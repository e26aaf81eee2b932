import { LRUCache } from 'lru-cache';
import type { ReadDependencies } from './readDependencies.js';
import type { Made, Moment, Validity } from './validity.js';

/** Bytes that each takes beside its value, about. */
const OVERHEAD = 1_000;

/** What was made before, for as long as it would be the same if it were made anew. */
export class Kept<Value extends object> {
  readonly #entries: LRUCache<string, Made & { readonly value: Value }> | undefined;

  /**
   * @param bytes most that is kept; 0 keeps nothing.
   * @param sizeOf bytes of a value.
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

  /** From when on something is made; undefined where nothing is kept, or that cannot be told just now, which is no reason to make nothing. */
  async begin(): Promise<Moment | undefined> {
    return this.#entries && this.validity.begin().catch(() => undefined);
  }

  /** The same, if it can be told without waiting. */
  now(): Moment | undefined {
    return this.#entries && this.validity.now();
  }

  /** What was made before and would be the same now. */
  at(key: string, now: Moment): Value | undefined {
    const entry = this.#entries?.get(key);
    if (!entry) return undefined;
    if (this.validity.isSame(entry, now)) return entry.value;
    this.#entries?.delete(key);
    return undefined;
  }

  /** Keeps something unless what it was read from has changed while it was made, as of a moment after that. */
  keep(
    key: string,
    value: Value,
    made: { readonly reads: ReadDependencies; readonly moment: Moment },
    now: Moment,
  ): void {
    if (made.reads.isCacheable && this.validity.isSame(made, now)) this.#entries?.set(key, { ...made, value });
  }
}
