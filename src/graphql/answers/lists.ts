import type { CollectionSpec } from '../../engine/readstore/port.js';
import type { ReadModel } from '../../projections/model.js';
import type { ChildList } from '../childLists.js';
import { ReadDependencies } from './readDependencies.js';
import { ValidatedCache } from './validatedCache.js';
import type { Validity } from './validity.js';

/** Reads lists that are not cached. Returns one list for each key, in the order of the keys. */
type ReadLists = (keys: readonly string[]) => Promise<readonly (readonly unknown[])[]>;

/** How lists that are not cached are read. */
interface ListReading {
  /** Name of the caller's access scope, a part of the cache key. */
  readonly scope: string;
  /** The build of the read model that is read. */
  readonly live: CollectionSpec;
  readonly read: ReadLists;
  /** Lets other requests run; called between the steps of long work. */
  readonly turn: () => Promise<void>;
}

/** Number of lists that are added to the cache in one step. */
const STEP = 100;

/** A cache of child lists. Most queries combine such lists in different ways. */
export class ChildListCache {
  /** Bodies by list. */
  readonly #kept: ValidatedCache<readonly unknown[]>;

  /**
   * Creates a cache of lists.
   *
   * @param bytes capacity of the cache.
   */
  constructor(validity: Validity, bytes: number) {
    this.#kept = new ValidatedCache<readonly unknown[]>(validity, bytes, weightOf);
  }

  /**
   * Returns the child lists of these keys, in the order of the keys.
   */
  async of<Body>(
    { model, field }: ChildList<Body>,
    keys: readonly string[],
    { scope, live, read, turn }: ListReading,
  ): Promise<Body[][]> {
    const nameOf = (key: string) => `${model.spec.name} ${field} ${scope} ${key}`;
    const moment = await this.#kept.begin();
    const found = new Map(keys.map((key) => [key, moment && this.#kept.at(nameOf(key), moment)]));
    const missing = keys.filter((key) => found.get(key) === undefined);
    const lists = missing.length > 0 ? await read(missing) : [];
    const now = missing.length > 0 && moment ? await this.#kept.begin() : undefined;
    for (const [index, key] of missing.entries()) {
      if (index % STEP === STEP - 1) await turn();
      const list = lists[index] ?? [];
      found.set(key, list);
      if (moment && now) this.#kept.keep(nameOf(key), list, { reads: readsOf(key, model, live), moment }, now);
    }
    return keys.map((key) => (found.get(key) ?? []).filter(model.isBody));
  }

  /** Drops all lists. */
  clear(): void {
    this.#kept.clear();
  }
}

function readsOf<Body>(key: string, { spec }: ReadModel<Body>, live: CollectionSpec): ReadDependencies {
  const reads = new ReadDependencies();
  reads.documents(spec, [key]);
  reads.build(spec, live);
  return reads;
}

/** Estimates the bytes of a JSON value in memory. Measured: most strings are short or have two bytes per character. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return 16 + 1.5 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let sum = 24;
  for (const each of Object.values(value)) sum += 4 + weightOf(each);
  return sum;
}
