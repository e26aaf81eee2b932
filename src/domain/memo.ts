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
    if (last && isSameList(last.rest, rest)) return last.result;
    const result = compute(key, ...rest);
    known.set(key, { rest, result });
    return result;
  };
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}
