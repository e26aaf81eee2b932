/**
 * Remembers the last result of a pure function for each object it is asked about, as long as all else that it looks at is
 * the very same. Folds share what an event leaves as it was, so that only what changed is computed again.
 */
export function remembered<Key extends object, Rest extends readonly unknown[], Result>(
  compute: (key: Key, ...rest: Rest) => Result,
): (key: Key, ...rest: Rest) => Result {
  const known = new WeakMap<Key, { readonly rest: Rest; readonly result: Result }>();
  return (key, ...rest) => {
    const last = known.get(key);
    if (last?.rest.every((value, index) => value === rest[index])) return last.result;
    const result = compute(key, ...rest);
    known.set(key, { rest, result });
    return result;
  };
}
