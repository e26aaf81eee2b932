/**
 * Number of keys in one part. A change copies one part and the list of parts; with this size both cost about the same
 * for some thousand entries.
 */
const PART = 64;
/** Largest index of a part. Keys with larger numbers than any plan has share it. */
const LAST_PART = 1_000;

/**
 * An immutable map. A changed copy shares all parts but one with the original, so that the cost of folding an event
 * does not grow with the number of events. A key is letters with an ascending number (`a1`, `a2`), and the order of
 * entries is that of the numbers.
 */
export class Entries<Value> implements ReadonlyMap<string, Value> {
  private constructor(
    private readonly parts: readonly ReadonlyMap<string, Value>[],
    readonly size: number,
  ) {}

  /** Returns a map of the entries, in the order of their numbers. */
  static of<Value>(entries: Iterable<readonly [string, Value]>): Entries<Value> {
    let all = new Entries<Value>([], 0);
    for (const [key, value] of entries) all = all.with(key, value);
    return all;
  }

  /** Returns a copy with an entry added or replaced. */
  with(key: string, value: Value): Entries<Value> {
    return this.#changed(key, (part) => part.set(key, value));
  }

  /** Returns a copy without an entry. */
  without(key: string): Entries<Value> {
    return this.#changed(key, (part) => part.delete(key));
  }

  get(key: string): Value | undefined {
    return this.parts[mapPart(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.parts[mapPart(key)]?.has(key) ?? false;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const part of this.parts) yield* part;
  }

  *keys(): MapIterator<string> {
    for (const part of this.parts) yield* part.keys();
  }

  *values(): MapIterator<Value> {
    for (const part of this.parts) yield* part.values();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(callback: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  #changed(key: string, change: (part: Map<string, Value>) => void): Entries<Value> {
    const place = mapPart(key);
    const before = this.parts[place]?.size ?? 0;
    const part = new Map(this.parts[place]);
    change(part);
    const parts = [...this.parts];
    while (parts.length < place) parts.push(new Map());
    parts[place] = part;
    return new Entries(parts, this.size + part.size - before);
  }
}

function mapPart(key: string): number {
  // A key is one letter and a number, such as `a12`.
  const number = Number(key.slice(1)) || 0;
  return Math.min(Math.floor(number / PART), LAST_PART);
}
