/** A value in the data of an event. */
export interface Leaf<Data> {
  /** Its path below the type of the event, with the places in lists left out. */
  readonly path: string;
  /** The data with another value of the same type in this one place. */
  readonly changed: Data;
}

/** Yields each value in the data of an event that is not empty. */
export function* leavesOf(data: object, type: string): Generator<Leaf<object>> {
  for (const [key, item] of Object.entries(data)) {
    for (const { path, changed } of leavesBelow(item, `${type}.${key}`)) {
      yield { path, changed: { ...data, [key]: changed } };
    }
  }
}

function* leavesBelow(value: unknown, path: string): Generator<Leaf<unknown>> {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') {
    yield { path, changed: another(value) };
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    for (const leaf of leavesBelow(item, pathBelow(path, value, key))) {
      const changed = Array.isArray(value) ? value.with(Number(key), leaf.changed) : { ...value, [key]: leaf.changed };
      yield { path: leaf.path, changed };
    }
  }
}

/** Yields the path of each field of the data of an event, also of those without a value. */
export function* fieldsOf(data: unknown, type: string): Generator<string> {
  for (const [key, item] of Object.entries(Object(data))) yield* fieldsBelow(item, pathBelow(type, data, key));
}

function* fieldsBelow(value: unknown, path: string): Generator<string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) yield path;
  else for (const [key, item] of entries) yield* fieldsBelow(item, pathBelow(path, value, key));
}

function pathBelow(path: string, parent: unknown, key: string): string {
  return Array.isArray(parent) ? path : `${path}.${key}`;
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}7`;
  return `${text.slice(0, 8)}${text.endsWith('11') ? '12' : '11'}`;
}
