/**
 * Returns a memoized version of a pure function. It keeps the last result for each `key` object, and returns it while
 * the other arguments are identical (`===`). Folds share the parts that an event did not change, so only the changed
 * parts are computed again.
 */
export function memoized<Key extends object, Rest extends readonly unknown[], Result>(
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

/**
 * Returns a memoized version of a pure function of a text or number. It keeps at most `max` results, and drops all of
 * them when there are more.
 */
export function memoizedByKey<Key extends string | number, Result>(
  max: number,
  compute: (key: Key) => Result,
): (key: Key) => Result {
  const known = new Map<Key, { readonly result: Result }>();
  return (key) => {
    const last = known.get(key);
    if (last) return last.result;
    const result = compute(key);
    if (known.size >= max) known.clear();
    known.set(key, { result });
    return result;
  };
}
