/** Yields the values in slices of at most `size`, in their order. */
export function* slicesOf<T>(values: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < values.length; from += size) yield values.slice(from, from + size);
}
