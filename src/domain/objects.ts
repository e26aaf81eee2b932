/** Returns an object with the same keys and the mapped values. */
export function mapValues<T extends object, W>(
  object: T,
  map: (value: T[keyof T]) => W,
): { readonly [K in keyof T]: W };
export function mapValues(object: Readonly<Record<string, unknown>>, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
